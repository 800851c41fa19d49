"""Folded text cut into numbers and words, with the dates in it."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from council_portal.persian.calendar import PERSIAN_MONTHS
from council_portal.persian.text import ordinal

from .folding import ZWNJ, fold

LETTERS = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f"
WORD, NUMBER, LATIN = "word", "number", "latin"

_PIECE = re.compile(
    rf"(?P<{NUMBER}>[0-9]{{1,3}}(?:[,٬،][0-9]{{3}})+(?![0-9])|[0-9]+)"
    rf"|(?P<{WORD}>[{LETTERS}]+)"
    rf"|(?P<{LATIN}>(?:(?![{LETTERS}])[^\W\d_])+)"
)
_NOT_DIGIT = re.compile("[^0-9]")


class Piece(NamedTuple):
    """What stands between two separators: a number, letters of Persian, or other letters.

    `glue` is what stands between it and the piece before: ZWNJ, one space for any blank, "" for nothing, or the signs.
    """

    kind: str
    text: str
    start: int
    end: int
    glue: str


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of folded text. Numbers are without separators of thousands and leading zeros."""
    pieces, end = [], 0
    for match in _PIECE.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == NUMBER:
            piece = _NOT_DIGIT.sub("", piece).lstrip("0") or "0"
        pieces.append(Piece(kind, piece, match.start(), match.end(), _glue(text[end : match.start()])))
        end = match.end()
    return pieces


def _glue(between: str) -> str:
    if between in ("", " ", ZWNJ):
        return between
    seen = between.replace(ZWNJ, "").strip()
    if seen:
        return between
    return ZWNJ if between.strip(ZWNJ) == "" else " "


@dataclass(frozen=True, slots=True)
class Date:
    """A day or a month in a text, from `start` to `end`; a lexeme of it is d1402-05-12 or d1402-05."""

    start: int
    end: int
    lexeme: str
    in_words: bool = False

    @property
    def is_month(self) -> bool:
        return self.lexeme.count("-") == 1


_YEAR = "1[234][0-9]{2}|19[0-9]{2}|20[0-9]{2}"
# Of the fourteenth century, where it is no day of a month, or 1400 to 1409.
_SHORT_YEAR = "0[0-9]|3[2-9]|[4-9][0-9]"
_SIGN = "(?: ?/ ?|[-.–])"
_BEFORE, _AFTER = "(?<![0-9])(?<![0-9][/.-])", "(?![0-9]|[/.-][0-9])"
_YEAR_FIRST = re.compile(
    rf"{_BEFORE}(?P<year>{_YEAR}|{_SHORT_YEAR}){_SIGN}(?P<month>[0-9]{{1,2}}){_SIGN}(?P<day>[0-9]{{1,2}}){_AFTER}"
)
_YEAR_LAST = re.compile(
    rf"{_BEFORE}(?P<day>[0-9]{{1,2}}){_SIGN}(?P<month>[0-9]{{1,2}}){_SIGN}(?P<year>{_YEAR}|{_SHORT_YEAR}){_AFTER}"
)
_YEAR_AND_MONTH = re.compile(rf"{_BEFORE}(?P<year>1[234][0-9]{{2}}) ?[/-] ?(?P<month>[0-9]{{1,2}}){_AFTER}")

MONTHS = {fold(name).text: number for number, name in enumerate(PERSIAN_MONTHS, 1)}
MONTHS |= {"امرداد": 5, "ابان": 8, "اذر": 9}
_DAYS = {fold(word).text: str(day) for day in range(1, 32) for word in (ordinal(day), ordinal(day, first="یکم"))}
_BLANK = rf"[\s{ZWNJ}/-]*"
# «بیست و دوم», «بیست‌ودوم»
_BETWEEN = rf"[\s{ZWNJ}]"
_DAY = "|".join(f"{_BETWEEN}*".join(re.split(_BETWEEN, day)) for day in sorted(_DAYS, key=len, reverse=True))
_DAYS = {re.sub(_BETWEEN, "", day): number for day, number in _DAYS.items()}
_IN_WORDS = re.compile(
    rf"(?<![{LETTERS}0-9])(?:(?P<day>[0-9]{{1,2}}|{_DAY}){_BLANK})?"
    rf"(?P<month>{'|'.join(MONTHS)})(?:[\s{ZWNJ}]*ماه)?{_BLANK}(?:سال\s+)?(?P<year>{_YEAR}|{_SHORT_YEAR})(?![0-9])"
)
_PATTERNS = (_YEAR_FIRST, _YEAR_LAST, _YEAR_AND_MONTH, _IN_WORDS)
# In a text it may be a number of something, or of somebody.
_WORDS_BACKWARDS = re.compile(
    rf"(?<!\S)(?P<year>1[34][0-9]{{2}}){_BLANK}(?P<month>{'|'.join(MONTHS)}){_BLANK}(?P<day>[0-9]{{1,2}})(?!\S)"
)
_WITHOUT_SIGNS = re.compile(r"(?<!\S)(?P<year>1[34][0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?!\S)")
_PATTERNS_OF_QUESTIONS = (*_PATTERNS, _WORDS_BACKWARDS, _WITHOUT_SIGNS)
_OF_MONTHS_IN_WORDS = (_IN_WORDS, _WORDS_BACKWARDS)

WEEKDAY = re.compile(rf"(?<!\S)(?:روز\s+)?(?:(?:(?:یک|دو|سه|چهار|پنج)[\s{ZWNJ}]*)?شنبه|جمعه)(?:\s*،)?(?!\S)")
_WEEKDAY_BEFORE = re.compile(rf"{WEEKDAY.pattern}\s+$")


def dates_of(text: str, *, is_question: bool = False) -> list[Date]:
    """Return days in folded text, 1402/5/12, 12-05-1402, 87/5/12, 12 مرداد 1402, and months, 1402/5, مرداد 1402.

    In a question «بهمن 87» is a month too; a text may go on to say 87 of what.
    """
    found = {}
    for pattern in _PATTERNS_OF_QUESTIONS if is_question else _PATTERNS:
        for match in pattern.finditer(text):
            if date := _date(match, in_words=pattern in _OF_MONTHS_IN_WORDS, is_question=is_question):
                found.setdefault(date.start, date)
    return [found[start] for start in sorted(found)]


def asked_from(date: Date, text: str) -> int:
    """Where in a question a date begins, with the weekday before it: that says nothing more of the day."""
    weekday = None if date.is_month else _WEEKDAY_BEFORE.search(text, 0, date.start)
    return weekday.start() if weekday else date.start


def whole_date(text: str) -> Date | None:
    """Return the day or month that folded text is as a whole: what is asked so."""
    for pattern in _PATTERNS_OF_QUESTIONS:
        match = pattern.fullmatch(text)
        if match and (date := _date(match, in_words=pattern in _OF_MONTHS_IN_WORDS, is_question=True)):
            return date
    return None


def _date(match: re.Match, *, in_words: bool, is_question: bool = False) -> Date | None:
    parts = match.groupdict()
    year, month, day = int(parts["year"]), parts["month"], parts.get("day")
    month = MONTHS[month] if in_words else int(month)
    if day is None and year < 100 and not is_question:
        return None
    if year < 100:
        year += 1400 if year < 10 else 1300
    lexeme = f"d{year}-{month:02}"
    if day is not None:
        day = int(day) if day.isdigit() else int(_DAYS[re.sub(_BETWEEN, "", day)])
        lexeme += f"-{day:02}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return Date(match.start(), match.end(), lexeme, in_words)
