"""/proposals/<pk>/ with the whole way, and the pages of the desk on which committees draft and submit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.models import Proposal
from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from tests import factories as make
from tests.admin.forms import fields_of

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("committees:desk_proposals"), reverse("committees:desk_proposal_new")


@pytest.fixture
def board():
    return make.BodyFactory(board=True)


@pytest.fixture
def committee(board):
    return make.BodyFactory()


def typed(board, **fields) -> dict:
    return {"addressee": board.pk, "title": "فهرست واحد", "text": "<p>متن</p>", "visibility": "members"} | fields


def draft_page(proposal) -> str:
    return reverse("committees:desk_proposal", args=[proposal.pk])


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 404), ("former_member", 404), ("member", 404), ("body_member", 404), ("officer", 200)]
    + [("follow_up_officer", 404), ("secretariat", 200), ("administrator", 404)],
)
def test_a_draft_is_seen_by_those_who_run_the_committee(client_of, committee, role, status):
    draft = make.ProposalFactory(committee=committee)

    assert client_of(role, committee).get(draft.get_absolute_url()).status_code == status


@pytest.mark.parametrize("role", ["officer", "secretariat"])
def test_a_proposal_is_drafted_then_submitted(client_of, committee, board, role):
    client = client_of(role, committee)
    own = {} if role == "officer" else {"committee": committee.pk}

    saved = client.post(NEW, typed(board, **own))
    draft = Proposal.objects.get()
    page = client.get(saved.url)
    client.post(draft_page(draft), typed(board, title="فهرست واحد کد", opened_version=draft.version, _submit="1"))

    draft.refresh_from_db()
    assert "پیش‌نویس" in page.text
    assert (draft.committee, draft.status, draft.title) == (committee, "submitted", "فهرست واحد کد")
    assert client.get(draft_page(draft)).url == draft.get_absolute_url()


def test_sessions_without_a_number_are_told_apart_by_their_days(client_of, committee, board):
    for day in (8, 22):
        make.MeetingFactory(body=committee, held_on=PartialDate.day(1405, 9, day))

    page = client_of("officer", committee).get(NEW).text

    assert "– ۸ آذر ۱۴۰۵</option>" in page
    assert "– ۲۲ آذر ۱۴۰۵</option>" in page


def test_what_is_mistaken_is_said_beside_the_field_and_what_was_typed_stays(client_of, committee, board):
    other = make.MeetingFactory()
    client = client_of("officer", committee)

    page = client.post(NEW, typed(board, title="", prepared_in=other.pk, addressee="x")).text

    assert page.count("invalid-feedback") >= 3
    assert "متن" in page
    assert not Proposal.objects.exists()


def test_of_two_who_write_on_a_draft_the_second_is_shown_both_texts(client_of, committee, board):
    draft = make.ProposalFactory(committee=committee, addressee=board)
    client = client_of("officer", committee)
    Proposal.objects.filter(pk=draft.pk).update(title="عنوان همکار")

    page = client.post(draft_page(draft), typed(board, title="عنوان من", opened_version=draft.version)).text

    draft.refresh_from_db()
    assert draft.title == "عنوان همکار"
    assert "عنوان همکار" in page
    assert "عنوان من" in page


@pytest.mark.parametrize("fields", [{"committee": "other"}, {"prepared_in": "other"}])
def test_nobody_drafts_for_another_committee(client_of, committee, board, fields):
    other = make.BodyFactory()
    session = make.MeetingFactory(body=other)
    made_up = {"committee": other.pk} if "committee" in fields else {"prepared_in": session.pk}

    client_of("officer", committee).post(NEW, typed(board, **made_up))

    assert not Proposal.objects.filter(committee=other).exists()
    assert not Proposal.objects.filter(prepared_in=session).exists()


@pytest.mark.parametrize("role", ["former_member", "member", "body_member", "administrator", "follow_up_officer"])
def test_nobody_else_touches_a_committees_proposals(client_of, committee, board, role):
    draft = make.ProposalFactory(committee=committee, addressee=board)
    waiting = make.ProposalFactory(committee=committee, addressee=board, submitted=True)
    before = list(Proposal.objects.values())
    client = client_of(role, committee)

    for one in (draft, waiting):
        for name in ("desk_proposal", "desk_proposal_withdraw", "desk_proposal_discard"):
            address = reverse(f"committees:{name}", args=[one.pk])
            assert client.post(address, typed(board, opened_version=1, _submit="1")).status_code == 404

    assert list(Proposal.objects.values()) == before


def test_the_list_empty_and_full_and_by_status(client_of, committee, board):
    client = client_of("officer", committee)
    empty = client.get(LIST)
    draft = make.ProposalFactory(committee=committee, addressee=board)
    waiting = make.ProposalFactory(committee=committee, addressee=board, submitted=True)
    make.ProposalFactory(addressee=board, submitted=True)

    full, filtered, nonsense = (
        client.get(LIST),
        client.get(LIST, {"status": "submitted"}),
        client.get(LIST + "?status=x"),
    )

    assert "هنوز پیشنهادی نوشته نشده" in empty.text
    assert list(full.context["page"]) == [draft, waiting]
    assert list(filtered.context["page"]) == [waiting]
    assert list(nonsense.context["page"]) == [draft, waiting]


def test_a_withdrawn_proposal_says_so_and_a_new_one_begins_with_its_text(client_of, committee, board):
    client = client_of("officer", committee)
    proposal = make.ProposalFactory(committee=committee, addressee=board, submitted=True)

    client.post(reverse("committees:desk_proposal_withdraw", args=[proposal.pk]))

    assert "پس گرفته" in client_of("member").get(proposal.get_absolute_url()).text
    assert fields_of(client.get(f"{NEW}?from={proposal.pk}"), None)["title"] == proposal.title
    assert client.get(f"{NEW}?from=x").status_code == 200


def test_a_draft_is_thrown_away(client_of, committee):
    draft = make.ProposalFactory(committee=committee)
    client = client_of("officer", committee)

    client.post(reverse("committees:desk_proposal_discard", args=[draft.pk]))

    assert not Proposal.objects.exists()


def test_all_proposals_of_a_committee_with_what_came_of_them(client_of, committee, board):
    address = reverse("committees:proposals", args=[committee.slug])
    empty = client_of("member").get(address).text
    make.ProposalFactory(committee=committee, addressee=board)
    submitted = make.ProposalFactory(committee=committee, addressee=board, submitted=True)

    full = client_of("member").get(address)

    assert 'class="empty"' in empty
    assert list(full.context["page"]) == [submitted]
    assert submitted.get_absolute_url() in full.text


# The way


def full_way(board, decisions=1, **fields):
    """A proposal that went its whole way, with one assignment of its decision."""
    committee = make.BodyFactory()
    session = make.MeetingFactory(body=committee, held=True)
    meeting = make.MeetingFactory(body=board, held=True)
    item = make.AgendaItemFactory(meeting=meeting, outcome="decided", **fields)
    decision = make.DecisionFactory(published=True, meeting=meeting, agenda_item=item, visibility=Visibility.PUBLIC)
    for _ in range(decisions - 1):
        more = make.DecisionFactory(published=True, meeting=meeting, agenda_item=item, visibility=Visibility.PUBLIC)
        make.FollowUpFactory(assignment=make.AssignmentFactory(decision=more))
    make.MinutesFactory(meeting=meeting, published=True)
    assignment = make.AssignmentFactory(decision=decision, status="done", due_on=date(2024, 8, 1))
    make.FollowUpFactory(assignment=assignment)
    proposal = make.ProposalFactory(
        committee=committee,
        addressee=board,
        prepared_in=session,
        submitted=True,
        status="adopted",
        agenda_item=item,
        decision=decision,
        visibility=Visibility.PUBLIC,
    )
    return proposal, assignment


def test_the_way_can_be_walked_in_both_directions(client, board):
    proposal, assignment = full_way(board)
    decision, meeting = assignment.decision, proposal.agenda_item.meeting

    page = client.get(proposal.get_absolute_url()).text
    back = [client.get(address).text for address in (meeting.get_absolute_url(), decision.get_absolute_url())]

    there = [proposal.prepared_in.get_absolute_url(), f"{meeting.get_absolute_url()}#item-{proposal.agenda_item_id}"]
    there += [decision.get_absolute_url(), assignment.organization.get_absolute_url()]
    assert all(f'href="{address}"' in page for address in there)
    assert "هر چه درباره آن تصویب شد، انجام شده است" in page
    assert all(f'href="{proposal.get_absolute_url()}"' in text for text in back)
    assert f'href="{proposal.get_absolute_url()}"' in client.get(proposal.committee.get_absolute_url()).text


def test_the_way_tells_nothing_that_the_reader_may_not_read(client, board):
    proposal, assignment = full_way(board, visibility=Visibility.SECRETARIAT, title="بند بسته")

    page = client.get(proposal.get_absolute_url()).text

    assert "بند بسته" not in page
    assert assignment.decision.label not in page
    assert proposal.agenda_item.meeting.get_absolute_url() in page


def test_the_way_shows_the_meeting_that_put_it_off_and_the_one_that_continues(client, board):
    proposal, _assignment = full_way(board)
    item = proposal.agenda_item
    earlier = make.AgendaItemFactory(meeting=make.MeetingFactory(body=board, held=True), outcome="postponed")
    type(proposal).objects.filter(pk=proposal.pk).update(agenda_item=earlier, status="postponed", decision=None)
    make.MeetingFactory(body=board)
    later = make.AgendaItemFactory(meeting=make.MeetingFactory(body=board, held=True), continues=earlier)

    stops = client.get(proposal.get_absolute_url()).context["stops"]

    assert [stop.item for stop in stops] == [earlier, later]
    assert item not in [stop.item for stop in stops]


@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_the_pages_ask_a_constant_number_of_queries(client_of, board, role):
    client = client_of(role)
    little, _ = full_way(board)
    few = queries(client, little.get_absolute_url()), role == "visitor" or queries(client, LIST)
    much, assignment = full_way(board, decisions=4)
    make.FollowUpFactory(assignment=assignment)

    many = queries(client, much.get_absolute_url()), role == "visitor" or queries(client, LIST)

    assert many == few


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("submit", [{}, {"_submit": "1"}])
def test_a_new_proposal_that_is_sent_twice_is_one(client_of, committee, board, submit):
    client = client_of("officer", committee)

    addresses = [client.post(NEW, typed(board, **submit)).url for _ in range(2)]

    assert addresses[0] == addresses[1]
    assert Proposal.objects.get().status == ("submitted" if submit else "draft")


def test_what_was_withdrawn_is_proposed_again_in_the_same_words(client_of, committee, board):
    client = client_of("officer", committee)
    make.ProposalFactory(committee=committee, addressee=board, status="withdrawn", submitted_at=timezone.now())
    earlier = Proposal.objects.get()

    client.post(NEW, typed(board, title=earlier.title, text=earlier.text, _submit="1"))

    assert Proposal.objects.filter(status="submitted").count() == 1
