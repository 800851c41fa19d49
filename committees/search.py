"""What of the committees can be found besides their sessions: their proposals to another body."""

from django.utils.translation import gettext as _

from council_portal.rich_text import reading_form
from council_portal.search.models import Kind
from council_portal.search.sources import Findable, Passage, Source, register

from .models import Proposal


def proposals(rows, reader):
    for proposal in rows.select_related("committee", "addressee"):
        yield Findable(
            pk=proposal.pk,
            title=proposal.title,
            address=proposal.get_absolute_url(),
            passages=[Passage(text) for text in reading_form(proposal.text)],
            words=[_("Proposal"), proposal.committee.name, proposal.addressee.name],
            body=proposal.committee_id,
            days=proposal.submitted_at,
        )


register(
    Source(
        name="committees.proposal",
        kind=Kind.PROPOSAL,
        model=Proposal,
        readable=lambda user: Proposal.objects.visible_to(user),
        findables=proposals,
        rests_on=("", "committee", "addressee"),
        body="committee",
    ),
)
