"""An admin site of its own, open to everybody."""

from django.contrib import admin
from django.urls import path

from council_portal.persian.admin import JalaliAdminMixin
from council_portal.urls import urlpatterns as portal_urlpatterns
from tests.persian.examples.models import Example


class OpenSite(admin.AdminSite):
    def has_permission(self, request):
        return True


class ExampleAdmin(JalaliAdminMixin, admin.ModelAdmin):
    jalali_hierarchy = "held_on"
    list_display = ["name", "held_on", "due_on", "sent_at"]
    list_filter = ["held_on", "due_on"]
    readonly_fields = ["sent_at"]

    def has_view_permission(self, request, obj=None):
        return True

    has_change_permission = has_add_permission = has_view_permission
    has_delete_permission = has_module_permission = has_view_permission


site = OpenSite()
site.register(Example, ExampleAdmin)
# Before the portal's own, which its pages link to.
urlpatterns = [path("admin/", site.urls), *portal_urlpatterns]
