import io

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from council_portal.files.storing import store
from council_portal.files.texts import pages_of_pdf
from council_portal.issuing.inserts import Unreadable, pages_of, put
from council_portal.issuing.papers import Paper, Variant, pdf_of
from tests.files.samples import upload
from tests.issuing.pdf_files import (
    HELVETICA,
    broken_pdf,
    filled_form,
    font_within,
    locked_pdf,
    opened,
    pdf,
    pdf_with_a_running_head,
    pdf_with_fonts,
    pdf_with_layers,
)
from tests.issuing.standards import faults_of

pytestmark = pytest.mark.django_db


def stored(content: bytes):
    return store(upload(content, "attached.pdf"), by=None)


def made_with(inserts) -> bytes:
    pictures = "".join(f'<img class="insert" alt="پیوست" src="{insert.image}">' for insert in inserts)
    html = f'<html lang="fa"><head><title>نمونه</title></head><body>{pictures}</body></html>'
    paper = Paper(template="", context={}, title="نمونه", name="نمونه", inserts=inserts)
    return pdf_of(paper, html=html)


def colours_of(content: bytes) -> set[tuple[int, int, int]]:
    """The colours on the first page, as a reader of PDFs shows it."""
    shown = pypdfium2.PdfDocument(content)[0].render().to_pil().convert("RGB")
    return {colour for _count, colour in shown.getcolors(shown.width * shown.height)}


def drawings(content: bytes) -> list:
    """What is drawn on the pages: the kinds of their external objects."""
    with opened(content) as document:
        return [str(one.Subtype) for page in document.pages for one in page.resources.get("/XObject", {}).values()]


def test_the_pages_of_a_file_are_counted_with_their_sizes():
    pages = pages_of(stored(pdf((595, 842), (842, 595))), first_place=3)

    assert [(page.place, page.page, page.width, page.height) for page in pages] == [
        (3, 0, 595, 842),
        (4, 1, 842, 595),
    ]


def test_a_page_that_lies_on_its_side_is_measured_as_it_is_read():
    (page,) = pages_of(stored(pdf((595, 842), rotate=90)), first_place=0)

    assert (page.width, page.height) == (842, 595)


def test_each_page_is_drawn_where_its_picture_stands():
    inserts = pages_of(stored(pdf((595, 842), (842, 595))), first_place=0)

    assert drawings(made_with(inserts)) == ["/Form", "/Form"]


def test_a_page_is_drawn_within_its_place():
    (insert,) = pages_of(stored(pdf((842, 595), rotate=90)), first_place=0)

    with opened(made_with([insert])) as document:
        form = next(iter(document.pages[0].resources.XObject.values()))
        matrix, box = [float(value) for value in form.Matrix], [float(value) for value in form.BBox]
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]

    assert {(round(x, 2), round(y, 2)) for x, y in corners} == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_the_same_pages_make_the_same_bytes():
    inserts = pages_of(stored(pdf((595, 842))), first_place=0)

    assert made_with(inserts) == made_with(inserts)


def test_a_document_without_attached_pages_stays_as_it_is():
    assert put(b"as it is", []) == b"as it is"


@pytest.mark.parametrize(
    ("content", "reason"), [(broken_pdf(), "broken"), (locked_pdf(), "locked"), (pdf(*[(90, 90)] * 101), "long")]
)
def test_a_file_that_cannot_be_put_in_says_why(content, reason):
    with pytest.raises(Unreadable) as refusal:
        pages_of(stored(content), first_place=0)

    assert refusal.value.reason == reason


def test_what_was_filled_in_or_stamped_on_a_page_is_drawn_with_it():
    with opened(pdf()) as document:
        stamp = document.make_stream(b"0 0 100 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 50])
        note = {"Type": Name.Annot, "Subtype": Name.Stamp, "Rect": [200, 200, 300, 250], "F": 4}
        document.pages[0].Annots = [document.make_indirect(Dictionary(**note, AP=Dictionary(N=stamp)))]
        content = io.BytesIO()
        document.save(content)
    inserts = pages_of(stored(content.getvalue()), first_place=0)

    with opened(made_with(inserts)) as document:
        (page,) = document.pages[0].resources.XObject.values()
        (drawn,) = page.Resources.XObject.values()
        assert drawn.read_bytes() == b"0 0 100 50 re f"


@pytest.mark.parametrize(
    ("content", "claims"),
    [
        (pdf(), ["1"]),
        (pdf_with_fonts(Dictionary(F1=Dictionary(HELVETICA))), []),
        (pdf_with_fonts(Dictionary(F1=Dictionary(HELVETICA | {"/FontDescriptor": Name.Odd}))), []),
        (pdf_with_fonts(Dictionary(F1=Dictionary(HELVETICA | {"/DescendantFonts": Array()}))), []),
        (pdf_with_fonts(Array()), []),
        (pdf_with_fonts(Dictionary(F1=Dictionary(HELVETICA)), of="pattern"), []),
        (pdf_with_fonts(Dictionary(F1=Dictionary(HELVETICA)), of="mask"), []),
        (pdf_with_fonts(Dictionary(F1=Dictionary(HELVETICA)), of="state"), []),
        (pdf_with_fonts(Dictionary(F1=font_within(ToUnicode=Dictionary()))), ["1"]),
        (pdf_with_fonts(Dictionary(F1=font_within(Encoding=Name.WinAnsiEncoding))), ["1"]),
        (pdf_with_fonts(Dictionary(F1=font_within(Encoding=Name("/Identity-H")))), []),
    ],
    ids=[
        *("no font", "not within", "odd descriptor", "no descendant", "no dictionary"),
        *("not within, of a pattern", "not within, of a mask", "not within, of a state"),
        *("letters by a map", "letters by their names", "numbers of shapes alone"),
    ],
)
def test_a_paper_claims_to_keep_a_standard_only_if_its_attached_pages_do(content, claims):
    made = made_with(pages_of(stored(content), first_place=0))

    with opened(made) as document, document.open_metadata() as metadata:
        assert [value for name, value in metadata.items() if name.endswith("}part")] == claims


def test_what_a_running_head_of_an_attached_page_was_is_a_part_of_the_figure():
    made = made_with(pages_of(stored(pdf_with_a_running_head()), first_place=0))

    assert [fault for fault in faults_of(made, Variant.ACCESSIBLE) if "ARTIFACT" in fault] == []
    with opened(made) as document:
        (page,) = document.pages[0].resources.XObject.values()
        (head,) = page.Resources.XObject.values()
        assert page.read_bytes().count(b"/Span") == head.read_bytes().count(b"/Span") == 1
        assert b"(/Artifact BMC)" in page.read_bytes()


@pytest.mark.parametrize(
    "usual", [{"OFF": ["hidden"], "ON": ["shown"]}, {"BaseState": Name.OFF, "ON": ["shown"]}], ids=["off", "not on"]
)
def test_a_layer_that_is_hidden_in_the_file_is_hidden_in_the_paper(usual):
    made = made_with(pages_of(stored(pdf_with_layers(**usual)), first_place=0))

    colours = colours_of(made)

    assert (0, 0, 255) in colours
    assert (255, 0, 0) not in colours
    assert faults_of(made, Variant.ACCESSIBLE) == faults_of(made_with([]), Variant.ACCESSIBLE)


def test_what_was_cropped_away_is_not_shown():
    with opened(pdf_with_layers(ON=["hidden", "shown"])) as document:
        document.pages[0].cropbox = [300, 0, 600, 800]
        document.pages[0].trimbox = [0, 0, 600, 800]
        content = io.BytesIO()
        document.save(content)
    inserts = pages_of(stored(content.getvalue()), first_place=0)

    assert (inserts[0].width, inserts[0].height) == (300, 800)
    assert (255, 0, 0) not in colours_of(made_with(inserts))


def test_what_was_filled_in_in_persian_is_shown_as_it_was_drawn():
    made = made_with(pages_of(stored(filled_form("محسن هاشمی")), first_place=0))

    assert (0, 0, 255) in colours_of(made)
    assert "?" not in "".join(pages_of_pdf(made))


def test_what_was_filled_in_in_persian_and_drawn_by_nobody_is_not_left_out_in_silence():
    with pytest.raises(Unreadable) as refused:
        pages_of(stored(filled_form("محسن هاشمی", is_drawn=False)), first_place=0)

    assert refused.value.reason == "undrawn"


def test_what_was_filled_in_in_latin_is_drawn():
    made = made_with(pages_of(stored(filled_form("ISO 9001", is_drawn=False)), first_place=0))

    assert "ISO 9001" in "".join(pages_of_pdf(made))
