"""The home page and the page about the council."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db

MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


@pytest.fixture
def body():
    return make.BodyFactory()


def text_of(response) -> str:
    return response.content.decode()


def in_days(days: int) -> PartialDate:
    return PartialDate.from_date(today() + timedelta(days=days))


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_a_portal_with_nothing_on_record_has_its_pages(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_pages_are_read_only(client, address):
    assert client.post(address).status_code == 405


def test_the_next_meeting_is_the_soonest_announced_one(client, assembly):
    host = make.OrganizationFactory()
    make.MeetingFactory(body=assembly, announced=True, held_on=in_days(40))
    next_one = make.MeetingFactory(body=assembly, announced=True, held_on=in_days(3), host=host, venue="تالار نور")
    make.MeetingFactory(body=assembly, announced=True, held_on=in_days(-3))
    make.MeetingFactory(body=assembly, held_on=in_days(1))

    response = client.get("/")

    assert response.context["next_meeting"] == next_one
    assert "تالار نور" in text_of(response)
    assert str(host) in text_of(response)


def test_without_an_announced_meeting_the_page_says_so_calmly(client, assembly):
    make.MeetingFactory(body=assembly, held_on=in_days(1))

    response = client.get("/")

    assert response.context["next_meeting"] is None
    assert 'class="next-up__calm"' in text_of(response)


def test_the_latest_meetings_are_those_with_the_highest_numbers_also_without_dates(client, assembly):
    first = make.MeetingFactory(body=assembly, status="held", number=1, held_on=PartialDate.month(1387, 11))
    for number in range(2, 8):
        make.MeetingFactory(body=assembly, status="held", number=number, held_on=None)

    latest = client.get("/").context["latest_meetings"]

    assert [meeting.number for meeting in latest] == [7, 6, 5, 4]
    assert first not in latest


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.SECRETARIAT])
def test_what_is_closed_is_neither_shown_nor_counted(client_of, role, visibility, assembly, body):
    closed = {"visibility": visibility}
    host = make.OrganizationFactory(name="دستگاه پنهان", **closed)
    meeting = make.MeetingFactory(body=assembly, held=True, held_on=in_days(-9))
    make.MeetingFactory(body=assembly, held=True, title="اجلاس پنهان", **closed)
    make.MeetingFactory(body=assembly, announced=True, held_on=in_days(2), title="آینده پنهان", host=host)
    make.MeetingFactory(body=body, announced=True, held_on=in_days(2), title="جلسه پنهان", **closed)
    make.DecisionFactory(published=True, meeting=meeting, title="مصوبه پنهان", **closed)
    make.AnnouncementFactory(published=True, title="اطلاعیه پنهان", **closed)
    readable = role in (MEMBERS if visibility == Visibility.MEMBERS else {"secretariat"})

    response = client_of(role, body).get("/")

    for title in ("دستگاه پنهان", "اجلاس پنهان", "جلسه پنهان", "مصوبه پنهان", "اطلاعیه پنهان"):
        assert (title in text_of(response)) == readable, title
    figures = response.context["figures"]
    assert (figures["meetings"], figures["decisions"]) == ((2, 1) if readable else (1, 0))


@pytest.mark.parametrize("role", ROLES)
def test_drafts_are_neither_shown_nor_counted(client_of, role, assembly):
    meeting = make.MeetingFactory(body=assembly, held=True)
    make.DecisionFactory(meeting=meeting, title="مصوبه پیش‌نویس", visibility=Visibility.PUBLIC)
    make.MinutesFactory(meeting=meeting, visibility=Visibility.PUBLIC)
    make.AnnouncementFactory(title="اطلاعیه پیش‌نویس", visibility=Visibility.PUBLIC)

    response = client_of(role, assembly).get("/")

    assert "پیش‌نویس" not in text_of(response)
    assert not response.context["minutes"]
    assert response.context["figures"]["decisions"] == 0


def test_announcements_stand_until_they_expire_or_are_withdrawn(client):
    shown = {"published": True, "visibility": Visibility.PUBLIC}
    standing = make.AnnouncementFactory(expires_on=today(), **shown)
    make.AnnouncementFactory(expires_on=today() - timedelta(days=1), **shown)
    make.AnnouncementFactory(withdrawn_at=timezone.now(), withdrawn_because="خطا", **shown)

    assert [*client.get("/").context["announcements"]] == [standing]


# What awaits you


@pytest.fixture
def member(body):
    return user_of("body_member", body)


@pytest.fixture
def as_member(client, member):
    client.force_login(member, backend=ACCOUNTS)
    return client


@pytest.mark.parametrize("role", ["visitor", "former_member", "administrator"])
def test_nothing_awaits_somebody_who_is_no_member(client_of, role):
    assert client_of(role).get("/").context["waiting"] is None


def test_ones_own_unanswered_invitations_await(as_member, member, body):
    ahead = {"body": body, "announced": True, "held_on": in_days(5)}
    mine = make.InvitationFactory(person=member.person, meeting=make.MeetingFactory(**ahead))
    make.InvitationFactory(meeting=mine.meeting)
    make.InvitationFactory(
        person=member.person, meeting=make.MeetingFactory(**ahead), answer="attend", answered_at=timezone.now()
    )
    over = make.MeetingFactory(body=body, announced=True, held_on=in_days(-1))
    make.InvitationFactory(person=member.person, meeting=over)

    assert as_member.get("/").context["waiting"].invitations == [mine]


def test_an_officer_is_not_shown_the_invitations_of_others(client, body):
    client.force_login(user_of("officer", body), backend=ACCOUNTS)
    make.InvitationFactory(meeting__body=body, meeting__held_on=in_days(5))

    assert client.get("/").context["waiting"].invitations == []


def test_what_ones_organisation_owes_awaits_with_the_most_overdue_first(as_member, member):
    (organization,) = (service.organization for service in member.person.memberships.all())
    soon = make.AssignmentFactory(organization=organization, due_on=today() + timedelta(days=2))
    late = make.AssignmentFactory(organization=organization, due_on=today() - timedelta(days=2))
    make.AssignmentFactory(organization=organization, status="done")
    make.AssignmentFactory(organization=organization, decision__visibility=Visibility.SECRETARIAT)
    make.AssignmentFactory()

    waiting = as_member.get("/").context["waiting"]

    assert waiting.duties == [late, soon]
    assert [duty.is_late for duty in waiting.duties] == [True, False]
    assert (waiting.duty_count, waiting.overdue_count) == (2, 1)


# About


def test_the_page_about_the_council_tells_its_record(client, assembly):
    type(assembly).objects.filter(pk=assembly.pk).update(aims="هدف نخست\nهدف دوم", motto="شعار نمونه")
    assembly.other_names.create(name="نام پیشین اجلاس")
    board = make.BodyFactory(board=True)
    chair = make.MembershipFactory(body=board, role="chair").person
    hidden = make.MembershipFactory(body=board, person__visibility=Visibility.SECRETARIAT).person
    committee = make.BodyFactory(purpose="کار کمیته نمونه")
    bylaws = make.EditionFactory(published=True, document__kind="bylaws").document

    page = text_of(client.get("/about/"))

    for text in ("هدف نخست", "هدف دوم", "شعار نمونه", "نام پیشین اجلاس", chair, "کار کمیته نمونه", committee, bylaws):
        assert str(text) in page
    assert str(hidden) not in page


def test_what_is_not_known_of_the_council_is_said_to_be_so(client, assembly):
    assert 'class="not-recorded"' in text_of(client.get("/about/"))


def test_members_are_those_on_record_by_name_or_else_the_number_stated(client, assembly):
    type(assembly).objects.filter(pk=assembly.pk).update(member_count_stated=120)
    assert client.get("/").context["figures"]["members"] == 120

    make.MembershipFactory(body=assembly)
    assert client.get("/").context["figures"]["members"] == 1


# Queries


@pytest.mark.parametrize("role", ["visitor", "member", "secretariat"])
def test_queries_do_not_grow_with_the_rows(client, role, assembly, body):
    user = user_of(role, body)
    if user:
        client.force_login(user, backend=ACCOUNTS)
    make.BodyFactory(board=True)

    grow(assembly, user)
    before = [queries_of(client, address) for address in ("/", "/about/")]
    for _ in range(4):
        grow(assembly, user)

    assert [queries_of(client, address) for address in ("/", "/about/")] == before


def grow(assembly, user):
    committee = make.BodyFactory()
    host = make.OrganizationFactory()
    meeting = make.MeetingFactory(body=assembly, held=True, host=host)
    make.MeetingFactory(body=committee, announced=True, held_on=in_days(3), host=host)
    ahead = make.MeetingFactory(body=assembly, announced=True, held_on=in_days(3), host=host)
    make.AnnouncementFactory(published=True, visibility=Visibility.PUBLIC)
    make.DecisionFactory(published=True, meeting=meeting, visibility=Visibility.PUBLIC)
    make.MinutesFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    make.MembershipFactory(body=assembly)
    if user and user.person:
        organization = user.person.memberships.first().organization
        make.InvitationFactory(person=user.person, meeting=ahead)
        make.AssignmentFactory(organization=organization)


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
