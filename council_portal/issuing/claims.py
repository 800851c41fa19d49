"""What a paper says that it is, PDF/UA-1 or PDF/A-3a, and taking that back where attached pages are not.

The standards want each font within the file, and for each of its shapes the letter (ISO 14289-1, 7.21; ISO 19005-3,
6.2.11). Our own pages have that; pages that others have made need not.
"""

from collections.abc import Iterator

import pikepdf

CLAIMS = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
DRAWN = "/Type3"  # a font whose shapes are drawn in the file itself


def keep_only_true(pdf: pikepdf.Pdf, pages: list[pikepdf.Object]) -> None:
    """Take out of `pdf` what it claims to be, unless the fonts of the attached `pages`, forms in it, are all whole."""
    if _are_whole(pages):
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for claim in CLAIMS:
            if claim in metadata:
                del metadata[claim]


def _are_whole(pages: list[pikepdf.Object]) -> bool:
    try:
        return all(_is_whole(font) for page in pages for font in _fonts_of(page, set()))
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError):  # what is made so oddly keeps nothing
        return False


def _fonts_of(drawn: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """The fonts of a form and of those that it shows."""
    resources = drawn.get("/Resources", {})
    yield from resources.get("/Font", {}).values()
    for inner in resources.get("/XObject", {}).values():
        if inner.get("/Subtype") == "/Form" and inner.objgen not in seen:
            seen.add(inner.objgen)
            yield from _fonts_of(inner, seen)


def _is_whole(font: pikepdf.Object) -> bool:
    [described] = font.get("/DescendantFonts", [font])
    descriptor = described.get("/FontDescriptor", {})
    is_within = font.get("/Subtype") == DRAWN or any(file in descriptor for file in FILES)
    return is_within and ("/ToUnicode" in font or isinstance(font.get("/Encoding"), pikepdf.Name))
