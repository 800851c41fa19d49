from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import formats, translation

from council_portal.persian import wording
from council_portal.persian.partial_date import PartialDate

DAY, MONTH, YEAR = PartialDate.day(1387, 11, 2), PartialDate.month(1387, 11), PartialDate.year(1387)
EVENING = datetime(2009, 1, 20, 21, 5, tzinfo=UTC)  # 2 Bahman, 0:35 in Tehran


def render(template, **values):
    return Template("{{ " + template + " }}").render(Context(values))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("short_date", ["۱۳۸۷/۱۱/۰۲", "۱۳۸۷/۱۱", "۱۳۸۷"]),
        ("long_date", ["۲ بهمن ۱۳۸۷", "بهمن ۱۳۸۷", "۱۳۸۷"]),
        ("weekday_date", ["چهارشنبه ۲ بهمن ۱۳۸۷", "بهمن ۱۳۸۷", "۱۳۸۷"]),
        ("month_year", ["بهمن ۱۳۸۷", "بهمن ۱۳۸۷", "۱۳۸۷"]),
        ("machine_date", ["2009-01-21", "", ""]),
    ],
)
def test_partial_dates_show_what_is_known(name, shown):
    assert [render(f"value|{name}", value=value) for value in (DAY, MONTH, YEAR)] == shown


@pytest.mark.parametrize("value", [date(2009, 1, 21), EVENING, EVENING.replace(tzinfo=None).replace(day=21, hour=0)])
def test_dates_and_moments_are_shown_as_tehran_has_them(value):
    assert render("value|weekday_date", value=value) == "چهارشنبه ۲ بهمن ۱۳۸۷"


DATE_FILTERS = ["short_date", "long_date", "weekday_date", "month_year", "day_month", "relative_date"]


@pytest.mark.parametrize("name", DATE_FILTERS)
@pytest.mark.parametrize("empty", [None, ""])
def test_unknown_dates_say_so(name, empty):
    with translation.override("en"):
        assert render(f"value|{name}", value=empty) == "not recorded"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (DAY, ["1387/11/02", "2 Bahman 1387", "Wednesday 2 Bahman 1387"]),
        (MONTH, ["1387/11", "Bahman 1387", "Bahman 1387"]),
    ],
)
def test_english_pages_keep_the_calendar(value, shown):
    with translation.override("en"):
        assert [render(f"value|{name}", value=value) for name in ("short_date", "long_date", "weekday_date")] == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (DAY, PartialDate.day(1387, 11, 5), "2 to 5 Bahman 1387"),
        (DAY, PartialDate.day(1387, 12, 5), "2 Bahman to 5 Esfand 1387"),
        (DAY, PartialDate.day(1388, 1, 5), "2 Bahman 1387 to 5 Farvardin 1388"),
        (DAY, DAY, "2 Bahman 1387"),
        (DAY, None, "2 Bahman 1387"),
        (None, None, "not recorded"),
        (MONTH, PartialDate.month(1387, 12), "Bahman to Esfand 1387"),
        (YEAR, PartialDate.year(1389), "1387 to 1389"),
        (DAY, PartialDate.month(1387, 12), "2 Bahman 1387 to Esfand 1387"),
    ],
)
def test_ranges_say_once_what_both_ends_share(first, last, shown):
    with translation.override("en"):
        assert render("first|date_range:last", first=first, last=last) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (PartialDate.day(1404, 8, 15), "today"),
        (PartialDate.day(1404, 8, 16), "tomorrow"),
        (PartialDate.day(1404, 8, 14), "yesterday"),
        (PartialDate.day(1404, 8, 12), "3 days ago"),
        (PartialDate.day(1404, 8, 20), "in 5 days"),
        (PartialDate.day(1404, 7, 10), "1 month ago"),
        (PartialDate.day(1404, 10, 17), "in 2 months"),
        (PartialDate.day(1402, 8, 1), "2 years ago"),
        (PartialDate.month(1404, 8), "Aban 1404"),
    ],
)
def test_distance_from_today(time_machine, value, shown):
    time_machine.move_to(datetime(2025, 11, 5, 22, 0, tzinfo=UTC))  # already 15 Aban 1404 in Tehran

    with translation.override("en"):
        assert render("value|relative_date", value=value) == shown


def test_times_are_tehrans():
    assert render("value|clock", value=EVENING) == "۰:۳۵"
    assert render("value|clock", value=time(9, 30)) == "۹:۳۰"
    with translation.override("en"):
        assert render("value|at_clock", value=time(9, 30)) == "at 9:30"
        assert render("value|at_clock", value=None) == "not recorded"
    assert render("value|machine_date", value=EVENING) == "2009-01-21T00:35:00+03:30"


@pytest.mark.parametrize(
    ("template", "persian", "english"),
    [
        ("1387|digits", "۱۳۸۷", "1387"),
        ("12000|count", "۱۲٬۰۰۰", "12,000"),
        ("13|ordinal", "سیزدهم", "13th"),
        ("13|ordinal_before", "سیزدهمین", "13th"),
        ("22|ordinal", "بیست و دوم", "22nd"),
        ("1|ordinal", "اول", "1st"),
        ("1|legal_ordinal", "یکم", "1st"),
        ("1001|ordinal", "۱۰۰۱", "1001st"),
        ("None|digits", "", ""),
        ("None|count", "", ""),
        ("None|ordinal", "", ""),
    ],
)
def test_numbers(template, persian, english):
    assert render(template) == persian
    with translation.override("en"):
        assert render(template) == english


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("value", "2 Bahman 1387, at 0:35"),
        ("value|date", "2 Bahman 1387"),
        ("value|date:'SHORT_DATE_FORMAT'", "1387/11/02"),
        ("value|date:'YEAR_MONTH_FORMAT'", "Bahman 1387"),
        ("value|time", "0:35"),
        ("value|date:'Y-m-d'", "2009-01-21"),
    ],
)
def test_djangos_own_formats_are_jalali(template, shown):
    with translation.override("en"):
        assert render(template, value=EVENING) == shown


def test_djangos_formats_leave_days_outside_the_calendar_alone():
    assert formats.date_format(date(1, 1, 1), "DATE_FORMAT")


def test_month_names_are_the_same_in_both_directions():
    for month in range(1, 13):
        value = PartialDate.month(1404, month)
        assert PartialDate.parse(wording.long_date(value)) == value


@pytest.mark.parametrize(("number", "written"), [(1.9, "۱٫۹"), (2, "۲"), (2.04, "۲"), (0, "۰"), (None, "")])
def test_decimal(number, written):
    assert wording.decimal(number) == written


def test_decimal_in_english():
    with translation.override("en"):
        assert wording.decimal(1.9) == "1.9"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("گزارش سیزدهمین اجلاس", ["گزارش سیزدهمین اجلاس"]),
        ("منشور اجلاس مدیران دبیرخانه‌های قوای سه‌گانه", ["منشور اجلاس مدیران", "دبیرخانه‌های قوای سه‌گانه"]),
        ("یک‌کلمه‌ی‌بسیاربسیاربسیاربسیاربسیاربلند", ["یک‌کلمه‌ی‌بسیاربسیاربسیاربسیاربسیاربلند"]),
        ("", []),
    ],
)
def test_a_long_title_stands_in_even_lines(title, lines):
    assert wording.even_lines(title, 36) == lines
