"""The web server's worker, which answers in the language of the portal also what never reaches Django."""

from django.conf import settings
from django.template import loader
from django.utils import translation
from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.sync import SyncWorker

REASONS = {
    errors.LimitRequestLine: "414 URI Too Long",
    errors.LimitRequestHeaders: "431 Request Header Fields Too Large",
    errors.ParseException: "400 Bad Request",
}


class Worker(SyncWorker):
    """Gunicorn's own, but for the page of a request that it cannot read."""

    def handle_error(self, req, client, addr, exc):
        reason = next((reason for kind, reason in REASONS.items() if isinstance(exc, kind)), None)
        if reason is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Invalid request from ip=%s: %s", addr[0] if addr else "", exc)
        with translation.override(settings.LANGUAGE_CODE):
            page = loader.render_to_string("400.html").encode()
        head = f"HTTP/1.1 {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        util.write_nonblock(client, f"{head}Content-Length: {len(page)}\r\n\r\n".encode() + page)
