"""What an organisation owed in one quarter of a year, as it stood at its end: the quarterly follow-up sheet."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from council_portal.persian.calendar import to_tehran
from council_portal.persian.quarters import Quarter
from members.models import Organization

from .following import settled_as
from .models import Assignment, Decision, Escalation, FollowUp
from .timeline import timeline_of

ACCEPTED = FollowUp.Review.ACCEPTED


@dataclass(slots=True)
class Row:
    """One part in a decision: how it stood at the end of the quarter, and what happened to it in the quarter."""

    assignment: Assignment
    status: str
    due_on: date | None
    is_late: bool
    settled_at: datetime | None
    entries: list[FollowUp | Escalation] = field(default_factory=list)

    @property
    def decision(self) -> Decision:
        return self.assignment.decision

    @property
    def status_label(self) -> str:
        return str(Assignment.Status(self.status).label)

    @property
    def is_open(self) -> bool:
        return self.status in Assignment.OPEN


def rows_of(organization: Organization, quarter: Quarter, *, user, on: date) -> list[Row]:
    """The parts that were owed in the quarter or settled in it, as far as `user` may read, by due date.

    `on` is the day that it shows: the last of the quarter, or today in the present one. Six queries.
    """
    published = Assignment.objects.visible_to(user).filter(
        organization=organization, decision__published_at__lt=quarter.ends_at
    )
    assignments = list(published.select_related("organization", "decision__meeting__body").soonest_due_first())
    events = defaultdict(list)
    for event in timeline_of(assignments, user=user):
        events[event.assignment_id].append(event)
    rows = [_row(assignment, events[assignment.pk], quarter, on) for assignment in assignments]
    return [row for row in rows if row.is_open or _is_settled_in(quarter, row)]


def figures_of(rows: list[Row], quarter: Quarter) -> list[tuple[int, str]]:
    """Counts with what each is of."""
    due = [row for row in rows if row.due_on and quarter.first <= row.due_on <= quarter.last]
    reports = [one for row in rows for one in row.entries if not one.is_escalation and one.kind == FollowUp.Kind.REPORT]
    return [
        (len(rows), _("Owed in the quarter")),
        (len(due), _("Due in the quarter")),
        (len(reports), _("Reports")),
        (sum(not row.is_open for row in rows), _("Settled in the quarter")),
        (sum(row.is_open for row in rows), _("Open at its end")),
        (sum(row.is_late for row in rows), _("Overdue")),
    ]


def _is_settled_in(quarter: Quarter, row: Row) -> bool:
    return row.settled_at is not None and quarter.begins_at <= row.settled_at < quarter.ends_at


def _row(assignment: Assignment, events: list[FollowUp | Escalation], quarter: Quarter, on: date) -> Row:
    entries = [event for event in events if not event.is_escalation]
    status, settled_at = _status_before(quarter.ends_at, assignment, entries)
    due_on = _due_before(quarter.ends_at, assignment, entries)
    is_late = status in Assignment.OPEN and due_on is not None and due_on < on
    happened = [event for event in events if quarter.begins_at <= _moment(event) < quarter.ends_at]
    return Row(assignment, status, due_on, is_late, settled_at, happened)


def _status_before(end: datetime, assignment: Assignment, entries: list[FollowUp]) -> tuple[str, datetime | None]:
    """The status at a moment, and since when nothing was owed. What is on record without entries counts as it is."""
    changes = sorted(
        ((moment, entry) for entry in entries if (moment := _takes_effect(entry))), key=lambda change: change[0]
    )
    past = [change for change in changes if change[0] < end]
    if changes and not past:
        return Assignment.Status.NOT_BEGUN, None
    at, last = past[-1] if past else (None, None)
    status = assignment.status
    if len(past) < len(changes):
        status = settled_as(last.new_status, assignment, on=to_tehran(last.recorded_at).date())
    return status, None if status in Assignment.OPEN else at


def _takes_effect(entry: FollowUp) -> datetime | None:
    """When an entry changed the status: a report does so once it is accepted."""
    if not entry.new_status:
        return None
    if entry.kind != FollowUp.Kind.REPORT:
        return entry.recorded_at
    return (entry.reviewed_at or entry.recorded_at) if entry.review == ACCEPTED else None


def _due_before(end: datetime, assignment: Assignment, entries: list[FollowUp]) -> date | None:
    extensions = [entry for entry in entries if entry.new_due_on]
    past = [entry for entry in extensions if entry.recorded_at < end]
    if len(past) == len(extensions):
        return assignment.due_on
    return past[-1].new_due_on if past else assignment.original_due_on


def _moment(event: FollowUp | Escalation) -> datetime:
    return event.at if event.is_escalation else event.recorded_at
