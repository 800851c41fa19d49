"""How a committee's proposal comes onto the agenda of the body that it is put to, or goes back to the committee."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.safestring import mark_safe

from council_portal import rich_text
from meetings import agenda
from meetings.models import AgendaItem, Decision, Meeting
from meetings.proposals import Answered, Origin, Waiting, require_ahead
from members.models import User

from . import proposing
from .models import Proposal

NAME = "committees"


class Committees:
    """The source of the committees' proposals; see meetings.proposals."""

    def waiting(self, meeting: Meeting, *, user: User) -> list[Waiting]:
        submitted = Proposal.objects.visible_to(user).waiting().filter(addressee=meeting.body_id)
        return [_row(one) for one in submitted.select_related("committee").order_by("submitted_at", "pk")]

    @transaction.atomic
    def accept(self, pk: int, meeting: Meeting, *, by: User) -> AgendaItem:
        """The committee presents it. Its title is read by whoever may read the proposal, and of one that is the
        committee's own by the members of the body that is to deal with it."""
        require_ahead(meeting)
        proposal = _submitted_now(pk, meeting, by)
        proposal.agenda_item = agenda.add(
            AgendaItem(
                meeting=meeting,
                title=proposal.title,
                presenter_name=proposal.committee.name[:200],
                visibility=proposal.visibility,
            )
        )
        proposal.status = Proposal.Status.ON_AGENDA
        proposal.save()
        proposing.tell_committee(proposal, text=str(meeting))
        return proposal.agenda_item

    @transaction.atomic
    def decline(self, pk: int, meeting: Meeting, *, by: User, because: str) -> None:
        proposal = _submitted_now(pk, meeting, by)
        proposal.status, proposal.returned_because = Proposal.Status.RETURNED, because
        proposal.save()
        proposing.tell_committee(proposal, text=because)

    def give_back(self, items: list[AgendaItem]) -> None:
        for proposal in Proposal.objects.select_for_update().filter(
            agenda_item__in=items, status=Proposal.Status.ON_AGENDA
        ):
            proposal.status, proposal.agenda_item = Proposal.Status.SUBMITTED, None
            proposal.save()

    def settle(self, meeting: Meeting) -> None:
        proposing.settle(meeting)

    def unsettle(self, meeting: Meeting) -> None:
        proposing.unsettle(meeting)

    def release(self, meeting: Meeting) -> None:
        self.give_back(list(meeting.agenda_items.all()))

    def behind_items(self, items: Iterable[AgendaItem], *, user) -> dict[int, list[Origin]]:
        found: dict[int, list[Origin]] = {}
        rows = Proposal.objects.visible_to(user).filter(agenda_item__in=[item.pk for item in items])
        for proposal in rows.select_related("committee").order_by("pk"):
            found.setdefault(proposal.agenda_item_id, []).append(_origin(proposal))
        return found

    def behind_decision(self, decision: Decision, *, user) -> list[Origin]:
        """Those that name it, and those whose item led to it besides another decision."""
        same_item = Q(status=Proposal.Status.ADOPTED, agenda_item=decision.agenda_item_id)
        is_its = Q(decision=decision.pk) | (same_item if decision.agenda_item_id else Q(pk__in=[]))
        rows = Proposal.objects.visible_to(user).filter(is_its)
        return [_origin(one) for one in rows.select_related("committee").order_by("pk")]


def _row(proposal: Proposal) -> Waiting:
    return Waiting(
        source=NAME,
        pk=proposal.pk,
        title=proposal.title,
        text=mark_safe(rich_text.clean(proposal.text)),
        proposer=str(proposal.committee),
        submitted_at=proposal.submitted_at,
        url=proposal.get_absolute_url(),
    )


def _origin(proposal: Proposal) -> Origin:
    text = mark_safe(rich_text.clean(proposal.text))
    return Origin(proposal.title, str(proposal.committee), proposal.get_absolute_url(), text)


def _submitted_now(pk: int, meeting: Meeting, by: User) -> Proposal:
    """The proposal that waits for this body, kept so until the transaction ends. Raises Answered where `by` may not
    read it, or it does not wait any more."""
    readable = Proposal.objects.visible_to(by).waiting().filter(addressee=meeting.body_id)
    rows = Proposal.objects.select_for_update(of=["self"]).filter(pk=pk, pk__in=readable.values("pk"))
    proposal = rows.waiting().select_related("committee").first()
    if proposal is None:
        raise Answered
    return proposal
