"""Look-ups: `name__icontains="كميته"` finds کمیته; `held_on__within=PartialDate.month(1387, 11)` for dates."""

from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Lookup, lookups

from . import calendar
from .partial_date import PartialDate
from .text import unify_letters

ONE_DAY = timedelta(days=1)


class _UnifiedPattern:
    """Django hands patterns to the database as they came; unify their letters, as those of the column are."""

    def get_prep_lookup(self):
        pattern = super().get_prep_lookup()
        return unify_letters(pattern) if isinstance(pattern, str) else pattern


UNIFIED_PATTERNS = [
    type(f"Unified{lookup.__name__}", (_UnifiedPattern, lookup), {})
    for lookup in (
        lookups.Contains,
        lookups.IContains,
        lookups.StartsWith,
        lookups.IStartsWith,
        lookups.EndsWith,
        lookups.IEndsWith,
    )
]


class _Within(Lookup):
    """Values that lie wholly within a Jalali day, month or year, given as PartialDate, or as text that it parses.

    A date known only to the year 1387 is within 1387, and within no month of it.
    """

    lookup_name = "within"
    prepare_rhs = False

    def get_prep_lookup(self):
        if isinstance(self.rhs, PartialDate):
            return self.rhs
        return PartialDate.parse(str(self.rhs))

    def bounds(self):
        """Return the first value that is within, and the first after, in the column's own type."""
        return self.rhs.first, self.rhs.last + ONE_DAY

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.bounds()[0], *params, self.bounds()[1]]


class DateWithin(_Within):
    pass


class DateTimeWithin(_Within):
    def bounds(self):
        return tuple(calendar.start_of_day(day) for day in super().bounds())


class PartialDateWithin(_Within):
    def as_sql(self, compiler, connection):
        """Compare as ranges sort, so that the index the column is ordered by finds them, then drop what reaches out."""
        column, params = self.process_lhs(compiler, connection)
        first, after = self.bounds()
        sql = f"({column} >= %s::daterange AND {column} < %s::daterange AND {column} <@ %s::daterange)"
        ranges = (_one_day(first), _one_day(after), DateRange(first, after))
        return sql, [value for span in ranges for value in (*params, span)]


def _one_day(day):
    """The smallest range that begins on `day`."""
    return DateRange(day, day + ONE_DAY)
