from django.contrib import admin
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.records import RecordAdmin
from council_portal.administration.site import Group

from ..models import TextModule
from ..placeholders import PLACEHOLDERS


def _known() -> str:
    return " ".join(f"{{{one.name}}}" for one in PLACEHOLDERS)


@admin.register(TextModule)
class TextModuleAdmin(RecordAdmin):
    """The sentences that return in minutes after minutes."""

    group = Group.SETTINGS
    order = 5
    list_display = ["name", "kind", "order_in_digits", "text"]
    list_filter = ["body_kind"]
    search_fields = ["name", "text"]
    ordering = ["position", "pk"]
    fieldsets = [(None, {"fields": ["name", "text", ("body_kind", "position")]})]
    order_in_digits = number_column("position", _("number"))

    @admin.display(description=_("used by"), ordering="body_kind")
    def kind(self, module):
        return module.get_body_kind_display() or _("All bodies")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            formfield.help_text = lazy(_text_help, str)()
        return formfield


def _text_help() -> str:
    return _("Each line becomes a paragraph. What stands in braces is filled from the meeting: %(known)s") % {
        "known": _known()
    }
