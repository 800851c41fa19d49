"""Who carries out a decision: one organisation leads, others support, each by its own day."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from members.models import Organization

from .holding import Refused
from .models import Assignment, Decision, FollowUp


class AlreadyFollowedUp(Refused):
    """An organisation has a history of its part in a decision, so the part cannot be taken back."""

    def __init__(self, assignments):
        names = _(", ").join(one.organization.name for one in assignments)
        super().__init__(_("There are follow-ups of this already, so it stays: %(names)s") % {"names": names})


@dataclass(frozen=True)
class Duty:
    """What one organisation is to do: `role` of Assignment.Role, `due_on` a Gregorian day or None."""

    organization: Organization
    role: str
    due_on: date | None


def with_duties() -> Prefetch:
    """For decisions: their assignments as a list `duties`, each with its organisation and `has_history`."""
    follow_ups = FollowUp.objects.filter(assignment=OuterRef("pk"))
    rows = Assignment.objects.select_related("organization").annotate(has_history=Exists(follow_ups)).lead_first()
    return Prefetch("assignments", rows, to_attr="duties")


def kept_by_history(assignments: list[Assignment], duties: list[Duty]) -> list[Assignment]:
    """Those of a decision's assignments that `duties` leave out although there are follow-ups of them."""
    named = {duty.organization.pk for duty in duties}
    return [one for one in assignments if one.has_history and one.organization_id not in named]


@transaction.atomic
def assign(decision: Decision, duties: list[Duty]) -> None:
    """Let exactly these organisations carry out a decision; what is the same already is not touched.

    Raises AlreadyFollowedUp for one that would go although there are follow-ups of its part.
    """
    follow_ups = FollowUp.objects.filter(assignment=OuterRef("pk"))
    rows = Assignment.objects.filter(decision=decision).select_for_update(of=["self"]).select_related("organization")
    present = {one.organization_id: one for one in rows.annotate(has_history=Exists(follow_ups))}
    if kept := kept_by_history(list(present.values()), duties):
        raise AlreadyFollowedUp(kept)
    wanted = {duty.organization.pk for duty in duties}
    for pk in present.keys() - wanted:
        present.pop(pk).delete()
    # Who stops leading goes first: a decision has one lead at any time.
    for duty in sorted(duties, key=lambda duty: duty.role == Assignment.Role.LEAD):
        _enter(decision, duty, present.get(duty.organization.pk))


def _enter(decision: Decision, duty: Duty, present: Assignment | None) -> None:
    if present is not None and (present.role, present.due_on) == (duty.role, duty.due_on):
        return
    if present is None or (present.due_on != duty.due_on and not present.has_history):
        # While nobody has worked with it a day is corrected, not extended: its first due date is the right one.
        if present is not None:
            present.delete()
        decision.assignments.create(organization=duty.organization, role=duty.role, due_on=duty.due_on)
        return
    present.role, present.due_on = duty.role, duty.due_on
    present.save()
