from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.reading import Unreadable

YEARS = range(calendar.FIRST_YEAR, calendar.LAST_YEAR + 1)
# Known from the calendars that Iran's calendar centre has published, 1387 to 1408.
LEAP_YEARS = {1387, 1391, 1395, 1399, 1403, 1408}


def test_every_day_of_four_centuries_goes_there_and_back():
    expected = calendar.to_gregorian(calendar.FIRST_YEAR, 1, 1)
    for year in YEARS:
        for month in range(1, 13):
            for day in range(1, calendar.month_length(year, month) + 1):
                assert calendar.to_gregorian(year, month, day) == expected
                assert calendar.to_jalali(expected) == (year, month, day)
                expected += timedelta(days=1)


def test_every_year_and_month_is_told_from_its_range():
    for year in YEARS:
        for value in [PartialDate.year(year), *(PartialDate.month(year, month) for month in range(1, 13))]:
            assert PartialDate.from_range(value.first, value.last) == value


def test_leap_years():
    assert {year for year in range(1387, 1409) if calendar.is_leap(year)} == LEAP_YEARS
    for year in YEARS:
        first, last = calendar.jalali_year(year)
        assert (last - first).days + 1 == (366 if calendar.is_leap(year) else 365)
        assert calendar.month_length(year, 12) == (30 if calendar.is_leap(year) else 29)


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1387, 1, 1), date(2008, 3, 20)),
        ((1387, 11, 2), date(2009, 1, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_days_of_the_record(jalali, gregorian):
    assert calendar.to_gregorian(*jalali) == gregorian


def test_database_knows_the_same_new_years(django_cursor):
    django_cursor.execute("SELECT year, jalali_new_year(year) FROM generate_series(1200, 1601) AS year")

    assert all(calendar.to_gregorian(year, 1, 1) == day for year, day in django_cursor.fetchall())


def test_database_knows_a_jalali_day_month_or_year(django_cursor):
    def known(first, last):
        django_cursor.execute("SELECT is_partial_date(daterange(%s, %s, '[]'))", [first, last])
        return django_cursor.fetchone()[0]

    for year in (1200, 1403, 1404, 1501, 1502, 1503, 1600):
        for value in [PartialDate.year(year), *(PartialDate.month(year, month) for month in range(1, 13))]:
            assert known(value.first, value.last)
            assert known(value.first, value.first)
            assert not known(value.first, value.last - timedelta(days=1))
            assert not known(value.first + timedelta(days=1), value.last + timedelta(days=1))


def test_moments_count_as_tehran_has_them():
    assert calendar.to_jalali(datetime(2025, 3, 20, 20, 30, tzinfo=UTC)) == (1404, 1, 1)
    assert calendar.to_jalali(datetime(2025, 3, 20, 20, 29, tzinfo=UTC)) == (1403, 12, 30)
    assert calendar.start_of_day(date(2025, 3, 21)) == datetime(2025, 3, 20, 20, 30, tzinfo=UTC)


def test_today_is_tehrans(time_machine):
    time_machine.move_to(datetime(2025, 3, 20, 21, 0, tzinfo=UTC))

    assert calendar.today() == date(2025, 3, 21)


def test_month_in_weeks_begins_on_saturday():
    weeks = list(calendar.weeks_of_month(1404, 8))

    assert all(len(week) == 7 and calendar.weekday_name(week[0]) == "شنبه" for week in weeks)
    assert weeks[0][0] <= calendar.to_gregorian(1404, 8, 1) <= weeks[0][-1]
    assert weeks[-1][0] <= calendar.to_gregorian(1404, 8, 30) <= weeks[-1][-1]
    assert calendar.is_weekend(weeks[0][6])
    assert not calendar.is_weekend(weeks[0][0])


def test_months_follow_each_other():
    assert calendar.next_month(1403, 12) == (1404, 1)
    assert calendar.previous_month(1404, 1) == (1403, 12)
    assert calendar.next_month(*calendar.previous_month(1404, 5)) == (1404, 5)


DAYS = st.dates(calendar.to_gregorian(1200, 1, 1), calendar.to_gregorian(1600, 12, 29))


@given(DAYS)
def test_what_is_shown_is_read_again(day):
    from council_portal.persian import wording

    value = PartialDate.from_date(day)
    month = PartialDate.month(value.year, value.month)

    assert PartialDate.parse(wording.short_date(value)) == value
    assert PartialDate.parse(wording.long_date(value)) == value
    assert PartialDate.parse(wording.long_date(month)) == month
    assert PartialDate.parse(value.isoformat()) == value
    assert value.first in month


@given(DAYS, st.integers(0, 40))
def test_a_range_is_a_partial_date_only_if_it_is_one(first, length):
    last = first + timedelta(days=length)
    try:
        value = PartialDate.from_range(first, last)
    except ValueError:
        assert length
    else:
        assert (value.first, value.last) == (first, last)


@given(st.text())
def test_rubbish_is_unreadable_and_nothing_worse(text):
    with suppress(Unreadable):
        assert PartialDate.parse(text).first
