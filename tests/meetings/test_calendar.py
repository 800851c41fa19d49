"""/calendar/: the meetings of all bodies or of one, a Jalali month as a sheet, or three as a list."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.models import Meeting
from meetings.month import month_of
from tests.factories import BodyFactory, HolidayFactory, MeetingFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
MONTH, LIST = "/calendar/1403/5/", "/calendar/list/1403/5/"
BOTH = pytest.mark.parametrize("page", [MONTH, LIST])


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


def test_of_meetings_without_a_number_the_subjects_tell_which_is_which(client):
    body = BodyFactory(assembly=True)
    for title in ("بررسی بودجه", "انتخاب دبیر"):
        MeetingFactory(body=body, announced=True, number=None, title=title, held_on=PartialDate.day(1403, 5, 9))

    shown = client.get(MONTH).text.partition('class="month__events"')[2]

    assert ": بررسی بودجه" in shown
    assert ": انتخاب دبیر" in shown


def test_without_a_month_it_shows_this_one(client, set_clock):
    set_clock(1403, 5, 14)
    here = meeting_on(1403, 5, 14)

    response = client.get(reverse("meetings:calendar"))

    assert days_of(response) == {14: [here]}
    assert 'aria-current="date"' in response.text


@BOTH
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
def test_whose_meetings_stand_in_it(client_of, role, seen, page):
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

    response = client_of(role, body).get(page)

    assert {meeting.title for meeting in days_of(response)[10]} == seen
    assert response.context["meeting_count"] == len(seen)


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
    places = (response.context["previous"], response.context["next"])
    assert tuple(place.url if place else "" for place in places) == (previous, following)


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


@BOTH
def test_queries_do_not_grow_with_the_meetings(client, page):
    meeting_on(1403, 5, 1, held=True, host=OrganizationFactory())
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for day in range(2, 20):
        meeting_on(1403, 5, day, held=True, host=OrganizationFactory())

    with CaptureQueriesContext(connection) as many:
        client.get(page)

    assert len(many) == len(few)


@BOTH
def test_it_is_only_read(client, page):
    assert client.post(page).status_code == 405


# Holidays


@BOTH
def test_holidays_bear_their_names(client, page):
    HolidayFactory(day=date(2024, 7, 25), name="تعطیلی نمونه")  # 4 Mordad

    months = client.get(page).context["months"]

    named = {day.number: day.holiday for week in months[0].weeks for day in week if day.holiday}
    assert named == {4: "تعطیلی نمونه"}
    assert "تعطیلی نمونه" in client.get(page).text


def test_two_holidays_of_one_day_are_both_named(client):
    HolidayFactory(day=date(2026, 3, 21), name="عید سعید فطر")  # 1 Farvardin
    HolidayFactory(day=date(2026, 3, 22), name="نوروز و تعطیلی نمونه")

    [month] = client.get("/calendar/1405/1/").context["months"]

    named = {day.number: day.holiday for week in month.weeks for day in week if day.holiday}
    assert (named[1], named[2], named[3]) == ("نوروز؛ عید سعید فطر", "نوروز و تعطیلی نمونه", "نوروز")


def test_a_holiday_of_the_next_month_is_not_in_this_one(client):
    assert "نوروز" in client.get("/calendar/1403/1/").text
    assert "نوروز" not in client.get("/calendar/1402/12/").text


# As a list


def test_a_list_has_three_months_and_only_the_days_that_have_something(client):
    first, last = meeting_on(1403, 5, 1), meeting_on(1403, 7, 30)
    meeting_on(1403, 8, 1)
    some_day = MeetingFactory(held=True, held_on=PartialDate.month(1403, 6))

    months = client.get(LIST).context["months"]

    assert [month.number for month in months] == [5, 6, 7]
    assert [day.meetings for day in months[0].days_with_something] == [[first]]
    assert [day.meetings for day in months[2].days_with_something] == [[last]]
    assert [month.some_day for month in months] == [[], [some_day], []]
    assert client.get(LIST).context["meeting_count"] == 3


def test_a_list_names_what_a_member_needs_to_come(client):
    hidden = OrganizationFactory(name="دستگاه پنهان", visibility=Visibility.MEMBERS)
    meeting_on(1403, 5, 10, announced=True, title="موضوع نمونه", venue="تالار نمونه", starts_at="9:00", host=hidden)
    cancelled = meeting_on(1403, 5, 11, announced=True)
    Meeting.objects.filter(pk=cancelled.pk).update(status="cancelled", cancelled_because="هوای آلوده")

    text = client.get(LIST).text

    for words in ("موضوع نمونه", "تالار نمونه", "۹:۰۰", "هوای آلوده"):
        assert words in text
    assert "پنهان" not in text


def test_without_a_month_the_list_begins_with_this_one(client, set_clock):
    set_clock(1403, 12, 14)
    meeting_on(1403, 12, 14)

    response = client.get(reverse("meetings:calendar_list"))

    assert [(month.year, month.number) for month in response.context["months"]] == [(1403, 12), (1404, 1), (1404, 2)]
    assert 'aria-current="date"' in response.text


def test_an_empty_list_says_so(client):
    text = client.get(LIST).text

    assert "برای این ماه‌ها نشستی ثبت نشده است" in text


def test_the_list_ends_with_the_calendar(client):
    response = client.get("/calendar/list/1600/11/")

    assert [month.number for month in response.context["months"]] == [11, 12]
    assert response.context["next"] is None
    assert client.get("/calendar/list/1601/1/").status_code == 404


# Of one body


@BOTH
def test_the_meetings_of_one_body(client, page):
    own, other = meeting_on(1403, 5, 10), meeting_on(1403, 5, 10)

    response = client.get(page, {"body": own.body.slug})

    assert days_of(response) == {10: [own]}
    assert f'href="webcal://testserver/calendar/{own.body.slug}.ics"' in response.text
    for place in ("previous", "next"):
        assert response.context[place].url.endswith(f"?body={own.body.slug}")
    assert f"{page}?body={other.body.slug}" in response.text


@BOTH
@pytest.mark.parametrize("slug", ["no-such-body", "\x00", "کمیته"])
def test_a_body_that_there_is_not(client, page, slug):
    assert client.get(page, {"body": slug}).status_code == 404


def test_leaping_keeps_the_body_and_the_list(client):
    body = BodyFactory()

    response = client.get(reverse("meetings:calendar_list"), {"year": "1403", "month": 5, "body": body.slug})

    assert response.headers["Location"] == f"{LIST}?body={body.slug}"


def test_what_moved_away_leaves_its_trace_in_the_calendar_of_its_body(client):
    moved = meeting_on(1403, 5, 10, announced=True)
    Meeting.objects.filter(pk=moved.pk).update(held_on=PartialDate.day(1403, 6, 1))
    other = BodyFactory()

    for page in (MONTH, LIST):
        assert "month__moved" in client.get(page).text
        assert "month__moved" in client.get(page, {"body": moved.body.slug}).text
        assert "month__moved" not in client.get(page, {"body": other.slug}).text
