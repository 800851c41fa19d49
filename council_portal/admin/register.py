"""In the admin: the register of issued documents, what waits to be entered and how each inspection came out: all of it
is only read there."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.administration.columns import number_column
from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.site import Group
from council_portal.administration.steps import Step
from council_portal.issuing import register, waiting
from council_portal.issuing.kinds import kind_named
from council_portal.issuing.models import Entry, Inspection, Order
from council_portal.persian import forms as persian
from council_portal.persian.wording import date_and_time
from council_portal.refusing import Refused

STATES = {
    "valid": pgettext_lazy("of a document", "Valid"),
    "superseded": pgettext_lazy("of a document", "Superseded"),
    "withdrawn": pgettext_lazy("of a document", "Withdrawn"),
}


class WithdrawForm(forms.Form):
    because = persian.CharField(
        label=_("withdrawn because"),
        max_length=250,
        help_text=_("Whoever may read the document reads this too when they verify it."),
    )


class ReissueForm(forms.Form):
    because = persian.CharField(
        label=_("issued anew because"),
        max_length=250,
        help_text=_("Whoever may read the document reads this too when they verify it."),
    )


class KeptAdmin(RecordAdmin):
    """The admin of rows that the portal writes, and nobody adds, changes or deletes by hand."""

    group = Group.PUBLICATIONS
    form = forms.ModelForm
    label_relations = []
    change_form_template = "admin/kept_change_form.html"

    def get_object(self, request, object_id, from_field=None):
        """The row, without a lock: none is saved here, and the web role may have no right to change it."""
        return admin.ModelAdmin.get_object(self, request, object_id, from_field)

    def get_fieldsets(self, request, obj=None):
        """The fields alone: there is no version that a form would remember."""
        return admin.ModelAdmin.get_fieldsets(self, request, obj)

    def get_readonly_fields(self, request, obj=None):
        return [name for row in self.fields for name in ([row] if isinstance(row, str) else row)]

    def has_add_permission(self, request):
        return False

    def is_frozen(self, record):
        return True

    def history_view(self, request, object_id, extra_context=None):
        """Such a row has no history but itself."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(self.change_url(object_id))

    @admin.display(description=_("kind"))
    def kind_in_words(self, row):
        return row.kind_in_words


@admin.register(Entry)
class EntryAdmin(KeptAdmin):
    """Every entry, the latest first; above them, what the last inspection found.

    Nobody changes one; a document is withdrawn, or issued anew, by another entry.
    """

    order = 7
    refusals = (Refused,)
    change_list_template = "admin/entry_change_list.html"
    frozen_because = _("Entries of the register stay as they are; a document that no longer holds is withdrawn.")
    list_display = ["number_in_digits", "title", "act", "kind_in_words", "state_in_words", "visibility", "entered_at"]
    list_display_links = ["number_in_digits", "title"]
    list_filter = ["act", "visibility", "entered_at"]
    list_select_related = ["superseded_by", "withdrawn_by_entry"]
    search_fields = ["title", "code", "sha256"]
    fields = [
        ("number_in_digits", "act", "state_in_words"),
        *("title", "kind_in_words", "code_as_printed", "visibility", "reason"),
        *("supersedes", "withdraws", ("entered_at", "entered_by")),
        *("hash_of_file", "hash_of_certificate", "hash_before", "own_hash"),
    ]
    number_in_digits = number_column("number", _("number"))
    steps = (
        Step(
            name="reissue",
            label=_("Issue it anew"),
            run=register.reissue_later,
            possible=lambda entry: entry.act == Entry.Act.ISSUED and not entry.successor and kind_named(entry.kind),
            done=_("It is being issued anew: in a moment the new document will stand in the register."),
            warning=_(
                "The record as it stands now gets a new number and a new code, and takes the place of this document, "
                "which stays readable. This cannot be taken back."
            ),
            form=ReissueForm,
        ),
        Step(
            name="withdraw",
            label=_("Withdraw the document"),
            run=register.withdraw,
            possible=lambda entry: entry.act == Entry.Act.ISSUED and not entry.withdrawal,
            done=_("The document is withdrawn; whoever verifies it learns that."),
            warning=_("Whoever verifies it learns that it no longer holds. Its file stays. This cannot be taken back."),
            form=WithdrawForm,
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("entered_by__person", "supersedes", "withdraws")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"inspection": Inspection.objects.last(), **(extra_context or {})})

    def get_ordering(self, request):
        return ["-number"]

    @admin.display(description=_("stands"))
    def state_in_words(self, entry):
        return STATES[entry.state] if entry.act == Entry.Act.ISSUED else ""

    @admin.display(description=_("code"))
    def code_as_printed(self, entry):
        return _in_latin(entry.printed_code)

    @admin.display(description=_("SHA-256 of the file"))
    def hash_of_file(self, entry):
        return _in_latin(entry.sha256)

    @admin.display(description=_("SHA-256 of the certificate"))
    def hash_of_certificate(self, entry):
        return _in_latin(entry.certificate)

    @admin.display(description=_("hash of the entry before"))
    def hash_before(self, entry):
        return _in_latin(entry.previous_hash)

    @admin.display(description=_("hash of this entry"))
    def own_hash(self, entry):
        return _in_latin(entry.entry_hash)


@admin.register(Order)
class OrderAdmin(KeptAdmin):
    """What is to be issued, the oldest first: each row goes when its document stands in the register."""

    order = 8
    frozen_because = _("It leaves this list by itself once the document stands in the register.")
    list_display = ["title", "kind_in_words", "asked_at", "failed_at", "problem_in_words"]
    list_filter = ["asked_at"]
    search_fields = ["title"]
    fields = ["title", "kind_in_words", "reason", ("asked_at", "asked_by"), ("failed_at", "problem_in_words")]
    work = {"late": Work(_("waiting for more than an hour"), lambda orders: orders.late(), is_urgent=True)}
    steps = (
        Step(
            name="now",
            label=_("Try again now"),
            run=waiting.issue_now,
            possible=lambda order: True,
            done=_("It is being tried again: in a moment it stands in the register, or here with what went wrong."),
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("asked_by__person")

    def get_ordering(self, request):
        return ["pk"]

    @admin.display(description=_("why it waits"))
    def problem_in_words(self, order):
        return order.problem_in_words


@admin.register(Inspection)
class InspectionAdmin(KeptAdmin):
    """What each night's inspection of the register has found, the latest first."""

    order = 9
    frozen_because = _("Each inspection stays as it is: its head is held against the register ever after.")
    list_display = ["inspected_at", "entries_in_digits", "outcome"]
    list_filter = ["began_at"]
    fields = ["inspected_at", "ended_at", "entries_in_digits", "head_in_latin", "outcome", "findings_in_lines"]
    entries_in_digits = number_column("entries", _("number of the last entry"))

    def get_ordering(self, request):
        return ["-pk"]

    @admin.display(description=_("inspected at"), ordering="began_at")
    def inspected_at(self, inspection):
        return date_and_time(inspection.began_at)

    @admin.display(description=_("hash of the last entry"))
    def head_in_latin(self, inspection):
        return _in_latin(inspection.head)

    @admin.display(description=_("outcome"))
    def outcome(self, inspection):
        return inspection.outcome

    @admin.display(description=_("findings"))
    def findings_in_lines(self, inspection):
        return format_html_join("", "<p>{}</p>", ([finding] for finding in inspection.findings)) or "—"


def _in_latin(text: str):
    """From left to right, also where it is broken over two lines."""
    return format_html('<bdi dir="ltr">{}</bdi>', text) if text else ""
