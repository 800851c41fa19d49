"""The forms by which meetings are planned: the rhythm of a year, a row for each of its meetings, one meeting alone."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian import calendar
from council_portal.persian import forms as persian
from council_portal.persian.widgets import JalaliTextInput

from ..forms import YearField
from ..planning import NewMeeting
from ..rhythm import WHICH, Rhythm

ENDS_BEFORE = gettext_lazy("The meeting ends before it begins.")


class Hours(forms.Form):
    """Mixin: an end comes after a beginning, and the message stands beside the end."""

    starts_at = persian.TimeField(label=gettext_lazy("starts at"), required=False)
    ends_at = persian.TimeField(label=gettext_lazy("ends at"), required=False)

    def clean_ends_at(self):
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data["ends_at"]
        if end and (start is None or end <= start) and "starts_at" not in self.errors:
            raise ValidationError(ENDS_BEFORE, code="order")
        return end


class RhythmForm(Hours):
    """Which days of a year."""

    year = YearField(label=gettext_lazy("Year"))
    which = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which of each month"), coerce=int, choices=WHICH, widget=forms.CheckboxSelectMultiple
    )
    weekday = forms.TypedChoiceField(label=gettext_lazy("Weekday"), coerce=int)

    field_order = ["year", "which", "weekday", "starts_at", "ends_at"]

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["weekday"].choices = list(enumerate(calendar.weekday_names()))

    @property
    def rhythm(self) -> Rhythm:
        asked = self.cleaned_data
        return Rhythm(asked["weekday"], tuple(asked["which"]), asked["starts_at"], asked["ends_at"])


def rhythm_values(rhythm: Rhythm | None) -> dict:
    """What a RhythmForm begins with, for a body that has this rhythm."""
    if rhythm is None:
        return {}
    return {
        "which": list(rhythm.which),
        "weekday": rhythm.weekday,
        "starts_at": rhythm.starts_at,
        "ends_at": rhythm.ends_at,
    }


class HostField(forms.TypedChoiceField):
    """A choice among organisations that are loaded once for all rows of a page; cleans to the organisation."""

    def __init__(self, **kwargs):
        super().__init__(required=False, empty_value=None, label=gettext_lazy("host"), **kwargs)
        # Without the key, which says nothing to anybody.
        self.error_messages["invalid_choice"] = gettext_lazy("Choose an organisation that is offered.")
        self.hosts = {}

    def offer(self, hosts: dict) -> None:
        """`hosts` are the organisations by their primary keys."""
        self.hosts = {str(key): host for key, host in hosts.items()}
        self.choices = [("", _("Without a host for now")), *((key, host.name) for key, host in self.hosts.items())]

    def clean(self, value):
        return self.hosts.get(super().clean(value))


class HiddenDay(JalaliTextInput):
    """A day that goes along unseen, written as the others are."""

    input_type = "hidden"

    def get_context(self, name, value, attrs):
        """Without what helps somebody who types."""
        context = super().get_context(name, value, attrs)
        for unseen in ("autocomplete", "placeholder", "dir"):
            context["widget"]["attrs"].pop(unseen, None)
        return context


class MeetingRow(Hours):
    """One meeting of the year: left out, kept as it is, or changed."""

    is_kept = forms.BooleanField(label=gettext_lazy("Plan it"), required=False, initial=True)
    day = persian.DateField(label=gettext_lazy("day"))
    venue = persian.CharField(label=gettext_lazy("venue"), max_length=250, required=False)
    host = HostField()
    meant = persian.DateField(required=False, widget=HiddenDay)

    field_order = ["is_kept", "day", "starts_at", "ends_at", "host", "venue", "meant"]

    def __init__(self, *args, hosts: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if hosts is None:
            del self.fields["host"]
        else:
            self.fields["host"].offer(hosts)

    def meeting(self, reasons: dict) -> NewMeeting:
        """What this row plans; `reasons` are the words for the turns of the hosts that were suggested."""
        row = self.cleaned_data
        host = row.get("host")
        reason = (reasons.get(host.pk) or _("Chosen by the secretariat.")) if host else ""
        return NewMeeting(row["day"], row["starts_at"], row["ends_at"], row["venue"], host=host, reason=reason)


class MeetingRowsBase(forms.BaseFormSet):
    """Rows that are kept have different days and different hosts."""

    def clean(self):
        for name, message in (
            ("day", _("Another row is for this day as well.")),
            ("host", _("Another row has this host as well.")),
        ):
            seen = set()
            for form in self.kept:
                value = form.cleaned_data.get(name)
                if value is not None and value in seen:
                    form.add_error(name, message)
                seen.add(value)

    @property
    def kept(self) -> list[MeetingRow]:
        return [form for form in self.forms if getattr(form, "cleaned_data", {}).get("is_kept")]


# Two days a month, and some to spare.
MeetingRows = forms.formset_factory(MeetingRow, formset=MeetingRowsBase, extra=0, max_num=60, absolute_max=60)


class NewMeetingForm(Hours):
    """One meeting alone."""

    day = persian.DateField(label=gettext_lazy("day"))
    title = persian.CharField(label=gettext_lazy("subject"), max_length=250, required=False)
    venue = persian.CharField(label=gettext_lazy("venue"), max_length=250, required=False)
    host = HostField()

    field_order = ["day", "starts_at", "ends_at", "host", "venue", "title"]

    def __init__(self, data=None, *, hosts: dict | None = None, **kwargs):
        super().__init__(data, **kwargs)
        if hosts is None:
            del self.fields["host"]
        else:
            self.fields["host"].offer(hosts)

    def meeting(self, reasons: dict) -> NewMeeting:
        answers = self.cleaned_data
        host = answers.get("host")
        reason = (reasons.get(host.pk) or _("Chosen by the secretariat.")) if host else ""
        hours = (answers["starts_at"], answers["ends_at"])
        return NewMeeting(answers["day"], *hours, answers["venue"], answers["title"], host=host, reason=reason)
