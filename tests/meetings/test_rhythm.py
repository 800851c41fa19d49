from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from meetings.holidays import FIXED, holidays_of
from meetings.rhythm import LAST, WHICH, Rhythm, days_of_year, next_day, rhythm_of, why_not
from tests import factories as make

WEDNESDAY, MONDAY, FRIDAY = 4, 2, 6


def jalali(days) -> list[tuple[int, int]]:
    return [calendar.to_jalali(planned.day)[1:] for planned in days]


def fixed(year: int) -> dict[date, str]:
    return {calendar.to_gregorian(year, *day): str(name) for day, name in FIXED.items()}


def test_the_last_wednesday_of_each_month():
    days = days_of_year(Rhythm(WEDNESDAY, (LAST,)), 1405, {})

    assert len(days) == 12
    assert jalali(days)[0] == (1, 26)
    assert all(calendar.weekday(one.day) == WEDNESDAY for one in days)
    assert all((one.day + timedelta(weeks=1)) > calendar.jalali_month(1405, one.month)[1] for one in days)


def test_the_first_and_third_monday_in_words_and_days():
    rhythm = Rhythm(MONDAY, (1, 3))

    assert str(rhythm) == "نخستین و سومین دوشنبه هر ماه"
    assert jalali(days_of_year(rhythm, 1405, {}))[:2] == [(1, 3), (1, 17)]


def test_a_holiday_gives_way_to_the_nearest_working_day_before_it():
    first_sunday = Rhythm(1, (2,))
    mourning = calendar.to_gregorian(1405, 2, 13)
    before = {mourning: "تعطیلی قمری", mourning - timedelta(days=1): "روز پیش از آن"}

    planned = days_of_year(first_sunday, 1405, before)[1]

    # The day before is off as well, and before that is a Friday.
    assert (planned.meant, planned.day) == (mourning, mourning - timedelta(days=3))
    assert planned.because == "تعطیلی قمری"


def test_nowruz_has_no_working_day_before_it_in_its_month():
    planned = days_of_year(Rhythm(MONDAY, (1,)), 1405, fixed(1405))[0]

    assert calendar.to_jalali(planned.meant) == (1405, 1, 3)
    assert calendar.to_jalali(planned.day) == (1405, 1, 5)
    assert planned.is_later


def test_the_weekend_is_a_setting(settings):
    day = calendar.to_gregorian(1405, 9, 5)  # a Thursday

    assert why_not(day, {}) == ""
    settings.WEEKEND = [3, 4]
    assert why_not(day, {})


@given(
    st.integers(1390, 1420),
    st.integers(0, 6),
    st.sets(st.sampled_from([which for which, __ in WHICH]), min_size=1),
    st.sets(st.integers(0, 365), max_size=40),
)
def test_each_day_is_a_working_day_of_its_own_month_and_stands_once(year, weekday, which, off):
    first, __ = calendar.jalali_year(year)
    holidays = fixed(year) | {first + timedelta(days=n): "تعطیلی" for n in off}

    days = days_of_year(Rhythm(weekday, tuple(which)), year, holidays)

    assert len({one.day for one in days}) == len(days)
    assert all(calendar.to_jalali(one.day)[:2] == (year, one.month) for one in days)
    assert all(not why_not(one.day, holidays) for one in days)
    assert all(one.because if one.is_moved else not one.because for one in days)


@pytest.mark.django_db
def test_the_fixed_holidays_are_there_in_any_year_and_the_list_adds_and_lifts():
    make.HolidayFactory(day=calendar.to_gregorian(1450, 6, 1), name="تعطیلی قمری")
    make.HolidayFactory(day=calendar.to_gregorian(1450, 3, 15), name="جلسه دارد", is_worked=True)

    found = {calendar.to_jalali(day)[1:]: name for day, name in holidays_of(1450).items()}

    assert set(found) == set(FIXED) - {(3, 15)} | {(6, 1)}
    assert found[1, 13] == "روز طبیعت"
    assert list(holidays_of(1450)) == sorted(holidays_of(1450))


def meetings_of(body, *days, **kwargs):
    return [make.MeetingFactory(body=body, held_on=PartialDate.day(*day), **kwargs) for day in days]


@pytest.mark.django_db
def test_the_rhythm_of_a_body_is_that_of_its_latest_meetings(set_clock):
    set_clock(1405, 9, 3)
    body = make.BodyFactory(meetings_per_month=2)
    meetings_of(body, (1405, 7, 6), (1405, 7, 20), (1405, 8, 4), (1405, 8, 18), starts_at=time(10), ends_at=time(12))
    make.MeetingFactory(body=body, held_on=PartialDate.month(1405, 9))

    rhythm = rhythm_of(body)

    assert rhythm == Rhythm(MONDAY, (1, 3), time(10), time(12))
    assert next_day(body, rhythm, on=date(2026, 11, 24)) == calendar.to_gregorian(1405, 10, 7)


@pytest.mark.django_db
def test_a_body_that_never_met_has_no_rhythm():
    assert rhythm_of(make.BodyFactory()) is None


@pytest.mark.django_db
def test_the_next_day_lies_after_what_is_planned_and_in_the_next_year_if_need_be():
    body = make.BodyFactory(meetings_per_month=1)
    meetings_of(body, (1405, 11, 29), (1405, 12, 27))

    day = next_day(body, rhythm_of(body), on=date(2026, 11, 24))

    assert calendar.to_jalali(day)[:2] == (1406, 1)
