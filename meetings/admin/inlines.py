"""The parts of a meeting's page in the admin: agenda, attendance, minutes, decisions, materials."""

from types import MappingProxyType

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.administration.forms import RecordForm, RecordInlineFormSet
from council_portal.administration.inlines import Blocks, Rows
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
    """Rows that belong to an item of the same meeting's agenda: the choice is among its items, read once.

    `row-2` chooses the item that is typed into the third row of the same page. It is the very object which the agenda,
    first on the page, saves first; so it has its key when the rows that choose it are saved.
    """

    item_field = "agenda_item"

    def __init__(self, *args, page=None, **kwargs):
        """`page` is shared by the parts of one page; the agenda leaves itself there."""
        super().__init__(*args, **kwargs)
        self.page = {} if page is None else page

    @cached_property
    def items(self) -> list[AgendaItem]:
        if self.instance.pk is None:
            return []
        return list(AgendaItem.objects.filter(meeting=self.instance.pk).select_related("parent").in_order())

    @property
    def new_items(self) -> dict[str, AgendaItem]:
        """The items of the new rows of the page: {"row-2": item}; of those typed, or in rows that were asked for."""
        agenda = self.page.get("agenda")
        if agenda is None:
            return {}
        return agenda.typed_items if agenda.is_bound else agenda.items_to_type

    def choices(self) -> list[tuple]:
        new = ((key, item.title) for key, item in self.new_items.items())
        return [("", "—"), *((item.pk, item_label(item)) for item in self.items), *new]

    @cached_property
    def loaded_choices(self):
        items = {str(item.pk): item for item in self.items} | self.new_items
        return {**super().loaded_choices, self.item_field: items}

    def _give_loaded(self, form):
        super()._give_loaded(form)
        if self.item_field in form.fields:
            form.fields[self.item_field].queryset = AgendaItem.objects.filter(meeting=self.instance.pk)
            form.fields[self.item_field].choices = self.choices()


def item_label(item: AgendaItem) -> str:
    """An item with its number: ۳ or, for a part of item 3, ۳–۱."""
    number = f"{item.parent.position}–{item.position}" if item.parent else str(item.position)
    return f"{wording.digits(number)}. {item.title}"


STAYS = gettext_lazy("The agenda is announced: this stays as it was. Add an item instead; it says that it came later.")
IS_KEPT = gettext_lazy("The agenda is announced: its items are not removed. Choose the outcome «Withdrawn» instead.")


class AgendaItemForm(RecordForm):
    position = persian.IntegerField(
        label=gettext_lazy("number"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("Leave it empty for the next number."),
    )

    @property
    def typed_item(self) -> AgendaItem:
        """The item of a new row, with the title by which other rows of the page can choose it."""
        self.instance.title = (self.data.get(self.add_prefix("title")) or "").strip()
        return self.instance

    def has_changed(self):
        """A new row in which nothing stands but the number that it was offered is no item."""
        return bool(set(self.changed_data) - {"position"}) if self.instance._state.adding else super().has_changed()


class AgendaFormSet(ItemChoices):
    """Two levels, each numbered from one; two items of one level may exchange their numbers in one save."""

    item_field = "parent"
    # None while the forms are made: all have to be there before one can choose the item of another.
    new_items = MappingProxyType({})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.page["agenda"] = self

    @cached_property
    def forms(self):
        forms = super().forms
        typed = self._typed(forms)
        for form in forms:
            if isinstance(form.fields.get("parent"), LoadedModelChoiceField):
                _offer(form, {key: item for key, item in typed.items() if item is not form.instance})
        return forms

    @property
    def typed_items(self) -> dict[str, AgendaItem]:
        return self._typed(self.forms)

    @property
    def items_to_type(self) -> dict[str, AgendaItem]:
        """What stands for the items of empty rows, where no script offers them as they are typed."""
        title = _("New item in row %(number)s")
        new = range(self.initial_form_count(), self.total_form_count()) if self.page.get("rows_asked") else []
        return {f"row-{i}": AgendaItem(title=title % {"number": wording.digits(i + 1)}) for i in new}

    def _typed(self, forms) -> dict[str, AgendaItem]:
        new = list(enumerate(forms))[self.initial_form_count() :] if self.is_bound else []
        return {f"row-{i}": form.typed_item for i, form in new if form.typed_item.title}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if form.instance._state.adding:
            form.initial["position"] = i + 1
        elif self._was_announced(form):
            for name in ("title", "position"):
                form.fields[name].widget.attrs["readonly"] = True
        return form

    def _was_announced(self, form) -> bool:
        stored = getattr(form, "stored", None)
        return self.instance.announced_at is not None and stored is not None and not stored.is_added_later

    def choices(self):
        return [("", "—"), *((item.pk, item_label(item)) for item in self.items if item.parent is None)]

    def clean(self):
        super().clean()
        if any(self._should_delete_form(form) and self._was_announced(form) for form in self.initial_forms):
            raise ValidationError(IS_KEPT, code="announced")
        taken = {}
        kept = [form for form in self.forms if self._counts(form)]
        parents = {id(form.instance) for form in kept} | {item.pk for item in self.items}
        for form in sorted(kept, key=lambda form: form.cleaned_data.get("position") is None):
            parent = form.cleaned_data.get("parent")
            self._check_levels(form, parent, parents)
            self._check_announced(form)
            self._number(form, taken.setdefault(_key(parent), set()))

    def _check_levels(self, form, parent, there) -> None:
        """An item is part of one that is saved, on this page, and not a part itself."""
        if parent is None:
            return
        own = next((one for one in self.forms if one.instance == parent or one.instance is parent), None)
        is_part = own is not None and getattr(own, "cleaned_data", {}).get("parent") is not None
        if is_part or _key(parent) not in there:
            form.add_error(
                "parent", ValidationError(_("Choose an item that is not itself part of another."), code="levels")
            )

    def _check_announced(self, form) -> None:
        """An item that was announced keeps its title and its place."""
        if self._was_announced(form) and form.has_changed():
            for name in ("title", "position", "parent"):
                if name in form.changed_data:
                    form.add_error(name, ValidationError(STAYS, code="announced"))

    def save_new_objects(self, commit=True):
        """Items before their parts, whatever their order on the page."""
        on_page = self.forms
        self.forms = sorted(on_page, key=lambda form: form.instance.parent is not None)
        try:
            return super().save_new_objects(commit)
        finally:
            self.forms = on_page

    def _counts(self, form) -> bool:
        is_item = form in self.initial_forms or form.has_changed()
        return is_item and hasattr(form, "cleaned_data") and not self._should_delete_form(form)

    def _number(self, form, taken: set[int]) -> None:
        position = form.cleaned_data.get("position") or max(taken, default=0) + 1
        if position in taken:
            form.add_error("position", ValidationError(_("Another item has this number."), code="unique"))
        taken.add(position)
        form.instance.position = form.cleaned_data["position"] = position


def _offer(form, items: dict[str, AgendaItem]) -> None:
    """Let the item of a form be part of one that is typed on the same page."""
    field = form.fields["parent"]
    field.loaded = {**field.loaded, **items}
    field.choices = [*field.choices, *((key, item.title) for key, item in items.items())]


def _key(item: AgendaItem | None) -> int | None:
    """Tells items apart, also those that have no primary key yet."""
    return item and (item.pk or id(item))


class AgendaItems(MinutesFrozen, Blocks):
    """The agenda, later the items of the minutes."""

    model = AgendaItem
    form = AgendaItemForm
    formset = AgendaFormSet
    rows_of_new = 1
    autocomplete_fields = ["presenter", "proposed_by", "continues"]
    fieldsets = [
        (None, {"fields": [("position", "title"), ("presenter", "parent", "outcome"), "discussion"]}),
        (
            gettext_lazy("More about the item"),
            {
                "classes": ["collapse"],
                "fields": [
                    "kind",
                    ("presenter_name", "proposed_by"),
                    ("minutes_planned", "visibility"),
                    "continues",
                ],
            },
        ),
    ]

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
            self._freeze_what_is_approved()

    def _freeze_what_is_approved(self):
        if self.instance.is_frozen:
            for name in Decision.FROZEN_FIELDS & self.fields.keys():
                self.fields[name] = fixed_field(self.fields[name].label)
                self.initial[name] = getattr(self.instance, name)

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
    rows_of_new = 1
    fieldsets = [(None, {"fields": [("label", "title"), "text", ("lead", "due_on"), ("agenda_item", "visibility")]})]
    readonly_fields = ["label"]
    show_change_link = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("meeting__minutes")
        return rows.prefetch_related("assignments__organization").order_by("number", "pk")

    def has_add_permission(self, request, obj=None):
        """Decisions are part of the minutes: none is added once these are approved."""
        own = getattr(obj, "minutes", None)
        return super().has_add_permission(request, obj) and not (own and own.is_frozen)

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
