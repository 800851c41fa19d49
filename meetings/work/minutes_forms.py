"""The forms of the minutes: of an item, of the texts that frame them, of a decision and who carries it out."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from council_portal.administration.forms import RecordForm, RecordInlineFormSet
from council_portal.persian import forms as persian
from council_portal.persian import wording
from council_portal.persian.sorting import PersianKey
from council_portal.persian.text import ZWNJ, unify
from council_portal.persian.widgets import DateInput
from members.models import Organization

from ..duties import AlreadyFollowedUp, Duty, assign, kept_by_history
from ..models import AgendaItem, Assignment, Decision, Meeting, Minutes

MOST_DUTIES = 40
NOT_YET = gettext_lazy("Not yet")


class OutcomeForm(RecordForm):
    """What came of an item."""

    class Meta:
        model = AgendaItem
        fields = ["outcome"]
        widgets = {"outcome": forms.Select({"class": "form-select"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [("", NOT_YET), *AgendaItem.Outcome.choices]

    def clean_outcome(self):
        outcome = self.cleaned_data["outcome"]
        if not outcome and self.instance.outcome and self.instance.meeting.status == Meeting.Status.HELD:
            raise ValidationError(_("The meeting is closed: each item keeps an outcome. Choose another one."), "closed")
        return outcome

    @property
    def prefix_is_posted(self) -> bool:
        """Whether the page had this item at all; one added since then was not asked about."""
        return self.add_prefix("outcome") in self.data


class ItemForm(OutcomeForm):
    """What was said about an item, and what came of it."""

    class Meta:
        model = AgendaItem
        fields = ["discussion", "outcome"]
        widgets = {"outcome": forms.RadioSelect}


class TextsForm(RecordForm):
    """What frames the minutes."""

    class Meta:
        model = Minutes
        fields = ["opening", "closing"]


class Organizations:
    """All organisations by their names, for a page that offers them many times: one query."""

    @cached_property
    def rows(self) -> list[Organization]:
        return list(Organization.objects.order_by(PersianKey("name"), "pk"))

    @cached_property
    def _by_name(self) -> dict[str, Organization]:
        return {_plain(row.name): row for row in reversed(self.rows)}

    def named(self, name: str) -> Organization | None:
        """The organisation of that name, whatever its writer did with spaces and half-spaces."""
        return self._by_name.get(_plain(name))


def _plain(name: str) -> str:
    return "".join(unify(name).replace(ZWNJ, " ").split())


class OrganizationField(persian.CharField):
    """An organisation by its name, of the list that the page offers (`organizations`, with the id of its datalist)."""

    organizations: Organizations

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "form-control", "list": "organizations", "autocomplete": "off"}

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return None
        row = self.organizations.named(name)
        if row is None:
            raise ValidationError(
                _("No organisation is called «%(name)s». Choose one of the list."),
                params={"name": name},
                code="unknown",
            )
        return row


class DutyForm(forms.Form):
    """One organisation's part in a decision."""

    organization = OrganizationField(label=gettext_lazy("organisation"), required=False)
    role = forms.ChoiceField(
        label=pgettext_lazy("in an assignment", "role"),
        choices=Assignment.Role,
        widget=forms.Select({"class": "form-select"}),
    )
    due_on = persian.DateField(
        label=gettext_lazy("due on"), required=False, widget=DateInput({"class": "form-control"})
    )

    def clean(self):
        cleaned = super().clean()
        is_new = not self.initial
        if is_new and cleaned.get("due_on") and not cleaned.get("organization") and "organization" not in self.errors:
            self.add_error("organization", _("Say which organisation has to do it by then."))
        return cleaned


class DutyFormSet(forms.BaseFormSet):
    """The parts of all organisations in a decision; one whose name is cleared has none any more."""

    def __init__(self, *args, organizations: Organizations, **kwargs):
        self.organizations = organizations
        super().__init__(*args, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["organization"].organizations = self.organizations
        # A row that stands there is read also where nobody touched it: what is not read would be taken back.
        form.empty_permitted = not form.initial
        form.fields["role"].initial = Assignment.Role.SUPPORT if index else Assignment.Role.LEAD

    def clean(self):
        seen, leads = set(), 0
        for form in self.forms:
            organization = form.cleaned_data.get("organization") if hasattr(form, "cleaned_data") else None
            if organization is None:
                continue
            leads += form.cleaned_data.get("role") == Assignment.Role.LEAD
            if organization.pk in seen:
                form.add_error("organization", _("This organisation already has a part in the decision."))
            if form.cleaned_data.get("role") == Assignment.Role.LEAD and leads > 1:
                form.add_error("role", _("A decision has one lead organisation."))
            seen.add(organization.pk)

    def duties(self) -> list[Duty]:
        """What the valid forms say."""
        answers = [form.cleaned_data for form in self.forms if form.cleaned_data.get("organization")]
        return [Duty(one["organization"], one["role"], one["due_on"]) for one in answers]


Duties = forms.formset_factory(
    DutyForm, formset=DutyFormSet, extra=2, max_num=MOST_DUTIES, absolute_max=MOST_DUTIES, validate_max=True
)


class DecisionForm(RecordForm):
    """A decision with all who carry it out, each of whom somebody else may have changed meanwhile."""

    opened_duties = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Decision
        fields = ["text", "title", "visibility"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args, organizations: Organizations, **kwargs):
        super().__init__(*args, **kwargs)
        # Set by `with_duties`; a new decision has none.
        self.present = getattr(self.instance, "duties", []) if self.instance.pk else []
        self.initial["opened_duties"] = _fingerprint(self.present)
        initial = [
            {"organization": one.organization.name, "role": one.role, "due_on": one.due_on} for one in self.present
        ]
        self.duties = Duties(
            self.data if self.is_bound else None,
            prefix=f"{self.prefix}-duties",
            initial=initial,
            organizations=organizations,
            form_kwargs={"use_required_attribute": False},
        )
        self.fields["title"].help_text = ""
        self.fields["visibility"].help_text = _(
            "A published decision for the members of the body is read by the organisations charged with it, too."
        )

    def has_changed(self):
        return super().has_changed() or self.duties.has_changed()

    def is_valid(self):
        return super().is_valid() and self.duties.is_valid()

    def says_the_same_as(self, decision: Decision) -> bool:
        """Whether all that is typed stands in `decision`, loaded with its duties, already."""
        typed = {(one.organization.pk, one.role, one.due_on) for one in self.duties.duties()}
        present = {(one.organization_id, one.role, one.due_on) for one in decision.duties}
        return typed == present and all(self.cleaned_data[name] == getattr(decision, name) for name in self.Meta.fields)

    def _post_clean(self):
        super()._post_clean()
        if not self.instance.pk:
            return
        if self.cleaned_data.get("opened_duties") != self.initial["opened_duties"]:
            self.add_error(None, ValidationError(_duties_changed(self.present), code="stale"))
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_duties")] = self.initial["opened_duties"]
        elif self.duties.is_valid() and (kept := kept_by_history(self.present, self.duties.duties())):
            self.add_error(None, ValidationError(str(AlreadyFollowedUp(kept)), code="followed_up"))

    def _save_m2m(self):
        super()._save_m2m()
        if self.duties.has_changed():
            assign(self.instance, self.duties.duties())


def _fingerprint(assignments: list[Assignment]) -> str:
    return ",".join(f"{one.pk}:{one.version}" for one in assignments)


def _duties_changed(present: list[Assignment]) -> str:
    rows = (f"{one.organization.name} ({one.get_role_display()}، {wording.short_date(one.due_on)})" for one in present)
    return _("Somebody has changed who carries this out since you opened the page; now it is: %(rows)s.") % {
        "rows": _("; ").join(rows) or "—"
    }


class DecisionsFormSet(RecordInlineFormSet):
    """The decisions of one item, or with `item` None those of the meeting that belong to no item."""

    def __init__(self, *args, item: AgendaItem | None, **kwargs):
        self.item = item
        super().__init__(*args, **kwargs)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if form.instance._state.adding:
            form.instance.agenda_item = self.item
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.number is not None:
            del form.fields["DELETE"]  # a number is never given back

    def _should_delete_form(self, form):
        return form.instance.number is None and super()._should_delete_form(form)

    def save_new(self, form, commit=True):
        """Enter a new decision. One that stands there word for word is not entered again: the form was sent twice."""
        present = next((row for row in self.present_rows.values() if form.says_the_same_as(row)), None)
        return present or super().save_new(form, commit)

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if kept := kept_by_history(form.present, []):
                raise ValidationError(str(AlreadyFollowedUp(kept)), code="followed_up")

    def delete_existing(self, obj, commit=True):
        assign(obj, [])
        super().delete_existing(obj, commit)


Decisions = forms.inlineformset_factory(
    Meeting,
    Decision,
    form=DecisionForm,
    formset=DecisionsFormSet,
    extra=1,
    can_delete=True,
    max_num=100,
    absolute_max=200,
)


def decisions_formset(
    data,
    meeting: Meeting,
    item: AgendaItem | None,
    rows: QuerySet | list[Decision],
    *,
    prefix: str = "decisions",
    organizations: Organizations | None = None,
) -> DecisionsFormSet:
    """The decisions among `rows`, with their duties loaded, as they are typed in `data` or stand in the database.

    A page with many of these gives the rows of each as a list, and the `organizations` that all of them share.
    """
    formset = Decisions(
        data,
        instance=meeting,
        item=item,
        queryset=Decision.objects.all() if isinstance(rows, list) else rows,
        prefix=prefix,
        form_kwargs={"organizations": organizations or Organizations(), "use_required_attribute": False},
    )
    if isinstance(rows, list):
        formset._queryset = rows  # what Django would load for each of them by itself
    return formset
