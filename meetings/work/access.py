"""Which meeting a page of this package is about, and who may work on it."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from ..models import Meeting


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for whoever is signed in; a visitor is asked to sign in and then comes back to the page with the form."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(where_to_go_on(request))
        return view(request, *args, **kwargs)

    return checked


def works_on_meeting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make `view(request, meeting, …)` a view of the address `<int:pk>`, for those who may work on that meeting.

    A visitor is asked to sign in; for anybody else a meeting that is not theirs to work on is a 404.
    """

    @wraps(view)
    @signed_in
    def checked(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        meetings = Meeting.objects.visible_to(request.user).editable_by(request.user)
        meetings = meetings.select_related("body", "host", "minutes")
        return view(request, get_object_or_404(meetings, pk=pk), **kwargs)

    return checked


def where_to_go_on(request: HttpRequest) -> str:
    """The address to open after signing in: what was asked for, or the page with the button that was pressed, since
    the button's own address cannot be opened."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if request.method != "POST" or not is_ours:
        return request.get_full_path()
    address = urlsplit(came_from)
    return f"{address.path}?{address.query}" if address.query else address.path
