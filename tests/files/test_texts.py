import pytest

from council_portal.files.models import ExtractedText
from council_portal.files.storing import store
from council_portal.files.texts import READER_VERSION, Unreadable, extract, text_of
from tests.files.pdf_pages import page, shown
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


def test_the_text_of_a_pdf_is_read_in_its_order():
    assert text_of(stored(page(shown("س", "لا", "ج", "ا")), "a.pdf")) == "اجلاس"


def test_a_picture_has_no_text():
    assert text_of(stored(picture(), "a.png")) == ""


def test_a_file_that_its_reader_gives_up_on_is_unreadable():
    with pytest.raises(Unreadable):
        text_of(stored(word(), "a.docx"))


def test_what_an_older_reader_has_read_is_read_again():
    file = stored(word_with("متن مقاله"), "a.docx")
    old = ExtractedText.objects.create(file=file, text="هلاقم نتم", reader_version=READER_VERSION - 1)

    extract(file)

    old.refresh_from_db()
    assert (old.text, old.reader_version) == ("متن مقاله", READER_VERSION)


def test_a_text_is_read_once_and_why_there_is_none_is_kept():
    broken = stored(PDF, "a.pdf")

    first, _again = extract(broken), extract(broken)

    [kept] = ExtractedText.objects.filter(extracted_at=first.extracted_at)
    assert (kept.text, bool(kept.problem)) == ("", True)
