import pytest

from council_portal.files.models import ExtractedText
from council_portal.files.storing import store
from council_portal.files.texts import Unreadable, extract, text_of
from tests.files.samples import PDF, picture, upload, word, word_with

pytestmark = pytest.mark.django_db


def stored(content: bytes, name: str):
    return store(upload(content, name), by=None)


def pdf_with(text: str) -> bytes:
    """A page that says `text` (ASCII) in one of the fonts that every reader has."""
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    return b"".join(
        [
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n",
            b"4 0 obj<</Length %d>>stream\n" % len(stream),
            stream,
            b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        ]
    )


def test_the_text_of_a_word_file_is_read_in_unified_letters():
    assert text_of(stored(word_with("صورتجلسه كميته"), "a.docx")) == "صورتجلسه کمیته"


def test_the_text_of_a_pdf_is_read():
    assert "Minutes 13" in text_of(stored(pdf_with("Minutes 13"), "a.pdf"))


def test_a_picture_has_no_text():
    assert text_of(stored(picture(), "a.png")) == ""


def test_a_file_that_its_reader_gives_up_on_is_unreadable():
    with pytest.raises(Unreadable):
        text_of(stored(word(), "a.docx"))


def test_a_text_is_read_once_and_why_there_is_none_is_kept():
    broken = stored(PDF, "a.pdf")

    extract(broken), extract(broken)

    [kept] = ExtractedText.objects.all()
    assert (kept.text, bool(kept.problem)) == ("", True)
