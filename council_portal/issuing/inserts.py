"""Pages of attached PDF files in a paper: each stands where the template has put a picture in its place.

The template shows `insert.image`, a small picture with the shape of the page and a mark of its own. Once WeasyPrint has
made the PDF, with its page numbers, contents and bookmarks, `put` draws the page of the attached file where that
picture is. What the page is, is said by the picture's description.
"""

import base64
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

import pikepdf
from django.utils.functional import cached_property
from PIL import Image

from council_portal.files.models import StoredFile
from council_portal.files.reading import opened

from . import claims

MOST_PAGES = 100
# A picture's pixels for the points of a page; the style sheet of books shows it at the size that this makes.
PIXELS_PER_POINT = 0.25
MAGIC = (0x70, 0x61, 0x67)


class Unreadable(Exception):
    """An attached file whose pages cannot be put into a paper. Its `reason` is "locked", "broken", "long" or, where
    what was filled in is drawn by no one, "undrawn"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class FilledIn(Enum):
    """How the fields of a form are. Those that are not drawn are drawn here, which goes in Latin letters alone."""

    IN_LATIN = auto()
    DRAWN = auto()
    UNDRAWN = auto()


@dataclass(frozen=True)
class Insert:
    """One page of an attached file: its place in the paper and in the file, both from 0; its size in points."""

    place: int
    file: StoredFile
    page: int
    width: float
    height: float

    @cached_property
    def image(self) -> str:
        """The picture that stands for the page, as an address."""
        size = [max(4, round(side * PIXELS_PER_POINT)) for side in (self.width, self.height)]
        picture = Image.new("P", size, 0)
        picture.putpalette([255, 255, 255, *MAGIC, *self.place.to_bytes(3, "big")])
        picture.putpixel((0, 0), 1)
        picture.putpixel((1, 0), 2)
        content = io.BytesIO()
        picture.save(content, "PNG")
        return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode()}"


def pages_of(file: StoredFile, *, first_place: int) -> list[Insert]:
    """The pages of a stored PDF file, for the places from `first_place` on.

    Raises Unreadable for one that is locked by a password, broken, or has more than MOST_PAGES, and for a form that was
    filled in in Persian and whose fields no program has drawn; Unavailable.
    """
    try:
        with opened(file) as content, pikepdf.open(content) as document:
            if len(document.pages) > MOST_PAGES:
                raise Unreadable("long")
            if _filled_in(document) is FilledIn.UNDRAWN:
                raise Unreadable("undrawn")
            sizes = [_size(page) for page in document.pages]
    except pikepdf.PasswordError as error:
        raise Unreadable("locked") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("broken") from error
    if not sizes:
        raise Unreadable("broken")
    return [Insert(first_place + n, file, n, *size) for n, size in enumerate(sizes)]


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """The size of a page as it is read, and whether it can be drawn at all."""
    left, bottom, right, top = _bounds(_form_of(page))
    if right - left < 1 or top - bottom < 1:
        raise ValueError("a page without a size")
    return right - left, top - bottom


def _form_of(page: pikepdf.Page) -> pikepdf.Object:
    """A page as a drawing, as far as readers of PDFs show it; what it is to be cut to in a printing house they do not
    heed."""
    page.trimbox = page.cropbox
    return page.as_form_xobject()


def put(document: bytes, inserts: Sequence[Insert]) -> bytes:
    """Draw the pages of attached files into a PDF, where their pictures are. The same input gives the same bytes."""
    if not inserts:
        return document
    sources: dict[int, pikepdf.Pdf] = {}
    drawn = []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for page in pdf.pages:
            pictures = page.resources.get("/XObject", {})
            for name, picture in list(pictures.items()):
                place = _place_of(picture)
                if place is not None and place < len(inserts):
                    pictures[name] = pdf.copy_foreign(_drawing(inserts[place], sources))
                    drawn.append(pictures[name])
        _keep_layers(pdf, sources.values())
        claims.keep_only_true(pdf, drawn)
        content = io.BytesIO()
        pdf.save(content, deterministic_id=True)
    for source in sources.values():
        source.close()
    return content.getvalue()


def _keep_layers(pdf: pikepdf.Pdf, sources: Iterable[pikepdf.Pdf]) -> None:
    """Have the layers of attached files shown or hidden as they are there: of what is not said all is shown."""
    layers, hidden = pikepdf.Array(), pikepdf.Array()
    for source in sources:
        known = source.Root.get("/OCProperties")
        if known is None:
            continue
        usual = known.get("/D", pikepdf.Dictionary())
        shown = [layer.objgen for layer in usual.get("/ON", [])]
        off = {layer.objgen for layer in usual.get("/OFF", [])}
        for layer in known.get("/OCGs", []):
            layers.append(copy := pdf.copy_foreign(layer))
            if layer.objgen in off or (usual.get("/BaseState") == "/OFF" and layer.objgen not in shown):
                hidden.append(copy)
    if len(layers):
        usual = pikepdf.Dictionary(Name=pikepdf.String("پیوست‌ها"), OFF=hidden)
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=layers, D=usual)


def _drawing(insert: Insert, sources: dict[int, pikepdf.Pdf]) -> pikepdf.Object:
    """A page of an attached file, scaled into the unit square, as pictures are drawn."""
    if insert.file.pk not in sources:
        with opened(insert.file) as content:
            sources[insert.file.pk] = pikepdf.open(io.BytesIO(content.read()))
        _draw_what_was_filled_in(sources[insert.file.pk])
    form = _form_of(sources[insert.file.pk].pages[insert.page])
    left, bottom, right, top = _bounds(form)
    scale = pikepdf.Matrix().scaled(1 / (right - left), 1 / (top - bottom))
    form.Matrix = (_matrix(form) @ pikepdf.Matrix().translated(-left, -bottom) @ scale).as_array()
    _unmark(form, set())
    return form


def _unmark(form: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    """Have a form, and those that it shows, call nothing in it an artifact: here it lies within a figure, where there
    are none (ISO 14289-1, 7.1). What was beside its own text, such as a running head, belongs to the figure."""
    if form.objgen in seen:
        return
    seen.add(form.objgen)
    with suppress(pikepdf.PdfError):  # what cannot be read shows nothing
        if b"/Artifact" in form.read_bytes():
            form.write(pikepdf.unparse_content_stream(map(_unmarked, pikepdf.parse_content_stream(form))))
    if "/StructParents" in form:  # of the file that it was taken from
        del form["/StructParents"]
    for inner in form.get("/Resources", {}).get("/XObject", {}).values():
        if inner.get("/Subtype") == "/Form":
            _unmark(inner, seen)


def _unmarked(instruction):
    if str(instruction.operator) in ("BMC", "BDC") and instruction.operands[0] == "/Artifact":
        return pikepdf.ContentStreamInstruction([pikepdf.Name.Span, *instruction.operands[1:]], instruction.operator)
    return instruction


def _draw_what_was_filled_in(source: pikepdf.Pdf) -> None:
    """Make what lies on the pages – the fields of a form, a stamp, a signature – a part of them, as it is printed."""
    if _filled_in(source) is FilledIn.IN_LATIN:
        source.generate_appearance_streams()
    elif "/AcroForm" in source.Root:
        source.Root.AcroForm.NeedAppearances = False  # else what is drawn would be left out
    source.flatten_annotations("print")


def _filled_in(document: pikepdf.Pdf) -> FilledIn:
    """What stands in the fields of a form, and whether it is drawn."""
    fields = [
        (str(value), "/AP" in field)
        for page in document.pages
        for field in page.obj.get("/Annots", [])
        if isinstance(field, pikepdf.Dictionary)
        and isinstance(value := field.get("/V", field.get("/Parent", {}).get("/V")), pikepdf.String)
    ]
    if all(value.encode("latin-1", "ignore").decode("latin-1") == value for value, _is_drawn in fields):
        return FilledIn.IN_LATIN
    return FilledIn.DRAWN if all(is_drawn for _value, is_drawn in fields) else FilledIn.UNDRAWN


def _bounds(form: pikepdf.Object) -> tuple[float, float, float, float]:
    """Where a form, turned as it says, begins and ends."""
    box = pikepdf.Rectangle(form.BBox)
    turned = _matrix(form).transform(box)
    return float(turned.llx), float(turned.lly), float(turned.urx), float(turned.ury)


def _matrix(form: pikepdf.Object) -> pikepdf.Matrix:
    return pikepdf.Matrix(form.Matrix) if "/Matrix" in form else pikepdf.Matrix()


def _place_of(picture: pikepdf.Object) -> int | None:
    """The place that a picture in a PDF marks, None for one that is only itself."""
    if picture.get("/Subtype") != "/Image" or "/SMask" in picture or picture.get("/Filter") == "/DCTDecode":
        return None
    pixels = picture.read_bytes()[:6]
    return int.from_bytes(pixels[3:6], "big") if pixels[:3] == bytes(MAGIC) else None
