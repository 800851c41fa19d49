"""Inputs for Jalali dates and times: typed in any digits, and with a date picker where scripts run."""

from django import forms
from django.forms import Media
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from . import calendar, wording
from .text import to_persian_digits

VENDOR = "vendor/jalalidatepicker"


def _example(text: str):
    """Return an example for the placeholder, in the digits of the page."""
    return to_persian_digits(text) if calendar.is_persian() else text


class JalaliWidget:
    """Marks the widgets that read Jalali dates. What was typed is shown again as it was typed."""


class JalaliTextInput(JalaliWidget, forms.TextInput):
    example = ""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "dir": "auto", **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].setdefault("placeholder", _example(self.example))
        return context

    def format_value(self, value):
        return value if value is None or isinstance(value, str) else self.format(value)

    def format(self, value) -> str:
        return wording.short_date(value)


class DateInput(JalaliTextInput):
    """A full day."""

    example = "1387/11/2"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "data-jdp": True, **(attrs or {})})

    @property
    def media(self):
        return Media(
            css={"all": [f"{VENDOR}/jalalidatepicker.min.css", "css/date-picker.css"]},
            js=[Script(f"{VENDOR}/jalalidatepicker.min.js", defer=True), Script("js/date-picker.js", defer=True)],
        )


class PartialDateInput(DateInput):
    """A day, a month or a year; the picker offers days."""

    example = "1387/11/2"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "text", **(attrs or {})})


class TimeInput(JalaliTextInput):
    """Hours and minutes."""

    example = "9:30"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", **(attrs or {})})

    def format(self, value):
        return wording.clock(value)


class DateTimeInput(JalaliWidget, forms.MultiWidget):
    """A day and a time of Tehran, side by side."""

    def __init__(self, attrs=None):
        widgets = {
            "date": DateInput({"aria-label": _("Date")}),
            "time": TimeInput({"aria-label": _("Time")}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        if value is None:
            return [None, None]
        local = calendar.to_tehran(value)
        return [local.date(), local.time().replace(second=0, microsecond=0)]
