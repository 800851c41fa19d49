"""Documents on paper: a template of the site made into a PDF (WeasyPrint), the same input giving the same bytes.

A paper is two steps: `html_of` gives the text, which tests read as text, and `pdf_of` the bytes. It is Persian whatever
the reader's language, fetches nothing but the portal's own static files and the files that it names, and carries its
language, its title, tags and bookmarks.
"""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from council_portal.files.kinds import PDF
from council_portal.files.models import StoredFile
from council_portal.files.reading import Damaged, Unavailable, opened
from council_portal.files.serving import PDF_POLICY, disposition
from council_portal.files.storing import safe_name
from council_portal.models import DemoData
from council_portal.persian.calendar import today

from .fonts import of_weight
from .inserts import Insert, put
from .stamps import Stamp
from .tagging import mend

FILE_SCHEME = "paper"
WEIGHT = "wght="  # as paper-fonts.css asks for a weight of a font
SOURCE_NAME = "source.html"  # in Latin letters, which each reader of PDFs shows as they are
NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)  # dates of files in a PDF would make it another one each time
# The moment that embedded fonts bear as their last change; without it they would bear the present one, and a document
# made twice would not be the same. https://reproducible-builds.org/specs/source-date-epoch/
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


class Variant(StrEnum):
    """The standards a paper keeps; which one is said by what it is for."""

    ACCESSIBLE = "pdf/ua-1"  # read on a screen, by readers of all kinds: ISO 14289-1
    ARCHIVAL = "pdf/a-3a"  # kept for ever, with its source text attached: ISO 19005-3


class Unfetchable(FatalURLFetchingError):
    """A template asks for something that is neither a static file nor one of its paper's own files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document to be printed.

    `template` extends paper/base.html and gets `context`. `title` is the document's title, `name` the file's name
    without its ending. A draft says so across each page. `files` are the pictures that the template shows, under
    `paper:<key>`, and `inserts` the pages of attached PDF files that it has room for (issuing.inserts); who may see
    them has been asked before. `stamp` is what an issued paper shows of its entry in the register (issuing.stamps).
    `lacks` are files in whose place it says that they are damaged: such a paper can be read, and is not issued.
    """

    template: str
    context: Mapping
    title: str
    name: str
    is_draft: bool = False
    variant: Variant = Variant.ACCESSIBLE
    files: Mapping[str, StoredFile] = field(default_factory=dict)
    inserts: Sequence[Insert] = ()
    stamp: Stamp | None = None
    lacks: Sequence[Damaged] = ()


def in_persian(build: Callable[..., Paper]) -> Callable[..., Paper]:
    """For a function that returns a paper: what it words is Persian, whatever language is chosen."""

    @wraps(build)
    def in_its_language(*args, **kwargs) -> Paper:
        with translation.override(settings.LANGUAGE_CODE):
            return build(*args, **kwargs)

    return in_its_language


def html_of(paper: Paper) -> str:
    """The paper as an HTML page, in Persian; it says so while the database holds the fictional council."""
    context = {
        **paper.context,
        "title": paper.title,
        "is_draft": paper.is_draft,
        "stamp": paper.stamp,
        "is_demo": DemoData.is_loaded(),
    }
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(paper.template, {"today": today(), **context})


def pdf_of(paper: Paper, *, html: str | None = None) -> bytes:
    """The paper as a PDF; `html` is its text, where `html_of` has made it already.

    Raises Unfetchable for a picture or style sheet that is not there, Unavailable for a stored file.
    """
    html = html_of(paper) if html is None else html
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    document = HTML(string=html, base_url=f"{settings.PORTAL_URL}/", url_fetcher=OwnFiles(paper.files))
    try:
        content = document.write_pdf(
            finisher=mend,
            pdf_variant=paper.variant.value,
            pdf_identifier=identifier,
            pdf_tags=True,
            optimize_images=True,
            attachments=[source_of(paper, html)] if paper.variant is Variant.ARCHIVAL else [],
        )
    except Unfetchable as error:
        raise error.__cause__ if isinstance(error.__cause__, Unavailable) else error  # noqa: B904 - it is the cause
    return put(content, paper.inserts)


def warm_up() -> None:
    """Lay out an empty sheet, so that the first document of this process takes no longer than the next."""
    sheet = Paper(template="paper/base.html", context={}, title="", name="")
    nothing = {"title": "", "is_draft": False, "is_demo": False, "stamp": None}
    pdf_of(sheet, html=render_to_string(sheet.template, nothing))


def source_of(paper: Paper, html: str) -> Attachment:
    """The text that an archival document is made of, to be attached to it: what is read out of the PDF's own pages has
    lost its zero-width non-joiners, and the order of letters and digits here and there."""
    return Attachment(
        string=html,
        name=SOURCE_NAME,
        description=paper.title,
        created=NO_MOMENT,
        modified=NO_MOMENT,
        relationship="Source",
    )


def respond(paper: Paper) -> HttpResponse:
    """The paper as a response that opens in the browser, under its own name (RFC 6266)."""
    return in_response(pdf_of(paper), name=paper.name)


def in_response(pdf: bytes, *, name: str) -> HttpResponse:
    """A PDF as a response that opens in the browser, under `name`, which has no ending (RFC 6266)."""
    response = HttpResponse(pdf, content_type=PDF.media_type)
    response["Content-Disposition"] = disposition(safe_name(f"{name}.pdf", PDF.media_type), as_attachment=False)
    response["Content-Security-Policy"] = PDF_POLICY
    return response


class OwnFiles(URLFetcher):
    """Gives WeasyPrint the portal's static files and a paper's own files, and nothing else: no network, no disk."""

    def __init__(self, files: Mapping[str, StoredFile]):
        super().__init__(allowed_protocols=["data"])
        self.files = files

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        if url.startswith(settings.PORTAL_URL + settings.STATIC_URL):
            name = unquote(parts.path).removeprefix(settings.STATIC_URL)
            content = static_file(name)
            if parts.query.startswith(WEIGHT):
                return URLFetcherResponse(url, of_weight(content, int(parts.query.removeprefix(WEIGHT))))
            return URLFetcherResponse(url, content, {"Content-Type": guess_type(name)[0] or ""})
        if parts.scheme == FILE_SCHEME and parts.path in self.files:
            return URLFetcherResponse(url, *_of_file(self.files[parts.path]))
        raise Unfetchable(f"A paper asks for {url}, which is not its own.")


def static_file(name: str) -> bytes:
    """The bytes of a static file, named as in an address. Raises Unfetchable for one that is not there."""
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not settings.DEBUG:
        return _of_storage(name)
    # Straight from the checkout, as trials and tests are.
    found = finders.find(name)
    if found is None:
        raise Unfetchable(f"There is no static file {name}.")
    return Path(found).read_bytes()


def _of_file(stored: StoredFile) -> tuple[bytes, dict[str, str]]:
    """The bytes of a picture, and what they are. Of any other error WeasyPrint would make a page without it."""
    try:
        with opened(stored) as content:
            return content.read(), {"Content-Type": stored.media_type}
    except Unavailable as error:
        raise Unfetchable(str(error)) from error


def _of_storage(name: str) -> bytes:
    try:
        with staticfiles_storage.open(name) as content:
            return content.read()
    except FileNotFoundError as error:
        raise Unfetchable(f"There is no static file {name}.") from error
