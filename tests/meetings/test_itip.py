import uuid
from datetime import date, datetime, time, timedelta

import pytest
import vobject
from icalendar import Calendar

from council_portal.persian.calendar import TEHRAN
from council_portal.persian.partial_date import PartialDate
from meetings import itip
from meetings.models import Meeting

DAY = date(2026, 12, 2)


def meeting(**values) -> Meeting:
    defaults = {
        "held_on": PartialDate.from_date(DAY),
        "starts_at": time(9, 30),
        "ends_at": time(12),
        "calendar_uid": uuid.UUID(int=7),
        "calendar_sequence": 0,
    }
    return Meeting(**defaults | values)


def entry(**values) -> itip.Entry:
    defaults = {
        "summary": "اجلاس نمونه، دوره دوم",
        "description": "دستور جلسه:\n۱. گزارش دبیرخانه؛ و برنامه سال آینده که در چند سطر شکسته می‌شود تا دراز نماند",
        "location": "تهران، خیابان نمونه",
        "url": "https://portal.example.org/meetings/14/",
        "organizer": "دبیرخانه اجلاس",
        "attendee": "نمونه «آزمایشی»",
        "address": "member@example.org",
    }
    return itip.Entry(**defaults | values)


def read(text: str):
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_a_request_says_when_where_and_who():
    calendar, event = read(itip.request(meeting(), entry()))

    assert calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt == datetime(2026, 12, 2, 9, 30, tzinfo=TEHRAN)
    assert event["DTEND"].dt == datetime(2026, 12, 2, 12, tzinfo=TEHRAN)
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CONFIRMED", 0, str(uuid.UUID(int=7)))
    assert event["SUMMARY"] == "اجلاس نمونه، دوره دوم"
    assert event["DESCRIPTION"] == entry().description
    assert event["LOCATION"] == "تهران، خیابان نمونه"
    assert event["DTSTAMP"].dt.utcoffset().total_seconds() == 0


def test_the_attendee_is_asked_for_an_answer():
    _calendar, event = read(itip.request(meeting(), entry()))

    assert event["ATTENDEE"] == "mailto:member@example.org"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["CN"] == "نمونه «آزمایشی»"
    assert str(event["ORGANIZER"]).startswith("mailto:")


@pytest.mark.parametrize(("answer", "participation"), [("attend", "ACCEPTED"), ("apologise", "DECLINED")])
def test_an_update_knows_the_answer_that_was_given(answer, participation):
    _calendar, event = read(itip.request(meeting(), entry(answer=answer)))

    assert event["ATTENDEE"].params["PARTSTAT"] == participation


def test_the_time_zone_of_tehran_travels_with_it():
    calendar, _event = read(itip.request(meeting(), entry()))

    [zone] = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Tehran"
    assert zone.to_tz(lookup_tzid=False).utcoffset(datetime(2026, 12, 2)).total_seconds() == 3.5 * 3600


def test_without_an_hour_it_lasts_the_whole_day():
    calendar, event = read(itip.request(meeting(starts_at=None, ends_at=None), entry()))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DAY, date(2026, 12, 3))
    assert calendar.walk("VTIMEZONE") == []


@pytest.mark.parametrize("held_on", [None, PartialDate.month(1405, 9)])
def test_no_day_is_invented(held_on):
    with pytest.raises(ValueError, match="day"):
        itip.request(meeting(held_on=held_on, starts_at=None, ends_at=None), entry())


def test_a_meeting_stays_one_entry_from_request_to_cancellation():
    texts = [
        itip.request(meeting(), entry()),
        itip.request(meeting(calendar_sequence=1, starts_at=time(10)), entry()),
        itip.cancel(meeting(calendar_sequence=2), entry()),
    ]

    events = [read(text)[1] for text in texts]

    assert [read(text)[0]["METHOD"] for text in texts] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert events[2]["STATUS"] == "CANCELLED"


def test_another_reader_understands_it_from_request_to_cancellation():
    texts = [
        itip.request(meeting(), entry()),
        itip.request(meeting(calendar_sequence=1, starts_at=time(10)), entry()),
        itip.cancel(meeting(calendar_sequence=2), entry()),
    ]

    calendars = [vobject.readOne(text) for text in texts]

    assert [calendar.method.value for calendar in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [calendar.vevent.sequence.value for calendar in calendars] == ["0", "1", "2"]
    assert {calendar.vevent.uid.value for calendar in calendars} == {str(uuid.UUID(int=7))}
    assert calendars[0].vevent.summary.value == entry().summary
    assert calendars[0].vevent.description.value == entry().description
    moment = calendars[1].vevent.dtstart.value
    assert (moment.replace(tzinfo=None), moment.utcoffset()) == (datetime(2026, 12, 2, 10), timedelta(hours=3.5))


def test_lines_are_folded_and_end_as_the_standard_wants():
    lines = itip.request(meeting(), entry()).encode().split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)
