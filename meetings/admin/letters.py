"""The outbox and the reminders in the admin: what did not arrive, and when people are reminded."""

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.administration.columns import number_column
from council_portal.administration.records import RecordAdmin, Work, WorkFilter
from council_portal.administration.site import Due, Group
from council_portal.notices.models import Mail
from council_portal.notices.outbox import send_again
from council_portal.persian.admin import JalaliAdminMixin

from ..models import Reminder


@admin.register(Mail)
class MailAdmin(JalaliAdminMixin, ModelAdmin):
    """Letters by e-mail, those in trouble first. They are only read; one in trouble can be sent again."""

    group = Group.SETTINGS
    order = 8
    work = {
        "failed": Work(gettext_lazy("Letters that did not arrive"), lambda letters: letters.failed(), is_urgent=True),
        "in-doubt": Work(
            gettext_lazy("Letters of which nobody knows whether they arrived"), lambda letters: letters.in_doubt()
        ),
    }
    list_display = ["subject", "name", "address_as_written", "status", "error", "created_at", "sent_at"]
    list_filter = [WorkFilter, "status"]
    search_fields = ["name", "address", "subject"]
    fields = [
        "subject",
        "name",
        "address_as_written",
        "status",
        "error",
        "attempts_in_digits",
        "created_at",
        "sent_at",
        "text",
    ]
    change_form_template = "admin/mail_change_form.html"
    actions = None
    list_per_page = 25
    show_full_result_count = False
    attempts_in_digits = number_column("attempts", gettext_lazy("attempts"))

    def get_ordering(self, request):
        return Mail.objects.trouble_first().query.order_by

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("e-mail"), ordering="address")
    def address_as_written(self, letter):
        """From left to right, also where it is broken over two lines."""
        return format_html('<bdi dir="ltr">{}</bdi>', letter.address)

    def due(self, request):
        """What did not arrive; one query for each kind."""
        url = reverse("admin:notices_mail_changelist")
        for name, work in self.work.items():
            count = work.narrow(Mail.objects.all()).count()
            yield Due(count=count, label=str(work.label), url=f"{url}?due={name}", is_urgent=work.is_urgent)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural, **(extra_context or {})})

    def get_urls(self):
        again = self.admin_site.admin_view(self.send_again_view)
        return [path("<int:pk>/again/", again, name="notices_mail_again"), *super().get_urls()]

    def send_again_view(self, request, pk: int):
        """Send a letter again that failed or is in doubt, by POST."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = get_object_or_404(Mail, pk=pk)
        if request.method == "POST":
            send_again(letter)
            self.message_user(request, _("The letter is being sent again."), messages.SUCCESS)
        return redirect("admin:notices_mail_change", pk)


@admin.register(Reminder)
class ReminderAdmin(RecordAdmin):
    """When people are reminded of a meeting."""

    group = Group.SETTINGS
    order = 7
    list_display = ["days_in_digits", "audience"]
    fields = ["days_before", "audience"]
    days_in_digits = number_column("days_before", gettext_lazy("days before"))

    def get_ordering(self, request):
        return Reminder.objects.farthest_first().query.order_by
