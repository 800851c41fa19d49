"""A Jalali month as a calendar's page shows it: weeks of days, each with its meetings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate

from .models import Meeting, MeetingMove


@dataclass(frozen=True)
class Day:
    """A cell: `number` is the day of the Jalali month, None for a day of the month before or after; `holiday` is the
    name of one; `moved` are the traces of meetings that stood here and went elsewhere."""

    date: date
    number: int | None
    is_today: bool
    is_weekend: bool
    meetings: list[Meeting] = field(default_factory=list)
    moved: list[MeetingMove] = field(default_factory=list)
    holiday: str = ""

    @property
    def is_off(self) -> bool:
        return self.is_weekend or bool(self.holiday)

    @property
    def has_something(self) -> bool:
        """Whether a list of days names it."""
        return bool(self.number and (self.meetings or self.moved or self.holiday))

    @property
    def weekday(self) -> str:
        return calendar.weekday_name(self.date)


@dataclass(frozen=True)
class Month:
    """`weeks` run from Saturday to Friday; meetings without a known day stand beside them."""

    year: int
    number: int
    weeks: list[list[Day]]
    some_day: list[Meeting]
    some_month: list[Meeting]

    @property
    def known(self) -> PartialDate:
        return PartialDate.month(self.year, self.number)

    @property
    def previous(self) -> PartialDate | None:
        return _month_or_none(*calendar.previous_month(self.year, self.number))

    @property
    def next(self) -> PartialDate | None:
        return _month_or_none(*calendar.next_month(self.year, self.number))

    @property
    def days_with_something(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day.has_something]

    @property
    def meeting_count(self) -> int:
        """How many meetings are known to lie in the month."""
        return sum(len(day.meetings) for week in self.weeks for day in week) + len(self.some_day)


def month_of(
    year: int,
    number: int,
    meetings: Iterable[Meeting],
    *,
    on: date,
    moved: Iterable[MeetingMove] = (),
    holidays: Mapping[date, str] | None = None,
) -> Month:
    """Lay out a Jalali month with those of `meetings` that may lie in it, and what `moved` away; `on` is today.

    Meetings and moves of other months may be among them; `holidays` are names by their days.

    Raises Unreadable (a ValueError) for a month that there is not.
    """
    known = PartialDate.month(year, number)
    first, last, holidays = known.first, known.last, holidays or {}
    of_day, some_day, some_month, left_day = defaultdict(list), [], [], defaultdict(list)
    for move in moved:
        left_day[move.from_on.first].append(move)
    for meeting in meetings:
        if meeting.held_on.is_day:
            of_day[meeting.held_on.first].append(meeting)
        elif meeting.held_on == known:
            some_day.append(meeting)
        elif meeting.held_on == PartialDate.year(year):
            some_month.append(meeting)
    weeks = [
        [
            Day(
                date=day,
                number=(day - first).days + 1 if first <= day <= last else None,
                is_today=day == on,
                is_weekend=calendar.is_weekend(day),
                meetings=of_day[day],
                moved=left_day[day],
                holiday=holidays.get(day, "") if first <= day <= last else "",
            )
            for day in week
        ]
        for week in calendar.weeks_of_month(year, number)
    ]
    return Month(year, number, weeks, some_day, some_month)


def _month_or_none(year: int, number: int) -> PartialDate | None:
    """The month, unless it lies outside the calendar of the portal."""
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        return None
    return PartialDate.month(year, number)
