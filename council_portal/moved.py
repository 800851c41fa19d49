"""Addresses last (DESIGN.md §3, rule 5): what was moved is found at its old address too.

The database writes down each move itself, in the transaction that changes an address (`leave_redirects`), so that an
edit in the admin or past it leaves one as well. A row stands for an address and all below it. When something moves
again, or back, the rows that led to it are changed with it: one step always leads to where it is today.

Lists, calendar and search name a record by its slug too, as a parameter. The same rows say where that leads.
"""

from copy import copy

import pgtrigger
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, QueryDict
from django.urls import Resolver404, resolve

from .models import Redirect

# The parameters that name a record by its slug, each with where the record's own address begins.
NAMED_BY_SLUG = {"body": "/committees/", "organization": "/organizations/", "host": "/organizations/"}


def leave_redirects(*patterns: str) -> pgtrigger.Trigger:
    """Keep the old addresses of a row whose slug changes; in each pattern SLUG stands for it."""
    moves = "\n".join(
        f"PERFORM leave_redirect(replace('{pattern}', 'SLUG', OLD.slug), replace('{pattern}', 'SLUG', NEW.slug));"
        for pattern in patterns
    )
    return pgtrigger.Trigger(
        name="leave_redirects",
        operation=pgtrigger.UpdateOf("slug"),
        when=pgtrigger.After,
        condition=pgtrigger.AnyChange("slug"),
        func=f"{moves}\nRETURN NULL;",
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
