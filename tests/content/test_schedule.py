"""When the demo's bodies meet, on whatever day it is loaded."""

from collections import Counter
from datetime import date, timedelta

import pytest

from council_portal.content.demo.schedule import MONTHS, RHYTHM, Stage, sittings
from council_portal.persian.calendar import is_weekend, to_jalali

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


def test_twenty_years_for_measuring():
    held = [sitting for sitting in sittings(date(2026, 6, 1), 240) if sitting.stage is Stage.HELD]

    assert 2300 <= len(held) <= 2500
