"""/calendar/: the meetings of all bodies, a Jalali month a page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.models import Meeting
from meetings.month import month_of
from tests.factories import BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db
MONTH = "/calendar/1403/5/"


def meeting_on(*day, **kwargs) -> Meeting:
    kwargs = kwargs or {"held": True}
    return MeetingFactory(held_on=PartialDate.day(*day), **kwargs)


def days_of(response) -> dict[int, list[Meeting]]:
    weeks = response.context["month"].weeks
    return {day.number: day.meetings for week in weeks for day in week if day.meetings}


def test_weeks_run_from_saturday_to_friday_and_hold_the_whole_month():
    month = month_of(1403, 5, [], on=date(2024, 7, 22))

    assert all(week[0].date.weekday() == 5 for week in month.weeks)
    assert [day.number for week in month.weeks for day in week if day.number] == list(range(1, 32))
    assert month.weeks[0][2].number == 1  # 1 Mordad 1403 was a Monday
    assert [day.is_weekend for day in month.weeks[0]] == [False] * 6 + [True]
    assert [day.number for week in month.weeks for day in week if day.is_today] == [1]


def test_a_leap_month_has_its_thirtieth_day():
    assert max(day.number or 0 for week in month_of(1403, 12, [], on=date(2025, 1, 1)).weeks for day in week) == 30
    assert max(day.number or 0 for week in month_of(1404, 12, [], on=date(2025, 1, 1)).weeks for day in week) == 29


def test_empty_month_opens(client):
    assert client.get(MONTH).status_code == 200


def test_meetings_stand_on_their_days_and_those_without_a_day_beside(client):
    first, last = meeting_on(1403, 5, 1), meeting_on(1403, 5, 31)
    before, after = meeting_on(1403, 4, 31), meeting_on(1403, 6, 1)
    some_day = MeetingFactory(held=True, held_on=PartialDate.month(1403, 5))
    some_month = MeetingFactory(held=True, held_on=PartialDate.year(1403))
    undated = MeetingFactory(held=True, held_on=None)

    response = client.get(MONTH)

    assert days_of(response) == {1: [first], 31: [last]}
    assert response.context["month"].some_day == [some_day]
    assert response.context["month"].some_month == [some_month]
    assert response.context["month"].meeting_count == 3
    for meeting in (before, after, undated):
        assert f'"{meeting.get_absolute_url()}"' not in response.text


def test_without_a_month_it_shows_this_one(client, set_clock):
    set_clock(1403, 5, 14)
    here = meeting_on(1403, 5, 14)

    response = client.get(reverse("meetings:calendar"))

    assert days_of(response) == {14: [here]}
    assert 'aria-current="date"' in response.text


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("visitor", {"public", "cancelled"}),
        ("member", {"public", "members", "cancelled"}),
        ("body_member", {"public", "members", "body", "cancelled"}),
        ("officer", {"public", "members", "body", "cancelled", "planned"}),
        ("secretariat", {"public", "members", "body", "cancelled", "planned", "closed"}),
        ("administrator", {"public", "cancelled"}),
    ],
)
def test_whose_meetings_stand_in_it(client_of, role, seen):
    body = BodyFactory()
    for title, visibility in [
        ("public", Visibility.PUBLIC),
        ("members", Visibility.MEMBERS),
        ("body", Visibility.BODY),
        ("closed", Visibility.SECRETARIAT),
    ]:
        meeting_on(1403, 5, 10, body=body, held=True, title=title, visibility=visibility)
    meeting_on(1403, 5, 10, body=body, title="planned")
    meeting_on(1403, 5, 10, body=body, announced=True, title="cancelled")
    Meeting.objects.filter(title="cancelled").update(status="cancelled", cancelled_because="تعطیلی")

    response = client_of(role, body).get(MONTH)

    assert {meeting.title for meeting in days_of(response)[10]} == seen
    assert response.context["month"].meeting_count == len(seen)


def test_one_day_in_the_order_of_hours(client):
    late = meeting_on(1403, 5, 10, announced=True, starts_at="14:00")
    early = meeting_on(1403, 5, 10, announced=True, starts_at="8:30")

    response = client.get(MONTH)

    assert days_of(response)[10] == [early, late]
    assert "۸:۳۰" in response.text


@pytest.mark.parametrize(
    "address",
    [
        *("/calendar/1403/0/", "/calendar/1403/13/", "/calendar/1199/12/", "/calendar/1601/1/", "/calendar/2024/5/"),
        *("/calendar/99999999999999999999/1/", "/calendar/1403/99999999999999/", "/calendar/1403/", "/calendar/x/y/"),
        *("/calendar/1403/-1/", "/calendar/1403/%00/"),
    ],
)
def test_a_month_that_there_is_not(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "previous", "following"),
    [
        ("/calendar/1403/1/", "/calendar/1402/12/", "/calendar/1403/2/"),
        ("/calendar/1403/12/", "/calendar/1403/11/", "/calendar/1404/1/"),
        ("/calendar/1200/1/", "", "/calendar/1200/2/"),
        ("/calendar/1600/12/", "/calendar/1600/11/", ""),
    ],
)
def test_the_months_before_and_after(client, address, previous, following):
    response = client.get(address)

    assert response.status_code == 200
    assert (response.context["previous_url"], response.context["next_url"]) == (previous, following)


@pytest.mark.parametrize("year", ["1403", "۱۴۰۳", "١٤٠٣"])
def test_leaping_to_a_month(client, year):
    response = client.get(reverse("meetings:calendar"), {"year": year, "month": 5})

    assert (response.status_code, response.headers["Location"]) == (302, MONTH)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"year": "abc", "month": "5"}, "year"),
        ({"year": "2024", "month": "5"}, "year"),
        ({"year": "1403", "month": "13"}, "month"),
        ({"year": "1403"}, "month"),
        ({"year": "\x00", "month": "5"}, "year"),
    ],
)
def test_a_mistake_is_named_beside_its_field(client, question, field):
    response = client.get(reverse("meetings:calendar"), question)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "invalid-feedback" in response.text


def test_queries_do_not_grow_with_the_meetings(client):
    meeting_on(1403, 5, 1)
    with CaptureQueriesContext(connection) as few:
        client.get(MONTH)
    for day in range(2, 20):
        meeting_on(1403, 5, day)

    with CaptureQueriesContext(connection) as many:
        client.get(MONTH)

    assert len(many) == len(few)


def test_it_is_only_read(client):
    assert client.post(MONTH).status_code == 405
