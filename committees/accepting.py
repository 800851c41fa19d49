"""How a committee's proposal comes onto the agenda of the body that it is put to, or goes back to the committee."""

from django.db import transaction
from django.utils.safestring import mark_safe

from council_portal import rich_text
from meetings import agenda
from meetings.models import AgendaItem, Meeting
from meetings.proposals import Answered, Waiting, require_ahead, tell_proposer
from members.models import User

from .models import Proposal

NAME = "committees"


class Committees:
    """The source of the committees' proposals; see meetings.proposals."""

    def waiting(self, meeting: Meeting, *, user: User) -> list[Waiting]:
        submitted = Proposal.objects.visible_to(user).filter(
            addressee=meeting.body_id, status=Proposal.Status.SUBMITTED
        )
        return [_row(one) for one in submitted.select_related("committee").order_by("submitted_at", "pk")]

    @transaction.atomic
    def accept(self, pk: int, meeting: Meeting, *, by: User) -> AgendaItem:
        """The committee presents it, and it is read by those who may read the proposal."""
        require_ahead(meeting)
        proposal = _submitted_now(pk, meeting)
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
        tell_proposer(proposal.submitted_by, proposal, meeting=meeting)
        return proposal.agenda_item

    @transaction.atomic
    def decline(self, pk: int, meeting: Meeting, *, by: User, because: str) -> None:
        proposal = _submitted_now(pk, meeting)
        proposal.status, proposal.returned_because = Proposal.Status.RETURNED, because
        proposal.save()
        tell_proposer(proposal.submitted_by, proposal, because=because)

    def give_back(self, items: list[AgendaItem]) -> None:
        for proposal in Proposal.objects.select_for_update().filter(
            agenda_item__in=items, status=Proposal.Status.ON_AGENDA
        ):
            proposal.status, proposal.agenda_item = Proposal.Status.SUBMITTED, None
            proposal.save()


def _row(proposal: Proposal) -> Waiting:
    return Waiting(
        source=NAME,
        pk=proposal.pk,
        title=proposal.title,
        text=mark_safe(rich_text.clean(proposal.text)),
        proposer=str(proposal.committee),
        submitted_at=proposal.submitted_at,
    )


def _submitted_now(pk: int, meeting: Meeting) -> Proposal:
    rows = Proposal.objects.select_for_update(of=["self"]).filter(
        pk=pk, addressee=meeting.body_id, status=Proposal.Status.SUBMITTED
    )
    proposal = rows.select_related("committee", "submitted_by__person").first()
    if proposal is None:
        raise Answered
    return proposal
