"""What readers ask the lists of this app: plain GET forms whose `apply(queryset)` narrows the list."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian import calendar
from council_portal.persian import forms as persian
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.reading import read_partial_date
from council_portal.persian.text import to_latin_digits
from council_portal.persian.wording import count, digits
from members.models import Body

from .archive import UNDATED
from .models import Assignment
from .narrowing import OPEN, SETTLED, Counts, Question

NOT_A_YEAR = gettext_lazy("Enter a Jalali year such as 1403.")
STATUSES = [
    (OPEN, gettext_lazy("Open: not begun or in progress")),
    *Assignment.Status.choices,
    (SETTLED, gettext_lazy("Settled: no longer owed")),
]


class YearField(persian.PartialDateField):
    """A Jalali year, typed in any digits; cleans to a number."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "help_text": gettext_lazy("For example 1403"), **kwargs})

    def read(self, text):
        return PartialDate(read_partial_date(text, expected=NOT_A_YEAR))

    def clean(self, value):
        value = super().clean(value)
        if value is None:
            return None
        if value.precision != "year":
            raise forms.ValidationError(digits(NOT_A_YEAR), code="invalid")
        return value.year


class YearChoiceField(forms.ChoiceField):
    """A Jalali year, in any digits, or UNDATED; the list offers those in which there is something."""

    def validate(self, value):
        if value and value != UNDATED and not re.fullmatch("1[2-5][0-9]{2}", value):
            raise forms.ValidationError(digits(NOT_A_YEAR), code="invalid")


class DecisionFilter(forms.Form):
    """Narrows the register of decisions; see `narrowing.Question` for what its answers mean."""

    q = persian.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("In the text, title or reference"),
    )
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    year = YearChoiceField(label=gettext_lazy("Year"), required=False)
    organization = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    overdue = forms.BooleanField(label=gettext_lazy("Only with something overdue"), required=False)

    def __init__(self, data=None, *, organizations):
        """`organizations` are those that may be asked for. They and the bodies are chosen by their slugs."""
        if data and "year" in data:
            data = data.copy()
            data["year"] = to_latin_digits(data["year"]).strip()
        super().__init__(data)
        everything = ("", _("All"))
        bodies = Body.objects.order_by("position", "pk")
        self.fields["body"].choices = [everything, *bodies.values_list("slug", "name")]
        self.fields["organization"].choices = [everything, *organizations.values_list("slug", "name")]
        self.fields["status"].choices = [everything, *STATUSES]
        self.fields["year"].widget.choices = [everything]

    @property
    def is_set(self) -> bool:
        """Whether the reader has asked for anything."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def question(self) -> Question | None:
        """What is asked; None while the question has a mistake."""
        if not self.is_bound:
            return Question()
        return Question(**self.cleaned_data) if self.is_valid() else None

    def show(self, counts: Counts) -> None:
        """Say beside each choice how many decisions it would leave. Organisations and years that would leave none
        are not offered, unless one is asked for; as a question they stay valid."""
        self._offer("body", self.fields["body"].choices, counts.body)
        self._offer("status", self.fields["status"].choices, counts.status)
        organizations = self.fields["organization"].choices
        asked = self.data.get("organization", "")
        some = [choice for choice in organizations if choice[0] in {"", asked, *counts.organization}]
        self._offer("organization", some, counts.organization)
        years = {*counts.year, self.data.get("year", "")} - {"", UNDATED}
        dated = [(year, digits(year)) for year in sorted(years, reverse=True)]
        undated = [(UNDATED, _("Date not recorded"))] if UNDATED in {*counts.year, self.data.get("year")} else []
        self._offer("year", [("", _("All")), *dated, *undated], counts.year)
        overdue = self.fields["overdue"]
        overdue.label = _with_count(overdue.label, counts.overdue)

    def _offer(self, name: str, choices, counts: dict[str, int]) -> None:
        """The choices with their counts. Only the list is changed: any valid answer stays one."""
        offered = [(value, _with_count(label, counts.get(value, 0)) if value else label) for value, label in choices]
        self.fields[name].widget.choices = offered


def _with_count(label: str, number: int) -> str:
    return _("%(choice)s (%(count)s)") % {"choice": label, "count": count(number)}


class MonthForm(forms.Form):
    """Leaps to a month of the calendar, of the body whose calendar is shown."""

    year = YearField(label=gettext_lazy("Year"))
    month = forms.TypedChoiceField(label=gettext_lazy("Month"), coerce=int)
    body = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["month"].choices = [(number, calendar.month_name(number)) for number in range(1, 13)]
