"""Which meeting a page of this package is about, and who may work on it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ..models import Meeting


def works_on_meeting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make `view(request, meeting, …)` a view of the address `<int:pk>`, for those who may work on that meeting.

    A visitor is asked to sign in; for anybody else a meeting that is not theirs to work on is a 404.
    """

    @wraps(view)
    @login_required
    def checked(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        meetings = Meeting.objects.editable_by(request.user).select_related("body", "host", "minutes")
        return view(request, get_object_or_404(meetings, pk=pk), **kwargs)

    return checked
