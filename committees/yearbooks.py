"""The yearbook of a body: what it did in one Jalali year, in one document."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from council_portal.issuing.papers import Paper, in_persian
from council_portal.persian import calendar
from council_portal.persian.calendar import start_of_day, today
from council_portal.persian.wording import digits
from meetings import books
from meetings.models import AgendaItem, Attendance, Decision, Meeting
from meetings.register import duties_for, with_rows
from members.models import Body, Membership, Organization

from . import work
from .models import Proposal


@dataclass(slots=True)
class Sitting:
    """A meeting in the yearbook; an item is None where it is closed to the reader, who then sees its number alone."""

    meeting: Meeting
    counts: dict[str, int]
    decision_count: int
    items: list[tuple[int, AgendaItem | None]] = field(default_factory=list)


@in_persian
def yearbook(body: Body, year: int, *, user) -> Paper | None:
    """The yearbook of a body for a Jalali year as `user` may read it; None for a year without a meeting that they may
    know of. How decisions stand is said as of today. The number of queries does not grow with what there is."""
    if year not in dict(work.session_years(body, user=user)):
        return None
    meetings = list(_meetings_of(body, year, user))
    decisions = list(_decisions_of(meetings, user))
    words = {"body": body, "year": digits(year)}
    title = _("Yearbook %(year)s of %(body)s") % words
    return Paper(
        template="committees/paper/yearbook.html",
        context={
            "body": body,
            "year": year,
            "figures": [(len(meetings), _("Meetings held")), *books.figures_of(decisions)],
            "members": _members_of(body, year, user),
            "sittings": _sittings(meetings, decisions, user),
            "decisions": decisions,
            "proposals": _proposals_of(body, year, user),
            "reports": _reports_of(meetings, user),
            **books.foot_of(body.get_absolute_url()),
        },
        title=title,
        name=title,
    )


def _meetings_of(body: Body, year: int, user) -> QuerySet[Meeting]:
    rows = work.sessions_held(user).filter(body=body, sort_on__range=calendar.jalali_year(year))
    hosts = Prefetch("host", Organization.objects.visible_to(user))
    return rows.select_related("body").prefetch_related(hosts).soonest_first()


def _decisions_of(meetings: list[Meeting], user) -> QuerySet[Decision]:
    rows = Decision.objects.visible_to(user).published().filter(meeting__in=meetings)
    return with_rows(rows, duties=duties_for(user, on=today())).order_by("number")


def _sittings(meetings: list[Meeting], decisions: list[Decision], user) -> list[Sitting]:
    counts = Attendance.objects.known_to(user).filter(meeting__in=meetings).counts_by_meeting()
    decided, items = defaultdict(int), _items_of(meetings, user)
    for decision in decisions:
        decided[decision.meeting_id] += 1
    return [Sitting(one, counts.get(one.pk, {}), decided[one.pk], items[one.pk]) for one in meetings]


def _items_of(meetings: list[Meeting], user) -> dict[int, list[tuple[int, AgendaItem | None]]]:
    """The items of each meeting by its key, without their parts: number, and what the reader may see of it."""
    own = AgendaItem.objects.filter(meeting__in=meetings, parent=None)
    readable = {item.pk: item for item in own.visible_to(user)}
    found = defaultdict(list)
    for pk, meeting, position in own.order_by("meeting", "position").values_list("pk", "meeting", "position"):
        found[meeting].append((position, readable.get(pk)))
    return found


def _members_of(body: Body, year: int, user) -> list[Membership]:
    """Who surely served on the body on some day of the year, by rank, with the organisations that `user` may know."""
    rows = Membership.objects.visible_to(user).filter(body=body, certain_period__overlap=DateRange(*_days_of(year)))
    known = Prefetch("organization", Organization.objects.visible_to(user))
    return list(rows.select_related("person").prefetch_related(known).by_rank())


def _proposals_of(body: Body, year: int, user) -> list[Proposal]:
    """What the body put, and what was put to it, in the year; the earliest first."""
    begins_at, ends_at = (start_of_day(day) for day in _days_of(year))
    rows = work.proposals_of(body, user=user).filter(submitted_at__gte=begins_at, submitted_at__lt=ends_at)
    return list(rows.order_by("submitted_at", "pk"))


def _days_of(year: int) -> tuple[date, date]:
    """The first day of a Jalali year, and the day after its last."""
    first, last = calendar.jalali_year(year)
    return first, last + timedelta(days=1)


def _reports_of(meetings: list[Meeting], user) -> list:
    """The published reports of these meetings. Their model stands above this app."""
    reports = Meeting._meta.get_field("reports").related_model.objects
    return list(reports.visible_to(user).filter(meeting__in=meetings).order_by("meeting__sort_on", "pk"))
