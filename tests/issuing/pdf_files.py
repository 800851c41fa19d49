"""PDF files as people attach them, made here so that the tests need none on disk, and a look into those we make."""

import io
import re
from html import unescape

import pikepdf

LINE = b"100 100 l"  # of what stands on each page


def pdf(*sizes: tuple[int, int], rotate: int = 0, pages: int = 1, **save) -> bytes:
    """A PDF file of pages of these sizes in points, or so many of A4, each with a line across it."""
    document = pikepdf.new()
    for size in sizes or [(595, 842)] * pages:
        page = document.add_blank_page(page_size=size)
        page.contents_add(b"0 0 m %b S" % LINE)
        if rotate:
            page.rotate(rotate, relative=False)
    content = io.BytesIO()
    document.save(content, **save)
    return content.getvalue()


def scanned_pdf(colour: tuple[int, int, int]) -> bytes:
    """A file of one page with a ground of its own, as a scan has; its colour in parts of 255."""
    document = pikepdf.new()
    ground = " ".join(str(part / 255) for part in colour)
    document.add_blank_page(page_size=(595, 842)).contents_add(f"{ground} rg 0 0 595 842 re f".encode())
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


HELVETICA = {"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1, "/BaseFont": pikepdf.Name.Helvetica}


def font_within(**entries) -> pikepdf.Dictionary:
    """A font that lies within its file, as its dictionary says."""
    within = pikepdf.Dictionary(FontFile2=pikepdf.Dictionary())
    return pikepdf.Dictionary(
        HELVETICA | {"/FontDescriptor": within} | {f"/{name}": of for name, of in entries.items()}
    )


def pdf_with_fonts(fonts, *, of: str = "page") -> bytes:
    """A file of one page with these fonts, {"F1": …}, of the "page", or of a "pattern", a "mask" or a "state" of it;
    HELVETICA is one that each reader of PDFs brings along."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    own = {"Font": fonts}
    if of != "page":
        drawn = document.make_stream(b"BT /F1 12 Tf 0 0 Td (text) Tj ET", Resources=own, BBox=[0, 0, 9, 9])
        state = {"mask": {"SMask": {"G": drawn}}, "state": {"Font": [*dict(fonts).values(), 12]}}
        own = {"Pattern": {"P0": drawn}} if of == "pattern" else {"ExtGState": {"G0": state[of]}}
    page.Resources = pikepdf.Dictionary({f"/{name}": of for name, of in own.items()})
    page.contents_add(b"BT /F1 12 Tf 100 100 Td (text) Tj ET")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def filled_form(value: str, *, is_drawn: bool = True) -> bytes:
    """A form of one page with a field that holds `value`, drawn as a bar if at all; readers are to draw it anew."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    field = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, F=4)
    field.T, field.V, field.Rect = "name", pikepdf.String(value), [100, 100, 300, 130]
    field.DA = pikepdf.String("/Helv 12 Tf 0 g")
    if is_drawn:
        kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 200, 30]}
        field.AP = pikepdf.Dictionary(N=document.make_stream(b"0 0 1 rg 0 0 200 30 re f", **kind))
    page.obj.Annots = pikepdf.Array([document.make_indirect(field)])
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=pikepdf.Dictionary(HELVETICA)))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[*page.obj.Annots], NeedAppearances=True, DR=resources)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def pdf_with_layers(**usual) -> bytes:
    """A file of one page with the layers "hidden", a red half, and "shown", a blue one; `usual` says how they are."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(600, 800))
    layers = {
        name: document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(name)))
        for name in ("hidden", "shown")
    }
    page.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(R=layers["hidden"], B=layers["shown"]))
    page.contents_add(b"/OC /R BDC 1 0 0 rg 0 0 300 800 re f EMC /OC /B BDC 0 0 1 rg 300 0 300 800 re f EMC")
    named = {
        key: pikepdf.Array([layers[name] for name in value]) if isinstance(value, list) else value
        for key, value in usual.items()
    }
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[*layers.values()], D=pikepdf.Dictionary(**named))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def pdf_with_a_running_head() -> bytes:
    """A file of one page whose head and line are marked as no part of its text, as a word processor does."""
    document = pikepdf.new()
    kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 9, 9]}
    head = document.make_stream(b"/Artifact BMC 0 0 m 9 9 l S EMC", **kind)
    page = document.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F0=head))
    page.contents_add(
        b"/Artifact <</Type /Pagination>> BDC /F0 Do EMC /P <</MCID 0>> BDC 0 0 m 9 9 l S EMC BT (/Artifact BMC) Tj ET"
    )
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="secret", user="secret"))


def broken_pdf() -> bytes:
    """A file with the head and the tail of a PDF and nothing to read between."""
    return b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def forms_on(page: pikepdf.Page) -> list[tuple[float, float, float, float]]:
    """Where attached pages are drawn on a page of a paper: left, bottom, right and top in points. They are the forms
    that bring a matrix along."""
    found, kept, now = [], [], pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = pikepdf.Matrix(*(float(value) for value in operands)) @ now
            case "Do" if "/Matrix" in (drawn := page.resources.XObject[operands[0]]):
                form = pikepdf.Matrix(drawn.Matrix) @ now
                box = form.transform(pikepdf.Rectangle(drawn.BBox))
                found.append(tuple(float(side) for side in (box.llx, box.lly, box.urx, box.ury)))
    return found


def words_of(html: str) -> str:
    """What is read in a paper's text, without its marks, its words one space apart."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html.partition("<body")[2])))


def outline_of(content: bytes) -> list[str]:
    """The titles of a PDF's bookmarks, in their order, those below others indented."""
    with opened(content) as document, document.open_outline() as outline:
        return [*_titles(outline.root, 0)]


def _titles(items, depth: int):
    for item in items:
        yield "  " * depth + str(item.title)
        yield from _titles(item.children, depth + 1)


def contents_of(html: str) -> list[str]:
    """The lines of the printed contents of a book, in the shape of `outline_of`."""
    nav = html[html.index('<nav class="book-contents">') : html.index("</nav>")]
    lines = []
    for mark in re.finditer(r"<a [^>]*>(.*?)</a>", nav):
        before = nav[: mark.start()]
        depth = before.count("<ol>") - before.count("</ol>") - 1
        lines.append("  " * depth + unescape(mark[1]))
    return lines
