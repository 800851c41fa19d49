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

    def _load_post_and_files(self):
        """Django's, without null bytes: no text has one, and a form that is refused would show it again."""
        super()._load_post_and_files()
        if any("\0" in value for _name, values in self._post.lists() for value in values):
            clean = self._post.copy()
            for name, values in self._post.lists():
                clean.setlist(name, [value.replace("\0", "") for value in values])
            clean._mutable = False
            self._post = clean


class UnicodeHandler(WSGIHandler):
    request_class = UnicodeRequest
