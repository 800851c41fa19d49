"""Dates, times and spans in the words and digits of the page: Persian, or transliterated when English was chosen.

A date is a Gregorian date or datetime (shown as Tehran has it), a PartialDate, or None, which is "not recorded".
"""

from datetime import date, datetime, time
from decimal import Decimal
from textwrap import wrap

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import calendar, text
from .partial_date import PartialDate

DAYS_IN_MONTH, DAYS_IN_YEAR = 30, 365
MOST_IN_WORDS = 999


def digits(value) -> str:
    """Return `value` as text with the digits of the page; nothing for None."""
    if value is None:
        return ""
    return text.to_persian_digits(value) if calendar.is_persian() else str(value)


def even_lines(text, longest: int) -> list[str]:
    """The lines of a title: as few as `longest` letters allow, about as long as each other. What sets paper knows no
    `text-wrap: balance`."""

    def lines(width: int) -> list[str]:
        return wrap(str(text), width, break_long_words=False, break_on_hyphens=False)

    fewest = len(lines(longest))
    return next(lines(width) for width in range(1, longest + 1) if len(lines(width)) == fewest)


def digits_of_text(value: str) -> str:
    """Return a text with the digits of the page; HTML, where digits may be part of a mark, as it is."""
    return value if isinstance(value, SafeString) else digits(value)


def count(number: int | None) -> str:
    """Return a number with the digits of the page, its thousands apart; nothing for None."""
    if number is None:
        return ""
    return text.grouped(number) if calendar.is_persian() else f"{number:,}"


def decimal(number: Decimal | float | None) -> str:
    """Return a number with at most one decimal place: ۱٫۹, or ۲ for a whole one; nothing for None."""
    if number is None:
        return ""
    plain = f"{number:.1f}".removesuffix(".0")
    return digits(plain).replace(".", "٫") if calendar.is_persian() else plain


def file_size(size: int) -> str:
    """Return a size in bytes as people say it: ۲٫۵ مگابایت. Django's own has Latin units in Persian."""
    units = (_("%(size)s bytes"), _("%(size)s kilobytes"), _("%(size)s megabytes"), _("%(size)s gigabytes"))
    place = min(max(size.bit_length() - 1, 0) // 10, len(units) - 1)
    return units[place] % {"size": decimal(size / 1024**place)}


def ordinal(number: int) -> str:
    """سیزدهم, as in «نشست سیزدهم»; 13th in English. Beyond 999, the number alone."""
    return _ordinal(number, text.ordinal)


def ordinal_before(number: int) -> str:
    """سیزدهمین, as in «سیزدهمین اجلاس»; 13th in English. Beyond 999, the number alone."""
    return _ordinal(number, text.ordinal_before)


def legal_ordinal(number: int) -> str:
    """As `ordinal`, but یکم for 1: «ماده یکم»."""
    return _ordinal(number, lambda value: text.ordinal(value, first="یکم"))


def _ordinal(number: int | None, in_words) -> str:
    if number is None:
        return ""
    if not calendar.is_persian():
        return f"{number}{_english_ending(number)}"
    return in_words(number) if 1 <= number <= MOST_IN_WORDS else digits(number)


def _english_ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def not_recorded() -> str:
    return _("not recorded")


def as_partial(value) -> PartialDate | None:
    """Return the PartialDate that a date, datetime, PartialDate or nothing stands for."""
    if not value or isinstance(value, PartialDate):
        return value or None
    return PartialDate.from_date(value)


def short_date(value) -> str:
    """۱۳۸۷/۱۱/۰۲, ۱۳۸۷/۱۱ or ۱۳۸۷."""
    value = as_partial(value)
    return digits(value.isoformat().replace("-", "/")) if value else not_recorded()


def long_date(value) -> str:
    """۲ بهمن ۱۳۸۷, بهمن ۱۳۸۷ or ۱۳۸۷."""
    value = as_partial(value)
    return _date(value) if value else not_recorded()


def weekday_date(value) -> str:
    """چهارشنبه ۲ بهمن ۱۳۸۷; without a weekday when the day is not known."""
    value = as_partial(value)
    if value and value.is_day:
        return f"{calendar.weekday_name(value.first)} {_date(value)}"
    return long_date(value)


def month_and_year(value) -> str:
    """بهمن ۱۳۸۷, or ۱۳۸۷ when the month is not known."""
    value = as_partial(value)
    return _words(None, value.month, value.year) if value else not_recorded()


def day_and_month(value) -> str:
    """۲ بهمن; for a calendar whose year is plain."""
    value = as_partial(value)
    return _words(value.day, value.month, None) if value else not_recorded()


def date_range(first, last) -> str:
    """۲ تا ۵ بهمن ۱۳۸۷: what both ends share is said once. An end that is missing or the same leaves one date."""
    first, last = as_partial(first), as_partial(last)
    if not first or not last or first == last:
        return long_date(first or last)
    return _("%(first)s to %(last)s") % {"first": _without_shared_parts(first, last), "last": _date(last)}


def _without_shared_parts(value: PartialDate, last: PartialDate) -> str:
    if value.precision != last.precision or value.year != last.year:
        return _date(value)
    if value.is_day and value.month == last.month:
        return digits(value.day)
    return _words(value.day, value.month, None)


def relative_date(value) -> str:
    """امروز, فردا, دیروز, «۳ روز پیش», «۲ ماه دیگر»; for a month or year, its name."""
    value = as_partial(value)
    if not value or not value.is_day:
        return long_date(value)
    days = (value.first - calendar.today()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return near.get(days) or _distance(days)


def _distance(days: int) -> str:
    size = abs(days)
    if size < DAYS_IN_MONTH:
        number = size
        past = ngettext("%(count)s day ago", "%(count)s days ago", number)
        future = ngettext("in %(count)s day", "in %(count)s days", number)
    elif size < DAYS_IN_YEAR:
        number = size // DAYS_IN_MONTH
        past = ngettext("%(count)s month ago", "%(count)s months ago", number)
        future = ngettext("in %(count)s month", "in %(count)s months", number)
    else:
        number = size // DAYS_IN_YEAR
        past = ngettext("%(count)s year ago", "%(count)s years ago", number)
        future = ngettext("in %(count)s year", "in %(count)s years", number)
    return (past if days < 0 else future) % {"count": digits(number)}


def clock(value: time | datetime | None) -> str:
    """۹:۳۰, in Tehran for a datetime."""
    if value is None:
        return not_recorded()
    if isinstance(value, datetime):
        value = calendar.to_tehran(value)
    return digits(f"{value.hour}:{value.minute:02}")


def clock_time(value: time | datetime | None) -> str:
    """«ساعت ۹:۳۰»."""
    if value is None:
        return not_recorded()
    return _("at %(time)s") % {"time": clock(value)}


def date_and_time(value) -> str:
    """«۲ بهمن ۱۳۸۷، ساعت ۹:۳۰»; a date alone has no time."""
    return _with_time(long_date(value), value)


def short_date_and_time(value) -> str:
    """«۱۳۸۷/۱۱/۰۲، ساعت ۹:۳۰»; a date alone has no time."""
    return _with_time(short_date(value), value)


def _with_time(day: str, value) -> str:
    if not isinstance(value, datetime):
        return day
    return _("%(date)s, %(time)s") % {"date": day, "time": clock_time(value)}


def machine_date(value) -> str:
    """Return what HTML's `<time datetime>` takes: Gregorian, and for a PartialDate only if its day is known."""
    if isinstance(value, PartialDate):
        return value.first.isoformat() if value.is_day else ""
    if isinstance(value, datetime):
        return calendar.to_tehran(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, (date, time)) else ""


def _date(value: PartialDate) -> str:
    return _words(value.day, value.month, value.year)


def _words(day: int | None, month: int | None, year: int | None) -> str:
    parts = [day and digits(day), month and calendar.month_name(month), year and digits(year)]
    return " ".join(part for part in parts if part)
