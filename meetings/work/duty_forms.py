"""The forms of the follow-up: an organisation's report, what the committee enters, and the filter of its list."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.files.forms import StoredFileField
from council_portal.persian import forms as persian
from council_portal.persian.widgets import DateInput
from members.models import Body, Organization

from .. import following
from ..models import Assignment
from ..models.escalations import Step

LONGEST = 5000


def text_field(label, **kwargs):
    return persian.TextField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": 3}), **kwargs)


class ReportForm(forms.Form):
    """What an organisation reports of its part in a decision."""

    new_status = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=[(status.value, status.label) for status in following.REPORTED],
        widget=forms.RadioSelect,
    )
    percent_done = persian.IntegerField(
        label=gettext_lazy("per cent done"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Where it makes sense. What is done is 100 per cent by itself."),
    )
    text = persian.TextField(
        label=gettext_lazy("Report"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("What was done, what hinders it, and what comes next."),
    )

    def __init__(self, *args, assignment: Assignment, by, **kwargs):
        initial = {"new_status": assignment.status, "percent_done": assignment.percent_done}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["file"] = StoredFileField(
            label=gettext_lazy("file"), required=False, by=by, help_text=gettext_lazy("Evidence, or a longer report.")
        )

    def clean(self):
        values = super().clean()
        is_begun = values.get("new_status") != Assignment.Status.NOT_BEGUN
        if values.get("percent_done") and not is_begun:
            self.add_error("percent_done", _("What has not begun has no per cent done."))
        return values


class StepForm(forms.Form):
    """Base of what is done with one assignment; ids differ, since several stand on one page."""

    prefix_of_ids = ""

    def __init__(self, data=None, files=None, *, assignment: Assignment, by):
        super().__init__(data, files, auto_id=f"{self.prefix_of_ids}-%s")
        self.assignment, self.by = assignment, by


class ReviewedReportForm(StepForm):
    """Which report was looked at."""

    report = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = None if self.is_bound else self.assignment.follow_ups.waiting().first()
        self.initial["report"] = waiting.pk if waiting else None

    def clean_report(self):
        report = self.assignment.follow_ups.filter(pk=self.cleaned_data["report"], kind="report").first()
        if report is None:
            raise ValidationError(_("There is no such report."))
        return report


class AcceptForm(ReviewedReportForm):
    prefix_of_ids = "accept"


class ReturnForm(ReviewedReportForm):
    prefix_of_ids = "return"
    because = text_field(
        gettext_lazy("reason"), help_text=gettext_lazy("What is missing; the organisation is told it.")
    )


class ExtendForm(StepForm):
    prefix_of_ids = "extend"
    new_due_on = persian.DateField(label=gettext_lazy("new due date"), widget=DateInput({"class": "form-control"}))
    because = text_field(gettext_lazy("reason"))


class NoteForm(StepForm):
    prefix_of_ids = "note"
    text = text_field(gettext_lazy("text"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"] = StoredFileField(label=gettext_lazy("file"), required=False, by=self.by)


class StopForm(StepForm):
    prefix_of_ids = "stop"
    because = text_field(gettext_lazy("reason"))


class ReferForm(StepForm):
    prefix_of_ids = "refer"
    to = persian.CharField(label=gettext_lazy("referred to"), max_length=250, required=False)
    because = text_field(gettext_lazy("reason"))


class FollowUpFilter(forms.Form):
    """Narrows a list of the follow-up; bodies and organisations are chosen by their slugs."""

    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    organization = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("How far it has come"), required=False, choices=[("", gettext_lazy("All")), *Step.choices]
    )
    list = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, user, current: str):
        super().__init__(data)
        everything = ("", _("All"))
        bodies = Body.objects.order_by("position", "pk").values_list("slug", "name")
        organizations = Organization.objects.visible_to(user).alphabetical().values_list("slug", "name")
        self.fields["body"].choices = [everything, *bodies]
        self.fields["organization"].choices = [everything, *organizations]
        self.data = self.data.copy()
        self.data["list"] = current

    @property
    def is_set(self) -> bool:
        return any(self.data.get(name) for name in ("body", "organization", "stage"))

    @property
    def query(self) -> str:
        """What is asked, as the end of an address that names another list."""
        asked = {name: self.data[name] for name in ("body", "organization", "stage") if self.data.get(name)}
        return f"&{urlencode(asked)}" if asked else ""

    def apply(self, duties):
        """Duties that answer the question; none while it has a mistake."""
        if not self.is_valid():
            return duties.none()
        asked = self.cleaned_data
        if asked["body"]:
            duties = duties.filter(decision__meeting__body__slug=asked["body"])
        if asked["organization"]:
            duties = duties.filter(organization__slug=asked["organization"])
        if asked["stage"]:
            duties = duties.with_stage().filter(stage=asked["stage"])
        return duties
