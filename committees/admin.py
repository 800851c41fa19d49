"""Committees, their sessions and their proposals in the admin."""

from django.contrib import admin
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from council_portal import rich_text
from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.site import Group
from meetings.admin.meetings import MeetingAdminBase, MinutesFilter
from members.admin import BodyAdmin
from members.models import Body

from .models import Committee, Proposal, Session


@admin.register(Session)
class SessionAdmin(MeetingAdminBase):
    """Sessions of the board and of the committees."""

    group = Group.COMMITTEES
    order = 1
    list_display = ["body", "number_in_digits", "held_on", "title", "status", "minutes_status"]
    list_display_links = ["body", "number_in_digits", "held_on"]
    list_filter = ["body", "status", ("minutes__status", MinutesFilter), "held_on"]

    def bodies(self):
        return Body.objects.exclude(kind=Body.Kind.ASSEMBLY)


@admin.register(Committee)
class CommitteeAdmin(BodyAdmin):
    group = Group.COMMITTEES
    order = 2
    list_filter = []


def submitted(proposals):
    return proposals.filter(status=Proposal.Status.SUBMITTED)


@admin.register(Proposal)
class ProposalAdmin(RecordAdmin):
    group = Group.COMMITTEES
    order = 3
    work = {"submitted": Work(_("Submitted, waiting for the agenda"), submitted)}
    list_display = ["title", "committee", "addressee", "status", "submitted_at"]
    list_filter = ["status", "committee", "addressee", "submitted_at"]
    list_select_related = ["committee", "addressee"]
    search_fields = ["title", "text"]
    jalali_hierarchy = "submitted_at"
    autocomplete_fields = ["prepared_in", "agenda_item", "decision"]
    readonly_fields = ["submitted_at", "submitted_by", "text_as_read"]
    frozen_fields = ("committee", "addressee", "title")
    fieldsets = [
        (None, {"fields": [("committee", "addressee"), "title", "text", ("prepared_in", "visibility")]}),
        (
            _("What came of it"),
            {
                "fields": [
                    ("status", "submitted_at", "submitted_by"),
                    "agenda_item",
                    "decision",
                    "returned_because",
                ]
            },
        ),
    ]
    ordering = ["-pk"]

    def get_readonly_fields(self, request, obj=None):
        """What was submitted stays as it was read."""
        is_fixed = obj is not None and not obj.is_draft
        return [*self.readonly_fields, *self.frozen_fields] if is_fixed else self.readonly_fields

    def get_fieldsets(self, request, obj=None):
        if obj is None or obj.is_draft:
            return self.fieldsets
        first = (None, {"fields": [("committee", "addressee"), "title", "text_as_read", ("prepared_in", "visibility")]})
        return [first, *self.fieldsets[1:]]

    def is_kept(self, record):
        return not record.is_draft

    @admin.display(description=_("text"))
    def text_as_read(self, proposal):
        return mark_safe(rich_text.clean(proposal.text))

    def save_model(self, request, obj, form, change):
        """Whoever takes a proposal out of its draft submits it."""
        if obj.status != Proposal.Status.DRAFT and obj.submitted_at is None:
            obj.submitted_at, obj.submitted_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)
