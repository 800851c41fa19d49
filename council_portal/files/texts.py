"""The text that stands in a stored file, for readers who search; the file itself stays what counts."""

import threading
from itertools import islice

import mammoth
import pypdfium2

from council_portal.persian.text import unify

from .kinds import OOXML_PARTS, PDF
from .models import ExtractedText, StoredFile
from .reading import opened

WORD = OOXML_PARTS["word/document.xml"][0]
MOST_CHARACTERS = 2_000_000  # a book of a thousand pages


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
    """Read the text of a file and keep it, or why it could not be read; a file is read once."""
    known = ExtractedText.objects.filter(file=stored_file).first()
    if known:
        return known
    try:
        text, problem = text_of(stored_file), ""
    except Unreadable as error:
        text, problem = "", str(error)
    extracted, _is_new = ExtractedText.objects.get_or_create(
        file=stored_file, defaults={"text": text, "problem": problem}
    )
    return extracted


def pages_of_pdf(content: bytes, *, most: int | None = None) -> list[str]:
    """The text of each page of a PDF, or of its first `most`. Raises PdfiumError for what is none.

    One file after the other: PDFium works in one thread only, and the queue has several.
    """
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content)
        try:
            return [page.get_textpage().get_text_bounded() for page in islice(document, most)]
        finally:
            document.close()


_ONE_AT_A_TIME = threading.Lock()


def _of_pdf(file) -> str:
    return "\n\n".join(pages_of_pdf(file.read()))


def _of_word(file) -> str:
    return mammoth.extract_raw_text(file).value


READERS = {PDF.media_type: _of_pdf, WORD: _of_word}
