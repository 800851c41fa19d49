"""Hands a stored file out. Whether this reader may have it is asked before, of the record that uses it."""

from django.http import FileResponse

from .kinds import PDF, PICTURES, SUFFIXES
from .models import StoredFile
from .storing import safe_name

SHOWN_IN_PLACE = PICTURES | {PDF.media_type}
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Chromium's reader of PDFs does not start in a sandboxed page; it runs in a process of its own.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


def respond(stored_file: StoredFile, *, name: str = "", as_attachment: bool = False) -> FileResponse:
    """Return the file as a response, under `name` (RFC 6266, so a Persian one too) or the name that it is stored with.

    Pictures and PDFs open in the browser unless `as_attachment`; everything else is always saved.
    """
    media_type = stored_file.media_type
    response = FileResponse(
        stored_file.content.open("rb"),
        as_attachment=as_attachment or media_type not in SHOWN_IN_PLACE,
        filename=name_for(stored_file, name),
        content_type=media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if media_type == PDF.media_type else SANDBOX
    return response


def name_for(stored_file: StoredFile, title: str = "") -> str:
    """The name to hand a file out under: `title` with the ending that its content has."""
    if not title or stored_file.media_type not in SUFFIXES:
        return stored_file.name
    return safe_name(title, stored_file.media_type)
