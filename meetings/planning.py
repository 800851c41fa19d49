"""A year of a body's meetings, looked at before anything is stored.

The days come from the body's rhythm. A meeting that the month has already takes the place of the day next to it, so
that planning twice adds nothing. For each day it is shown who else meets then, and who would have to be in two places.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from members.models import Body, Membership, Organization, Person, User

from . import agenda, rotation, turns
from .holding import Refused
from .holidays import holidays_of
from .models import HostTurn, Meeting
from .rhythm import PlannedDay, Rhythm, days_of_year


@dataclass(frozen=True)
class Clash:
    """A meeting of another body on the same day; `at_once` if the hours overlap or are not known; `people` in both."""

    meeting: Meeting
    at_once: bool
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The days to plan, those `skipped` for a meeting that is there, how many have `passed`, the year's holidays."""

    days: list[PlannedDay]
    skipped: list[tuple[PlannedDay, Meeting]]
    passed: int
    holidays: dict[date, str]


@dataclass(frozen=True)
class NewMeeting:
    """A meeting to be stored; `host` for the assembly, with the `reason` for a turn that is not set yet."""

    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    venue: str = ""
    title: str = ""
    host: Organization | None = None
    reason: str = field(default="", compare=False)


class AlreadyPlanned(Refused):
    """The body has a meeting on that day."""

    def __init__(self):
        super().__init__(_("This body has a meeting on that day already."))


def plan_year(body: Body, rhythm: Rhythm, year: int, *, on: date) -> Plan:
    """Lay out a body's meetings of a Jalali year; nothing is stored, and no day up to `on` is offered."""
    holidays = holidays_of(year)
    free, skipped, passed = [], [], 0
    of_month = defaultdict(list)
    for meeting in _meetings_of(body, year):
        of_month[meeting.held_on.month].append(meeting)
    for planned, meeting in _matched(days_of_year(rhythm, year, holidays), of_month):
        if meeting is not None:
            skipped.append((planned, meeting))
        elif planned.day <= on:
            passed += 1
        else:
            free.append(planned)
    return Plan(free, skipped, passed, holidays)


def _meetings_of(body: Body, year: int) -> list[Meeting]:
    rows = Meeting.objects.filter(body=body, held_on__within=PartialDate.year(year))
    rows = rows.exclude(status=Meeting.Status.CANCELLED).select_related("body").soonest_first()
    return [meeting for meeting in rows if meeting.held_on.month]


def _matched(days: Iterable[PlannedDay], of_month: dict[int, list[Meeting]]) -> list[tuple[PlannedDay, Meeting | None]]:
    """Each day with the meeting of its month that stands for it: the nearest pairs first, no meeting twice."""
    days = list(days)
    pairs = sorted(
        (abs((meeting.held_on.first - planned.day).days), planned.day, meeting.pk, meeting)
        for planned in days
        for meeting in of_month.get(planned.month, [])
    )
    taken, matched = set(), {}
    for __, day, pk, meeting in pairs:
        if day not in matched and pk not in taken:
            matched[day] = meeting
            taken.add(pk)
    return [(planned, matched.get(planned.day)) for planned in days]


def clashes(body: Body, hours: Sequence[tuple[date, time | None, time | None]], *, user: User) -> list[list[Clash]]:
    """For each day with its hours, the meetings of other bodies on it, those at the same hour first; two queries.

    They are those that `user` may know of, with the people that `user` may know.
    """
    days = [day for day, __, __ in hours]
    if not days:
        return []
    others = (
        Meeting.objects.visible_to(user)
        .exclude(body=body)
        .exclude(status=Meeting.Status.CANCELLED)
        .filter(sort_on__in=days)
        .select_related("body")
        .soonest_first()
    )
    of_day = defaultdict(list)
    for meeting in others:
        if meeting.held_on.is_day:
            of_day[meeting.held_on.first].append(meeting)
    bodies = {body.pk, *(one.body_id for found in of_day.values() for one in found)}
    services = _services(bodies, user) if of_day else {}
    return [
        sorted(
            (
                Clash(one, _overlap(one, start, end), _in_both(services[body.pk], services[one.body_id], day))
                for one in of_day[day]
            ),
            key=lambda clash: not clash.at_once,
        )
        for day, start, end in hours
    ]


def _services(bodies: set[int], user: User) -> dict[int, list[Membership]]:
    found = defaultdict(list)
    for service in Membership.objects.visible_to(user).filter(body__in=bodies).select_related("person").by_rank():
        found[service.body_id].append(service)
    return found


def _in_both(one: Iterable[Membership], other: Iterable[Membership], day: date) -> tuple[Person, ...]:
    here = {service.person_id for service in one if _serves(service, day)}
    return tuple(service.person for service in other if service.person_id in here and _serves(service, day))


def _serves(service: Membership, day: date) -> bool:
    period = service.certain_period
    return not period.isempty and day in period


def _overlap(meeting: Meeting, start: time | None, end: time | None) -> bool:
    """Whether two meetings of one day meet in their hours; an hour that is not known may be any."""
    if start is None or meeting.starts_at is None:
        return True
    return start < (meeting.ends_at or time.max) and meeting.starts_at < (end or time.max)


def suggested_hosts(days: Sequence[date], *, on: date) -> list[tuple[Organization, str]]:
    """Hosts for the assembly's meetings on `days`, each with the reason: first those whose turn waits for a meeting."""
    waiting = HostTurn.objects.ahead().filter(meeting__isnull=True).select_related("organization")
    hosts = [(turn.organization, turn.reason) for turn in waiting][: len(days)]
    suggested = rotation.suggestions(days[len(hosts) :], on=on)
    organizations = Organization.objects.in_bulk([one.member.id for one in suggested])
    return [*hosts, *((organizations[one.member.id], one.reason) for one in suggested)]


@transaction.atomic
def store(body: Body, new: Iterable[NewMeeting], *, by: User) -> list[Meeting]:
    """Store planned meetings, and the turns of their hosts; a day that has a meeting of the body is left out.

    So storing twice adds nothing. Raises Refused, and stores none of them, where a host's turn is promised already.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    stored = [_add(body, one, by=by) for one in new if not _has_meeting(body, one.day)]
    agenda.prepare_upcoming(body)
    return stored


@transaction.atomic
def add(body: Body, new: NewMeeting, *, by: User) -> Meeting:
    """Plan one meeting. Raises AlreadyPlanned where the body has a meeting on that day that is not cancelled."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if _has_meeting(body, new.day):
        raise AlreadyPlanned
    meeting = _add(body, new, by=by)
    agenda.prepare_upcoming(body)
    return meeting


def _add(body: Body, new: NewMeeting, *, by: User) -> Meeting:
    meeting = Meeting.objects.create(
        body=body,
        held_on=PartialDate.from_date(new.day),
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        venue=new.venue,
        title=new.title,
    )
    if new.host is not None:
        turns.propose(new.host, by=by, reason=new.reason, meeting=meeting, is_new_meeting=True)
    return meeting


def _has_meeting(body: Body, day: date) -> bool:
    on_day = Meeting.objects.filter(body=body, held_on=PartialDate.from_date(day))
    return on_day.exclude(status=Meeting.Status.CANCELLED).exists()


def bodies_of(user: User):
    """The bodies whose meetings this person plans: the secretariat all, an officer their own."""
    standing = user.standing
    return Body.objects.all() if standing.is_secretariat else Body.objects.filter(pk__in=standing.officer_of)


def default_year(on: date) -> int:
    """The year that one plans on a day: in its last quarter the next one."""
    year, month, __ = calendar.to_jalali(on)
    return year + 1 if month > 9 else year
