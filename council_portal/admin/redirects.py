"""In the admin: the addresses that moved."""

from django import forms
from django.contrib import admin
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from council_portal.administration.forms import RecordForm
from council_portal.administration.records import RecordAdmin
from council_portal.administration.site import Group
from council_portal.models import Redirect
from council_portal.moved import is_open


class RedirectForm(RecordForm):
    request = None  # of whoever fills it in; set on the class by RedirectAdmin

    def clean_old_path(self):
        """One without a page: where there is one, that is shown and leads nowhere."""
        path = self.cleaned_data["old_path"]
        if "old_path" in self.changed_data and is_open(self.request, path):
            raise forms.ValidationError(_("There is a page at this address, so that it leads nowhere."), code="invalid")
        return path

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

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.request = request
        return form
