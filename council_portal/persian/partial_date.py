"""A date of which the day, only the month, or only the year is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from . import calendar
from .reading import check_date, read_partial_date

ONE_DAY = timedelta(days=1)


class _Part:
    """A name that makes a PartialDate on the class and reads its part on a value.

    `PartialDate.year(1387)` is the year 1387; `PartialDate.day(1387, 11, 2).year` is 1387.
    """

    def __init__(self, index: int, make):
        self.index = index
        self.make = make

    def __get__(self, value, owner):
        return self.make if value is None else value.jalali[self.index]


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A Jalali day, month or year: `PartialDate.day(1387, 11, 2)`, `.month(1387, 11)`, `.year(1387)`.

    On a value, `year`, `month` and `day` are the Jalali numbers, None when unknown. `first` and `last` are the
    Gregorian days between which the thing happened; they are the same for a known day. Values sort by `first`,
    then by `last`: the first day of a month stands before "that month".
    Raises Unreadable (a ValueError) for a date that does not exist.
    """

    jalali: tuple[int, int | None, int | None]

    year = _Part(0, lambda year: PartialDate((year, None, None)))
    month = _Part(1, lambda year, month: PartialDate((year, month, None)))
    day = _Part(2, lambda year, month, day: PartialDate((year, month, day)))

    def __post_init__(self):
        check_date(*self.jalali)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return what typed text says, in any of the three digit sets; see `reading.read_partial_date`."""
        return cls(read_partial_date(text))

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        """Return the known day of a Gregorian date, or of a datetime as Tehran's clocks have it."""
        return cls(calendar.to_jalali(day))

    @classmethod
    def from_range(cls, first: date, last: date) -> PartialDate:
        """Return the day, month or year that spans exactly these Gregorian days, both included.

        Raises ValueError for any other span.
        """
        year, month, day = calendar.to_jalali(first)
        for candidate in ((year, month, day), (year, month, None), (year, None, None)):
            value = cls(candidate)
            if (value.first, value.last) == (first, last):
                return value
        raise ValueError(f"{first} to {last} is no Jalali day, month or year")

    @property
    def precision(self) -> str:
        """What is known: "day", "month" or "year"."""
        return ("year", "month", "day")[2 - self.jalali.count(None)]

    @property
    def is_day(self) -> bool:
        return self.precision == "day"

    @property
    def first(self) -> date:
        year, month, day = self.jalali
        return calendar.to_gregorian(year, month or 1, day or 1)

    @property
    def last(self) -> date:
        year, month, day = self.jalali
        month = month or 12
        return calendar.to_gregorian(year, month, day or calendar.month_length(year, month))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __lt__(self, other) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)

    def __str__(self) -> str:
        from .wording import long_date

        return long_date(self)

    def isoformat(self) -> str:
        """Return the Jalali date in Latin digits, which `parse` reads again: 1387-11-02, 1387-11 or 1387."""
        return "-".join(f"{part:02}" for part in self.jalali if part is not None)
