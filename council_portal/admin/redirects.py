"""In the admin: the addresses that moved."""

from django import forms
from django.contrib import admin
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from council_portal.administration.forms import RecordForm
from council_portal.administration.records import RecordAdmin
from council_portal.administration.site import Group
from council_portal.models import Redirect


class RedirectForm(RecordForm):
    def clean_new_path(self):
        """One that leads to a page: what nobody finds helps nobody."""
        path = self.cleaned_data["new_path"]
        try:
            resolve(path)
        except Resolver404 as error:
            raise forms.ValidationError(_("The portal has no such address."), code="invalid") from error
        return path


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    """What moved. The portal adds a row by itself when the address of a record changes."""

    group = Group.SETTINGS
    order = 9
    form = RedirectForm
    list_display = ["old_path", "new_path", "note"]
    search_fields = ["old_path", "new_path", "note"]
    fields = ["old_path", "new_path", "note"]
