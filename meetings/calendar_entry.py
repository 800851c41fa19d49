"""A meeting as an entry of calendars, iCalendar (RFC 5545): what letters of invitation and feeds have in common.

One meeting is one entry for ever, by whichever way it reaches a calendar: its UID stays, its SEQUENCE grows with each
change of day, hour, place, host or subject and with the cancellation (`Meeting.calendar_sequence`, counted by the
database), so that calendars replace what they have.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight

from council_portal.persian.calendar import TEHRAN, today

from .models import Meeting


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says beside the meeting's own data."""

    summary: str
    description: str
    location: str
    url: str


def new_calendar(product: str) -> Calendar:
    """An empty calendar, made by `product`."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def add_time_zone(calendar: Calendar, meetings: Sequence[Meeting]) -> None:
    """Say what the clocks of Tehran show on the days of those meetings whose hour is known; nothing without one.

    A calendar must hold something (RFC 5545, 3.6): one without meetings says what they show today.
    """
    days = [meeting.held_on.first for meeting in meetings if meeting.starts_at] if meetings else [today()]
    if days:
        zone = Timezone.from_tzid(TEHRAN.key, first_date=min(days), last_date=max(days) + timedelta(days=1))
        del zone["comment"]  # the library's, in English
        for summer in zone.daylight:
            _begin_by_the_clock_before(summer)
        calendar.add_component(zone)


def _begin_by_the_clock_before(summer: TimezoneDaylight) -> None:
    """As RFC 5545, 3.6.5, has it; the library tells it by the clock that was put forward."""
    forward = summer.TZOFFSETTO - summer.TZOFFSETFROM
    later = [start - forward for start, _end in summer.rdates]
    summer.DTSTART -= forward
    if later:
        del summer["rdate"]
        summer.add("rdate", later)


def event_of(meeting: Meeting, entry: Entry, *, stamped_at: datetime) -> Event:
    """The entry of a meeting; without a day where none is known. `stamped_at` is when it was made or last changed."""
    event = Event()
    event.add("uid", str(meeting.calendar_uid))
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", stamped_at)
    for name, value in _times(meeting).items():
        event.add(name, value)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if entry.location:
        event.add("location", entry.location)
    event.add("url", entry.url)
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
