"""On which days a body meets: «the last Wednesday of each month», kept clear of holidays and the weekend.

Plain functions of the calendar; they know no database but `rhythm_of` and what builds on it, which read meetings.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from council_portal.persian import calendar
from members.models import Body

from .holidays import holidays_of
from .models import Meeting

LAST = -1
WHICH = (
    (1, pgettext_lazy("such day of a month", "first")),
    (2, pgettext_lazy("such day of a month", "second")),
    (3, pgettext_lazy("such day of a month", "third")),
    (4, pgettext_lazy("such day of a month", "fourth")),
    (LAST, pgettext_lazy("such day of a month", "last")),
)
ONE_DAY = timedelta(days=1)
MONTHS = range(1, 13)
LOOKED_AT = 8
WEEKS = (1, 2, 3, 4)
# Where nobody has met yet: the second and fourth Sunday, or as many as are expected.
FIRST_WEEKDAY, FIRST_OF_MONTH = 1, 2


@dataclass(frozen=True)
class Rhythm:
    """`weekday` counts from Saturday, 0; `which` such days of a month, LAST for the last one."""

    weekday: int
    which: tuple[int, ...]
    starts_at: time | None = None
    ends_at: time | None = None

    def __str__(self) -> str:
        names = dict(WHICH)
        places = _(" and ").join(str(names[which]) for which in self.which)
        weekday = calendar.weekday_names()[self.weekday]
        return _("%(places)s %(weekday)s of each month") % {"places": places, "weekday": weekday}


@dataclass(frozen=True)
class PlannedDay:
    """A day for a meeting: `meant` by the rhythm, `day` after holidays; `because` names what it gave way to."""

    month: int
    meant: date
    day: date
    because: str = ""

    @property
    def is_moved(self) -> bool:
        return self.meant != self.day

    @property
    def is_later(self) -> bool:
        return self.day > self.meant


def days_of_year(rhythm: Rhythm, year: int, holidays: Mapping[date, str]) -> list[PlannedDay]:
    """The days of a Jalali year on which a body of this rhythm meets; no day twice."""
    found = {}
    for month in MONTHS:
        for planned in days_of_month(rhythm, year, month, holidays):
            found.setdefault(planned.day, planned)
    return sorted(found.values(), key=lambda planned: planned.day)


def days_of_month(rhythm: Rhythm, year: int, month: int, holidays: Mapping[date, str]) -> Iterator[PlannedDay]:
    first, last = calendar.jalali_month(year, month)
    first_such = first + timedelta(days=(rhythm.weekday - calendar.weekday(first)) % calendar.DAYS_IN_WEEK)
    such = [day for n in range(6) if (day := first_such + timedelta(weeks=n)) <= last]
    for which in rhythm.which:
        meant = such[which if which == LAST else which - 1]
        yield PlannedDay(month, meant, working_day(meant, holidays), why_not(meant, holidays))


def working_day(day: date, holidays: Mapping[date, str]) -> date:
    """The nearest working day before a day off, and after it where its month has none before (the days of Nowruz)."""
    first, last = calendar.jalali_month(*calendar.to_jalali(day)[:2])
    before = (day - ONE_DAY * n for n in range((day - first).days + 1))
    after = (day + ONE_DAY * n for n in range((last - day).days + 1))
    return next((one for days in (before, after) for one in days if not why_not(one, holidays)), day)


def why_not(day: date, holidays: Mapping[date, str]) -> str:
    """What keeps from meeting on a day: the holiday's name, the weekend, or "" for a working day."""
    if day in holidays:
        return holidays[day]
    return _("Weekend") if calendar.is_weekend(day) else ""


def rhythm_of(body: Body) -> Rhythm | None:
    """The rhythm that a body's latest meetings had, None before its first one with a known day; one query."""
    meetings = [one for one in _latest(body) if one.held_on.is_day]
    if not meetings:
        return None
    count = max(1, round(body.meetings_per_month or 1))
    weekday = _most_common(calendar.weekday(one.held_on.first) for one in meetings)[0]
    same = [one.held_on.day for one in meetings if calendar.weekday(one.held_on.first) == weekday]
    which = _most_common(min(4, (day - 1) // calendar.DAYS_IN_WEEK + 1) for day in same)[:count]
    timed = next((one for one in meetings if one.starts_at), meetings[0])
    return Rhythm(weekday, tuple(sorted(which)), timed.starts_at, timed.ends_at)


def usual_rhythm(body: Body) -> Rhythm:
    """The rhythm of a body's latest meetings, with as many days a month as are expected of it; for a body that never
    met a usual one."""
    own = rhythm_of(body) or Rhythm(FIRST_WEEKDAY, ())
    count = max(1, round(body.meetings_per_month or 1))
    which = own.which or (FIRST_OF_MONTH,)
    while len(which) < min(count, len(WEEKS)):
        which = (*which, max(sorted(set(WEEKS) - {*which}), key=lambda week: min(_apart(week, one) for one in which)))
    return Rhythm(own.weekday, tuple(sorted(which)), own.starts_at, own.ends_at)


def _apart(week: int, other: int) -> int:
    """How many weeks lie between two of them, the next month's being near to the last of this one."""
    distance = abs(week - (len(WEEKS) if other == LAST else other))
    return min(distance, len(WEEKS) - distance)


def next_day(body: Body, rhythm: Rhythm, *, on: date) -> date | None:
    """The first day of the rhythm after the day `on` and after all that is planned already."""
    return next((one.day for one in next_days(body, rhythm, on=on)), None)


def next_days(body: Body, rhythm: Rhythm, *, on: date) -> list[PlannedDay]:
    """The days of the rhythm after the day `on` and after all that is planned already, to the end of the year after."""
    after = max([on, *(one.held_on.last for one in _latest(body))])
    year = calendar.to_jalali(after)[0]
    days = (one for y in (year, year + 1) for one in days_of_year(rhythm, y, holidays_of(y)))
    return [one for one in days if one.day > after]


def _latest(body: Body) -> list[Meeting]:
    rows = Meeting.objects.filter(body=body, held_on__isnull=False).exclude(status=Meeting.Status.CANCELLED)
    return list(rows.newest_first()[:LOOKED_AT])


def _most_common(values) -> list:
    """The values, the most frequent first; of equals the smaller one."""
    return [value for value, _count in sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))]
