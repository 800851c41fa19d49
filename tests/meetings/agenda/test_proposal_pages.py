"""The pages on which members propose an item, and on which it is accepted or declined."""

import pytest

from council_portal.persian.partial_date import PartialDate
from meetings import proposals
from meetings.models import ItemProposal
from members.models import Membership, User
from tests import factories as make
from tests.meetings.work.pages import page_of
from tests.roles import ROLES, user_of

from .items import proposal_for

pytestmark = pytest.mark.django_db
PROPOSE = "/meetings/propose/"


def test_a_proposal_is_accepted_from_the_queue(client_of, meeting):
    proposal = proposal_for(meeting)
    officer = client_of("officer", meeting.body)

    assert proposal.title in officer.get(page_of(meeting, "agenda")).text
    officer.post(page_of(meeting, "agenda_accept", "organizations", proposal.pk))
    again = officer.post(page_of(meeting, "agenda_accept", "organizations", proposal.pk), follow=True)

    assert meeting.agenda_items.get().proposed_by == proposal.organization
    assert "پاسخ داده شده است" in again.text


def test_a_proposal_is_declined_with_a_reason_only(secretariat, meeting):
    proposal = proposal_for(meeting)
    address = page_of(meeting, "agenda_decline", "organizations", proposal.pk)

    assert "این فیلد لازم است" in secretariat.post(address, {"because": " "}).text
    secretariat.post(address, {"because": "تکراری است"})

    proposal.refresh_from_db()
    assert proposal.status == "declined"
    assert secretariat.post(address, {"because": "باز"}).status_code == 302


def test_a_proposal_for_another_body_is_not_accepted_here(secretariat, meeting):
    other = proposal_for(make.MeetingFactory())

    secretariat.post(page_of(meeting, "agenda_accept", "organizations", other.pk))

    assert not meeting.agenda_items.exists()
    assert secretariat.post(page_of(meeting, "agenda_accept", "elsewhere", other.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("member", 200),
        ("body_member", 200),
        ("officer", 200),
        ("follow_up_officer", 200),
        ("former_member", 403),
        ("secretariat", 403),
        ("administrator", 403),
        ("visitor", 302),
    ],
)
def test_members_propose_for_their_organisation(client_of, role, status):
    assert client_of(role, make.BodyFactory()).get(PROPOSE).status_code == status


def test_a_member_proposes_and_sees_what_became_of_it(client_of, meeting):
    client = client_of("body_member", meeting.body)
    own = Membership.objects.get().organization
    values = {"body": meeting.body_id, "organization": own.pk, "title": "بند ما", "text": "شرح <b>آن</b>"}

    client.post(PROPOSE, values)
    client.post(PROPOSE, values)

    proposal = ItemProposal.objects.get()
    assert (proposal.organization, proposal.submitted_by) == (own, User.objects.get())
    proposals.SOURCES["organizations"].decline(proposal.pk, meeting, by=proposal.submitted_by, because="تکراری است")
    assert "تکراری است" in client.get(PROPOSE).text


def test_nobody_proposes_for_another_organisation(client_of, meeting):
    values = {"body": meeting.body_id, "organization": make.OrganizationFactory().pk, "title": "بند آنان"}

    response = client_of("member").post(PROPOSE, values)

    assert "بند آنان" in response.text
    assert not ItemProposal.objects.exists()


def test_a_wished_meeting_is_one_of_the_body(client_of):
    meeting = make.MeetingFactory(announced=True, held_on=PartialDate.day(1410, 1, 20))
    client = client_of("member")
    values = {
        "body": make.BodyFactory().pk,
        "organization": Membership.objects.get().organization_id,
        "title": "بند",
        "wished_meeting": meeting.pk,
    }

    assert "از آنِ رکن دیگری است" in client.post(PROPOSE, values).text
    client.post(PROPOSE, values | {"body": meeting.body_id})
    assert ItemProposal.objects.get().wished_meeting == meeting


def test_the_text_of_a_proposal_is_shown_as_text(secretariat, meeting):
    proposal = proposal_for(meeting)
    ItemProposal.objects.filter(pk=proposal.pk).update(text="<script>x</script>")

    assert "<script>x" not in secretariat.get(page_of(meeting, "agenda")).text


def test_proposals_are_seen_by_their_organisation_and_those_who_keep_the_agenda(client_of, meeting):
    proposal = proposal_for(meeting)

    readers = {
        role for role in ROLES if ItemProposal.objects.visible_to(user_of(role, meeting.body)).filter(pk=proposal.pk)
    }

    assert readers == {"officer", "secretariat"}
