"""Form fields: Persian text in one form of letters; Jalali dates and times, typed in any of the three digit sets."""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import calendar, reading, widgets
from .partial_date import PartialDate
from .text import to_latin_digits, unify
from .widgets import JalaliWidget
from .wording import digits

__all__ = [
    "CharField",
    "DateField",
    "DateTimeField",
    "IntegerField",
    "JalaliWidget",
    "PartialDateField",
    "TextField",
    "TimeField",
]


class CharField(forms.CharField):
    """One line of text, unified before it is checked: a null byte is dropped, not complained of."""

    multiline = False

    def to_python(self, value):
        if isinstance(value, str):
            value = unify(value, multiline=self.multiline)
        return super().to_python(value)


class TextField(CharField):
    """Text of many lines."""

    multiline = True
    widget = forms.Textarea


class NumberInput(forms.TextInput):
    """A whole number in the digits of the page, which a browser's own number input never shows."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "vIntegerField", **(attrs or {})})

    def format_value(self, value):
        return digits(super().format_value(value))


class IntegerField(forms.IntegerField):
    """A whole number, typed in any of the three digit sets."""

    widget = NumberInput

    def to_python(self, value):
        return super().to_python(to_latin_digits(value) if isinstance(value, str) else value)


class _ReadField(forms.Field):
    """A field whose text is read by `read`, and whose complaint is the reader's."""

    value_class = None

    def to_python(self, value):
        if isinstance(value, self.value_class):
            return value
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return self.read(str(value))
        except reading.Unreadable as error:
            raise ValidationError(str(error), code="invalid") from error

    def read(self, text: str):
        raise NotImplementedError


class DateField(_ReadField):
    """A full day: cleans to a Gregorian date."""

    widget = widgets.DateInput
    value_class = date

    def read(self, text):
        return calendar.to_gregorian(*reading.read_date(text))


class PartialDateField(_ReadField):
    """A day, month or year: cleans to a PartialDate."""

    widget = widgets.PartialDateInput
    value_class = PartialDate

    def __init__(self, **kwargs):
        if not kwargs.get("help_text"):
            kwargs["help_text"] = _("The day, or only the month or the year when no more is known.")
        super().__init__(**kwargs)

    def read(self, text):
        return PartialDate.parse(text)


class TimeField(_ReadField):
    """Hours and minutes: cleans to a time."""

    widget = widgets.TimeInput
    value_class = time

    def read(self, text):
        return reading.read_time(text)


class DateTimeField(forms.MultiValueField):
    """A day and a time of Tehran: cleans to an aware datetime."""

    widget = widgets.DateTimeInput

    def __init__(self, **kwargs):
        day = DateField(error_messages={"incomplete": _("Enter the date too, not the time alone.")})
        clock = TimeField(error_messages={"incomplete": _("Enter the time too, not the date alone.")})
        # Each part is asked for by its own name; whether the whole may be left empty, the field itself says.
        super().__init__(fields=(day, clock), require_all_fields=False, **kwargs)

    def clean(self, value):
        """Blanks alone are nothing typed."""
        if isinstance(value, list | tuple):
            value = [part.strip() if isinstance(part, str) else part for part in value]
        return super().clean(value)

    def compress(self, data_list) -> datetime | None:
        return datetime.combine(*data_list, tzinfo=calendar.TEHRAN) if data_list else None
