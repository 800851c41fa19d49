from django.contrib import admin

from council_portal.administration.records import RecordAdmin
from council_portal.administration.site import Group

from ..models import Holiday


@admin.register(Holiday)
class HolidayAdmin(RecordAdmin):
    """The days on which nobody meets, besides the fixed ones that the calendar knows."""

    group = Group.MEETINGS
    order = 3
    list_display = ["name", "day", "is_worked"]
    list_display_links = ["name", "day"]
    list_filter = ["day", "is_worked"]
    search_fields = ["name"]
    jalali_hierarchy = "day"
    fields = [("day", "name"), "is_worked"]
