"""Meetings in the admin: everything of one on one page, and its steps from plan to published minutes."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.scriptless import rows_asked
from council_portal.administration.site import Group
from council_portal.persian.calendar import today
from council_portal.persian.wording import digits
from members.models import Body

from .. import agenda, holding, materials
from ..changes import announce_change
from ..models import Material, Meeting, Minutes
from ..names import called
from ..steps import HISTORY_PARTS, STEPS
from .inlines import AgendaItems, Attendances, DecisionsOfMeeting, ItemChoices, Materials, MinutesOnPage

SOON = timedelta(days=14)


def coming_soon(meetings):
    """Announced for the next two weeks, or for a day that has passed without the meeting being closed."""
    return meetings.announced().filter(sort_on__lte=today() + SOON)


def without_minutes(meetings):
    return meetings.held().filter(minutes__isnull=True)


def minutes_in(*statuses):
    """A verb that narrows meetings to those whose minutes stand so."""

    def narrow(meetings):
        return meetings.filter(minutes__status__in=statuses)

    return narrow


MEETING_WORK = {
    "soon": Work(_("Announced for the next days, or not closed yet"), coming_soon, is_urgent=True),
    "without-minutes": Work(_("Held, without minutes"), without_minutes, is_urgent=True),
    "draft": Work(_("Minutes that are still a draft"), minutes_in(Minutes.Status.DRAFT)),
    "circulated": Work(_("Minutes with the members for comments"), minutes_in(Minutes.Status.CIRCULATED)),
    "approved": Work(_("Minutes approved and not published"), minutes_in(Minutes.Status.APPROVED)),
}


def fixed_until_moved(meeting: Meeting) -> list[str]:
    """The fields that say when and where a meeting ahead will be: changing them is a move, which leaves a trace.

    Of a plan that is the day alone. What was left open can be filled in; after the meeting, also after it was reopened,
    a mistake is corrected.
    """
    if meeting.status not in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED) or meeting.number is not None:
        return []
    is_said = {
        "held_on": meeting.held_on is not None and meeting.held_on.is_day,
        "starts_at": meeting.starts_at is not None,
        "ends_at": meeting.ends_at is not None,
        "venue": bool(meeting.venue),
    }
    if meeting.status == Meeting.Status.PLANNED:
        return ["held_on"] if is_said["held_on"] else []
    return [name for name, said in is_said.items() if said]


class MinutesFilter(admin.ChoicesFieldListFilter):
    """By how the minutes stand, which the field alone would call a status like the meeting's own."""

    def __init__(self, field, *args, **kwargs):
        super().__init__(field, *args, **kwargs)
        self.title = field.model._meta.verbose_name


class MeetingAdminBase(RecordAdmin):
    """A meeting of whichever body; the assembly's and the others' admins narrow it."""

    work = MEETING_WORK
    steps = STEPS
    refusals = (holding.Refused,)
    label_relations = ["body"]
    relations = ["host", "minutes", "announced_by__person", "closed_by__person"]
    history_parts = HISTORY_PARTS
    list_filter = ["status", ("minutes__status", MinutesFilter), "held_on"]
    search_fields = ["title", "host__name", "venue", "agenda_items__title", "=number"]
    jalali_hierarchy = "held_on"
    autocomplete_fields = ["host"]
    readonly_fields = [
        *("number", "status", "cancelled_because", "minutes_status", "corrigenda"),
        *("announced_at", "announced_by", "closed_at", "closed_by"),
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("body", "number", "status", "minutes_status"),
                    "title",
                    ("host", "venue"),
                    ("held_on", "starts_at", "ends_at"),
                    ("visibility", "note"),
                ]
            },
        ),
    ]
    after_the_plan = (
        _("Course of the meeting"),
        {
            "classes": ["collapse"],
            "fields": [("announced_at", "announced_by"), ("closed_at", "closed_by"), "cancelled_because", "corrigenda"],
        },
    )
    approved_note = _(
        "The minutes are approved: the agenda, the attendance and the text are only read. "
        "To correct something, use the step «Add a corrigendum» below."
    )
    announced_note = _(
        "The meeting is announced: its day, hours and place are changed by the step «Move to another day, hour or "
        "place» below, which asks for the reason and tells those who are invited."
    )
    planned_note = _(
        "The day of a plan is changed by the step «Move to another day, hour or place» below: it shows holidays and "
        "other meetings, and leaves a trace on the day before."
    )
    inlines = [AgendaItems, Attendances, MinutesOnPage, DecisionsOfMeeting, Materials]
    number_in_digits = number_column("number", _("number"))

    class Media:
        js = ["js/admin-agenda.js"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return rows  # what links to a meeting links to one of any body
        return rows.filter(body__in=self.bodies()).select_related(*self.relations)

    def bodies(self):
        """The bodies whose meetings are listed here."""
        return Body.objects.all()

    def get_ordering(self, request):
        return Meeting.objects.newest_first().query.order_by

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.after_the_plan] if obj else fieldsets

    def get_inlines(self, request, obj):
        """Everything of a meeting; its minutes once they are begun."""
        is_begun = getattr(obj, "minutes", None) is not None
        return [inline for inline in self.inlines if is_begun or inline is not MinutesOnPage]

    def get_readonly_fields(self, request, obj=None):
        """The body does not change, as numbers are counted within it; nor what is moved by the step."""
        return [*self.readonly_fields, "body", *fixed_until_moved(obj)] if obj else self.readonly_fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "body":
            kwargs.setdefault("queryset", self.bodies())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body":
            formfield.widget.can_add_related = False
        return formfield

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The parts of one page know each other, so that a decision can choose an item typed in the same save."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if issubclass(inline.formset, ItemChoices):
            kwargs["page"] = request.__dict__.setdefault("parts_of_page", {"rows_asked": rows_asked(request)})
        return kwargs

    def get_search_results(self, request, queryset, search_term):
        """A meeting is found by its name, too, with its number as a word or in figures of any script."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        meant = called(search_term)
        if meant is None:
            return found, may_have_duplicates
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | meant), False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            agenda.prepare_upcoming(form.instance.body)
        if {"held_on", "starts_at", "ends_at", "venue", "host", "title"} & {*form.changed_data}:
            announce_change(form.instance)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is Material:
            materials.prepare([*formset.new_objects, *(row for row, _fields in formset.changed_objects)])

    def note_on(self, record):
        own = getattr(record, "minutes", None)
        if own and own.is_frozen:
            return self.approved_note
        if not fixed_until_moved(record):
            return ""
        return self.announced_note if record.status == Meeting.Status.ANNOUNCED else self.planned_note

    def is_kept(self, record):
        """A meeting that was announced or got a number stays in the archive."""
        return record.status != Meeting.Status.PLANNED or record.number is not None

    @admin.display(description=_("minutes"), ordering="minutes__status")
    def minutes_status(self, meeting):
        own = getattr(meeting, "minutes", None)
        return own.get_status_display() if own else "—"

    @admin.display(description=_("corrigenda"))
    def corrigenda(self, meeting):
        own = getattr(meeting, "minutes", None)
        if own is None:
            return "—"
        lines = (f"{digits(one.number)}. {one.text} ({one.reason})" for one in own.corrigenda.all())
        return "\n".join(lines) or "—"


@admin.register(Meeting)
class MeetingAdmin(MeetingAdminBase):
    """Meetings of the assembly."""

    group = Group.MEETINGS
    order = 1
    list_display = ["number_in_digits", "held_on", "title", "host", "status", "minutes_status"]
    list_display_links = ["number_in_digits", "held_on", "title"]

    def bodies(self):
        return Body.objects.assembly()

    def get_changeform_initial_data(self, request):
        assembly = self.bodies().values_list("pk", flat=True).first()
        return {"body": assembly, **super().get_changeform_initial_data(request)}
