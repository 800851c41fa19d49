"""How a decision stands to an earlier one: it amends, replaces or carries it out (مصوبات مرتبط)."""

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import User

from .excerpts import excerpts_kept_true
from .holding import Refused
from .models import Decision, DecisionLink


class Contradiction(Refused):
    """The link says the opposite of what is on record."""


@transaction.atomic
def link(decision: Decision, *, kind: str, other: Decision, by: User) -> DecisionLink:
    """Say that `decision` amends, replaces or carries out `other`; what is said already stays as it is.

    Raises Refused where `by` may not read the other one, or it was decided later; Contradiction where the other one
    is on record as standing so to this one.
    """
    # Both rows, in one order, so that two people cannot link them to each other at the same time.
    both = Decision.objects.select_for_update(of=["self"]).filter(pk__in=[decision.pk, other.pk])
    rows = {row.pk: row for row in both.select_related("meeting").order_by("pk")}
    if not Decision.objects.visible_to(by).filter(pk=other.pk).exists():
        raise Refused(_("There is no such decision."))
    if decision.pk == other.pk:
        raise Refused(_("A decision cannot be linked to itself."))
    if other.links.filter(kind=kind, other=decision).exists():
        raise Contradiction(_("The other decision is linked to this one in the same way: remove that link first."))
    if _is_later(rows[other.pk], rows[decision.pk]):
        raise Refused(_("That decision was taken later: make the link on its own page."))
    if present := DecisionLink.objects.filter(decision=decision, kind=kind, other=other).first():
        return present
    with excerpts_kept_true([decision, other], by=by):
        return DecisionLink.objects.create(decision=decision, kind=kind, other=other)


@transaction.atomic
def unlink(decision: Decision, pk: int, *, by: User) -> None:
    """Take back a link that `decision` has to another one; one that is gone already changes nothing."""
    if present := DecisionLink.objects.filter(decision=decision, pk=pk).select_related("other__meeting").first():
        with excerpts_kept_true([decision, present.other], by=by):
            present.delete()


def _is_later(one: Decision, than: Decision) -> bool:
    """Surely later: on a day that is known to come after all the days on which the other may have been taken."""
    days = one.meeting.held_on, than.meeting.held_on
    return all(days) and days[0].first > days[1].last
