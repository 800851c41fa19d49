"""Makes Django's own named formats Jalali, so that no page and no corner of the admin shows a Gregorian date.

Django formats dates Gregorian in every language and offers no hook, neither to the admin's columns and read-only
fields nor to `{{ value }}` and `{{ value|date }}`. All of them call `django.utils.formats.date_format` with a named
format (or none), so that one function is replaced. Formats that are spelled out ("Y-m-d", "c") are for machines
and stay as they are.
"""

from django.utils import formats

from . import wording

_gregorian_date_format = formats.date_format
_gregorian_time_format = formats.time_format

_DATES = {
    None: wording.long_date,
    "DATE_FORMAT": wording.long_date,
    "DATETIME_FORMAT": wording.date_and_time,
    "SHORT_DATE_FORMAT": wording.short_date,
    "SHORT_DATETIME_FORMAT": wording.short_date_and_time,
    "YEAR_MONTH_FORMAT": wording.month_and_year,
    "MONTH_DAY_FORMAT": wording.day_and_month,
}
_TIMES = {None, "TIME_FORMAT"}


def date_format(value, format=None, use_l10n=None):
    """Stand in for Django's function of this name. Days outside the portal's years stay Gregorian."""
    try:
        return _DATES[format](value)
    except (KeyError, ValueError):
        return _gregorian_date_format(value, format, use_l10n)


def time_format(value, format=None, use_l10n=None):
    """Stand in for Django's function of this name."""
    if format in _TIMES:
        return wording.clock(value)
    return _gregorian_time_format(value, format, use_l10n)


def install() -> None:
    formats.date_format = date_format
    formats.time_format = time_format
