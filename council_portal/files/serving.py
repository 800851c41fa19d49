"""Hands a stored file out. Whether this reader may have it is asked before, of the record that uses it.

Here alone is said how: under which name and type, that it is never executed, which part was asked for, and when the
copy that a reader has is still good. A file's tag is its hash, so a tag never lies.
"""

import logging
import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags

from council_portal.persian.text import to_latin_digits

from .checking import look_again
from .kinds import PDF, PICTURES, SUFFIXES
from .models import StoredFile
from .ranges import NotSatisfiable, Part, part_asked
from .reading import Damaged, Unavailable, pieces, prove
from .storing import safe_name

logger = logging.getLogger(__name__)

SHOWN_IN_PLACE = PICTURES | {PDF.media_type}
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Chromium's reader of PDFs does not start in a sandboxed page; it runs in a process of its own.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


def respond(
    request: HttpRequest, stored_file: StoredFile, *, name: str = "", as_attachment: bool = False
) -> HttpResponseBase:
    """Return the file as a response, under `name` (RFC 6266, so a Persian one too) or the name that it is stored with.

    Pictures and PDFs open in the browser unless `as_attachment`; everything else is always saved. Answers a request for
    a part (206, or 416 beyond the end) and one that knows the file already (304). Raises Unavailable where the bytes
    are not to be had, or are not those that came in, which UnavailableFilesMiddleware answers.
    """
    if _is_known(request, stored_file):
        prove(stored_file)
        return _tagged(HttpResponseNotModified(), stored_file)
    try:
        part = _part_asked(request, stored_file)
    except NotSatisfiable:
        beyond = HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored_file.size}"})
        return _tagged(beyond, stored_file)
    response = _tagged(_bytes_of(request, stored_file, part), stored_file)
    is_shown = stored_file.media_type in SHOWN_IN_PLACE and not as_attachment
    response["Content-Type"] = stored_file.media_type
    response["Content-Disposition"] = disposition(name_for(stored_file, name), as_attachment=not is_shown)
    return response


def name_for(stored_file: StoredFile, title: str = "") -> str:
    """The name to hand a file out under: `title` with the ending that its content has."""
    if not title or stored_file.media_type not in SUFFIXES:
        return stored_file.name
    return safe_name(title, stored_file.media_type)


def disposition(name: str, *, as_attachment: bool) -> str:
    """The Content-Disposition of a file: its name, and for clients that know no `filename*` what ASCII has of it.

    That is the digits and Latin words of a Persian name, and its ending; `file.pdf` if there are none (RFC 6266,
    appendix D).
    """
    header = content_disposition_header(as_attachment, name)
    if name.isascii():
        return header
    stem, dot, ending = to_latin_digits(name).rpartition(".")
    words = " ".join(re.findall(r"[A-Za-z0-9()_-]+", stem)).strip("-_ ") or "file"
    kind, __, own_name = header.partition("; ")
    return f'{kind}; filename="{words}{dot}{ending}"; {own_name}'


def etag_of(stored_file: StoredFile) -> str:
    return f'"{stored_file.sha256}"'


def _is_known(request: HttpRequest, stored_file: StoredFile) -> bool:
    """Whether the reader has the file; a proxy that compresses what it passes on has marked the tag as weak."""
    tags = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    return etag_of(stored_file) in tags or "*" in tags


def _part_asked(request: HttpRequest, stored_file: StoredFile) -> Part | None:
    """None where the whole is to be sent; a part of a file that is another by now is of no use to the reader."""
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header:
        return None
    if request.headers.get("If-Range", etag_of(stored_file)) != etag_of(stored_file):
        return None
    return part_asked(header, stored_file.size)


def _bytes_of(request: HttpRequest, stored_file: StoredFile, part: Part | None) -> HttpResponseBase:
    sent = part or Part(0, stored_file.size - 1, stored_file.size)
    if request.method == "HEAD":
        prove(stored_file)
        response = HttpResponse()
    else:
        content = pieces(stored_file, first=sent.first, length=sent.length)
        response = StreamingHttpResponse(content, status=206 if part else 200)
    response["Content-Length"] = sent.length
    if part:
        response["Content-Range"] = part.content_range
    return response


def _tagged(response: HttpResponseBase, stored_file: StoredFile) -> HttpResponseBase:
    """What every answer about a file says. It is kept by the reader's own browser alone, and asked about each time."""
    response["ETag"] = etag_of(stored_file)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if stored_file.media_type == PDF.media_type else SANDBOX
    patch_vary_headers(response, ["Cookie"])
    return response


class UnavailableFilesMiddleware:
    """Says so, on a page and in the log, where a file that is on record is damaged, or its store does not answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, Unavailable):
            return None
        logger.error("A stored file cannot be read: %s", exception)
        if isinstance(exception, Damaged):
            look_again(exception)
        context = {"stored_file": exception.stored_file, "problem": exception.in_words}
        return render(request, "files/unavailable.html", context, status=503)
