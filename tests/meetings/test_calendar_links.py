"""The calendars to subscribe to: for whom what stands in them, and the secret links to them."""

from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.holding import announce
from meetings.models import Meeting
from members import calendar_links
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of
from tests.settings import MIDDLEWARE, UNCHANGED_PAGES

from .subscribed import DAY, FEED, calendar_at, events_at, link_of, meeting, subjects_at

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"


# For whom


def of_every_kind(body) -> None:
    """One meeting of each visibility, each titled after it, with drafts of this body and of another."""
    for visibility in Visibility.values:
        meeting(body=body, title=visibility, visibility=visibility)
        make.MeetingFactory(body=body, held_on=DAY, title=f"plan {visibility}", visibility=visibility)
    make.MeetingFactory(body=body, held_on=DAY, title="given up", status="cancelled", cancelled_because="تعطیلی")
    make.MeetingFactory(held_on=DAY, title="plan elsewhere")


OF_BODY = {"public", "members", "body"}
PLANS_OF_BODY = {"plan public", "plan members", "plan body", "given up"}
READERS = {
    "visitor": {"public"},
    "former_member": {"public"},
    "member": {"public", "members"},
    "body_member": OF_BODY,
    "officer": OF_BODY | PLANS_OF_BODY,
    "follow_up_officer": {"public", "members"},
    "secretariat": OF_BODY | PLANS_OF_BODY | {"secretariat", "plan secretariat", "plan elsewhere"},
    "administrator": {"public"},
}


@pytest.mark.parametrize("role", ROLES)
def test_a_public_calendar_is_a_visitors_whoever_asks(client_of, role):
    body = make.BodyFactory()
    of_every_kind(body)
    client = client_of(role, body)

    assert subjects_at(client) == subjects_at(client, f"/calendar/{body.slug}.ics") == {"public"}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_a_personal_calendar_has_what_its_account_sees_in_the_calendar(client, role):
    body = make.BodyFactory()
    of_every_kind(body)
    user = user_of(role, body)

    assert subjects_at(client, link_of(user)) == READERS[role]
    assert READERS[role] == set(Meeting.objects.visible_to(user).values_list("title", flat=True))


def test_a_plan_is_tentative_until_it_is_announced(client):
    plan = make.MeetingFactory(held_on=DAY, starts_at=time(9), title="موضوع")
    link = link_of(user_of("secretariat"))
    [before] = events_at(client, link)

    announce(plan, by=make.UserFactory())
    [after] = events_at(client, link)

    assert (before["STATUS"], after["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert before["SUMMARY"] == f"برنامه‌ریزی‌شده: {after['SUMMARY']}"
    assert before["UID"] == after["UID"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


def test_plans_leave_the_calendar_with_the_office(client):
    make.MeetingFactory(held_on=DAY, title="طرح")
    user = user_of("secretariat")
    link = link_of(user)
    assert subjects_at(client, link) == {"طرح"}

    type(user).objects.update(is_secretariat=False)

    assert subjects_at(client, link) == set()


def test_a_host_that_is_not_for_everybody_is_named_to_nobody_else(client):
    meeting(venue="", host=make.OrganizationFactory(name="دستگاه پنهان", visibility=Visibility.MEMBERS))
    user = user_of("member")

    assert "پنهان" not in client.get(FEED).text.replace("\r\n ", "")
    [event] = events_at(client, link_of(user))
    assert event["LOCATION"] == "دستگاه پنهان"


def test_a_calendar_of_one_body(client):
    own = meeting(title="خودی")
    meeting(title="دیگری")

    assert subjects_at(client, f"/calendar/{own.body.slug}.ics") == {"خودی"}
    assert calendar_at(client, f"/calendar/{own.body.slug}.ics")["X-WR-CALNAME"] == own.body.name
    assert client.get("/calendar/no-such-body.ics").status_code == 404


def test_it_speaks_persian_whatever_the_reader_has_chosen(client):
    meeting(starts_at=None, ends_at=None)
    client.cookies["django_language"] = "en"

    [event] = events_at(client)

    assert "آذر" in event["DESCRIPTION"]
    assert event["SUMMARY"].startswith("جلسه")


# The secret link


@pytest.fixture
def own():
    """A member, the member's browser, and a meeting for members only."""
    user = user_of("member")
    browser = Client()
    browser.force_login(user, backend=ACCOUNTS)
    meeting(title="برای اعضا", visibility=Visibility.MEMBERS)
    return user, browser


def test_the_link_is_made_shown_again_renewed_and_revoked_on_the_profile_page(client, own):
    user, browser = own
    assert "webcal:" not in browser.get(PROFILE).text

    browser.post(f"{PROFILE}calendar/renew/")
    first = f"/calendar/personal/{calendar_links.token_of(user)}.ics"
    assert f'href="webcal://testserver{first}"' in browser.get(PROFILE).text
    assert f'value="http://testserver{first}"' in browser.get(PROFILE).text
    assert subjects_at(client, first) == {"برای اعضا"}

    browser.post(f"{PROFILE}calendar/renew/")
    second = f"/calendar/personal/{calendar_links.token_of(user)}.ics"
    assert client.get(first).status_code == 404
    assert subjects_at(client, second) == {"برای اعضا"}

    for _ in range(2):
        browser.post(f"{PROFILE}calendar/revoke/")
    assert client.get(second).status_code == 404
    assert "webcal:" not in browser.get(PROFILE).text


def test_the_links_of_others_are_out_of_reach(client, own):
    user, _browser = own
    theirs = link_of(user)
    other = Client()
    other.force_login(user_of("secretariat"), backend=ACCOUNTS)

    other.post(f"{PROFILE}calendar/revoke/")
    other.post(f"{PROFILE}calendar/renew/")

    assert theirs not in other.get(PROFILE).text
    assert client.get(theirs).status_code == 200


@pytest.mark.parametrize("name", ["renew", "revoke"])
def test_only_who_is_signed_in_has_a_link_and_by_a_press_alone(client, own, name):
    _user, browser = own

    assert client.post(f"{PROFILE}calendar/{name}/").url.startswith("/accounts/login/")
    assert browser.get(f"{PROFILE}calendar/{name}/").status_code == 405


@pytest.mark.parametrize(
    "token", ["x", "00000000000000000000000000000000", "{key}", "{key}.x", "{key}x.{signature}", "%00"]
)
def test_a_token_that_was_not_made_here_opens_nothing(client, own, token):
    user, _browser = own
    calendar_links.renew(user)
    key, _, signature = calendar_links.token_of(user).partition(".")

    assert client.get(f"/calendar/personal/{token.format(key=key, signature=signature)}.ics").status_code == 404


def test_rights_end_with_the_term(client, set_clock):
    body = make.BodyFactory()
    meeting(body=body, title="در رکن", visibility=Visibility.BODY)
    service = make.MembershipFactory(body=body, end_on=PartialDate.day(1404, 12, 29))
    link = link_of(make.UserFactory(person=service.person))

    set_clock(1404, 12, 29, 23, 59)
    assert subjects_at(client, link) == {"در رکن"}
    set_clock(1405, 1, 1, 0, 0)
    assert subjects_at(client, link) == set()


def test_a_closed_account_has_no_calendar(client, own):
    user, _browser = own
    link = link_of(user)

    type(user).objects.update(is_active=False)

    assert client.get(link).status_code == 404


def test_the_token_signs_nobody_in(client, own):
    user, _browser = own
    link = link_of(user)

    answer = client.get(link)

    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.get("/desk/").status_code == 302


# How it is answered


@pytest.mark.parametrize("kind", ["council", "body", "personal"])
def test_it_asks_as_often_for_many_as_for_one(client, own, kind):
    user, _browser = own
    first = meeting(host=make.OrganizationFactory())
    url = {"council": FEED, "body": f"/calendar/{first.body.slug}.ics", "personal": link_of(user)}[kind]
    with CaptureQueriesContext(connection) as for_one:
        client.get(url)
    for _ in range(5):
        meeting(body=first.body, host=make.OrganizationFactory())

    with CaptureQueriesContext(connection) as for_many:
        client.get(url)

    assert len(for_many) == len(for_one)


def test_it_is_only_read(client):
    assert client.post(FEED).status_code == 405
    assert client.head(FEED).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_has_not_changed_is_answered_304_and_a_revoked_link_404(client, settings):
    settings.MIDDLEWARE = [UNCHANGED_PAGES, *MIDDLEWARE]
    user = user_of("member")
    link = link_of(user)
    first = client.get(link)
    tag = {"If-None-Match": first["ETag"]}

    assert first["Cache-Control"] == "private, no-cache"
    assert client.get(link, headers=tag).status_code == 304
    meeting()
    assert client.get(link, headers=tag).status_code == 200
    calendar_links.revoke(user)
    assert client.get(link, headers=tag).status_code == 404


def test_the_pages_lead_to_the_calendars(client, own):
    _user, browser = own
    body = make.BodyFactory()

    page, feeds = client.get("/calendar/").text, client.get("/feeds/").text

    assert 'href="webcal://testserver/calendar.ics"' in page
    assert '<link rel="alternate" type="text/calendar"' in page
    assert f'href="/calendar/{body.slug}.ics"' in feeds
    assert "/accounts/profile/#calendar" not in page
    assert "/accounts/profile/#calendar" in browser.get("/calendar/").text
