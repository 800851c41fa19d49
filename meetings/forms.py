"""What readers ask the lists of this app: plain GET forms whose `apply(queryset)` narrows the list."""

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian import calendar
from council_portal.persian import forms as persian
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.reading import read_partial_date
from council_portal.persian.text import to_latin_digits, to_persian_digits
from council_portal.persian.wording import digits
from members.models import Body

from .models import Assignment

NOT_A_YEAR = gettext_lazy("Enter a Jalali year such as 1403.")


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


class DecisionFilter(forms.Form):
    """Narrows the register of decisions; what it asks of an assignment must all hold for the same one."""

    q = persian.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("In the text, title or reference"),
    )
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    year = YearField(label=gettext_lazy("Year"), required=False)
    organization = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("All")), *Assignment.Status.choices],
    )
    overdue = forms.BooleanField(label=gettext_lazy("Only with something overdue"), required=False)

    def __init__(self, data=None, *, organizations):
        """`organizations` are those that may be asked for. They and the bodies are chosen by their slugs."""
        super().__init__(data)
        everything = ("", _("All"))
        bodies = Body.objects.order_by("position", "pk")
        self.fields["body"].choices = [everything, *bodies.values_list("slug", "name")]
        self.fields["organization"].choices = [everything, *organizations.values_list("slug", "name")]

    @property
    def is_set(self) -> bool:
        """Whether the reader has asked for anything."""
        return any(self.data.get(name) for name in self.fields)

    def apply(self, decisions, *, assignments, on):
        """Decisions that answer the question, on the day `on`; none while the question has a mistake.

        `assignments` are those that count for this reader.
        """
        if not self.is_bound:
            return decisions
        if not self.is_valid():
            return decisions.none()
        asked = self.cleaned_data
        if asked["q"]:
            words = asked["q"]
            decisions = decisions.filter(
                Q(text__icontains=words)
                | Q(title__icontains=words)
                | Q(label__icontains=to_persian_digits(words))
                | Q(reference__icontains=to_latin_digits(words))
            )
        if asked["body"]:
            decisions = decisions.filter(meeting__body__slug=asked["body"])
        if asked["year"]:
            decisions = decisions.filter(meeting__sort_on__range=calendar.jalali_year(asked["year"]))
        return self._by_assignment(decisions, assignments, on)

    def _by_assignment(self, decisions, assignments, on):
        asked = self.cleaned_data
        if not (asked["organization"] or asked["status"] or asked["overdue"]):
            return decisions
        assignments = assignments.order_by().filter(decision=OuterRef("pk"))
        if asked["organization"]:
            assignments = assignments.filter(organization__slug=asked["organization"])
        if asked["status"]:
            assignments = assignments.filter(status=asked["status"])
        if asked["overdue"]:
            assignments = assignments.overdue(on=on)
        return decisions.filter(Exists(assignments))


class MonthForm(forms.Form):
    """Leaps to a month of the calendar."""

    year = YearField(label=gettext_lazy("Year"))
    month = forms.TypedChoiceField(label=gettext_lazy("Month"), coerce=int)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["month"].choices = [(number, calendar.month_name(number)) for number in range(1, 13)]
