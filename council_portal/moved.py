"""Addresses last (DESIGN.md §3, rule 5): what was moved is found at its old address too.

The database writes down each move itself, in the transaction that changes an address (`leave_redirects`), so that an
edit in the admin or past it leaves one as well. A row stands for an address and all below it. When something moves
again, or back, the rows that led to it are changed with it: one step always leads to where it is today. Where such a
row begins nothing else can come to stand; the record that left may come back.

Lists, calendar and search name a record by its slug too, as a parameter. The same rows say where that leads.
"""

from collections.abc import Sequence
from copy import copy

import pgtrigger
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from .models import Redirect

# The parameters that name a record by its slug, each with where the record's own address begins.
NAMED_BY_SLUG = {"body": "/committees/", "organization": "/organizations/", "host": "/organizations/"}


class AddressField(models.SlugField):
    """The slug by which a record stands in addresses. In each pattern of `at` SLUG stands for it.

    The first is where the record itself stands. An address that leads to something else since that moved is refused,
    here beside the field and by LEAVE_REDIRECTS whoever writes it.
    """

    def __init__(self, *args, at: Sequence[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at

    def deconstruct(self):
        """For migrations a plain slug: what is checked is no matter of columns."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def clone(self):
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, at=self.at, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        own = type(model_instance)._base_manager.filter(pk=model_instance.pk).values_list(self.attname, flat=True)
        moved = Redirect.objects.filter(old_path=self.at[0].replace("SLUG", value)).first()
        if moved and moved.new_path not in [self.at[0].replace("SLUG", slug) for slug in own]:
            raise ValidationError(
                _("What stood at this address stands at %(path)s now, and is found here too. Choose another address."),
                code="moved",
                params={"path": f"\N{LEFT-TO-RIGHT ISOLATE}{moved.new_path}\N{POP DIRECTIONAL ISOLATE}"},
            )


class _LeaveRedirects(pgtrigger.Trigger):
    def get_func(self, model):
        # What lies below an address, and is called after the slug too, before all else that lies there.
        moves = "\n".join(
            f"PERFORM leave_redirect(replace('{pattern}', 'SLUG', OLD.slug), replace('{pattern}', 'SLUG', NEW.slug));"
            for pattern in sorted(model._meta.get_field("slug").at, key=len, reverse=True)
        )
        return f"{moves}\nRETURN NULL;"


# Keeps the old addresses of a row whose slug, an AddressField, changes, and those of others from a row that is new.
LEAVE_REDIRECTS = _LeaveRedirects(
    name="leave_redirects",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("slug"),
    # After the row is written: two that are after one address at once have waited for each other by then.
    when=pgtrigger.After,
)


class MovedPagesMiddleware:
    """Leads from an old address to the new one, and tells nobody of what they may not see: there it stays a 404."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if renamed := new_slugs_in(request):
            asked = request.GET.copy()
            for name, slug in renamed.items():
                asked[name] = slug
            return _lead_to(request.path, asked.urlencode())
        response = self.get_response(request)
        if response.status_code == 404 and (path := new_path_of(request.path)) and is_open(request, path):
            return _lead_to(path, request.META.get("QUERY_STRING", ""))
        return response


def _lead_to(path: str, query: str) -> HttpResponsePermanentRedirect:
    answer = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    # Lasting, but to be asked about again: what moves back must not lead a browser in circles.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def new_slugs_in(request: HttpRequest) -> dict[str, str]:
    """The parameters of this request that name something by a slug that it had before, each with the slug of today.

    Only of what the reader may see; a slug that something else has taken over means that.
    """
    asked = copy(request)
    asked.GET = QueryDict()  # the pages are asked whether they are there, not for a part of them
    found = {}
    for name, root in NAMED_BY_SLUG.items():
        old = f"{root}{request.GET.get(name, '')}/"
        new = new_path_of(old) if old != f"{root}/" else ""
        slug = new.removeprefix(root).removesuffix("/")
        if new == f"{root}{slug}/" and "/" not in slug and not is_open(asked, old) and is_open(asked, new):
            found[name] = slug
    return found


def new_path_of(path: str) -> str:
    """Where what stood at this path is now, "" where nothing is on record. The closest row above it counts."""
    if "\x00" in path:
        return ""
    above = [path[: place + 1] for place, letter in enumerate(path) if letter == "/"]
    moved = Redirect.objects.filter(old_path__in=[*above, path]).order_by(Length("old_path").desc()).first()
    return moved.new_path + path.removeprefix(moved.old_path) if moved else ""


def is_open(request: HttpRequest, path: str) -> bool:
    """Whether there is a page at `path` for whoever asks: the page itself is asked, so that one rule says it."""
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "HEAD", path, path
    try:
        view = resolve(path)
        response = view.func(asked, *view.args, **view.kwargs)
    except (Resolver404, Http404, PermissionDenied):
        return False
    return response.status_code < 400 or response.status_code == 410
