"""The text of a page of a PDF in the order in which it is read, right to left where it is so written.

A PDF says where each glyph stands, not in which order it is read. PDFium finds the lines, but turns the letters of many
Persian words round, according to how the program that wrote the file had put them down, and with them what is one
glyph, such as «لا». So its lines are kept, and within a line what stands further to the right is read first, but for
Latin and numbers.
"""

import re
import unicodedata
from collections.abc import Iterator
from ctypes import byref, c_double
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pypdfium2 import PdfTextPage, raw

STRAIGHT = 0.1  # of radians: a scan that lies a little askew is read as if it did not
GAP = 0.15  # of the size of the font: more is between words
# What is one character of Unicode though it is several letters, «ﻻ», «ﷲ», «﷼»: where that is in the file PDFium has
# taken it apart, and their order is known.
LIGATURES = {letters for code in range(0xFB50, 0xFEFD) if len(letters := unicodedata.normalize("NFKC", chr(code))) > 1}
# The kinds of glyphs, see `_kind`, tell what is read from left to right: a letter with its marks, Latin with numbers
# after it («PDF/A», «ISO 9001»), a number («1403/05/12»). All else is read from right to left.
FROM_THE_LEFT = re.compile(r"RM+|D*L(?:[^RM]*L)?(?:[SN]*D)*|[DP](?:S?[DP])*|.")
# On a Latin line: what is read from right to left.
FROM_THE_RIGHT = re.compile(r"R(?:[^L]*[RM])?|.")
OPENING, CLOSING = "([{«‹", ")]}»›"
MIRRORED = dict(zip(OPENING + CLOSING, CLOSING + OPENING, strict=True))
# Files and PDFium differ in whether a bracket in Persian is what it means or what it looks like: its neighbours tell.
TURNED = re.compile(rf"(?<![\w.!؟])[{re.escape(CLOSING)}](?=\w)|(?<=[\w.!؟])[{re.escape(OPENING)}](?!\w)")


class Glyph(NamedTuple):
    """Some letters, mostly one, where the pen stood for them (a mark: its middle), and from where to where they go."""

    x: float
    left: float
    right: float
    text: str


def text_in_reading_order(page: PdfTextPage) -> str:
    """The text of a page, its lines ended by a newline."""
    text = page.get_text_bounded()
    kinds = "".join(map(_kind, text))
    if "R" not in kinds:
        return text
    is_leftward = _is_leftward(kinds)
    return "\n".join(_line(page, characters, course, is_leftward) for characters, course in _lines(page))


def _lines(page: PdfTextPage) -> Iterator[tuple[list[tuple[int, str]], "Course"]]:
    """Each line as PDFium has it: the number of each character, and the character; and how it goes on the page.

    One that goes upwards, or is alone on its page, PDFium tears apart: such pieces are put together.
    """
    characters = ((number, chr(raw.FPDFText_GetUnicode(page, number))) for number in range(page.count_chars()))
    pieces = (list(line) for is_break, line in groupby(characters, lambda one: one[1] < " ") if not is_break)
    courses = ((piece, Course.of(page, piece[0][0])) for piece in pieces)
    for _where, line in groupby(courses, key=lambda one: (one[1].along, one[1].beside)):
        together = list(line)
        yield [character for piece, _course in together for character in piece], together[0][1]


def _line(page: PdfTextPage, characters: list[tuple[int, str]], course: "Course", is_page_leftward: bool) -> str:
    glyphs = _spaced(sorted(_glyphs(page, characters, course)), GAP * course.size)
    kinds = "".join(_kind(glyph.text[0]) for glyph in glyphs)
    if _is_leftward(kinds) if {"R", "L"}.intersection(kinds) else is_page_leftward:
        text = _from_the_right(glyphs, kinds)
    else:
        spans = (part.span() for part in FROM_THE_RIGHT.finditer(kinds))
        text = "".join(_from_the_right(glyphs[start:end], kinds[start:end]) for start, end in spans)
    return TURNED.sub(lambda bracket: MIRRORED[bracket[0]], text).strip()


def _from_the_right(glyphs: list[Glyph], kinds: str) -> str:
    spans = [part.span() for part in FROM_THE_LEFT.finditer(kinds)]
    return "".join(glyph.text for start, end in reversed(spans) for glyph in glyphs[start:end])


def _glyphs(page: PdfTextPage, characters: list[tuple[int, str]], course: "Course") -> Iterator[Glyph]:
    """The glyphs of a line, without the spaces that PDFium has guessed, which it puts at the edge of a letter.

    Letters that stand at the very same place are one glyph, which PDFium has turned round with the word that it is in,
    unless it has left the word as it stands.
    """
    for is_space, word in groupby(characters, lambda one: one[1].isspace()):
        placed = [
            (_place(page, number, course), letter)
            for number, letter in word
            if not is_space or raw.FPDFText_GetTextObject(page, number)
        ]
        is_turned = placed and placed[0][0] >= placed[-1][0] and any(_kind(letter) == "R" for _place, letter in placed)
        for (x, left, right), group in groupby(placed, lambda one: one[0]):
            letters = "".join(letter for _place, letter in group)
            if letters not in LIGATURES and (is_turned or letters[::-1] in LIGATURES):
                letters = letters[::-1]
            yield Glyph((left + right) / 2 if _kind(letters[0]) == "M" else x, left, right, letters)


_x, _y, _box, _matrix = c_double(), c_double(), raw.FS_RECTF(), raw.FS_MATRIX()  # filled anew for each: one page is
_ORIGIN, _BOX, _MATRIX = (byref(_x), byref(_y)), byref(_box), byref(_matrix)  # read at a time


class Course(NamedTuple):
    """How a line goes on the page: the way `along` it, as a number of length 1, and how far it lies `beside` the level
    through the page's corner; the size of its font."""

    along: complex
    beside: int
    size: float

    @classmethod
    def of(cls, page: PdfTextPage, number: int) -> "Course":
        """The course of a line that begins with this character."""
        raw.FPDFText_GetMatrix(page, number, _MATRIX)
        raw.FPDFText_GetCharOrigin(page, number, *_ORIGIN)
        across = complex(_matrix.a, _matrix.b)
        along = across / abs(across) if across else 1
        if abs(along - 1) < STRAIGHT:
            along = 1
        size = raw.FPDFText_GetFontSize(page, number) * abs(across)
        return cls(along, round((complex(_x.value, _y.value) / along).imag), size)


def _place(page: PdfTextPage, number: int, course: Course) -> tuple[float, float, float]:
    """How far along the line the pen stood, and from where to where the letter goes: without how it leans, as a browser
    makes italics of a font that has none."""
    raw.FPDFText_GetCharOrigin(page, number, *_ORIGIN)
    raw.FPDFText_GetLooseCharBox(page, number, _BOX)
    raw.FPDFText_GetMatrix(page, number, _MATRIX)
    if course.along == 1 and not _matrix.c:
        return _x.value, _box.left, _box.right
    pen, up = (complex(x, y) / course.along for x, y in ((_x.value, _y.value), (_matrix.c, _matrix.d)))
    corners = [complex(x, y) / course.along for x in (_box.left, _box.right) for y in (_box.bottom, _box.top)]
    leans = [(up.real / up.imag if up.imag else 0) * (corner.imag - pen.imag) for corner in corners]
    edges = [corner.real for corner in corners]
    return round(pen.real, 3), min(edges) - min(leans), max(edges) - max(leans)


def _spaced(glyphs: list[Glyph], gap: float) -> list[Glyph]:
    """The glyphs, which go from left to right, with a space where there is room between two and none yet."""
    spaced: list[Glyph] = []
    reach = glyphs[0].x if glyphs else 0
    for glyph in glyphs:
        if glyph.x - reach > gap and not (spaced[-1].text.isspace() or glyph.text.isspace()):
            spaced.append(Glyph(reach, reach, glyph.x, " "))
        spaced.append(glyph)
        reach = max(reach, glyph.right)
    return spaced


def _is_leftward(kinds: str) -> bool:
    """Whether it is Persian, though it may name much in Latin."""
    return 2 * kinds.count("R") >= kinds.count("L")


@cache
def _kind(letter: str) -> str:
    """R or L for a letter, M for a mark, D or P for a digit of ASCII or another, S for what joins digits, B for a
    bracket, N for all else."""
    if letter.isdigit():
        return "D" if letter.isascii() else "P"
    if letter in MIRRORED:
        return "B"
    directions = {"R": "R", "AL": "R", "L": "L", "NSM": "M", "CS": "S", "AN": "S"}
    return directions.get(unicodedata.bidirectional(letter), "N")
