"""The secretariat's tool: Django's admin, laid out as the work is and not as the tables are."""

from dataclasses import dataclass
from enum import Enum
from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
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

    def get_urls(self):
        on_site = path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.view_on_site))
        return [on_site, *super().get_urls()]

    def view_on_site(self, request, content_type_id, object_id):
        """Lead to the page of a record of ours; the libraries' own tables have none, and some are no tables at all."""
        shown = {content_type.pk for content_type in ContentType.objects.get_for_models(*self._registry).values()}
        if content_type_id not in shown:
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def admin_view(self, view, cacheable=False):
        """Django's, which refuses a question with a null byte: its filters would hand it on to the database."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                raise BadRequest("null byte in a query")
            return inner(request, *args, **kwargs)

        return checked

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
