"""What an organisation owes for the council's decisions, and what it has settled."""

from dataclasses import dataclass
from datetime import date

from .models import Organization

SETTLED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Duties:
    """`owed` has what is most overdue first, each with `is_late`; `settled` the latest, of `settled_count` in all."""

    owed: list
    overdue_count: int
    settled: list
    settled_count: int

    @property
    def count(self) -> int:
        return len(self.owed) + self.settled_count


def duties_of(organization: Organization, *, user, on: date) -> Duties:
    """The assignments of an organisation that `user` may see, as they stand on the Gregorian day `on`."""
    seen = organization.assignments.visible_to(user).select_related("decision__meeting__body")
    owed = [*seen.open().with_is_late(on=on).soonest_due_first()]
    settled = seen.settled()
    return Duties(
        owed=owed,
        overdue_count=sum(duty.is_late for duty in owed),
        settled=[*settled.latest_due_first()[:SETTLED_SHOWN]],
        settled_count=settled.count(),
    )
