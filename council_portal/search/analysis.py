"""What a text is found under: lexemes with their places in it, for documents and, through `query`, for questions.

A lexeme is a stem («مصوبه» for «مصوباتشان»), `=` and the word as written where that
differs, or `d1402-05-12` for a date.
docs/decisions/search.md explains the choices.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from council_portal.persian.text import ordinal, ordinal_before

from .folding import ZWNJ, Folded, fold, spell
from .tokens import NUMBER, dates_of
from .words import Word, compound, groups_of, joined, may_join, may_join_three, words_of

# Raise it with every change of rules or tables that changes lexemes, or of what is indexed: rows of an older number
# are indexed anew.
VERSION = 15
_EZAFE = "ی"  # written apart

# What PostgreSQL's tsvector can hold.
LAST_POSITION = 16_383
POSITIONS_OF_A_LEXEME = 255
LEXEME_BYTES = 2_046
VECTOR_BYTES = 1_000_000

# So that no phrase begins in a heading and ends in the text below it.
_BETWEEN_PARTS = 10


class Token(NamedTuple):
    """One lexeme at its position, counted in words from 1, and what it stands for: `text[start:end]`."""

    lexeme: str
    position: int
    start: int
    end: int


def analyse(text: str) -> list[Token]:
    """Return the tokens of any text; several may share a position."""
    folded = fold(text)
    words = words_of(folded.text)
    return [
        Token(lexeme, first + 1, folded.start(start), folded.end(end))
        for lexeme, first, start, end in _lexemes(folded, words)
    ]


def _lexemes(folded: Folded, words: list[Word]) -> Iterator[tuple[str, int, int, int]]:
    for index, word in enumerate(words):
        for lexeme in word.lexemes:
            yield lexeme, index, word.start, word.end
    for first, last, lexemes in (*_groups(words), *_neighbours(words), *_ordinals(words)):
        for lexeme in lexemes:
            yield lexeme, first, words[first].start, words[last - 1].end
    places = {word.start: index for index, word in enumerate(words)}
    for date in dates_of(folded.text):
        if date.start in places:
            yield date.lexeme, places[date.start], date.start, date.end


def _groups(words: list[Word]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Words joined by ZWNJ, as one."""
    for first, last in groups_of(words):
        if last - first > 1:
            stems, surface = joined(words[first:last])
            yield first, last, stems if surface in stems else (*stems, "=" + surface)


def _neighbours(words: list[Word]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Two words, or three with «و» or a preposition in the middle, that are one word when written as one."""
    for index in range(len(words) - 1):
        first, second = words[index : index + 2]
        if may_join(first, second):
            yield index, index + 2, compound(first.surface, second.base)
        if index + 2 < len(words) and may_join_three(first, second, words[index + 2]):
            yield index, index + 3, compound(first.surface + second.surface, words[index + 2].base)


def _ordinals(words: list[Word]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for first, last, number in ordinals_of(words):
        yield first, last, (str(number),)


@cache
def _ordinal_words() -> dict[tuple[str, ...], int]:
    """سیزدهم → 13, سیزدهمین → 13, بیست و یکم → 21."""
    known = {}
    for number in range(1, 200):
        for phrase in (ordinal(number), ordinal(number, first="یکم"), ordinal_before(number)):
            known[tuple(spell(word) for word in phrase.split())] = number
    return known | {("نخست",): 1, ("نخستین",): 1}


@cache
def _last_ordinal_words() -> frozenset[str]:
    return frozenset(words[-1] for words in _ordinal_words())


def ordinals_of(words: list[Word]) -> Iterator[tuple[int, int, int]]:
    """Return where ordinals begin and end, and their numbers, as is «سیزدهم» or «بیست و یکم»."""
    for index, word in enumerate(words):
        if word.surface in _last_ordinal_words():
            for first in range(max(0, index - 4), index + 1):
                number = _ordinal_words().get(tuple(word.surface for word in words[first : index + 1]))
                if number is not None:
                    yield first, index + 1, number
                    break


def folded_name(text: str) -> str:
    """An exact name as it is compared: «اجلاس/۱۲» and «اجلاس / 12» are one, as are two spellings of a word.

    An ordinal is its number: «اجلاس سیزدهم» is «اجلاس ۱۳», «بیست‌ویکمین اجلاس» «۲۱ اجلاس»; a comma is nothing, nor is
    the ezafe of «صورت‌جلسه ی».
    """
    folded = fold(text).text.replace(f"{ZWNJ}و", " و ").replace(ZWNJ, " ").replace("،", " ")
    words = words_of(folded)
    numbers = [(words[first].start, words[last - 1].end, number) for first, last, number in ordinals_of(words)]
    numbers += [(word.start, word.end, word.base) for word in words if word.kind == NUMBER]  # «۲۱ام»
    for start, end, number in sorted(numbers, reverse=True):
        folded = f"{folded[:start]}{number}{folded[end:]}"
    return "".join(spell(part) for part in folded.split() if part != _EZAFE)


def tsvector_of(parts: Iterable[tuple[str, str]]) -> str:
    """Return texts with their weights ("A" to "D") as one literal of PostgreSQL's tsvector, clipped to its limits."""
    places: dict[str, list[str]] = defaultdict(list)
    offset = 0
    for text, weight in parts:
        suffix = "" if weight == "D" else weight
        last = 0
        for lexeme, position, _, _ in analyse(text):
            last = max(last, position)
            place = f"{min(offset + position, LAST_POSITION)}{suffix}"
            if place not in places[lexeme][-1:]:
                places[lexeme].append(place)
        offset += last + _BETWEEN_PARTS
    return _literal(places)


def _literal(places: dict[str, list[str]]) -> str:
    entries, size = [], 0
    for lexeme, positions in places.items():
        length = len(lexeme.encode())
        # A lexeme takes its bytes, a place in the table of lexemes and two bytes a position.
        size += length + 8 + 2 * min(len(positions), POSITIONS_OF_A_LEXEME)
        if length > LEXEME_BYTES:
            continue
        if size > VECTOR_BYTES:
            break
        entries.append(f"{quoted(lexeme)}:{','.join(positions[:POSITIONS_OF_A_LEXEME])}")
    return " ".join(entries)


def quoted(lexeme: str) -> str:
    """Return a lexeme as tsvector and tsquery literals have it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def surfaces_of(text: str) -> list[str]:
    """Return the words of a text as written, folded, for the table of terms: no numbers, no stop words."""
    words = words_of(fold(text).text)
    surfaces = [word.surface for word in words if word.kind != NUMBER and not word.is_stop]
    return surfaces + [joined(words[first:last])[1] for first, last in groups_of(words) if last - first > 1]
