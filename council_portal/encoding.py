"""The encoding of a request, as it comes from anywhere."""

import re

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

_HARMFUL = re.compile("[\0\u202a-\u202e\u2066-\u2069]")


class UnicodeRequest(WSGIRequest):
    """A request that is read as UTF-8, which is what the portal's own pages send, whatever its `charset` claims.

    Some names of encodings name none of text (hex, zlib). Django reads by them while it makes the request, before any
    middleware, and would answer 500.
    """

    def _set_content_type_params(self, meta):
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class UnicodeHandler(WSGIHandler):
    request_class = UnicodeRequest


class PlainFormsMiddleware:
    """Takes null bytes and overrides of direction out of every form.

    A text that is saved loses them anyway; a form that is refused would show them again. What is larger than any file
    may be is left to the view, which refuses it unread.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if int(request.headers.get("Content-Length") or 0) > settings.FILES_MAX_BYTES:
            return
        if any(_HARMFUL.search(value) for _name, values in request.POST.lists() for value in values):
            plain = request.POST.copy()
            for name, values in request.POST.lists():
                plain.setlist(name, [_HARMFUL.sub("", value) for value in values])
            plain._mutable = False
            request.POST = plain
