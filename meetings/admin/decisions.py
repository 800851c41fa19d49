"""Decisions, who owes what for them, and how it stands."""

from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.forms import RecordForm
from council_portal.administration.inlines import Rows
from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.site import Group
from council_portal.persian.calendar import today

from .. import following
from ..excerpts import excerpts_kept_true
from ..holding import Refused
from ..models import AgendaItem, Assignment, Decision, DecisionLink, EscalationStep, FollowUp


class AssignmentForm(RecordForm):
    """An organisation's part. Once the decision is published it stays that organisation's, with all that was heard of
    it, and its due date and status change by entries alone."""

    def clean(self):
        values = super().clean()
        if self.stored is not None and self.instance.decision.published_at is not None:
            for name in {"due_on", "status"} & set(self.changed_data) & set(self.fields):
                self.add_error(name, _("Published: this changes by an entry of the follow-up, with a reason."))
            if "organization" in {*self.changed_data} & {*self.fields}:
                self.add_error(
                    "organization", _("Published: stop or refer this part, and add one of the other organisation.")
                )
        return values


class AssignmentsOfDecision(Rows):
    model = Assignment
    form = AssignmentForm
    fields = ["organization", "role", "due_on", "original_due_on", "status", "percent_done"]
    readonly_fields = ["original_due_on"]
    autocomplete_fields = ["organization"]
    show_change_link = True

    def has_delete_permission(self, request, obj=None):
        """Once the decision `obj` is published, a part in it is stopped or referred rather than deleted."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.published_at)


class LinksOfDecision(Rows):
    model = DecisionLink
    fk_name = "decision"
    fields = ["kind", "other"]
    autocomplete_fields = ["other"]


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    group = Group.DECISIONS
    order = 1
    list_display = ["name", "meeting", "lead", "visibility", "published_at"]
    list_filter = ["meeting__body", "visibility", "meeting__held_on", "published_at"]
    list_select_related = ["meeting__body", "meeting__minutes"]
    search_fields = ["label", "reference", "title", "text"]
    autocomplete_fields = ["meeting"]
    label_relations = ["meeting__body"]
    jalali_hierarchy = "published_at"
    readonly_fields = ["label", "published_at", "published_by"]
    fieldsets = [
        (None, {"fields": ["meeting", "agenda_item", "title", "text", "visibility"]}),
        (_("Number and publication"), {"fields": [("label", "published_at", "published_by")]}),
    ]
    inlines = [AssignmentsOfDecision, LinksOfDecision]
    history_parts = [(Assignment, "decision"), (DecisionLink, "decision")]
    frozen_note = _(
        "Approved: the text stays as it is. Its assignments and follow-up go on; "
        "a later decision can amend or replace it."
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("assignments__organization")

    def save_related(self, request, form, formsets, change):
        others = [
            link.other
            for formset in formsets
            for link in (inline.instance for inline in formset.forms)
            if isinstance(link, DecisionLink) and link.other_id
        ]
        with excerpts_kept_true([form.instance, *others], by=request.user):
            super().save_related(request, form, formsets, change)

    def get_ordering(self, request):
        return ["-pk"]

    def is_kept(self, record):
        return record.number is not None

    def get_readonly_fields(self, request, obj=None):
        """A decision stays with its meeting; approved, its text stays too, while its assignments go on."""
        if obj is None:
            return [*self.readonly_fields, "agenda_item"]
        return [*self.readonly_fields, *(sorted(Decision.FROZEN_FIELDS) if obj.is_frozen else ["meeting"])]

    def note_on(self, record):
        return self.frozen_note if record.is_frozen else ""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "agenda_item":
            decision_id = request.resolver_match.kwargs.get("object_id")
            items = AgendaItem.objects.filter(meeting__decisions=decision_id).in_order()
            kwargs.setdefault("queryset", items)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("decision"), ordering="reference")
    def name(self, decision):
        return " · ".join(filter(None, [decision.label, decision.title or decision.text[:60]]))

    @admin.display(description=_("lead organisation"))
    def lead(self, decision):
        assignments = decision.assignments.all()
        return next((one.organization for one in assignments if one.role == Assignment.Role.LEAD), None)


def overdue(assignments):
    return assignments.overdue(on=today())


class FollowUps(Rows):
    """What has been heard of it; entries are added and never changed."""

    model = FollowUp
    fields = ["recorded_at", "kind", "text", "new_status", "new_due_on", "referred_to", "recorded_by"]
    readonly_fields = ["recorded_at", "recorded_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recorded_by__person").oldest_first()

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            reports = FollowUp.Kind.REPORT
            kwargs["choices"] = [(kind.value, kind.label) for kind in FollowUp.Kind if kind is not reports]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    form = AssignmentForm
    group = Group.DECISIONS
    order = 2
    work = {"overdue": Work(_("Overdue"), overdue, is_urgent=True)}
    list_display = ["decision", "organization", "role", "status", "due_on"]
    list_filter = ["status", "role", "due_on", "decision__meeting__body"]
    search_fields = ["organization__name", "decision__reference", "decision__text"]
    autocomplete_fields = ["decision", "organization"]
    label_relations = ["decision", "organization"]
    jalali_hierarchy = "due_on"
    readonly_fields = ["original_due_on"]
    fields = ["decision", ("organization", "role"), ("due_on", "original_due_on"), ("status", "percent_done")]
    inlines = [FollowUps]
    history_parts = [(FollowUp, "assignment")]

    def get_ordering(self, request):
        return ["due_on", "pk"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "decision"] if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        """A part in a decision is stopped or referred, with its history, rather than deleted."""
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What the rules of the follow-up refuse comes back as a message in the form, with all that was typed."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.database_refusal = str(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        with excerpts_kept_true([obj.decision], by=request.user):
            super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """New entries by the rules of the follow-up; present ones never change."""
        for follow_up in formset.save(commit=False):
            following.enter(follow_up, by=request.user)
        formset.save_m2m()


@admin.register(AgendaItem)
class AgendaItemAdmin(RecordAdmin):
    """Only a list to choose from; items are written on their meeting's page."""

    group = Group.MEETINGS
    search_fields = ["title"]
    list_display = ["title", "meeting", "outcome"]
    list_filter = ["outcome", "meeting__body"]
    label_relations = ["meeting__body"]
    ordering = ["-pk"]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(EscalationStep)
class EscalationStepAdmin(RecordAdmin):
    """By how many days whom the follow-up reaches: the rows are given, their days are set."""

    group = Group.SETTINGS
    order = 9
    list_display = ["name_in_words", "days_in_digits"]
    readonly_fields = ["name_in_words"]
    fields = ["name_in_words", "days"]
    days_in_digits = number_column("days", _("days"))

    def get_ordering(self, request):
        return EscalationStep.objects.in_order().query.order_by

    @admin.display(description=_("step"))
    def name_in_words(self, step):
        return step

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
