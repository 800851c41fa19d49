"""What organisations have proposed for agendas, as a list; it is answered where the agenda is made."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.site import Group

from ..models import ItemProposal
from ..proposals import desk_of


@admin.register(ItemProposal)
class ItemProposalAdmin(RecordAdmin):
    """Only read here: a proposal is accepted onto an agenda or declined on the page of that agenda."""

    group = Group.MEETINGS
    order = 4
    work = {"waiting": Work(gettext_lazy("Proposed, not answered yet"), lambda proposals: proposals.waiting())}
    list_display = ["title", "organization", "body", "submitted_at", "status"]
    list_filter = ["status", "body", "submitted_at"]
    list_select_related = ["organization", "body"]
    label_relations = ["organization", "body"]
    search_fields = ["title", "text", "organization__name"]
    fields = [
        *("title", ("organization", "body"), "text", ("presenter", "presenter_name"), "wished_meeting"),
        *(("submitted_at", "submitted_by"), ("status", "answered_at", "answered_by")),
        *("declined_because", "agenda_item", "place_of_answer"),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The link to its agenda with the rest."""
        return [*super().get_readonly_fields(request, obj), "place_of_answer"]

    def get_queryset(self, request):
        links = ("presenter", "wished_meeting__body", "agenda_item", "submitted_by__person", "answered_by__person")
        return super().get_queryset(request).select_related(*links)

    def get_ordering(self, request):
        return ItemProposal.objects.newest_first().query.order_by

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("where it is answered"))
    def place_of_answer(self, proposal):
        if proposal.status != ItemProposal.Status.SUBMITTED:
            return "—"
        return format_html('<a href="{}">{}</a>', desk_of(proposal), _("Agenda of the next meeting"))
