"""What WeasyPrint leaves undone of PDF/UA-1 and PDF/A-3a, mended before the bytes are written.

`mend` is the `finisher` of WeasyPrint's `write_pdf`: it gets the objects of the PDF, which are pydyf's.
"""

from collections.abc import Iterator

import pydyf

# What the fonts draw as one glyph of two letters, and the one character that Unicode has for it.
LAM_ALEF = {b"<06440622>": b"<fef5>", b"<06440623>": b"<fef7>", b"<06440625>": b"<fef9>", b"<06440627>": b"<fefb>"}


def mend(_document, pdf: pydyf.PDF) -> None:
    """Make groups of a list of descriptions its items, say of which cells a head is, let «لا» be found and copied, and
    leave the metadata uncompressed."""
    _metadata_of(pdf).compress = False  # ISO 19005-3 lets no filter stand on it
    for element in _elements(pdf, "/L"):
        for group in _kids(pdf, element):
            if group["S"] == "/Div":
                _make_item(pdf, group)
    for head in _elements(pdf, "/TH"):
        head["A"]["Scope"] = _scope_of(pdf, head)
    for letters in _letters_of_fonts(pdf):
        letters.stream = [_one_for_two(line) for line in letters.stream]


def _letters_of_fonts(pdf: pydyf.PDF) -> list[pydyf.Stream]:
    """The streams that say which letters each glyph of a font stands for (ISO 32000-1, 9.10.3)."""
    fonts = [found for found in pdf.objects if isinstance(found, pydyf.Dictionary) and "ToUnicode" in found]
    return [pdf.objects[_number(font["ToUnicode"])] for font in fonts]


def _one_for_two(line: bytes) -> bytes:
    """A line of such a stream, `<glyph> <letters>`, with one character for lam with alef: of two, readers turn the
    order round with that of the glyphs, which run from right to left, and read «اجالس»."""
    glyph, space, letters = line.partition(b" ")
    return glyph + space + LAM_ALEF.get(letters, letters)


def _make_item(pdf: pydyf.PDF, group: pydyf.Dictionary) -> None:
    """`<div><dt>…</dt><dd>…</dd></div>` is one item of a list, a label and what it is of; WeasyPrint makes it a Div
    of items, which no list may hold (ISO 32000-1, 14.8.4.3.3)."""
    group["S"] = "/LI"
    for place, part in enumerate(_kids(pdf, group)):
        part["S"] = "/LBody" if place else "/Lbl"
        for inner in _kids(pdf, part):
            if inner["S"] == "/LBody":
                inner["S"] = "/Span"


def _scope_of(pdf: pydyf.PDF, head: pydyf.Dictionary) -> str:
    """Whether a head is of the cells beside it or, in a row of heads alone, of those below it; readers by ear heed
    that more than the names of heads that WeasyPrint gives each cell."""
    row = pdf.objects[_number(head["P"])]
    return "/Row" if any(cell["S"] == "/TD" for cell in _kids(pdf, row)) else "/Column"


def _metadata_of(pdf: pydyf.PDF) -> pydyf.Stream:
    return pdf.objects[_number(pdf.catalog["Metadata"])]


def _elements(pdf: pydyf.PDF, kind: str) -> Iterator[pydyf.Dictionary]:
    for found in pdf.objects:
        if isinstance(found, pydyf.Dictionary) and found.get("Type") == "/StructElem" and found["S"] == kind:
            yield found


def _kids(pdf: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    """The elements below one; what it draws itself is no element."""
    references = [kid for kid in element.get("K", ()) if isinstance(kid, bytes)]
    kids = (pdf.objects[_number(reference)] for reference in references)
    return [kid for kid in kids if isinstance(kid, pydyf.Dictionary) and kid.get("Type") == "/StructElem"]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
