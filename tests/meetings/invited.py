"""Meetings with people to invite, and what reached their mail."""

from datetime import time, timedelta

from icalendar import Calendar

from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from meetings import invitations
from meetings.models import Meeting
from tests import factories as make


def in_days(days: int) -> PartialDate:
    return PartialDate.from_date(today() + timedelta(days=days))


def coming(days: int = 20, **values) -> Meeting:
    """An announced meeting of a body that has a member called "m" with an e-mail address."""
    defaults = {"held_on": in_days(days), "starts_at": time(9, 30), "venue": "تالار نمونه", "announced": True}
    meeting = make.MeetingFactory(**defaults | values)
    member(meeting)
    return meeting


def member(meeting, email="member@example.org", **person):
    """A new member of the meeting's body."""
    return make.MembershipFactory(body=meeting.body, person__email=email, **person).person


def invited(clerk, **values) -> Meeting:
    """A coming meeting to which its members are invited."""
    meeting = coming(**values)
    invitations.invite(meeting, by=clerk)
    return Meeting.objects.get(pk=meeting.pk)


def entry_of(message):
    """The calendar entry that came with a letter, and the method that the letter says it has."""
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event, part.get_param("method")
