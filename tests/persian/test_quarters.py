from datetime import date

import pytest

from council_portal.persian.quarters import Quarter


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2024, 3, 20), Quarter(1403, 1)),
        (date(2024, 6, 20), Quarter(1403, 1)),
        (date(2024, 6, 21), Quarter(1403, 2)),
        (date(2025, 3, 20), Quarter(1403, 4)),
        (date(2025, 3, 21), Quarter(1404, 1)),
    ],
)
def test_a_day_lies_in_its_quarter(day, quarter):
    assert Quarter.of(day) == quarter
    assert quarter.first <= day <= quarter.last


def test_the_quarters_of_a_leap_year_leave_no_day_out():
    days = [(Quarter(1403, number).last - Quarter(1403, number).first).days + 1 for number in (1, 2, 3, 4)]

    assert days == [93, 93, 90, 90]


def test_the_latest_go_back_over_the_new_year():
    assert Quarter.latest(on=date(2024, 7, 1), count=3) == [Quarter(1403, 2), Quarter(1403, 1), Quarter(1402, 4)]


def test_a_quarter_is_named_by_its_season():
    assert str(Quarter(1403, 3)) == "پاییز ۱۴۰۳"
