"""What awaits the signed-in person: answers, and what their organisations owe."""

from dataclasses import dataclass
from datetime import date

from council_portal.access.standing import standing_of
from meetings.models import Assignment, Invitation

DUTIES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """`duties` are the first of `duty_count`, what is most overdue first, each with `is_late`."""

    invitations: list
    duties: list
    duty_count: int
    overdue_count: int

    @property
    def count(self) -> int:
        return len(self.invitations) + self.duty_count


def awaiting(user, *, on: date) -> Waiting | None:
    """What awaits `user` on the Gregorian day `on`; None for somebody who has no part in the council's work."""
    standing = standing_of(user)
    if not standing.is_member:
        return None
    invitations = Invitation.objects.visible_to(user).awaiting(user.person_id, on=on)
    owed = Assignment.objects.visible_to(user).owed_by(standing.organization_ids).with_is_late(on=on)
    return Waiting(
        invitations=[*invitations.select_related("meeting__body").order_by("meeting__sort_on", "pk")],
        duties=[*owed.select_related("decision__meeting__body", "organization").soonest_due_first()[:DUTIES_SHOWN]],
        duty_count=owed.count(),
        overdue_count=owed.overdue(on=on).count(),
    )
