"""Model fields: Persian text in one form of letters, and Jalali dates.

A migration that creates a PartialDateField depends on persian's 0001, whose function its check calls.
"""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from . import forms, lookups
from .partial_date import PartialDate
from .text import unify

ONE_DAY = timedelta(days=1)


class UnifiedText:
    """Mixin: whatever text comes in, from forms, code, bulk_create or a query, has one form of letters."""

    multiline = False
    text_form_class = forms.CharField

    def to_python(self, value):
        return self._unified(super().to_python(value))

    def get_prep_value(self, value):
        return self._unified(super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        """Give the instance the text that is stored, so that both are the same after saving."""
        value = super().pre_save(model_instance, add)
        unified = self._unified(value)
        if unified is not value:
            setattr(model_instance, self.attname, unified)
        return unified

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.text_form_class, **kwargs})

    def _unified(self, value):
        return unify(value, multiline=self.multiline) if isinstance(value, str) else value


class CharField(UnifiedText, models.CharField):
    """One line of Persian text."""


class TextField(UnifiedText, models.TextField):
    """Persian text of many lines."""

    multiline = True
    text_form_class = forms.TextField


class JalaliFormField:
    """Mixin: the field's form field is Jalali everywhere; the admin's Gregorian ones are passed over."""

    jalali_form_class = None

    def formfield(self, **kwargs):
        kwargs["form_class"] = self.jalali_form_class
        if not _is_jalali(kwargs.get("widget")):
            kwargs.pop("widget", None)
        return super().formfield(**kwargs)


def _is_jalali(widget) -> bool:
    widget_class = widget if isinstance(widget, type) else type(widget)
    return issubclass(widget_class, forms.JalaliWidget)


class DateField(JalaliFormField, models.DateField):
    """A Gregorian date in the database, Jalali in forms."""

    jalali_form_class = forms.DateField


class TimeField(JalaliFormField, models.TimeField):
    """A time of Tehran's clocks, typed in any digits."""

    jalali_form_class = forms.TimeField


class DateTimeField(JalaliFormField, models.DateTimeField):
    """A moment in the database, a Jalali date and a time of Tehran in forms."""

    jalali_form_class = forms.DateTimeField


class PartialDateField(JalaliFormField, DateRangeField):
    """A PartialDate, or None when nothing is known; stored as the `daterange` of the days that it may be.

    Ranges sort by their first day, so `order_by("held_on")` is by date, and a plain index serves it.
    Look up with `held_on__within` (a PartialDate: month, year or day), `__contains` (may it have been this
    Gregorian date?) and `__overlap` (a PartialDate, or a pair of dates, the second excluded).
    A check in the database refuses a range that is no Jalali day, month or year.
    """

    jalali_form_class = forms.PartialDateField

    def db_check(self, connection):
        return f"is_partial_date({connection.ops.quote_name(self.column)})"

    def from_db_value(self, value, expression, connection):
        if not isinstance(value, DateRange) or value.isempty:
            return None
        return PartialDate.from_range(value.lower, value.upper - ONE_DAY)

    def to_python(self, value):
        """Return a PartialDate from one, a date, or text that it parses. Raises ValidationError."""
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return PartialDate.from_date(value)
        try:
            if isinstance(value, DateRange):
                return PartialDate.from_range(value.lower, value.upper - ONE_DAY)
            return PartialDate.parse(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value):
        if isinstance(value, (str, date)):
            value = self.to_python(value)
        if isinstance(value, PartialDate):
            return DateRange(value.first, value.last + ONE_DAY)
        return super().get_prep_value(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return None if value is None else self.to_python(value).isoformat()


for lookup in lookups.UNIFIED_PATTERNS:
    CharField.register_lookup(lookup)
    TextField.register_lookup(lookup)
models.DateField.register_lookup(lookups.DateWithin)
models.DateTimeField.register_lookup(lookups.DateTimeWithin)
PartialDateField.register_lookup(lookups.PartialDateWithin)
