"""The admin's way through time: filters by Jalali year and month, and a Jalali date hierarchy.

    class MeetingAdmin(JalaliAdminMixin, admin.ModelAdmin):
        jalali_hierarchy = "held_on"       # instead of Django's Gregorian `date_hierarchy`
        list_filter = ["held_on", "body"]  # fields of council_portal.persian get JalaliDateFilter by themselves

Widgets need nothing here: the fields bring their own. Both ways use one parameter, `?held_on__within=1387-11`.
"""

from collections.abc import Iterator

from django.contrib.admin import FieldListFilter
from django.contrib.admin.utils import reverse_field_path
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from . import calendar, fields, wording
from .partial_date import PartialDate


class JalaliAdminMixin:
    """Shows years, then months, then days of the field `jalali_hierarchy` above the list."""

    jalali_hierarchy: str | None = None


class JalaliDateFilter(FieldListFilter):
    """All, each Jalali year that has entries around it, the months of the chosen year, and "not recorded"."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        self.within = f"{field_path}__within"
        self.missing = f"{field_path}__isnull"
        self.can_be_missing = field.null
        super().__init__(field, request, params, model, model_admin, field_path)
        self.period = read_period(self._chosen(self.within))
        parent, _path = reverse_field_path(model, field_path)
        entries = model_admin.get_queryset(request) if parent is model else parent._default_manager.all()
        self.years = years_of(entries, field.name)

    def expected_parameters(self):
        return [self.within, self.missing]

    def has_output(self):
        return bool(self.years)

    def choices(self, changelist):
        yield self._choice(changelist, _("All"), {}, selected=not self.used_parameters)
        for year in reversed(self.years):
            yield self._period_choice(changelist, PartialDate.year(year))
            if self.period and self.period.year == year:
                for month in range(1, 13):
                    yield self._period_choice(changelist, PartialDate.month(year, month))
        if self.can_be_missing:
            chosen = self._chosen(self.missing)
            yield self._choice(changelist, wording.not_recorded(), {self.missing: "True"}, selected=bool(chosen))

    def _period_choice(self, changelist, period):
        parameters = {self.within: period.isoformat()}
        return self._choice(changelist, str(period), parameters, selected=self.period == period)

    def _choice(self, changelist, display, parameters, *, selected):
        query_string = changelist.get_query_string(parameters, self.expected_parameters())
        return {"selected": selected, "query_string": query_string, "display": display}

    def _chosen(self, parameter):
        values = self.used_parameters.get(parameter)
        return values[-1] if isinstance(values, list) else values


FieldListFilter.register(
    lambda field: isinstance(field, (fields.DateField, fields.DateTimeField, fields.PartialDateField)),
    JalaliDateFilter,
    take_priority=True,
)


def read_period(text) -> PartialDate | None:
    """Return the day, month or year of an address's parameter; None for nothing or rubbish."""
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None


def years_of(entries: QuerySet, field_name: str) -> range:
    """Return the Jalali years from the first entry's to the last one's; two queries that an index answers."""
    known = entries.filter(**{f"{field_name}__isnull": False}).order_by(field_name).values_list(field_name, flat=True)
    first, last = known.first(), known.last()
    if first is None:
        return range(0)
    return range(wording.as_partial(first).year, wording.as_partial(last).year + 1)


def periods_below(entries: QuerySet, field_name: str, period: PartialDate | None) -> list[PartialDate]:
    """Return the years of all entries, or the months of a year, or the days of a month, that have entries."""
    if period is None:
        return [PartialDate.year(year) for year in years_of(entries, field_name)]
    values = entries.order_by().values_list(field_name, flat=True).distinct()
    return sorted(set(_parts_within(values, period)))


def _parts_within(values, period: PartialDate) -> Iterator[PartialDate]:
    for value in map(wording.as_partial, values):
        if period.precision == "year" and value.month:
            yield PartialDate.month(value.year, value.month)
        elif period.precision == "month" and value.is_day:
            yield value


def period_above(period: PartialDate) -> PartialDate | None:
    """Return the month of a day, the year of a month, and None for a year."""
    if period.is_day:
        return PartialDate.month(period.year, period.month)
    return PartialDate.year(period.year) if period.month else None


def period_title(period: PartialDate) -> str:
    """Return the short title among its neighbours: ۱۳۸۷, بهمن, ۲ بهمن."""
    if period.is_day:
        return wording.day_and_month(period)
    return calendar.month_name(period.month) if period.month else wording.digits(period.year)
