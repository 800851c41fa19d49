"""The secretariat's tool: Django's admin, laid out as the work is and not as the tables are."""

from dataclasses import dataclass
from enum import Enum

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class Group(Enum):
    """The parts of the work, in the order of the index page."""

    MEETINGS = _("Meetings of the assembly")
    COMMITTEES = _("Committees and sessions")
    DECISIONS = _("Decisions and follow-up")
    MEMBERS = _("Members and organisations")
    PUBLICATIONS = _("Publications")
    SETTINGS = _("Settings and accounts")

    @property
    def slug(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Due:
    """Something that waits for somebody: how many, of what, and the list of them."""

    count: int
    label: str
    url: str
    is_urgent: bool


class CouncilAdminSite(AdminSite):
    """Shows only admins that say to which `Group` they belong; those of the libraries stay out."""

    site_header = _("Secretariat of the council")
    site_title = _("Secretariat of the council")
    index_title = _("The month's work")
    empty_value_display = "—"

    def register(self, model_or_iterable, admin_class=None, **options):
        if hasattr(admin_class, "group"):
            super().register(model_or_iterable, admin_class, **options)

    def get_app_list(self, request, app_label=None):
        """The groups with the lists in them, in the shape that Django's templates know as apps and models."""
        entries = [entry for app in self._build_app_dict(request).values() for entry in app["models"]]
        groups = [self._group(group, entries) for group in Group]
        return [group for group in groups if group["models"]]

    def _group(self, group: Group, entries: list[dict]) -> dict:
        mine = [entry for entry in entries if self.get_model_admin(entry["model"]).group is group]
        return {
            "name": group.value,
            "app_label": group.slug,
            "app_url": f"#{group.slug}",
            "has_module_perms": True,
            "models": sorted(mine, key=lambda entry: self.get_model_admin(entry["model"]).order),
        }

    def index(self, request, extra_context=None):
        return super().index(request, {"due": self.due(request), **(extra_context or {})})

    def app_index(self, request, app_label, extra_context=None):
        """The apps are no part of the secretariat's world: their pages lead to the index."""
        if app_label not in {model._meta.app_label for model in self._registry}:
            raise Http404
        return redirect("admin:index")

    def due(self, request) -> list[Due]:
        """What waits for the person who asks, in the order of the groups; one query for each kind of it."""
        admins = sorted(self._registry.values(), key=lambda admin: (list(Group).index(admin.group), admin.order))
        return [
            due
            for admin in admins
            if admin.has_module_permission(request) and admin.has_view_permission(request)
            for due in admin.due(request)
            if due.count
        ]

    def login(self, request, extra_context=None):
        """Sign-in is the portal's own, with its second factor and its limits."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)

    def logout(self, request, extra_context=None):
        if request.method == "POST":
            logout(request)
        return redirect("home")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
