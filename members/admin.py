"""People, organisations, bodies and accounts in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    SetUnusablePasswordMixin,
)
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.forms import RecordForm
from council_portal.administration.inlines import Rows
from council_portal.administration.records import RecordAdmin
from council_portal.administration.site import Group
from council_portal.persian.text import unify

from .models import Body, BodyName, Membership, Organization, OrganizationName, Person, User


class OrganizationNames(Rows):
    model = OrganizationName
    fields = ["position", "name", "start_on", "end_on", "note"]


class BodyNames(Rows):
    model = BodyName
    fields = ["position", "name", "start_on", "end_on", "note"]


class Services(Rows):
    """What a person did on which body, for whom, and when."""

    model = Membership
    fields = ["body", "role", "organization", "post", "start_on", "end_on"]
    autocomplete_fields = ["body", "organization"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """People. Administrators, who choose whose an account is, read the names and no more."""

    group = Group.MEMBERS
    order = 1
    list_display = ["family_name", "given_name", "honorific_prefix", "email", "phone", "visibility"]
    list_display_links = ["family_name", "given_name"]
    list_filter = ["visibility", "memberships__body", "memberships__role"]
    search_fields = ["family_name", "given_name", "honorific_prefix", "memberships__organization__name"]
    fieldsets = [
        (None, {"fields": [("honorific_prefix", "given_name", "family_name"), ("email", "phone"), "visibility"]}),
        (_("Biography"), {"fields": ["biography"]}),
    ]
    inlines = [Services]
    history_parts = [(Membership, "person")]
    names = ["family_name", "given_name", "honorific_prefix"]

    def get_list_display(self, request):
        return self.list_display if self.has_change_permission(request) else self.names

    def get_list_filter(self, request):
        return self.list_filter if self.has_change_permission(request) else []

    def get_search_fields(self, request):
        return self.search_fields if self.has_change_permission(request) else self.names

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        return shown if self.has_change_permission(request) else [(None, {"fields": self.names})]

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_ordering(self, request):
        return Person.objects.alphabetical().query.order_by


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    group = Group.MEMBERS
    order = 2
    list_display = ["name", "branch", "kind", "parent", "joined_on", "left_on", "visibility"]
    list_filter = ["branch", "kind", "joined_on", "visibility"]
    list_select_related = ["parent"]
    search_fields = ["name", "other_names__name"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (None, {"fields": ["name", "slug", ("branch", "kind"), "parent", ("joined_on", "left_on"), "visibility"]}),
        (_("About"), {"fields": ["website", "description"]}),
    ]
    inlines = [OrganizationNames]
    history_parts = [(OrganizationName, "organization")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "website":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_ordering(self, request):
        return Organization.objects.alphabetical().query.order_by

    def get_search_results(self, request, queryset, search_term):
        """Where one is chosen, names that begin as was typed stand before those that only have its letters somewhere:
        whoever types «وزارت نیرو» and presses Enter does not mean the ministry of «نیروهای مسلح»."""
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if not request.resolver_match.url_name.endswith("changelist"):
            others = Case(When(name__istartswith=unify(search_term.strip()), then=False), default=True)
            found = found.order_by(others, *found.query.order_by)
        return found, may_have_duplicates


class BodyAdmin(RecordAdmin):
    """A body and the names that it bore; committees have theirs from here."""

    list_display = ["name", "kind", "meetings_a_month", "quorum_in_digits", "follows_up"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "position"]}),
        (_("What it is for"), {"fields": ["short_name", "motto", "purpose", "aims", "home"]}),
        (_("How it works"), {"fields": ["meetings_per_month", "quorum", "member_count_stated", "follows_up"]}),
    ]
    inlines = [BodyNames]
    history_parts = [(BodyName, "body")]
    meetings_a_month = number_column("meetings_per_month", _("meetings expected a month"))
    quorum_in_digits = number_column("quorum", _("quorum"))

    def is_kept(self, record):
        return True


@admin.register(Body)
class AllBodiesAdmin(BodyAdmin):
    group = Group.MEMBERS
    order = 4


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    group = Group.MEMBERS
    order = 3
    list_display = ["person", "body", "role", "organization", "post", "start_on", "end_on"]
    list_filter = ["body", "role", "start_on", "end_on"]
    list_select_related = ["person", "body", "organization"]
    search_fields = ["person__family_name", "person__given_name", "organization__name", "post"]
    autocomplete_fields = ["person", "organization"]
    fields = ["person", ("body", "role"), ("organization", "post"), ("start_on", "end_on")]
    jalali_hierarchy = "start_on"
    label_relations = ["person", "body", "organization"]
    ordering = ["-pk"]


class AccountForm(RecordForm):
    """An account as the administrator changes it; the password has a page of its own."""

    password = ReadOnlyPasswordHashField(label=_("password"))


class NewAccountForm(AdminUserCreationForm):
    """A new account with its first password."""

    class Meta:
        model = User
        fields = ["username", "person", "email", "is_secretariat", "is_administrator"]


class PasswordForm(AdminPasswordChangeForm):
    """Django's, which warns in English only; its script shows the warning when it is due."""

    usable_password_help_text = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("If disabled, the current password for this user will be lost."),
    )


@admin.register(User)
class AccountAdmin(RecordAdmin, UserAdmin):
    """Accounts, for administrators. One is closed by its switch, not deleted: the archive names who did what."""

    group = Group.SETTINGS
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = PasswordForm
    list_display = ["username", "person", "is_active", "is_secretariat", "is_administrator", "last_login"]
    list_filter = ["is_active", "is_secretariat", "is_administrator"]
    list_select_related = ["person"]
    search_fields = ["username", "person__family_name", "person__given_name", "email"]
    autocomplete_fields = ["person"]
    filter_horizontal = []
    ordering = ["username"]
    label_relations = ["person"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "person", "email"]}),
        (_("What it may do"), {"fields": ["is_active", "is_secretariat", "is_administrator"]}),
        (_("Use"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "person", "email", "password1", "password2"]}),
        (_("What it may do"), {"fields": ["is_secretariat", "is_administrator"]}),
    ]

    def is_kept(self, record):
        return True
