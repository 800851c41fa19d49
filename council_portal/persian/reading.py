"""Reads dates and times as people type them, and says in their language what is wrong with one.

Every function raises `Unreadable` (a ValueError) with a message for the person who typed.
"""

import re
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .calendar import (
    ENGLISH_WEEKDAYS,
    FIRST_YEAR,
    LAST_YEAR,
    LATIN_MONTHS,
    PERSIAN_MONTHS,
    PERSIAN_WEEKDAYS,
    is_leap,
    is_persian,
    month_length,
    month_name,
    to_gregorian,
    weekday,
    weekday_names,
)
from .text import to_latin_digits, to_persian_digits, unify

_SEPARATOR = re.compile(r"\s*[/.\-−–٫]\s*")
_NUMERIC = re.compile(r"(?:سال\s+)?(?P<year>\d{3,4})(?:/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?)?")
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d]+?)(?:[\s\u200c]*ماه)?\s+(?:سال\s+)?(?P<year>\d{3,4})")
_WEEKDAY = re.compile(
    r"(?:روز\s+)?(?P<weekday>(?:(?:یک|دو|سه|چهار|پنج)[\s\u200c]*)?شنبه|جمعه|آدینه|[a-z]+day)\s*(?:[،,]\s*|\s)(?=\d)"
)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2})?)?")
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(PERSIAN_MONTHS, start=1)},
    **{name.lower(): number for number, name in enumerate(LATIN_MONTHS, start=1)},
    "امرداد": 5,
}
_WEEKDAYS = {
    **{re.sub(r"[\s\u200c]", "", name): number for number, name in enumerate(PERSIAN_WEEKDAYS)},
    **{name.lower(): number for number, name in enumerate(ENGLISH_WEEKDAYS)},
    "آدینه": 6,
}
_GREGORIAN_YEARS = range(1800, 2200)

NOT_A_DATE = gettext_lazy("Enter a Jalali date such as 1387/11/2.")
NOT_A_PARTIAL_DATE = gettext_lazy("Enter a Jalali date, month or year such as 1387/11/2, 1387/11 or 1387.")


class Unreadable(ValueError):
    """What was typed is no date or time; the message says why, for the one who typed it."""


def read_partial_date(text: str, *, expected=NOT_A_PARTIAL_DATE) -> tuple[int, int | None, int | None]:
    """Return the Jalali (year, month or None, day or None) of typed text.

    Reads ۱۳۸۷/۱۱/۲, 1387-11-2, ۱۳۸۷/۱۱, «بهمن ۱۳۸۷», «۲ بهمن ۱۳۸۷» and ۱۳۸۷, in any of the three digit sets, and a day
    with its weekday before it, «چهارشنبه ۲ بهمن ۱۳۸۷». `expected` is the message for text of no such shape.
    """
    plain = to_latin_digits(unify(text)).lower()
    said = _WEEKDAY.match(plain)
    plain = plain[said.end() if said else 0 :]
    match = _NUMERIC.fullmatch(_SEPARATOR.sub("/", plain))
    match = match or _NAMED.fullmatch(plain)
    if not match:
        raise Unreadable(_digits(expected))
    year, month, day = (_number(match[part]) for part in ("year", "month", "day"))
    check_date(year, month, day)
    if said and day is not None:
        _check_weekday(said["weekday"], year, month, day)
    return year, month, day


def read_date(text: str) -> tuple[int, int, int]:
    """Return the Jalali (year, month, day) of typed text that names a full day."""
    year, month, day = read_partial_date(text, expected=NOT_A_DATE)
    if day is None:
        raise Unreadable(_digits(_("Enter the day as well, such as 1387/11/2.")))
    return year, month, day


def read_time(text: str) -> time:
    """Return the time of typed text: ۹:۳۰, 09:30, «ساعت ۹»; seconds are dropped."""
    plain = to_latin_digits(unify(text)).removeprefix("ساعت").strip()
    match = _TIME.fullmatch(re.sub(r"\s*[:.٫]\s*", ":", plain))
    if not match:
        raise Unreadable(_digits(_("Enter a time such as 9:30.")))
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        raise Unreadable(_digits(_("There is no such time; hours go to 23, minutes to 59.")))
    return time(hour, minute)


def check_date(year: int, month: int | None, day: int | None) -> None:
    """Raise Unreadable unless the Jalali year, the month if given, and the day if given, exist."""
    if year in _GREGORIAN_YEARS:
        raise Unreadable(_digits(_("%(year)s looks like a Gregorian year; enter a Jalali date."), year=year))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = _("The year must be between %(first)s and %(last)s.")
        raise Unreadable(_digits(message, first=FIRST_YEAR, last=LAST_YEAR))
    if month is None:
        return
    if not 1 <= month <= 12:
        raise Unreadable(_digits(_("There is no month %(month)s; months go from 1 to 12."), month=month))
    if day is not None and not 1 <= day <= month_length(year, month):
        raise Unreadable(_no_such_day(year, month))


def _check_weekday(said: str, year: int, month: int, day: int) -> None:
    number = _WEEKDAYS.get(re.sub(r"[\s\u200c]", "", said))
    real = weekday(to_gregorian(year, month, day))
    if number != real:
        typed = said if number is None else weekday_names()[number]
        date = f"{day} {month_name(month)} {year}"
        message = _("%(date)s is a %(real)s, not a %(typed)s.")
        raise Unreadable(_digits(message, date=date, real=weekday_names()[real], typed=typed))


def _no_such_day(year: int, month: int) -> str:
    if month == 12 and not is_leap(year):
        return _digits(_("%(year)s is not a leap year; Esfand has 29 days in it."), year=year)
    message = _("%(month)s %(year)s has %(count)s days.")
    return _digits(message, month=month_name(month), year=year, count=month_length(year, month))


def _number(part: str | None) -> int | None:
    if part is None:
        return None
    if part.isdecimal():
        return int(part)
    try:
        return _MONTH_NUMBERS[part]
    except KeyError:
        raise Unreadable(_("“%(word)s” is not the name of a Jalali month.") % {"word": part}) from None


def _digits(message, **values) -> str:
    text = str(message) % values if values else str(message)
    return to_persian_digits(text) if is_persian() else text
