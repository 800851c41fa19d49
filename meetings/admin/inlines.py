"""The parts of a meeting's page in the admin: agenda, attendance, minutes, decisions, materials."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.administration.forms import RecordForm, RecordInlineFormSet
from council_portal.administration.records import Blocks, Rows
from council_portal.administration.widgets import LoadedAutocompleteSelect, LoadedModelChoiceField, fixed_field
from council_portal.persian import forms as persian
from council_portal.persian import wording
from members.models import Organization

from ..models import AgendaItem, Assignment, Attendance, Decision, Material, Minutes


class MinutesFrozen:
    """Mixin: rows that are part of the minutes, and stay as they are once these are approved."""

    def is_frozen(self, record):
        minutes = getattr(record, "minutes", None)
        return minutes is not None and minutes.is_frozen


class ItemChoices(RecordInlineFormSet):
    """Rows that belong to an item of the same meeting's agenda: the choice is among its items, read once."""

    item_field = "agenda_item"

    @cached_property
    def items(self) -> list[AgendaItem]:
        if self.instance.pk is None:
            return []
        return list(AgendaItem.objects.filter(meeting=self.instance.pk).select_related("parent").in_order())

    def choices(self) -> list[tuple]:
        return [("", "—"), *((item.pk, item_label(item)) for item in self.items)]

    @cached_property
    def loaded_choices(self):
        return {**super().loaded_choices, self.item_field: {str(item.pk): item for item in self.items}}

    def _give_loaded(self, form):
        super()._give_loaded(form)
        if self.item_field in form.fields:
            form.fields[self.item_field].queryset = AgendaItem.objects.filter(meeting=self.instance.pk)
            form.fields[self.item_field].choices = self.choices()


def item_label(item: AgendaItem) -> str:
    """An item with its number: ۳ or, for a part of item 3, ۳–۱."""
    number = f"{item.parent.position}–{item.position}" if item.parent else str(item.position)
    return f"{wording.digits(number)}. {item.title}"


class AgendaItemForm(RecordForm):
    position = forms.IntegerField(
        label=gettext_lazy("number"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("Leave it empty for the next number."),
    )

    def has_changed(self):
        """A new row in which nothing stands but the number that it was offered is no item."""
        return bool(set(self.changed_data) - {"position"}) if self.instance._state.adding else super().has_changed()


class AgendaFormSet(ItemChoices):
    """Two levels, each numbered from one; two items of one level may exchange their numbers in one save."""

    item_field = "parent"

    def choices(self):
        return [("", "—"), *((item.pk, item_label(item)) for item in self.items if item.parent is None)]

    def clean(self):
        super().clean()
        taken = {}
        kept = [form for form in self.forms if self._counts(form)]
        for form in sorted(kept, key=lambda form: form.cleaned_data.get("position") is None):
            self._number(form, taken.setdefault(form.cleaned_data.get("parent"), set()))

    def _counts(self, form) -> bool:
        is_item = form in self.initial_forms or form.has_changed()
        return is_item and hasattr(form, "cleaned_data") and not self._should_delete_form(form)

    def _number(self, form, taken: set[int]) -> None:
        position = form.cleaned_data.get("position") or max(taken, default=0) + 1
        if position in taken:
            form.add_error("position", ValidationError(_("Another item has this number."), code="unique"))
        taken.add(position)
        form.instance.position = form.cleaned_data["position"] = position


class AgendaItems(MinutesFrozen, Blocks):
    """The agenda, later the items of the minutes."""

    model = AgendaItem
    form = AgendaItemForm
    formset = AgendaFormSet
    autocomplete_fields = ["presenter", "proposed_by", "continues"]
    fieldsets = [
        (None, {"fields": [("position", "title"), ("presenter", "outcome"), "discussion"]}),
        (
            gettext_lazy("More about the item"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("parent", "kind"),
                    ("presenter_name", "proposed_by"),
                    ("minutes_planned", "visibility"),
                    ("continues", "is_added_later"),
                ],
            },
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_queryset(self, request):
        return super().get_queryset(request).in_order()


class AttendanceForm(RecordForm):
    """Who it is about does not change: to correct that, delete the row and add another."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("person", "organization"):
                self.fields[name] = fixed_field(self.fields[name].label)
                self.initial[name] = getattr(self.instance, name)


class Attendances(MinutesFrozen, Rows):
    """Who was there."""

    model = Attendance
    form = AttendanceForm
    fields = [
        *("person", "organization", "status", "excuse", "substitute_name", "substitute_post"),
        *("is_guest", "guest_name", "guest_post"),
    ]
    autocomplete_fields = ["person", "organization"]
    classes = ["collapse"]
    verbose_name = gettext_lazy("person at the meeting")
    verbose_name_plural = Attendance._meta.verbose_name_plural

    def get_queryset(self, request):
        return super().get_queryset(request).alphabetical()


class MinutesOnPage(MinutesFrozen, Blocks):
    """What frames the minutes; begun by the button, which also marks every member present."""

    model = Minutes
    fk_name = "meeting"
    fields = ["opening", "closing", ("visibility", "comments_due_on", "approved_in")]
    autocomplete_fields = ["approved_in"]
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("meeting__body", "approved_in__body")

    def has_add_permission(self, request, obj=None):
        return False


class DecisionForm(RecordForm):
    """A decision with the organisation that leads its execution, so that both are entered at once."""

    lead = LoadedModelChoiceField(
        Organization.objects.all(),
        required=False,
        label=gettext_lazy("lead organisation"),
        widget=LoadedAutocompleteSelect(Assignment._meta.get_field("organization"), admin.site),
    )
    due_on = persian.DateField(required=False, label=gettext_lazy("due on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self._show_assignment()

    def _show_assignment(self):
        """An assignment that exists already is changed on the decision's own page, with its history."""
        assignments = self.instance.assignments.all()
        lead = next((one for one in assignments if one.role == Assignment.Role.LEAD), None)
        if lead is None:
            return
        self.fields["lead"] = fixed_field(self.fields["lead"].label)
        self.fields["due_on"] = fixed_field(self.fields["due_on"].label)
        self.initial["lead"] = lead.organization
        self.initial["due_on"] = wording.long_date(lead.due_on)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due_on") and not cleaned.get("lead") and "lead" not in self.errors:
            self.add_error("lead", _("Say which organisation has to do it by then."))
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        lead = self.cleaned_data.get("lead")
        if lead and not self.fields["lead"].disabled:
            Assignment.objects.create(decision=self.instance, organization=lead, due_on=self.cleaned_data["due_on"])


class DecisionsOfMeeting(Blocks):
    model = Decision
    form = DecisionForm
    formset = ItemChoices
    fieldsets = [(None, {"fields": [("label", "title"), "text", ("lead", "due_on"), ("agenda_item", "visibility")]})]
    readonly_fields = ["label"]
    show_change_link = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).prefetch_related("assignments__organization")
        return rows.order_by("number", "pk")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def is_frozen(self, record):
        """Published decisions stay as they are; their own pages say so and lead on."""
        if not hasattr(record, "_has_published_decisions"):
            record._has_published_decisions = record.decisions.published().exists()
        return record._has_published_decisions

    def has_delete_permission(self, request, obj=None):
        """Once the meeting was held its decisions have numbers, which are never given back."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.number is None)


class Materials(Blocks):
    model = Material
    formset = ItemChoices
    fieldsets = [
        (None, {"fields": [("kind", "position", "title"), ("file", "alt_text"), "text", ("speaker", "speaker_name")]}),
        (
            gettext_lazy("More about the material"),
            {"classes": ["collapse"], "fields": [("agenda_item", "visibility"), "is_authoritative"]},
        ),
    ]
    autocomplete_fields = ["speaker"]
    classes = ["collapse"]

    def get_queryset(self, request):
        return super().get_queryset(request).in_order()
