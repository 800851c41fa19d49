"""What is proposed for an agenda becomes an item or is declined, and its proposer is told."""

import pytest

from committees.models import Proposal
from council_portal.notices.models import Notice
from meetings import agenda, holding, proposals
from meetings.models import ItemProposal
from tests import factories as make
from tests.roles import user_of

from .items import proposal_for

pytestmark = pytest.mark.django_db


def test_an_accepted_proposal_is_an_item_and_its_proposer_is_told(meeting, by):
    proposal = proposal_for(meeting, presenter=make.PersonFactory())

    item = proposals.SOURCES["organizations"].accept(proposal.pk, meeting, by=by)

    proposal.refresh_from_db()
    assert (item.title, item.proposed_by, item.presenter) == (proposal.title, proposal.organization, proposal.presenter)
    assert (proposal.status, proposal.agenda_item, proposal.answered_by) == ("accepted", item, by)
    assert Notice.objects.filter(recipient=proposal.submitted_by).count() == 1


@pytest.mark.parametrize("source", ["organizations", "committees"])
def test_a_proposal_is_for_a_meeting_to_come(by, source):
    meeting = make.MeetingFactory(held=True)
    if source == "organizations":
        proposal = proposal_for(meeting)
    else:
        proposal = make.ProposalFactory(addressee=meeting.body, submitted=True)

    with pytest.raises(holding.Refused):
        proposals.SOURCES[source].accept(proposal.pk, meeting, by=by)

    assert not meeting.agenda_items.exists()


def test_a_proposal_is_answered_once(meeting, by):
    proposal = proposal_for(meeting)
    proposals.SOURCES["organizations"].accept(proposal.pk, meeting, by=by)

    with pytest.raises(proposals.Answered):
        proposals.SOURCES["organizations"].decline(proposal.pk, meeting, by=by, because="نه")
    assert meeting.agenda_items.count() == 1


def test_a_declined_proposal_tells_the_reason(meeting, by):
    proposal = proposal_for(meeting)

    proposals.SOURCES["organizations"].decline(proposal.pk, meeting, by=by, because="تکراری است")

    proposal.refresh_from_db()
    assert (proposal.status, proposal.declined_because) == ("declined", "تکراری است")
    assert Notice.objects.get(recipient=proposal.submitted_by).text == "تکراری است"


def test_proposing_the_same_twice_changes_nothing_and_the_keepers_are_told_once(meeting, by):
    first = proposal_for(meeting)
    same = ItemProposal(body=meeting.body, organization=first.organization, title=first.title)

    assert proposals.propose(same, by=first.submitted_by) == first
    assert Notice.objects.filter(recipient=by).count() == 1


def test_a_removed_item_lets_what_proposed_it_wait_again(meeting, by):
    proposal = proposal_for(meeting)
    item = proposals.SOURCES["organizations"].accept(proposal.pk, meeting, by=by)

    agenda.remove(item, seen=item.version)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.agenda_item) == ("submitted", None)


def test_a_committees_proposal_is_accepted_for_those_who_may_read_it(meeting, by):
    proposal = make.ProposalFactory(addressee=meeting.body, submitted=True)
    officer = user_of("officer", proposal.committee)

    waiting = proposals.all_waiting(meeting, user=by)
    item = proposals.SOURCES["committees"].accept(proposal.pk, meeting, by=by)

    proposal.refresh_from_db()
    assert [(row.source, row.pk) for row in waiting] == [("committees", proposal.pk)]
    assert (item.presenter_name, item.visibility) == (proposal.committee.name, proposal.visibility)
    assert (proposal.status, proposal.agenda_item) == (Proposal.Status.ON_AGENDA, item)
    assert Notice.objects.filter(recipient=officer).exists()


def test_a_committees_proposal_goes_back_with_the_reason_or_when_its_item_is_removed(meeting, by):
    declined, accepted = (make.ProposalFactory(addressee=meeting.body, submitted=True) for _ in range(2))
    source = proposals.SOURCES["committees"]

    source.decline(declined.pk, meeting, by=by, because="ناقص است")
    item = source.accept(accepted.pk, meeting, by=by)
    agenda.remove(item, seen=item.version)

    declined.refresh_from_db(), accepted.refresh_from_db()
    assert (declined.status, declined.returned_because) == ("returned", "ناقص است")
    assert (accepted.status, accepted.agenda_item) == ("submitted", None)
