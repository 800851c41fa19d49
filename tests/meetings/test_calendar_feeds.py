"""The calendars to subscribe to: what stands in them, and that every reader of iCalendar takes them."""

import re
from datetime import date, datetime, time

import pytest
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from council_portal.persian.calendar import TEHRAN
from council_portal.persian.partial_date import PartialDate
from meetings.holding import announce, cancel
from meetings.invitations import invite
from meetings.moving import move
from tests import factories as make

from .subscribed import DAY, FEED, calendar_at, events_at, meeting

pytestmark = pytest.mark.django_db


# What the standard asks for


def test_an_empty_calendar_is_one(client):
    calendar = calendar_at(client)

    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "اجلاس مدیران دبیرخانه‌های قوای سه‌گانه"
    assert "METHOD" not in calendar
    assert calendar.walk("VEVENT") == []
    assert len(calendar.subcomponents) == 1  # RFC 5545, 3.6: at least one
    assert vobject.readOne(client.get(FEED).text).vtimezone.tzid.value == "Asia/Tehran"


def test_the_lines_are_those_of_rfc_5545(client):
    for number in range(3):
        meeting(
            title=f"موضوعی دراز که در چند سطر شکسته می‌شود؛ با ویرگول، و نشانه \\ {number}", venue="تهران، خیابان نمونه"
        )
    meeting(held_on=PartialDate.day(1399, 2, 1))

    body = client.get(FEED).content

    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])  # no letter is broken in two
    unfolded = body.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert all(re.match(r"[A-Z0-9-]+(;[A-Z-]+=[^:;]+)*:", line) for line in unfolded)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT3H" in unfolded
    assert "X-PUBLISHED-TTL:PT3H" in unfolded
    assert unfolded.count("BEGIN:VTIMEZONE") == 1


def test_each_entry_has_what_it_must_have_and_its_own_uid(client):
    for day in (1, 2, 3):
        meeting(held_on=PartialDate.day(1405, 9, day))

    events = events_at(client)

    assert len({str(event["UID"]) for event in events}) == 3
    for event in events:
        assert set(event) >= {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS", "LAST-MODIFIED", "URL"}
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
        assert event["DTSTAMP"].dt.utcoffset().total_seconds() == 0
        assert event["URL"].startswith("http")
        assert not event.errors


def test_another_reader_understands_it(client):
    one, whole_day = meeting(title="موضوع نمونه"), meeting(starts_at=None, ends_at=None)

    calendar = vobject.readOne(client.get(FEED).text)
    entries = {entry.uid.value: entry for entry in calendar.vevent_list}

    begin = entries[str(one.calendar_uid)].dtstart.value
    assert begin.replace(tzinfo=None) == datetime(2026, 12, 2, 9, 30)
    assert begin.utcoffset().total_seconds() == 3.5 * 3600
    assert entries[str(one.calendar_uid)].summary.value.endswith(": موضوع نمونه")
    assert entries[str(whole_day.calendar_uid)].dtstart.value == date(2026, 12, 2)


# When


def test_an_hour_is_of_tehran_also_in_the_years_of_summer_time(client):
    meeting(held_on=PartialDate.day(1400, 5, 1), starts_at=time(10))

    [event] = events_at(client)
    [zone] = calendar_at(client).walk("VTIMEZONE")

    assert event["DTSTART"].params["TZID"] == zone["TZID"] == "Asia/Tehran"
    assert "COMMENT" not in zone
    assert zone.to_tz(lookup_tzid=False).utcoffset(datetime(2021, 7, 23, 10)).total_seconds() == 4.5 * 3600


def test_summer_time_begins_by_the_clock_before_it(client):
    for year in (1399, 1402):
        meeting(held_on=PartialDate.day(year, 1, 20 if year == 1402 else 1))

    text = client.get(FEED).text

    # Midnight, when the clocks were put forward to one.
    assert "DTSTART:20200321T000000" in text
    assert "RDATE:20210322T000000,20220322T000000" in text


def test_without_an_hour_it_lasts_the_day_and_without_a_day_it_is_not_there(client):
    meeting(starts_at=None, ends_at=None)
    for unknown in (None, PartialDate.month(1405, 9), PartialDate.year(1405)):
        meeting(held_on=unknown, starts_at=None, ends_at=None)

    [event] = events_at(client)

    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 2), date(2026, 12, 3))
    assert calendar_at(client).walk("VTIMEZONE") == []


def test_the_day_is_told_by_the_jalali_calendar(client):
    meeting()

    [event] = events_at(client)

    assert event["DESCRIPTION"].startswith("چهارشنبه ۱۱ آذر ۱۴۰۵\n")


def test_a_venue_that_names_the_host_is_not_followed_by_it(client):
    host = make.OrganizationFactory(name="وزارت نمونه")
    meeting(venue="تالار اجتماعات، وزارت نمونه", host=host)
    meeting(venue="تالار اجتماعات", host=host, held_on=PartialDate.day(1405, 9, 12))

    assert [event["LOCATION"] for event in events_at(client)] == [
        "تالار اجتماعات، وزارت نمونه",
        "تالار اجتماعات؛ وزارت نمونه",
    ]


# Changes


def test_a_meeting_that_moves_keeps_its_entry_and_is_newer(client):
    moved = meeting()
    [before] = events_at(client)

    move(moved, by=make.UserFactory(), day=date(2026, 12, 9), starts_at=time(10), because="تعطیلی")
    [after] = events_at(client)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after["DTSTART"].dt == datetime(2026, 12, 9, 10, tzinfo=TEHRAN)
    assert "تاریخ پیشین: چهارشنبه ۱۱ آذر ۱۴۰۵" in after["DESCRIPTION"]
    assert "دلیل تغییر: تعطیلی" in after["DESCRIPTION"]


def test_the_calendar_asks_as_often_for_many_that_moved_as_for_one(client, django_assert_num_queries):
    def one_that_moved():
        move(meeting(), by=make.UserFactory(), day=date(2026, 12, 9), because="تعطیلی")

    one_that_moved()
    with CaptureQueriesContext(connection) as for_one:
        client.get(FEED)
    for _number in range(3):
        one_that_moved()

    with django_assert_num_queries(len(for_one)):
        client.get(FEED)


def test_a_cancelled_meeting_stays_and_says_so(client):
    cancelled = meeting(title="موضوع نمونه")
    [before] = events_at(client)

    cancel(cancelled, by=make.UserFactory(), because="تعطیلی هوای تهران")
    [after] = events_at(client)

    assert (after["UID"], after["STATUS"], after["TRANSP"]) == (before["UID"], "CANCELLED", "TRANSPARENT")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["SUMMARY"].startswith("لغو ")
    assert "تعطیلی هوای تهران" in after["DESCRIPTION"]


def test_the_entry_is_the_one_of_the_letters(client, mailoutbox):
    body = make.BodyFactory()
    make.MembershipFactory(body=body, person__email="member@example.org")
    planned = make.MeetingFactory(body=body, held_on=DAY, starts_at=time(9), venue="تهران")
    announce(planned, by=make.UserFactory())

    invite(planned, by=make.UserFactory())
    letter = Calendar.from_ical(planned.invitations.get().letter.calendar).walk("VEVENT")[0]
    [event] = events_at(client)

    for name in ("UID", "SEQUENCE", "SUMMARY", "LOCATION", "URL"):
        assert event[name] == letter[name]
    assert event["DTSTART"].dt == letter["DTSTART"].dt


def test_the_latest_entries_are_enough(client, monkeypatch):
    monkeypatch.setattr("meetings.calendar_feeds.ENTRIES", 2)
    for day in (3, 1, 2):
        meeting(held_on=PartialDate.day(1405, 9, day), title=f"روز {day}")

    assert [str(event["SUMMARY"])[-5:] for event in events_at(client)] == ["روز 2", "روز 3"]
