import io

import pikepdf
import pytest
from django.utils import timezone
from fontTools.ttLib import TTFont
from pypdfium2 import PdfTextPage

from council_portal.files.reading_order import text_in_reading_order
from council_portal.files.texts import pages_of_pdf
from council_portal.issuing.fonts import of_weight
from council_portal.issuing.papers import Paper, Variant, html_of, pdf_of, static_file
from council_portal.models import DemoData

TEMPLATE = "paper/base.html"

pytestmark = pytest.mark.django_db


def paper(**values) -> Paper:
    return Paper(
        **{"template": TEMPLATE, "context": {}, "title": "صورت‌جلسهٔ سیزدهمین اجلاس", "name": "minutes"} | values
    )


def test_the_same_paper_is_the_same_bytes():
    assert pdf_of(paper()) == pdf_of(paper())


def test_a_paper_has_its_title_and_language():
    document = pikepdf.open(io.BytesIO(pdf_of(paper())))

    assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("fa", "صورت‌جلسهٔ سیزدهمین اجلاس")


@pytest.mark.parametrize("read", [PdfTextPage.get_text_bounded, text_in_reading_order])
def test_what_is_drawn_as_one_glyph_can_be_found_and_copied(read):
    """Readers turn the two letters of «لا» round with the run that it stands in, and read «اجالس»; ours does not."""
    html = html_of(paper()).replace("</body>", "<p>اجلاس لازم‌الاجرا، الآن، لأن، لإن</p></body>")

    text = pages_of_pdf(pdf_of(paper(), html=html), read=read)[0]

    assert "اجلاس لازم" in text
    assert "الآن، لأن، لإن" in text


def test_an_archival_paper_carries_the_text_it_was_made_of():
    document = pikepdf.open(io.BytesIO(pdf_of(paper(variant=Variant.ARCHIVAL))))

    source = document.attachments["source.html"]
    assert source.relationship == "/Source"
    assert source.get_file().read_bytes().decode() == html_of(paper())


def test_a_draft_says_so_behind_the_text_of_each_page():
    """As a background: what is read aloud or searched is the document's own text."""
    document = pikepdf.open(io.BytesIO(pdf_of(paper(is_draft=True))))

    assert "paper-draft.css" in html_of(paper(is_draft=True))
    assert "paper-draft.css" not in html_of(paper())
    assert b"/Artifact\nBMC" in document.pages[0].Contents.read_bytes()


def test_a_paper_of_the_fictional_council_says_so_on_each_page():
    real = html_of(paper())
    DemoData.objects.create(pk=1, loaded_at=timezone.now())

    assert ("داده نمایشی" in real, "داده نمایشی" in html_of(paper())) == (False, True)


def test_fonts_are_drawn_at_one_weight_once_in_a_process():
    font = static_file("vendor/vazirmatn/vazirmatn-latin-wght-normal.woff2")

    drawn = of_weight(font, 700)

    assert "fvar" not in TTFont(io.BytesIO(drawn))
    assert of_weight(font, 700) is drawn
    assert of_weight(font, 400) != drawn
