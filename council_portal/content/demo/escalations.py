"""The steps that the calendar took of each duty of the demo, on their days."""

from collections.abc import Iterator
from datetime import date, timedelta

from council_portal.persian.calendar import to_tehran
from meetings.escalation import steps
from meetings.models import Assignment, Escalation, EscalationStep, FollowUp

from .world import World, moment

AT = (0, 7)  # when the queue looks first on a day


def add_escalations(world: World) -> None:
    """Add every step that was due while its duty was open and its decision published, also for an earlier due date."""
    entries: dict[int, list[FollowUp]] = {}
    for entry in world.rows.of(FollowUp):
        entries.setdefault(id(entry.assignment), []).append(entry)
    calendar = steps()
    for assignment in world.rows.of(Assignment):
        if assignment.decision.published_at is None:
            continue
        for due_on, last_day in _due_dates(assignment, entries.get(id(assignment), []), world.today):
            _add_steps(world, calendar, assignment, due_on, last_day)


def _due_dates(assignment: Assignment, entries: list[FollowUp], today: date) -> Iterator[tuple[date, date]]:
    """Each due date that an assignment had, with the day on which it ceased to count, or today."""
    due_on = assignment.original_due_on
    for entry in entries:
        if entry.new_due_on:
            yield due_on, _day(entry)
            due_on = entry.new_due_on
    settled = [_day(entry) for entry in entries if entry.new_status and entry.new_status not in Assignment.OPEN]
    yield due_on, min([*settled, today])


def _add_steps(
    world: World, calendar: list[EscalationStep], assignment: Assignment, due_on: date, last_day: date
) -> None:
    """Of several that were due when the decision was published the last alone was told, as the rule has it."""
    published_on = to_tehran(assignment.decision.published_at).date()
    taken = [(step, due_on + timedelta(days=step.offset)) for step in calendar]
    taken = [(step, day) for step, day in taken if day <= last_day]
    passed = [step for step, day in taken if day < published_on]
    for step, day in taken:
        world.add(
            Escalation(
                assignment=assignment,
                step=step.name,
                due_on=due_on,
                at=max(moment(day, *AT), assignment.decision.published_at),
                told=step not in passed[:-1],
            )
        )


def _day(entry: FollowUp) -> date:
    return to_tehran(entry.recorded_at).date()
