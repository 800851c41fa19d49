"""The Jalali (solar Hijri) calendar, on persiantools.

Leap years follow the official, astronomical calendar: persiantools counts with the 33-year rule
((25 × year + 11) mod 33 < 8), which agrees with the vernal equinox for 1178–1501, and corrects it by a table
from 1502 on. A date of the portal lies in FIRST_YEAR–LAST_YEAR, so that a Gregorian year typed by habit is
never taken for a Jalali one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from persiantools import jdatetime

FIRST_YEAR, LAST_YEAR = 1200, 1600
TEHRAN = ZoneInfo("Asia/Tehran")
DAYS_IN_WEEK = 7

PERSIAN_MONTHS = tuple(jdatetime.MONTH_NAMES_FA[1:])
LATIN_MONTHS = tuple(jdatetime.MONTH_NAMES_EN[1:])
PERSIAN_WEEKDAYS = tuple(jdatetime.WEEKDAY_NAMES_FA)
ENGLISH_WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def is_persian() -> bool:
    """Whether words and digits are to be Persian: always, unless another language has been chosen."""
    return (get_language() or "fa").startswith("fa")


def today() -> date:
    """Return today's Gregorian date in Tehran, whatever the server's or the session's time zone."""
    return timezone.now().astimezone(TEHRAN).date()


def to_jalali(day: date) -> tuple[int, int, int]:
    """Return the Jalali (year, month, day) of a Gregorian date; a `datetime` counts in Tehran's time."""
    jalali = jdatetime.JalaliDate(local_date(day))
    return jalali.year, jalali.month, jalali.day


def to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Jalali one. Raises ValueError if there is no such day."""
    return jdatetime.JalaliDate(year, month, day).to_gregorian()


def local_date(day: date) -> date:
    """Return the date that a date or datetime falls on in Tehran; a naive datetime is taken as Tehran's."""
    if isinstance(day, datetime):
        return to_tehran(day).date()
    return day


def to_tehran(moment: datetime) -> datetime:
    """Return an aware datetime in Tehran's time; a naive one is taken as Tehran's."""
    if timezone.is_naive(moment):
        return moment.replace(tzinfo=TEHRAN)
    return moment.astimezone(TEHRAN)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a day in Tehran.

    In UTC, for when summer time began at midnight (until 1401) that hour does not exist in Tehran.
    """
    return datetime.combine(day, time.min, tzinfo=TEHRAN).astimezone(UTC)


def is_leap(year: int) -> bool:
    return jdatetime.JalaliDate.is_leap(year)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a Jalali month; Esfand has 30 in a leap year."""
    return jdatetime.JalaliDate.days_in_month(month, year)


def month_name(month: int) -> str:
    """Return the name of month 1–12 in the language of the page: بهمن or Bahman."""
    return (PERSIAN_MONTHS if is_persian() else LATIN_MONTHS)[month - 1]


def weekday_name(day: date) -> str:
    """Return the name of a Gregorian date's weekday in the language of the page."""
    return weekday_names()[weekday(day)]


def weekday_names() -> tuple[str, ...]:
    """Return the seven names, from Saturday, in the language of the page."""
    return PERSIAN_WEEKDAYS if is_persian() else ENGLISH_WEEKDAYS


def weekday(day: date) -> int:
    """Return the place of a day in the Iranian week: Saturday is 0, Friday is 6."""
    return (day.weekday() + 2) % DAYS_IN_WEEK


def is_weekend(day: date) -> bool:
    """Whether the day is in `settings.WEEKEND` (Python's numbers: Monday is 0, Friday is 4)."""
    return day.weekday() in settings.WEEKEND


def jalali_year(year: int) -> tuple[date, date]:
    """Return the first and the last Gregorian date of a Jalali year."""
    return to_gregorian(year, 1, 1), to_gregorian(year, 12, month_length(year, 12))


def jalali_month(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last Gregorian date of a Jalali month."""
    return to_gregorian(year, month, 1), to_gregorian(year, month, month_length(year, month))


def next_month(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def previous_month(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


def weeks_of_month(year: int, month: int) -> Iterator[list[date]]:
    """Yield the weeks that touch a Jalali month, each as seven Gregorian dates from Saturday to Friday.

    The first and last week hold days of the neighbouring months, as a calendar's page shows them.
    """
    first, last = jalali_month(year, month)
    saturday = first - timedelta(days=weekday(first))
    while saturday <= last:
        yield [saturday + timedelta(days=offset) for offset in range(DAYS_IN_WEEK)]
        saturday += timedelta(days=DAYS_IN_WEEK)
