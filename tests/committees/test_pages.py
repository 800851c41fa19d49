"""/committees/…: the board and the committees, what they did, and each of their sessions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.models import Meeting
from members.models import BodyName, Membership
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("committees:committees")


@pytest.fixture(autouse=True)
def _today(set_clock):
    set_clock(1403, 1, 10)


@pytest.fixture
def ict(db):
    return BodyFactory(slug="ict", name="کمیته فناوری", purpose="راه دبیرخانه الکترونیک")


def session(body, year=1402, month=5, day=1, **kwargs) -> Meeting:
    kwargs = {"held": True, **kwargs}
    return MeetingFactory(body=body, held_on=PartialDate.day(year, month, day), **kwargs)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response


def sessions_url(body) -> str:
    return reverse("committees:sessions", args=[body.slug])


def test_the_list_with_nothing_in_it(client):
    assert "empty" in page(client, LIST).text


def test_the_list_begins_with_the_board_and_leaves_the_assembly_out(client, ict):
    ict.position = 1
    ict.save()
    board = BodyFactory(board=True, position=2)
    BodyFactory(assembly=True)

    summaries = page(client, LIST).context["summaries"]

    assert [summary.body for summary in summaries] == [board, ict]


def test_a_summary_counts_sessions_and_names_the_chair_of_today(client, ict):
    MembershipFactory(body=ict, role="chair", start_on=PartialDate.year(1395), end_on=PartialDate.year(1398))
    chair = MembershipFactory(body=ict, role="chair", start_on=PartialDate.year(1400))
    session(ict, 1402, 5)
    session(ict, 1390, 5)

    summary = page(client, LIST).context["summaries"][0]

    assert (summary.chair, summary.session_count, summary.cadence.held) == (chair, 2, 1)


@pytest.mark.parametrize("address", [LIST, "/committees/ict/", "/committees/ict/sessions/"])
def test_sparse_body_says_that_nothing_is_recorded(client, ict, address):
    ict.purpose, ict.meetings_per_month = "", None
    ict.save()

    text = page(client, address).text

    assert "cadence__month" not in text
    assert "not-recorded" in text or "empty" in text


@pytest.mark.parametrize(
    ("role", "count"),
    [
        ("visitor", 1),
        ("former_member", 1),
        ("administrator", 1),
        ("member", 2),
        ("body_member", 3),
        ("officer", 3),
        ("secretariat", 4),
    ],
)
def test_sessions_are_listed_and_counted_for_those_who_may_know_of_them(client_of, ict, role, count):
    for visibility in Visibility.values:
        session(ict, visibility=visibility)
    client = client_of(role, ict)

    context = page(client, ict.get_absolute_url()).context

    assert context["session_count"] == count
    assert sum(number for _, number in context["years"]) == count
    assert len(context["latest"]) == count
    assert context["cadence"].held == count
    assert page(client, sessions_url(ict)).context["page"].paginator.count == count
    assert page(client, LIST).context["summaries"][0].session_count == count
    assert page(client, LIST).context["summaries"][0].cadence.held == count


@pytest.mark.parametrize(("role", "seen"), [("visitor", 0), ("body_member", 0), ("officer", 1), ("secretariat", 1)])
def test_planned_sessions_are_drafts(client_of, ict, role, seen):
    session(ict, 1403, 2, held=False)
    client = client_of(role, ict)

    assert len(page(client, ict.get_absolute_url()).context["upcoming"]) == seen
    assert page(client, sessions_url(ict)).context["page"].paginator.count == seen


def test_members_of_today_stand_by_rank_with_what_may_be_known(client, ict):
    hidden_organization = OrganizationFactory(visibility=Visibility.SECRETARIAT, name="دستگاه پنهان")
    member = MembershipFactory(body=ict, organization=hidden_organization)
    chair = MembershipFactory(body=ict, role=Membership.Role.CHAIR)
    hidden = MembershipFactory(body=ict, person=PersonFactory(family_name="پنهانی", visibility=Visibility.MEMBERS))
    MembershipFactory(body=ict, end_on=PartialDate.year(1400))

    response = page(client, ict.get_absolute_url())

    assert list(response.context["members"]) == [chair, member]
    assert hidden.person.family_name not in response.text
    assert hidden_organization.name not in response.text
    assert chair.organization.name in response.text


def test_purpose_earlier_names_and_years(client, ict):
    BodyName.objects.create(body=ict, name="کمیته رایانه", end_on=PartialDate.year(1388))
    session(ict, 1402)
    session(ict, 1402)
    session(ict, 1399)
    MeetingFactory(body=ict, held=True, held_on=None)

    response = page(client, ict.get_absolute_url())

    assert ict.purpose in response.text
    assert "کمیته رایانه" in response.text
    assert response.context["years"] == [(1402, 2), (1399, 1), (None, 1)]
    assert f"{sessions_url(ict)}?year=1399" in response.text


def test_decisions_and_proposals_that_may_be_read(client, client_of, ict):
    meeting = session(ict)
    shown = DecisionFactory(published=True, meeting=meeting, visibility=Visibility.PUBLIC)
    DecisionFactory(published=True, meeting=meeting, visibility=Visibility.MEMBERS)
    DecisionFactory(numbered=True, meeting=meeting, visibility=Visibility.PUBLIC)
    ProposalFactory(committee=ict, title="پیش‌نویس")
    adopted_by = DecisionFactory(published=True, visibility=Visibility.SECRETARIAT)
    adopted = ProposalFactory(
        committee=ict,
        submitted=True,
        status="adopted",
        agenda_item=AgendaItemFactory(),
        decision=adopted_by,
    )
    returned = ProposalFactory(committee=ict, submitted=True, status="returned", returned_because="نیازمند بررسی")

    public, members = page(client, ict.get_absolute_url()), page(client_of("member"), ict.get_absolute_url())

    assert list(public.context["decisions"]) == [shown]
    assert list(public.context["proposals"]) == []
    assert set(members.context["proposals"]) == {adopted, returned}
    assert [(status, number) for status, _, number in members.context["proposal_counts"]] == [
        ("adopted", 1),
        ("returned", 1),
    ]
    assert returned.returned_because in members.text
    assert adopted_by.get_absolute_url() not in members.text


def test_the_board_shows_what_was_put_to_it(client_of, ict):
    board = BodyFactory(board=True)
    proposal = ProposalFactory(committee=ict, addressee=board, submitted=True)

    assert list(page(client_of("member"), board.get_absolute_url()).context["proposals"]) == [proposal]


def test_bodies_before_and_after(client, ict):
    board, training = BodyFactory(board=True), BodyFactory(slug="training", position=9)

    context = page(client, ict.get_absolute_url()).context

    assert (context["previous"], context["next"]) == (board, training)
    assert page(client, board.get_absolute_url()).context["previous"] is None
    assert page(client, training.get_absolute_url()).context["next"] is None


def test_the_assembly_has_a_page_of_its_own(client):
    assembly = BodyFactory(assembly=True)

    response = client.get(reverse("committees:committee", args=[assembly.slug]))

    assert (response.status_code, response.headers["Location"]) == (301, reverse("about"))
    assert client.get(sessions_url(assembly)).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/committees/none/", "/committees/none/sessions/", "/committees/ict/sessions/9/", "/committees/%00/"),
        *("/committees/ict/sessions/x/", "/committees/ict/sessions/99999999999999999999/", "/committees/کمیته/"),
        *(
            "/committees/ict/sessions/planned/9/",
            "/committees/ict/sessions/?page=2",
            "/committees/ict/sessions/?page=x",
        ),
    ],
)
def test_what_there_is_not(client, ict, address):
    assert client.get(address).status_code == 404


def test_sessions_by_year_newest_first(client, ict):
    old, new = session(ict, 1399), session(ict, 1402)
    undated = MeetingFactory(body=ict, held=True, held_on=None)

    response = page(client, sessions_url(ict))

    assert response.context["years"] == [(1402, [new]), (1399, [old]), (None, [undated])]
    assert page(client, sessions_url(ict) + "?year=۱۳۹۹").context["years"] == [(1399, [old])]


@pytest.mark.parametrize("year", ["abc", "2024", "1403/5", "0", "\x00"])
def test_a_mistake_in_the_year_is_named_beside_it(client, ict, year):
    session(ict)

    response = client.get(sessions_url(ict), {"year": year})

    assert response.status_code == 200
    if year != "\x00":
        assert "invalid-feedback" in response.text
        assert list(response.context["page"]) == []


@pytest.mark.parametrize("address", [LIST, "/committees/ict/", "/committees/ict/sessions/"])
@pytest.mark.parametrize("role", ["visitor", "officer"])
def test_queries_do_not_grow_with_the_rows(client_of, ict, role, address):
    client = client_of(role, ict)
    fill(ict, 1)
    with CaptureQueriesContext(connection) as few:
        page(client, address)
    fill(ict, 8)

    with CaptureQueriesContext(connection) as many:
        page(client, address)

    assert len(many) == len(few)


def fill(body, rows: int) -> None:
    for _ in range(rows):
        meeting = session(body)
        decision = DecisionFactory(published=True, meeting=meeting, visibility=Visibility.PUBLIC)
        item = AgendaItemFactory(meeting=meeting)
        ProposalFactory(
            committee=body,
            submitted=True,
            visibility=Visibility.PUBLIC,
            status="adopted",
            agenda_item=item,
            decision=decision,
        )
        MembershipFactory(body=body)
        session(body, 1403, 2, held=False, announced=True)
        BodyName.objects.create(body=body, name="نام پیشین")
        MembershipFactory(body=BodyFactory(), role=Membership.Role.CHAIR)


def test_one_body_has_its_own_sessions(client, ict):
    other = BodyFactory()
    session(other)

    assert page(client, ict.get_absolute_url()).context["session_count"] == 0


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("visitor", {"public"}),
        ("member", {"public", "members"}),
        ("body_member", {"public", "members", "body"}),
        ("officer", {"public", "members", "body", "planned"}),
        ("secretariat", {"public", "members", "body", "secretariat", "planned"}),
        ("administrator", {"public"}),
    ],
)
def test_who_may_read_a_session(client_of, ict, role, seen):
    client = client_of(role, ict)
    sessions = {visibility: session(ict, visibility=visibility) for visibility in Visibility.values}
    sessions["planned"] = session(ict, 1403, 2, held=False)

    statuses = {name: client.get(meeting.get_absolute_url()).status_code for name, meeting in sessions.items()}

    assert statuses == {name: 200 if name in seen else 404 for name in sessions}


def test_a_planned_session_moves_to_its_number_once_it_has_one(client, ict):
    meeting = session(ict)

    response = client.get(reverse("committees:planned", args=[ict.slug, meeting.pk]))

    assert (response.status_code, response.headers["Location"]) == (301, meeting.get_absolute_url())


def test_a_session_stands_under_its_own_body_alone(client, ict):
    meeting = session(ict)
    other = BodyFactory(slug="training")

    assert client.get(reverse("committees:session", args=[other.slug, meeting.number])).status_code == 404
    assert client.get(reverse("committees:planned", args=[other.slug, meeting.pk])).status_code == 404


def test_a_meeting_of_the_assembly_is_no_session(client):
    meeting = session(BodyFactory(assembly=True))

    assert client.get(f"/committees/assembly/sessions/{meeting.number}/").status_code == 404


def test_it_is_only_read(client):
    assert client.post(LIST).status_code == 405
