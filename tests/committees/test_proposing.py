"""The life of a committee's proposal, and what returns of it when a meeting is closed."""

import pytest
from django.db import DatabaseError, transaction

from committees import proposing
from committees.models import Proposal
from council_portal.access.visibility import Visibility
from council_portal.notices.models import Notice
from meetings import agenda, proposals
from meetings.holding import Refused
from meetings.models import AgendaItem
from meetings.steps import STEPS
from tests import factories as make
from tests.roles import user_of

pytestmark = pytest.mark.django_db
SOURCE = proposals.SOURCES["committees"]


@pytest.fixture
def by():
    return user_of("secretariat")


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


@pytest.fixture
def proposal(assembly):
    return make.ProposalFactory(addressee=assembly, submitted=True)


@pytest.fixture
def meeting(assembly):
    return make.MeetingFactory(body=assembly)


def take(name, meeting, *, by, **answers):
    meeting.refresh_from_db()
    return next(step for step in STEPS if step.name == name).take(meeting, by=by, **answers)


def close(meeting, *, by, outcome, decision=False):
    """Close a meeting with one outcome for all of its items, each with a decision where that is asked for."""
    for item in meeting.agenda_items.all():
        item.outcome = outcome
        item.save()
        if decision:
            make.DecisionFactory(meeting=meeting, agenda_item=item)
    take("hold", meeting, by=by)


def test_a_draft_is_submitted_once_and_those_who_keep_the_agenda_are_told(assembly, by):
    draft = make.ProposalFactory(addressee=assembly)

    proposing.submit(draft, by=by)
    first = proposing.submit(draft, by=user_of("secretariat"))

    assert (first.status, first.submitted_by) == ("submitted", by)
    assert Notice.objects.filter(recipient=by).count() == 1


def test_a_submitted_text_stays(proposal):
    for fields in ({"text": "<p>دیگر</p>"}, {"title": "دیگر"}, {"committee": make.BodyFactory()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**fields)
    with pytest.raises(DatabaseError), transaction.atomic():
        proposal.delete()


def test_it_is_withdrawn_before_it_is_taken_up(proposal, meeting, by):
    other = make.ProposalFactory(addressee=meeting.body, submitted=True)
    SOURCE.accept(other.pk, meeting, by=by)

    proposing.withdraw(proposal, by=by)
    proposing.withdraw(proposal, by=by)

    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"
    assert proposals.all_waiting(meeting, user=by) == []
    with pytest.raises(Refused):
        proposing.withdraw(other, by=by)


def test_a_draft_alone_is_thrown_away(proposal, by):
    draft = make.ProposalFactory()

    proposing.discard(draft, by=by)
    draft.pk = draft.pk or 0
    proposing.discard(draft, by=by)

    assert list(Proposal.objects.all()) == [proposal]
    with pytest.raises(proposing.NotADraft):
        proposing.discard(proposal, by=by)


@pytest.mark.parametrize(
    ("outcome", "has_decision", "status"),
    [
        ("decided", True, "adopted"),
        ("decided", False, "noted"),
        ("noted", False, "noted"),
        ("postponed", False, "postponed"),
        ("withdrawn", False, "returned"),
    ],
)
def test_the_outcome_returns_when_the_meeting_is_closed(proposal, meeting, by, outcome, has_decision, status):
    officer = user_of("officer", proposal.committee)
    item = SOURCE.accept(proposal.pk, meeting, by=by)

    close(meeting, by=by, outcome=outcome, decision=has_decision)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.agenda_item) == (status, item)
    assert (proposal.decision is not None) == has_decision
    assert bool(proposal.returned_because) == (status == "returned")
    assert Notice.objects.filter(recipient=officer).count() == 2  # on the agenda, and what came of it


def test_a_decision_of_a_part_of_the_item_adopts_it_too(proposal, meeting, by):
    item = SOURCE.accept(proposal.pk, meeting, by=by)
    part = make.AgendaItemFactory(meeting=meeting, parent=item)
    AgendaItem.objects.filter(meeting=meeting).update(outcome="decided")
    decision = make.DecisionFactory(meeting=meeting, agenda_item=part)

    take("hold", meeting, by=by)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.decision) == ("adopted", decision)


def test_what_was_postponed_is_answered_by_the_item_that_continues_it(proposal, meeting, assembly, by):
    SOURCE.accept(proposal.pk, meeting, by=by)
    close(meeting, by=by, outcome="postponed")
    following = make.MeetingFactory(body=assembly)
    agenda.prepare(following)

    close(following, by=by, outcome="decided", decision=True)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.agenda_item.meeting) == ("adopted", following)
    assert proposal.decision.meeting == following


def test_a_reopened_meeting_takes_the_outcome_back_until_it_is_closed_again(proposal, meeting, by):
    officer = user_of("officer", proposal.committee)
    SOURCE.accept(proposal.pk, meeting, by=by)
    close(meeting, by=by, outcome="decided", decision=True)

    take("reopen", meeting, by=by)
    proposal.refresh_from_db()
    reopened = (proposal.status, proposal.decision)
    take("hold", meeting, by=by)

    proposal.refresh_from_db()
    assert (reopened, proposal.status) == (("on_agenda", None), "adopted")
    assert Notice.objects.filter(recipient=officer).count() == 2


def test_an_outcome_that_was_put_right_returns_with_the_approval(proposal, meeting, by):
    item = SOURCE.accept(proposal.pk, meeting, by=by)
    make.MinutesFactory(meeting=meeting)
    close(meeting, by=by, outcome="noted")
    AgendaItem.objects.filter(pk=item.pk).update(outcome="postponed")

    meeting = type(meeting).objects.get(pk=meeting.pk)
    next(step for step in STEPS if step.name == "approve-uncirculated").take(meeting, by=by)

    proposal.refresh_from_db()
    assert proposal.status == "postponed"


def test_a_return_by_hand_is_not_overwritten(proposal, meeting, by):
    item = SOURCE.accept(proposal.pk, meeting, by=by)
    Proposal.objects.filter(pk=proposal.pk).update(status="returned", returned_because="رد شد")

    close(meeting, by=by, outcome="decided", decision=True)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.returned_because, proposal.agenda_item) == ("returned", "رد شد", item)


def test_a_cancelled_meeting_lets_proposals_wait_again(proposal, meeting, by):
    SOURCE.accept(proposal.pk, meeting, by=by)
    organization = make.ItemProposalFactory(body=meeting.body)
    proposals.SOURCES["organizations"].accept(organization.pk, meeting, by=by)

    take("cancel", meeting, by=by, because="نمونه")

    proposal.refresh_from_db(), organization.refresh_from_db()
    assert (proposal.status, proposal.agenda_item) == ("submitted", None)
    assert (organization.status, organization.agenda_item) == ("submitted", None)


# A proposal that is the committee's own


def test_the_body_that_it_is_put_to_reads_the_title_of_a_committees_own_proposal_and_no_more(client_of, by, assembly):
    meeting = make.MeetingFactory(body=assembly, announced=True)
    own = make.ProposalFactory(addressee=assembly, submitted=True, visibility=Visibility.BODY, text="<p>محرمانه</p>")
    SOURCE.accept(own.pk, meeting, by=by)
    member = client_of("body_member", assembly)

    page = member.get(meeting.get_absolute_url()).text

    assert own.title in page
    assert own.get_absolute_url() not in page
    assert member.get(own.get_absolute_url()).status_code == 404
    assert own.title not in client_of("member").get(meeting.get_absolute_url()).text
    assert client_of("body_member", own.committee).get(own.get_absolute_url()).status_code == 200


def test_whoever_may_not_read_a_proposal_does_not_accept_it_either(by):
    board = make.BodyFactory(board=True)
    meeting = make.MeetingFactory(body=board)
    own = make.ProposalFactory(addressee=board, submitted=True, visibility=Visibility.BODY)
    officer = user_of("officer", board)

    for answer in (lambda: SOURCE.accept(own.pk, meeting, by=officer), lambda: decline(own, meeting, officer)):
        with pytest.raises(proposals.Answered):
            answer()
    assert SOURCE.accept(own.pk, meeting, by=by).title == own.title


def decline(proposal, meeting, by):
    SOURCE.decline(proposal.pk, meeting, by=by, because="نه")
