"""The meetings as calendars to subscribe to: iCalendar (RFC 5545), with how often to look again (RFC 7986).

The public ones hold what a visitor may see, a personal one what its account sees in the calendar: with the plans, as
tentative entries. They say it in Persian: a meeting that moves keeps its entry, one that is cancelled says so in its
place. Unlike a letter they carry no METHOD: a feed asks for nothing.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration

from council_portal.persian.calendar import TEHRAN
from council_portal.persian.wording import weekday_date
from members.calendar_links import account_of
from members.models import Body, Organization

from .calendar_entry import Entry, add_time_zone, event_of, new_calendar
from .letters import Words, place_of, summary_of
from .models import Meeting

PRODUCT = "-//Council portal//Calendar//FA"
LOOK_AGAIN_AFTER = timedelta(hours=3)
PLANNED, CANCELLED = Meeting.Status.PLANNED, Meeting.Status.CANCELLED
STATUSES = {PLANNED: "TENTATIVE", CANCELLED: "CANCELLED"}  # of all others: CONFIRMED
# The latest; Google and Outlook refuse a calendar of more than a megabyte, and an entry has about 600 bytes.
ENTRIES = 1000


in_persian = translation.override(settings.LANGUAGE_CODE)


@require_safe
@in_persian
def of_council(request) -> HttpResponse:
    """What a visitor may see of every body."""
    return _answer(_meetings(None), name=_("Assembly of Secretariat Managers of the Three Branches"))


@require_safe
@in_persian
def of_body(request, slug: str) -> HttpResponse:
    """What a visitor may see of one body."""
    body = get_object_or_404(Body.objects.visible_to(None), slug=slug)
    return _answer(_meetings(None, body), name=str(body))


@require_safe
@in_persian
def personal(request, token: str) -> HttpResponse:
    """What the account whose secret link this is may see today; 404 once it was revoked or the account closed."""
    account = account_of(token)
    if account is None:
        raise Http404("There is no such calendar.")
    response = _answer(_meetings(account), name=_("The council's calendar of %(person)s") % {"person": account})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(meetings: list[Meeting], *, name: str) -> HttpResponse:
    response = HttpResponse(calendar_of(meetings, name=name).to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


def _meetings(user, body: Body | None = None) -> list[Meeting]:
    """The meetings with an entry, in the order of days: those that `user`, None for a visitor, sees on the page."""
    meetings = Meeting.objects.visible_to(user).of_known_day().with_last_change()
    if body:
        meetings = meetings.filter(body=body)
    hosts = Prefetch("host", Organization.objects.visible_to(user))
    return list(meetings.select_related("body").prefetch_related(hosts, "moves").newest_first()[:ENTRIES])[::-1]


def calendar_of(meetings: Sequence[Meeting], *, name: str) -> Calendar:
    """The calendar of these meetings, whose days are known, each with its body, host, moves and `changed_at`."""
    calendar = new_calendar(PRODUCT)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("x-wr-timezone", TEHRAN.key)
    calendar.add("refresh-interval", LOOK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))
    add_time_zone(calendar, meetings)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return calendar


def _event(meeting: Meeting) -> Event:
    is_cancelled = meeting.status == CANCELLED
    event = event_of(meeting, _entry(meeting), stamped_at=meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("status", STATUSES.get(meeting.status, "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if is_cancelled or meeting.starts_at is None else "OPAQUE")
    return event


def _entry(meeting: Meeting) -> Entry:
    url = f"{settings.PORTAL_URL}{meeting.get_absolute_url()}"
    lines = [weekday_date(meeting.held_on), *Words(meeting).of_the_move(), meeting.cancelled_because, url]
    return Entry(
        summary=_summary(meeting),
        description="\n".join(filter(None, lines)),
        location=place_of(meeting, str(meeting.host) if meeting.host else ""),
        url=url,
    )


def _summary(meeting: Meeting) -> str:
    """What is not certain, and what is off, stands in the words too: not every calendar shows a STATUS."""
    summary = summary_of(meeting)
    if meeting.status == CANCELLED:
        return _("Cancelled: %(meeting)s") % {"meeting": summary}
    if meeting.status == PLANNED:
        return _("Planned: %(meeting)s") % {"meeting": summary}
    return summary
