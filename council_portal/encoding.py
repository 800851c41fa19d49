"""The encoding of a request, as it comes from anywhere."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class UnicodeRequest(WSGIRequest):
    """A request that is read as UTF-8, which is what the portal's own pages send, whatever its `charset` claims.

    Some names of encodings name none of text (hex, zlib). Django reads by them while it makes the request, before any
    middleware, and would answer 500.
    """

    def _set_content_type_params(self, meta):
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class UnicodeHandler(WSGIHandler):
    request_class = UnicodeRequest
