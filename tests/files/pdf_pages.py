"""Pages of a PDF, made here the way in which the programs of others write Persian: each glyph where it stands.

Every glyph is half as wide as the font is high, 10 points, and says by /ToUnicode what it is.
"""

WIDTH = 5


def page(*content: str) -> bytes:
    """A page with this content, made by the functions below."""
    drawn = b"500 0 0 0 500 700 d1 0 0 500 700 re f"
    written = "\n".join(["BT", *content, "ET"]).encode()
    meanings = "\n".join(f"<{_code(glyph)}> <{_utf_16(glyph)}>" for glyph in _glyphs)
    names = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange {len(_glyphs)} beginbfchar\n{meanings}\n"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        _stream(written),
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</g 6 0 R>>"
        b"/Encoding<</Differences[0%s]>>/FirstChar 0/LastChar 255/Widths[%s]/Resources<<>>/ToUnicode 7 0 R>>"
        % (b"/g" * 256, b"500 " * 256),
        _stream(drawn),
        _stream(f"{names}endbfchar endcmap".encode()),
    ]
    numbered = (b"%d 0 obj%s\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def shown(*glyphs: str, x: float = 100, y: float = 700, is_flipped: bool = False) -> str:
    """Glyphs of which each stands to the right of the one before; `is_flipped` on a page whose y goes down."""
    return placed(*glyphs, at=f"1 0 0 {-1 if is_flipped else 1} {x} {y}")


def placed(*glyphs: str, at: str) -> str:
    """Glyphs one after the other, from a matrix on."""
    return f"/F 10 Tf {at} Tm <{''.join(map(_code, glyphs))}> Tj"


def meaning(text: str, content: str) -> str:
    """Content of which the file says what it means, as the printers of browsers do."""
    return f"/Span<</ActualText <FEFF{_utf_16(text)}>>> BDC {content} EMC"


_glyphs: dict[str, int] = {}  # every glyph that was asked for, with its number


def _code(glyph: str) -> str:
    return f"{_glyphs.setdefault(glyph, len(_glyphs) + 1):02X}"


def _utf_16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
