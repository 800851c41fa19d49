"""The calendar entry of a meeting as it travels by mail: iTIP (RFC 5546)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from icalendar import Event, vCalAddress, vText

from . import calendar_entry
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
class Entry(calendar_entry.Entry):
    """What an entry says in the words of the letter that it comes with, and to whom."""

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
    calendar = calendar_entry.new_calendar(PRODUCT)
    calendar.add("method", method)
    calendar_entry.add_time_zone(calendar, [meeting])
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _event(meeting: Meeting, entry: Entry) -> Event:
    event = calendar_entry.event_of(meeting, entry, stamped_at=timezone.now())
    event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL, entry.organizer))
    event.add("attendee", _attendee(entry))
    return event


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
