from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.site import Group

from ..holding import Refused
from ..models import HostTurn
from ..turn_steps import TURN_STEPS


def proposed(turns):
    return turns.filter(status=HostTurn.Status.PROPOSED)


@admin.register(HostTurn)
class HostTurnAdmin(RecordAdmin):
    """The order of the hosts."""

    group = Group.MEETINGS
    order = 2
    work = {"proposed": Work(_("Proposed, not answered yet"), proposed)}
    steps = TURN_STEPS
    refusals = (Refused,)
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
