"""When the fictional council meets, counted back from today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from council_portal.persian import calendar
from meetings.holidays import FIXED

from .lunar import holidays_between

MONTHS = 14
COMMITTEE_SITTINGS = 25  # of each committee in MONTHS

TUESDAY = 3
# Which days of a month a body meets on: day of the Iranian week (Saturday is 0), and which such days of the month.
RHYTHM = {
    "assembly": (TUESDAY, (3,)),
    "board": (1, (2, 4)),
    "training": (0, (1, 3)),
    "expertise": (2, (2, 4)),
    "ict": (4, (1, 3)),
    "follow-up": (0, (2, 4)),
}
HOURS = {
    "assembly": (9, 12),
    "board": (14, 16),
    "training": (10, 12),
    "expertise": (8, 10),
    "ict": (14, 16),
    "follow-up": (10, 12),
}


class Stage(Enum):
    HELD = auto()
    CANCELLED = auto()
    NEXT = auto()
    LATER = auto()


@dataclass(frozen=True)
class Sitting:
    """One date on which a body meets."""

    day: date
    slug: str
    stage: Stage

    @property
    def hours(self) -> tuple[int, int]:
        return HOURS[self.slug]


def sittings(today: date, months: int) -> list[Sitting]:
    """What was held in the last `months`, what was called off, and the next two dates of each body; by day."""
    found = []
    for slug in RHYTHM:
        past, ahead = _dates(slug, today, months)
        cancelled = past.pop(-3) if slug == "training" else None
        held = past[-_held_count(slug, months) :]
        found += [Sitting(day, slug, Stage.HELD) for day in held]
        found += [Sitting(cancelled, slug, Stage.CANCELLED)] if cancelled else []
        found += [Sitting(ahead[0], slug, Stage.NEXT), Sitting(ahead[1], slug, Stage.LATER)]
    return sorted(found, key=lambda sitting: (sitting.day, sitting.slug))


def _held_count(slug: str, months: int) -> int:
    if slug == "assembly":
        return months
    if slug == "board":
        return 2 * months - months // 12
    return COMMITTEE_SITTINGS * months // MONTHS


def _dates(slug: str, today: date, months: int) -> tuple[list[date], list[date]]:
    """Days of a body before today, and after it."""
    around = list(_months_around(today, months))
    off = _lunar_holidays(calendar.jalali_month(*around[0])[0], calendar.jalali_month(*around[-1])[1])
    days = [_working_day(day, off) for year, month in around for day in _days_of_month(slug, year, month)]
    days = [day for day in days if not _is_new_year(day)]
    return [day for day in days if day < today], [day for day in days if day > today]


def _months_around(today: date, months: int) -> Iterator[tuple[int, int]]:
    year, month, __ = calendar.to_jalali(today)
    for __ in range(months + 2):
        year, month = calendar.previous_month(year, month)
    for __ in range(months + 6):
        yield year, month
        year, month = calendar.next_month(year, month)


def _days_of_month(slug: str, year: int, month: int) -> Iterator[date]:
    weekday, which = RHYTHM[slug]
    first, __ = calendar.jalali_month(year, month)
    first_such = first + timedelta(days=(weekday - calendar.weekday(first)) % calendar.DAYS_IN_WEEK)
    for n in which:
        yield first_such + timedelta(weeks=n - 1)


def _lunar_holidays(first: date, last: date) -> frozenset[date]:
    return frozenset(day for day, __ in holidays_between(first, last + timedelta(weeks=1)))


def _working_day(day: date, off: frozenset[date]) -> date:
    """The day, or the next one on which offices work."""
    while day in off or calendar.is_weekend(day) or calendar.to_jalali(day)[1:] in FIXED:
        day += timedelta(days=1)
    return day


def day_before(day: date, slug: str) -> date:
    """The day of a body in the last month before that of `day` in which it has one."""
    (year, month, __), days = calendar.to_jalali(day), []
    while not days:
        year, month = calendar.previous_month(year, month)
        days = [*_days_of_month(slug, year, month)]
    return days[-1]


def end_of_month(day: date, *, months: int) -> date:
    """The last day of the Jalali month that comes `months` after the day's own."""
    year, month, __ = calendar.to_jalali(day)
    for __ in range(months):
        year, month = calendar.next_month(year, month)
    return calendar.jalali_month(year, month)[1]


def _is_new_year(day: date) -> bool:
    """Nobody meets in the first thirteen days of the year."""
    __, month, day_of_month = calendar.to_jalali(day)
    return month == 1 and day_of_month <= 13
