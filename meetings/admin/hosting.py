from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.records import RecordAdmin
from council_portal.administration.site import Group

from ..models import HostTurn


@admin.register(HostTurn)
class HostTurnAdmin(RecordAdmin):
    """The order of the hosts."""

    group = Group.MEETINGS
    order = 2
    list_display = ["organization", "order_in_digits", "status", "expected_on", "meeting", "reason"]
    list_filter = ["status", "expected_on"]
    list_select_related = ["organization", "meeting__body"]
    search_fields = ["organization__name", "reason"]
    autocomplete_fields = ["organization", "meeting"]
    readonly_fields = ["answered_at", "answered_by"]
    fields = [
        *("organization", ("position", "status"), "expected_on", "meeting", "reason", "not_before"),
        ("answered_at", "answered_by"),
    ]
    label_relations = ["organization", "meeting__body"]
    order_in_digits = number_column("position", _("order"))
