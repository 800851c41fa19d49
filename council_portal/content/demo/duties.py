"""What organisations owe for decisions, and the story of each: reports, reviews, extensions, silence."""

from datetime import date, timedelta

from council_portal.persian.text import to_persian_digits
from council_portal.persian.wording import long_date
from meetings.models import Assignment, Decision, FollowUp
from members.models import Organization, User

from .chance import Deck, chance
from .people import MEMBER_OF
from .prose import Action
from .record import Duty, Proceedings
from .world import World, moment

Status, Kind, Review = Assignment.Status, FollowUp.Kind, FollowUp.Review

# How duties stand, in a hundred, by how long ago their first due date was.
LONG_AGO = ["done"] * 70 + ["done_late"] * 20 + ["stopped"] * 4 + ["referred"] * 4 + ["overdue"] * 2
PAST = (
    ["done"] * 42
    + ["done_late"] * 14
    + ["overdue"] * 14
    + ["silent"] * 12
    + ["extended"] * 10
    + ["stopped"] * 4
    + ["referred"] * 4
)
AHEAD = ["not_begun"] * 36 + ["in_progress"] * 28 + ["waiting"] * 12 + ["returned"] * 10 + ["done"] * 14
LONG = timedelta(days=300)
FRESH = timedelta(days=14)
REVIEWED_AT_ONCE = 3
RETURNED_BECAUSE = "مستندات پیوست نشده است؛ با پیوست مستندات دوباره ارسال شود."


class Duties:
    def __init__(self, world: World):
        self.world = world
        self.chance = chance("duties")
        self._open: dict[str, list[Duty]] = {slug: [] for slug in world.bodies}
        self._stories = {
            name: Deck(stories, f"stories {name}")
            for name, stories in (("long", LONG_AGO), ("past", PAST), ("ahead", AHEAD))
        }

    def add(
        self,
        proceedings: Proceedings,
        decision: Decision,
        action: Action,
        organizations: list[Organization],
        due_on: date,
    ) -> None:
        """Add what the organisations owe, the first of them as the lead, and tell how it went."""
        for n, organization in enumerate(organizations):
            assignment = self.world.add(
                Assignment(
                    decision=decision,
                    organization=organization,
                    role=Assignment.Role.SUPPORT if n else Assignment.Role.LEAD,
                    due_on=due_on,
                    original_due_on=due_on,
                )
            )
            duty = Duty(assignment, action.title, proceedings.day)
            getattr(self, f"_tell_{self._story_of(duty)}")(duty)
            self._open[proceedings.slug].append(duty)

    def review(self, proceedings: Proceedings) -> tuple[int, int]:
        """Review the body's open duties in a sitting: how many they were, and how many of them overdue."""
        day = proceedings.day
        duties = [duty for duty in self._open[proceedings.slug] if duty.is_open_on(day)]
        self._open[proceedings.slug] = duties
        overdue = [duty for duty in duties if duty.is_overdue_on(day)]
        for duty in overdue[:REVIEWED_AT_ONCE]:
            if duty.assignment.status != Status.NOT_BEGUN:
                self._add(duty, Kind.REVIEW, day, "review_entry", reviewed_in=proceedings.meeting)
        return len(duties), len(overdue)

    def _story_of(self, duty: Duty) -> str:
        due_on, today = duty.assignment.due_on, self.world.today
        if today - duty.decided_on < FRESH:
            return "not_begun"
        name = "ahead" if due_on >= today else "past" if due_on > today - LONG else "long"
        return self._stories[name].deal()

    def _tell_not_begun(self, duty: Duty) -> None:
        pass

    def _tell_silent(self, duty: Duty) -> None:
        """Past its date without a word from the organisation."""
        self._add(duty, Kind.NOTE, self._between(duty.assignment.due_on, self.world.today), "note")

    def _tell_in_progress(self, duty: Duty) -> None:
        day = self._between(duty.decided_on, min(duty.assignment.due_on, self.world.today))
        self._report(duty, day, Status.IN_PROGRESS, Review.ACCEPTED)
        self._set(duty, Status.IN_PROGRESS, percent=self.chance.randrange(20, 80, 10))

    def _tell_overdue(self, duty: Duty) -> None:
        self._tell_in_progress(duty)
        self._add(duty, Kind.NOTE, self._between(duty.assignment.due_on, self.world.today), "note")

    def _tell_waiting(self, duty: Duty) -> None:
        """The last report waits for the follow-up committee."""
        self._report(duty, self._recent(duty), Status.IN_PROGRESS, Review.SUBMITTED)
        self._set(duty, Status.IN_PROGRESS, percent=60)

    def _tell_returned(self, duty: Duty) -> None:
        self._report(duty, self._recent(duty), Status.IN_PROGRESS, Review.RETURNED)
        self._set(duty, Status.IN_PROGRESS, percent=30)

    def _tell_extended(self, duty: Duty) -> None:
        self._tell_in_progress(duty)
        new_due_on = self.world.today + timedelta(days=self.chance.randint(10, 70))
        day = duty.assignment.due_on - timedelta(days=3)
        self._add(duty, Kind.EXTENSION, max(day, duty.decided_on), "extension", new_due_on=new_due_on)
        duty.assignment.due_on = new_due_on

    def _tell_done(self, duty: Duty) -> None:
        first = self._between(duty.decided_on, min(duty.assignment.due_on, self.world.today))
        self._report(duty, self._between(duty.decided_on, first), Status.IN_PROGRESS, Review.ACCEPTED)
        self._close(duty, first, Status.DONE)

    def _tell_done_late(self, duty: Duty) -> None:
        self._close(duty, self._between(duty.assignment.due_on, self.world.today, at_most=60), Status.DONE_LATE)

    def _tell_stopped(self, duty: Duty) -> None:
        self._end(duty, Status.STOPPED, "stopped")

    def _tell_referred(self, duty: Duty) -> None:
        self._end(duty, Status.REFERRED, "referred")

    def _close(self, duty: Duty, day: date, status: str) -> None:
        self._add(
            duty,
            Kind.REPORT,
            day,
            "report_done",
            new_status=status,
            review=Review.ACCEPTED,
            reviewed_at=moment(day, 15),
            reviewed_by=self.world.accounts["followup"],
        )
        duty.closed_on = day
        self._set(duty, status, percent=100)

    def _end(self, duty: Duty, status: str, pattern: str) -> None:
        day = self._between(duty.decided_on, duty.assignment.due_on)
        self._add(duty, Kind.NOTE, day, pattern, new_status=status)
        duty.closed_on = day
        self._set(duty, status, percent=None)

    def _set(self, duty: Duty, status: str, *, percent: int | None) -> None:
        duty.assignment.status, duty.assignment.percent_done = status, percent

    def _report(self, duty: Duty, day: date, status: str, review: str) -> None:
        is_reviewed = review != Review.SUBMITTED
        self._add(
            duty,
            Kind.REPORT,
            day,
            "report_returned" if review == Review.RETURNED else "report",
            new_status=status,
            review=review,
            reviewed_at=moment(min(day + timedelta(days=2), self.world.yesterday), 15) if is_reviewed else None,
            reviewed_by=self.world.accounts["followup"] if is_reviewed else None,
            returned_because=RETURNED_BECAUSE if review == Review.RETURNED else "",
        )

    def _add(self, duty: Duty, kind: str, day: date, pattern: str, **fields) -> None:
        percent = to_persian_digits(self.chance.randrange(20, 90, 5))
        text = self.world.prose.say(pattern, title=duty.title, percent=percent)
        if kind == Kind.EXTENSION:
            text += f" مهلت تازه: {long_date(fields['new_due_on'])}."
        self.world.add(
            FollowUp(
                assignment=duty.assignment,
                kind=kind,
                text=text,
                recorded_at=moment(day, self.chance.randint(8, 14), self.chance.randrange(0, 60, 5)),
                recorded_by=self._recorded_by(duty, kind),
                **fields,
            )
        )

    def _recorded_by(self, duty: Duty, kind: str) -> User:
        """Reports come from the organisation, where it has an account, else by letter to the secretariat."""
        if kind != Kind.REPORT:
            return self.world.accounts["followup"]
        return self.world.accounts["member" if duty.assignment.organization.slug == MEMBER_OF else "secretariat"]

    def _recent(self, duty: Duty) -> date:
        return max(duty.decided_on, self.world.today - timedelta(days=self.chance.randint(1, 6)))

    def _between(self, first: date, last: date, *, at_most: int = 10_000) -> date:
        """A day after the first and before the last, or the first itself where none lies between."""
        days = min((last - first).days, at_most) - 1
        return first + timedelta(days=self.chance.randint(1, days)) if days >= 1 else first
