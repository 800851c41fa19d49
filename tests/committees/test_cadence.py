"""How often a body meets, by months of the Jalali calendar."""

from datetime import date
from decimal import Decimal

from committees.cadence import cadence, period
from council_portal.persian.partial_date import PartialDate

NOWRUZ_1403 = date(2024, 3, 20)
TWO = Decimal(2)


def months(result) -> list[tuple[int, int]]:
    return [(month.month.year, month.month.month) for month in result.months]


def test_twelve_full_months_before_this_one_oldest_first():
    result = cadence([], expected=TWO, on=NOWRUZ_1403)

    assert months(result) == [(1402, number) for number in range(1, 13)]
    assert period(on=NOWRUZ_1403) == (date(2023, 3, 21), date(2024, 3, 19))


def test_months_before_the_middle_of_a_year_reach_into_the_year_before():
    assert months(cadence([], expected=TWO, on=date(2024, 8, 1)))[:2] == [(1402, 5), (1402, 6)]


def test_a_session_counts_in_its_month_whether_its_day_is_known_or_not():
    held_on = [PartialDate.day(1402, 5, 1), PartialDate.day(1402, 5, 31), PartialDate.month(1402, 5)]

    result = cadence(held_on, expected=TWO, on=NOWRUZ_1403)

    assert [month.held for month in result.months] == [0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]
    assert result.held == 3


def test_a_session_known_to_its_year_alone_or_outside_the_months_does_not_count():
    held_on = [PartialDate.year(1402), PartialDate.day(1403, 1, 1), PartialDate.day(1401, 12, 29)]

    assert cadence(held_on, expected=TWO, on=NOWRUZ_1403).held == 0


def test_average_of_a_month():
    held_on = [PartialDate.month(1402, 1 + n % 12) for n in range(22)]

    assert cadence(held_on, expected=TWO, on=NOWRUZ_1403).average == Decimal("1.8")


def test_marks_for_what_was_held_and_what_was_only_expected():
    held_on = [PartialDate.month(1402, 1), *[PartialDate.month(1402, 2)] * 3]

    first, second, third = cadence(held_on, expected=TWO, on=NOWRUZ_1403).months[:3]

    assert first.marks == [True, False]
    assert second.marks == [True, True, True]
    assert third.marks == [False, False]


def test_without_an_expectation_only_what_was_held_is_marked():
    first, second = cadence([PartialDate.month(1402, 1)], expected=None, on=NOWRUZ_1403).months[:2]

    assert (first.marks, second.marks) == ([True], [])
