"""The calendar entry of a meeting, as it travels by mail: iTIP (RFC 5546) in iCalendar (RFC 5545).

One meeting is one entry for ever: its UID stays, its SEQUENCE grows with each change of day, hour, place,
host or subject and with the cancellation (`Meeting.calendar_sequence`, counted by the database), so that calendars
replace what they have.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from council_portal.persian.calendar import TEHRAN

from .models import Invitation, Meeting

REQUEST, CANCEL = "REQUEST", "CANCEL"
PRODUCT = "-//Council portal//Invitations//FA"
PARTICIPATION = {
    "": "NEEDS-ACTION",
    Invitation.Answer.ATTEND: "ACCEPTED",
    Invitation.Answer.APOLOGISE: "DECLINED",
    Invitation.Answer.SUBSTITUTE: "DECLINED",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says beside the meeting's own data, in the words of the letter that it comes with."""

    summary: str
    description: str
    location: str
    url: str
    organizer: str
    attendee: str
    address: str
    answer: str = ""


def request(meeting: Meeting, entry: Entry) -> str:
    """The entry of a meeting whose day is known, new or changed: calendars show it and ask for an answer.

    Without an hour it lasts the whole day. Raises ValueError where the day is not known: no day is invented.
    """
    if meeting.held_on is None or not meeting.held_on.is_day:
        raise ValueError("a calendar entry needs a day")
    event = _event(meeting, entry)
    event.add("status", "CONFIRMED")
    return _calendar(REQUEST, event, meeting)


def cancel(meeting: Meeting, entry: Entry) -> str:
    """What takes the entry out of the calendars again: the meeting is cancelled, or its day is not known any more."""
    event = _event(meeting, entry)
    event.add("status", "CANCELLED")
    return _calendar(CANCEL, event, meeting)


def _calendar(method: str, event: Event, meeting: Meeting) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if meeting.starts_at:
        day = meeting.held_on.first
        calendar.add_component(Timezone.from_tzid(TEHRAN.key, first_date=day, last_date=day + timedelta(days=1)))
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _event(meeting: Meeting, entry: Entry) -> Event:
    event = Event()
    event.add("uid", str(meeting.calendar_uid))
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", timezone.now())
    for name, value in _times(meeting).items():
        event.add(name, value)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if entry.location:
        event.add("location", entry.location)
    event.add("url", entry.url)
    event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL, entry.organizer))
    event.add("attendee", _attendee(entry))
    return event


def _times(meeting: Meeting) -> dict[str, date | datetime]:
    """When: hours of Tehran, or the whole day; nothing where the day is not known."""
    if meeting.held_on is None or not meeting.held_on.is_day:
        return {}
    day = meeting.held_on.first
    if meeting.starts_at is None:
        return {"dtstart": day, "dtend": day + timedelta(days=1)}
    times = {"dtstart": datetime.combine(day, meeting.starts_at, TEHRAN)}
    if meeting.ends_at:
        times["dtend"] = datetime.combine(day, meeting.ends_at, TEHRAN)
    return times


def _attendee(entry: Entry) -> vCalAddress:
    attendee = _address(entry.address, entry.attendee)
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(PARTICIPATION[entry.answer])
    attendee.params["RSVP"] = vText("TRUE")
    return attendee


def _address(address: str, name: str) -> vCalAddress:
    result = vCalAddress(f"mailto:{address}")
    result.params["CN"] = vText(name)
    return result
