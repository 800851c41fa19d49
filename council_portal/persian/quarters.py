"""The quarters of a Jalali year: spring, summer, autumn, winter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import calendar
from .wording import digits

MONTHS = 3
NAMES = (gettext_lazy("Spring"), gettext_lazy("Summer"), gettext_lazy("Autumn"), gettext_lazy("Winter"))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """The quarter `number`, from 1 to 4, of the Jalali `year`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The one in which a Gregorian day lies."""
        year, month, _day = calendar.to_jalali(day)
        return cls(year, (month - 1) // MONTHS + 1)

    @property
    def first(self) -> date:
        """Its first day, Gregorian."""
        return calendar.jalali_month(self.year, (self.number - 1) * MONTHS + 1)[0]

    @property
    def last(self) -> date:
        return calendar.jalali_month(self.year, self.number * MONTHS)[1]

    @property
    def begins_at(self) -> datetime:
        return calendar.start_of_day(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return calendar.start_of_day(self.last + timedelta(days=1))

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, len(NAMES))

    @classmethod
    def latest(cls, *, on: date, count: int) -> list["Quarter"]:
        """The one of a Gregorian day and those before it, `count` in all, the latest first."""
        found = [cls.of(on)]
        while len(found) < count:
            found.append(found[-1].before)
        return found

    def __str__(self):
        return _("%(season)s %(year)s") % {"season": NAMES[self.number - 1], "year": digits(self.year)}
