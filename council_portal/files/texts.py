"""The text that stands in a stored file, for readers who search; the file itself stays what counts."""

import threading
from collections.abc import Callable
from itertools import islice

import mammoth
from django.db.models import Q, QuerySet
from django.utils import timezone
from pypdfium2 import PdfDocument, PdfTextPage

from council_portal.persian.text import unify
from council_portal.search.sources import all_sources

from .kinds import OOXML_PARTS, PDF
from .models import ExtractedText, StoredFile
from .reading import opened
from .reading_order import text_in_reading_order

WORD = OOXML_PARTS["word/document.xml"][0]
MOST_CHARACTERS = 2_000_000  # a book of a thousand pages
READER_VERSION = 2  # of the readers below: raised when one reads better, it has every file read again


class Unreadable(Exception):
    """A file whose text cannot be read; the message is the reader's own."""


def text_of(stored_file: StoredFile) -> str:
    """The text of a PDF or Word file in unified letters, cut after MOST_CHARACTERS; "" for any other kind.

    A PDF that holds only pictures of pages has none. Raises Unreadable for a file that its reader gives up on,
    Unavailable for one that its store does not hand out: that says nothing of the file, and is tried again.
    """
    reader = READERS.get(stored_file.media_type)
    if reader is None:
        return ""
    with opened(stored_file) as file:
        try:
            text = reader(file)
        except Exception as error:  # the readers raise whatever their parsers do
            raise Unreadable(f"{type(error).__name__}: {error}") from error
    return unify(text[:MOST_CHARACTERS], multiline=True)


def extract(stored_file: StoredFile) -> ExtractedText:
    """Read the text of a file and keep it, or why it could not be read; a file is read once by each version."""
    known = ExtractedText.objects.filter(file=stored_file, reader_version__gte=READER_VERSION).first()
    if known:
        return known
    try:
        text, problem = text_of(stored_file), ""
    except Unreadable as error:
        text, problem = "", str(error)
    extracted, _is_new = ExtractedText.objects.update_or_create(
        file=stored_file,
        defaults={"text": text, "problem": problem, "reader_version": READER_VERSION, "extracted_at": timezone.now()},
    )
    return extracted


def has_text(stored_file: StoredFile | None) -> bool:
    """Whether it is a file of a kind that has a text."""
    return stored_file is not None and stored_file.media_type in READERS


def unread() -> QuerySet[StoredFile]:
    """The files on which a source of the search rests and which this version of our readers has not read."""
    searched = Q(pk__in=[])
    for source in all_sources():
        for path, model in source.watched.items():
            if model is ExtractedText:
                searched |= Q(pk__in=source.model._base_manager.order_by().values(path.removesuffix("__extracted")))
    by_this_version = ExtractedText.objects.filter(reader_version__gte=READER_VERSION)
    return StoredFile.objects.filter(searched, media_type__in=[*READERS]).exclude(pk__in=by_this_version.values("file"))


def pages_of_pdf(
    content: bytes, *, most: int | None = None, read: Callable[[PdfTextPage], str] = PdfTextPage.get_text_bounded
) -> list[str]:
    """What `read` gets of each page of a PDF, or of its first `most`: by itself the text as PDFium orders it.

    One file after the other: PDFium works in one thread only, and the queue has several. Raises PdfiumError for what
    is no PDF.
    """
    with _ONE_AT_A_TIME:
        document = PdfDocument(content)
        try:
            return [read(page.get_textpage()) for page in islice(document, most)]
        finally:
            document.close()


_ONE_AT_A_TIME = threading.Lock()


def _of_pdf(file) -> str:
    return "\n\n".join(pages_of_pdf(file.read(), read=text_in_reading_order))


def _of_word(file) -> str:
    return mammoth.extract_raw_text(file).value


READERS = {PDF.media_type: _of_pdf, WORD: _of_word}
