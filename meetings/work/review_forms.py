"""The review of open decisions as it is typed into the minutes: a text and a new status for each that was spoken of."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian import forms as persian

from .. import following, reviewing
from ..models import AgendaItem, Assignment, Meeting

Status = Assignment.Status
FEW = 8  # so many stand there unfolded
NEW_STATUSES = (Status.NOT_BEGUN, Status.IN_PROGRESS, Status.DONE, Status.STOPPED, Status.REFERRED)


class ReviewForm(forms.Form):
    """What the meeting said of one assignment; empty where it was not spoken of."""

    text = persian.TextField(
        label=gettext_lazy("What was said"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2, "class": "form-control"}),
    )
    new_status = forms.ChoiceField(
        label=gettext_lazy("new status"),
        required=False,
        choices=[("", gettext_lazy("As before")), *((status.value, status.label) for status in NEW_STATUSES)],
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, data=None, *, assignment: Assignment):
        super().__init__(data, prefix=f"review-{assignment.pk}", use_required_attribute=False)
        self.assignment = assignment

    def clean(self):
        values = super().clean()
        if values.get("new_status") and not values.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write what the meeting said of it."))
        elif values.get("text") and not self.was_said:
            self._ask_the_rules(values.get("new_status", ""))
        return values

    @property
    def was_said(self) -> bool:
        """Whether these very words stand in the minutes already, with this status: the form was sent twice."""
        text, status = self.cleaned_data.get("text"), self.cleaned_data.get("new_status", "")
        same = following.DONE if status in following.DONE else (status,)
        return any(entry.text == text and entry.new_status in same for entry in self.assignment.said)

    def _ask_the_rules(self, new_status: str) -> None:
        if not self.assignment.is_open:
            self.add_error(None, str(following.Settled(self.assignment)))
        elif new_status and new_status not in Assignment.OPEN and self.assignment.follow_ups.waiting().exists():
            self.add_error("new_status", str(following.ReportWaits()))


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the forms under a word; `is_open` where somebody has to look at one of them, or they are few."""

    label: str | Promise
    forms: list[ReviewForm]
    is_open: bool


class Reviews:
    """The forms of all that `item`, the review of open decisions, is about; none for any other item."""

    def __init__(self, user, meeting: Meeting, item: AgendaItem | None, data=None, *, is_locked: bool = False):
        self.user, self.meeting = user, meeting
        rows = reviewing.to_review(meeting, user=user) if reviewing.is_review(item) else Assignment.objects.none()
        rows = rows.select_for_update(of=["self"]) if is_locked else rows
        self.forms = [self._form(row, data) for row in rows]

    @staticmethod
    def _form(assignment: Assignment, data) -> ReviewForm:
        """Bound where the page had it; what has come up since was not asked about."""
        is_posted = data is not None and f"review-{assignment.pk}-text" in data
        return ReviewForm(data if is_posted else None, assignment=assignment)

    @property
    def groups(self) -> list[Group]:
        """The forms of what is overdue, and the others, as far as there are any."""
        late = [form for form in self.forms if form.assignment.is_late]
        others = [form for form in self.forms if not form.assignment.is_late]
        return [
            Group(label, forms, len(self.forms) <= FEW or any(form.errors for form in forms))
            for label, forms in ((gettext_lazy("Overdue"), late), (gettext_lazy("Not overdue"), others))
            if forms
        ]

    @property
    def is_bound(self) -> bool:
        return any(form.is_bound for form in self.forms)

    def is_valid(self) -> bool:
        answers = [form.is_valid() for form in self.forms if form.is_bound]
        return all(answers)

    def save(self) -> None:
        """Enter what is new; the same words once more change nothing."""
        for form in self.forms:
            if form.is_bound and form.cleaned_data["text"] and not form.was_said:
                following.review(form.assignment, self.meeting, by=self.user, **form.cleaned_data)
