"""Calendars as a program that subscribes to them reads them."""

from datetime import time

from icalendar import Calendar

from council_portal.persian.partial_date import PartialDate
from meetings.models import Meeting
from members import calendar_links
from tests import factories as make

FEED = "/calendar.ics"
DAY = PartialDate.day(1405, 9, 11)


def calendar_at(client, url=FEED) -> Calendar:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events_at(client, url=FEED) -> list:
    return calendar_at(client, url).walk("VEVENT")


def subjects_at(client, url=FEED) -> set[str]:
    """The subjects of the meetings in a calendar, after their names."""
    return {str(event["SUMMARY"]).rpartition(": ")[2] for event in events_at(client, url)}


def meeting(**values) -> Meeting:
    defaults = {"announced": True, "held_on": DAY, "starts_at": time(9, 30), "ends_at": time(12)}
    return make.MeetingFactory(**defaults | values)


def link_of(user) -> str:
    calendar_links.renew(user)
    return f"/calendar/personal/{calendar_links.token_of(user)}.ics"
