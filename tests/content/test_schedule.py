"""When the demo's bodies meet, on whatever day it is loaded."""

from collections import Counter
from datetime import date, timedelta

import pytest

from council_portal.content.demo.lunar import LUNAR, holidays_between, lunar_day
from council_portal.content.demo.schedule import MONTHS, RHYTHM, Stage, sittings
from council_portal.persian.calendar import is_weekend, to_jalali
from meetings.holidays import FIXED

YEAR = [date(2025, 3, 1) + timedelta(days=n) for n in range(0, 400, 3)]


@pytest.mark.parametrize("today", YEAR, ids=str)
def test_every_day_has_a_past_and_a_future(today):
    found = sittings(today, MONTHS)

    held = Counter(sitting.slug for sitting in found if sitting.stage is Stage.HELD)
    assert held["assembly"] == 14
    assert sum(held[slug] for slug in ("training", "expertise", "ict", "follow-up")) == 100
    assert all(sitting.day < today for sitting in found if sitting.stage in (Stage.HELD, Stage.CANCELLED))
    assert Counter(sitting.slug for sitting in found if sitting.stage is Stage.NEXT) == dict.fromkeys(RHYTHM, 1)
    assert all(sitting.day > today for sitting in found if sitting.stage in (Stage.NEXT, Stage.LATER))


def test_nobody_meets_on_a_weekend_or_at_new_year():
    for sitting in sittings(date(2026, 6, 1), MONTHS):
        assert not is_weekend(sitting.day)
        assert not (to_jalali(sitting.day)[1] == 1 and to_jalali(sitting.day)[2] <= 13)


@pytest.mark.parametrize("today", YEAR[::10], ids=str)
def test_nobody_meets_on_a_holiday(today):
    days = [sitting.day for sitting in sittings(today, MONTHS)]
    off = {day for day, __ in holidays_between(min(days), max(days))}

    assert off
    assert off.isdisjoint(days)
    assert not [day for day in days if to_jalali(day)[1:] in FIXED]


@pytest.mark.parametrize(
    ("lunar", "day"),
    [
        ((1446, 1, 10), date(2024, 7, 17)),
        ((1446, 10, 1), date(2025, 3, 31)),
        ((1447, 1, 10), date(2025, 7, 6)),
        ((1447, 8, 15), date(2026, 2, 3)),
    ],
)
def test_the_arithmetic_calendar_is_near_the_moon(lunar, day):
    """The day in Iran's official calendar, from which it may differ by one."""
    assert abs(lunar_day(*lunar) - day) <= timedelta(days=1)


def test_each_lunar_holiday_comes_once_in_a_lunar_year():
    first = lunar_day(1446, 1, 1)

    assert [name for __, name in holidays_between(first, lunar_day(1447, 1, 1) - timedelta(days=1))] == [
        *LUNAR.values()
    ]


def test_twenty_years_for_measuring():
    held = [sitting for sitting in sittings(date(2026, 6, 1), 240) if sitting.stage is Stage.HELD]

    assert 2300 <= len(held) <= 2500
