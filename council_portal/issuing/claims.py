"""What a paper says that it is, PDF/UA-1 or PDF/A-3a, and taking that back where attached pages are not.

The standards want each font within the file, and for each of its shapes the letter (ISO 14289-1, 7.21; ISO 19005-3,
6.2.11). Our own pages have that; pages that others have made need not.
"""

from collections.abc import Iterator

import pikepdf

CLAIMS = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
# What reading of dictionaries raises that are made so oddly that they keep no standard.
ODD = (AttributeError, LookupError, TypeError, ValueError, pikepdf.PdfError)
DRAWN = "/Type3"  # a font whose shapes are drawn in the file itself
NUMBERS_ONLY = ("/Identity-H", "/Identity-V")  # encodings that say which shape is meant, and not which letter


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
        return all(_is_whole(font) for page in pages for font in _fonts_below(page, set()))
    except ODD:
        return False


def _fonts_below(thing: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """The fonts of a form, wherever in it they are named: in forms that it shows, patterns, masks, states, shapes."""
    if isinstance(thing, pikepdf.Array):
        for inner in thing:
            yield from _fonts_below(inner, seen)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and thing.objgen not in seen:
        if thing.is_indirect:
            seen.add(thing.objgen)
        if thing.get("/Type") == "/Font":
            yield thing
        for name, inner in thing.items():
            if name == "/Font":  # of a state: one with its size
                yield from inner.values() if isinstance(inner, pikepdf.Dictionary) else [inner[0]]
            if name != "/DescendantFonts":  # parts of the font above
                yield from _fonts_below(inner, seen)


def _is_whole(font: pikepdf.Object) -> bool:
    [described] = font.get("/DescendantFonts", [font])
    descriptor = described.get("/FontDescriptor", {})
    is_within = font.get("/Subtype") == DRAWN or any(file in descriptor for file in FILES)
    encoding = font.get("/Encoding")
    names_letters = isinstance(encoding, pikepdf.Name) and encoding not in NUMBERS_ONLY
    return is_within and ("/ToUnicode" in font or names_letters)
