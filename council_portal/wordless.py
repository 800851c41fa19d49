"""Pages for what Django answers without a word, or with the wrong one."""

from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template import loader
from django.views import defaults

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# A browser that is answered while it still sends shows an error of its own; one that sends more than this may do so.
MOST_BYTES_HEARD_OUT = 200 * 1024**2


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400, with a page of its own (413) for a form in which more was sent than the portal takes."""
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(loader.render_to_string("413.html"), status=413)
    return defaults.bad_request(request, exception)


class WordlessAnswersMiddleware:
    """Gives a page to whoever opens an address that only takes forms; hears out what is sent before it is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            _hear_out(request)
        if response.status_code == 405 and not response.content:
            response.content = loader.render_to_string("405.html")
        return response


def _hear_out(request: HttpRequest) -> None:
    heard = 0
    with suppress(UnreadablePostError):  # whoever sent it has gone
        while heard < MOST_BYTES_HEARD_OUT and (part := request.read(2**16)):
            heard += len(part)
