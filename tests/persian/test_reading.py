from datetime import time, timedelta

import pytest
from django.utils import translation

from council_portal.persian import reading, wording
from council_portal.persian.partial_date import PartialDate

DAY, MONTH, YEAR = (1387, 11, 2), (1387, 11, None), (1387, None, None)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("۱۳۸۷/۱۱/۲", DAY),
        ("١٣٨٧/١١/٢", DAY),
        ("1387/11/2", DAY),
        ("1387-11-02", DAY),
        ("۱۳۸۷.۱۱.۰۲", DAY),
        (" ۱۳۸۷ / ۱۱ / ۲ ", DAY),
        ("\u200f1387/11/2\u200f", DAY),
        ("۲ بهمن ۱۳۸۷", DAY),
        ("2 Bahman 1387", DAY),
        ("۲ بهمن‌ماه ۱۳۸۷", DAY),
        ("۲ بهمن ماه سال ۱۳۸۷", DAY),
        ("چهارشنبه ۲ بهمن ۱۳۸۷", DAY),
        ("چهارشنبه، ۲ بهمن ۱۳۸۷", DAY),
        ("چهار شنبه ۲ بهمن ماه ۱۳۸۷", DAY),
        ("روز چهار\u200cشنبه ۱۳۸۷/۱۱/۲", DAY),
        ("Wednesday 2 Bahman 1387", DAY),
        ("پنجشنبه ۳ بهمن ۱۳۸۷", (1387, 11, 3)),
        ("پنج\u200cشنبه ۳ بهمن ۱۳۸۷", (1387, 11, 3)),
        ("جمعه ٤ بهمن ١٣٨٧", (1387, 11, 4)),
        ("۱۳۸۷/۱۱", MONTH),
        ("1387-11", MONTH),
        ("بهمن ۱۳۸۷", MONTH),
        ("بهمن ماه ۱۳۸۷", MONTH),
        ("۱۳۸۷", YEAR),
        ("سال ۱۳۸۷", YEAR),
        ("۱۵ ارديبهشت ۱۳۸۷", (1387, 2, 15)),
        ("۱۴۰۳/۱۲/۳۰", (1403, 12, 30)),
    ],
)
def test_dates_are_read_as_people_type_them(typed, read):
    assert reading.read_partial_date(typed) == read


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("۱۴۰۳/۱۲/۳۱", "Esfand 1403 has 30 days"),
        ("۱۴۰۴/۱۲/۳۰", "1404 is not a leap year; Esfand has 29 days"),
        ("۱۴۰۴/۷/۳۱", "Mehr 1404 has 30 days"),
        ("۱۴۰۴/۱۳/۱", "no month 13"),
        ("۱۴۰۴/۰/۱", "no month 0"),
        ("۱۴۰۴/۱/۰", "Farvardin 1404 has 31 days"),
        ("2024/05/01", "looks like a Gregorian year"),
        ("۱۹۹۹", "looks like a Gregorian year"),
        ("1199/1/1", "between 1200 and 1600"),
        ("1601", "between 1200 and 1600"),
        ("۲ ژانویه ۱۳۸۷", "“ژانویه” is not the name"),
        ("پنج\u200cشنبه ۲ بهمن ۱۳۸۷", "2 Bahman 1387 is a Wednesday, not a Thursday"),
        ("someday 2 bahman 1387", "is a Wednesday, not a someday"),
        ("چهارشنبه ۳۱ بهمن ۱۳۸۷", "Bahman 1387 has 30 days"),
        ("چهارشنبه", "Enter a Jalali date"),
        ("شنبه بهمن ۱۳۸۷", "Enter a Jalali date|not the name"),
        ("دیروز", "Enter a Jalali date, month or year"),
        ("", "Enter a Jalali date"),
        ("۱۳۸۷/۱۱/۲/۳", "Enter a Jalali date"),
        ("2/11/1387", "Enter a Jalali date"),
        ("²/11", "Enter a Jalali date"),
    ],
)
def test_what_is_wrong_is_said(typed, message):
    with translation.override("en"), pytest.raises(reading.Unreadable, match=message):
        reading.read_partial_date(typed)


@pytest.mark.parametrize("typed", ["۱۴۰۳/۱۲/۳۱", "۱۴۰۴/۱۳/۱", "2024/05/01", "1199", "rubbish"])
def test_messages_have_persian_digits_on_persian_pages(typed):
    with pytest.raises(reading.Unreadable) as error:
        reading.read_partial_date(typed)

    assert not set(str(error.value)) & set("0123456789")


def test_each_day_is_read_as_the_portal_writes_it():
    for first in PartialDate.year(1403).first, PartialDate.year(1404).first:
        for number in range(365):
            day = first + timedelta(days=number)
            assert PartialDate.parse(wording.weekday_date(day)).first == day


def test_a_wrong_weekday_is_said_in_persian():
    with pytest.raises(reading.Unreadable, match="^۲ بهمن ۱۳۸۷ چهارشنبه است، نه جمعه.$"):
        reading.read_date("جمعه ۲ بهمن ۱۳۸۷")


def test_full_day_is_asked_for():
    assert reading.read_date("۱۳۸۷/۱۱/۲") == DAY
    with translation.override("en"), pytest.raises(reading.Unreadable, match="Enter the day as well"):
        reading.read_date("۱۳۸۷/۱۱")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("۹:۳۰", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("۹٫۳۰", time(9, 30)),
        ("9:30:59", time(9, 30)),
        ("ساعت ۹", time(9)),
        ("٢٣:٥٩", time(23, 59)),
    ],
)
def test_times_are_read_as_people_type_them(typed, read):
    assert reading.read_time(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "9:60", "9:3", "صبح", ":30", ""])
def test_wrong_times_are_refused(typed):
    with pytest.raises(reading.Unreadable):
        reading.read_time(typed)


def test_partial_date_is_a_value():
    day = PartialDate.day(*DAY)

    assert (day.year, day.month, day.day, day.precision, day.is_day) == (1387, 11, 2, "day", True)
    month = PartialDate.month(1387, 11)
    assert (month.year, month.month, month.day, month.precision, month.is_day) == (1387, 11, None, "month", False)
    assert PartialDate.year(1387).precision == "year"
    assert {day: 1}[PartialDate.parse("۱۳۸۷/۱۱/۲")] == 1
    assert str(day) == "۲ بهمن ۱۳۸۷"
    assert str(PartialDate.year(1387)) == "۱۳۸۷"
    with pytest.raises(AttributeError):
        day.jalali = (1388, None, None)


@pytest.mark.parametrize("parts", [(1404, 12, 30), (1404, 13), (2024,), (1404, 1, 32)])
def test_partial_date_cannot_be_a_day_that_is_none(parts):
    with pytest.raises(ValueError, match="."):
        PartialDate((*parts, None, None)[:3])
