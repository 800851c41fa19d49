"""How often a body meets, against how often it is expected to (FACTS.md: committees, about two sessions a month).

Which article says so is data: members.by_article, Rule.CADENCE.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate

MONTHS = 12


@dataclass(frozen=True)
class MonthHeld:
    """A Jalali month and how many sessions were held in it."""

    month: PartialDate
    held: int
    expected: Decimal | None

    @property
    def name(self) -> str:
        return calendar.month_name(self.month.month)

    @property
    def marks(self) -> list[bool]:
        """One mark for each session, held or only expected: what the chart draws."""
        expected = int(self.expected or 0)
        return [True] * self.held + [False] * max(0, expected - self.held)


@dataclass(frozen=True)
class Cadence:
    """The last twelve full Jalali months, oldest first."""

    months: list[MonthHeld]
    expected: Decimal | None

    @property
    def held(self) -> int:
        return sum(month.held for month in self.months)

    @property
    def average(self) -> Decimal:
        """Sessions a month, to one decimal place."""
        return round(Decimal(self.held) / len(self.months), 1)


def period(*, on: date) -> tuple[date, date]:
    """The first and last Gregorian day of the twelve full Jalali months before the one of day `on`."""
    months = _months_before(on)
    return months[0].first, months[-1].last


def cadence(held_on: Iterable[PartialDate], *, expected: Decimal | None, on: date) -> Cadence:
    """Count sessions by month over `period(on=on)`.

    `held_on` are the dates of the sessions held; one of which only the year is known counts for no month, and one
    outside the period does not count. `expected` is sessions a month, None where nobody has set it.
    """
    held = Counter((day.year, day.month) for day in held_on)
    months = [MonthHeld(month, held[month.year, month.month], expected) for month in _months_before(on)]
    return Cadence(months, expected)


def _months_before(on: date) -> list[PartialDate]:
    year, month, _ = calendar.to_jalali(on)
    months = []
    for _ in range(MONTHS):
        year, month = calendar.previous_month(year, month)
        months.append(PartialDate.month(year, month))
    return months[::-1]
