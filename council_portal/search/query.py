"""What somebody typed, as the text of a tsquery: every word, phrases in quotation marks, dates, codes.

The text is cast (`%s::tsquery`), never given to to_tsquery, which would cut the lexemes apart again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .analysis import ordinals_of, quoted
from .folding import fold, spell
from .lexicon import has_class, is_head
from .stemming import is_recognised, may_be_mistaken, respell, stems, takes_indefinite
from .tokens import MONTHS, NUMBER, WORD, Date, asked_from, dates_of
from .typos import SWAP, distance_of
from .words import ENDINGS, Word, groups_of, joined, may_join, may_join_three, words_of

# More is no question but a pasted text; what follows is not looked for.
LONGEST = 1_000
MOST_WORDS = 40
SHORTEST_PREFIX = 3  # of a word by itself; beside others one letter tells them apart

_QUOTED = re.compile('«([^«»]*)»|"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]')
_IN_CODES = frozenset(["/", "-", "_", "\\", ".", ""])


@dataclass(slots=True)
class Unit:
    """One thing that must be found: a word, a word in several parts, a phrase, a date or a code.

    `typed` is folded, `written` as it stands in the question, where the folded text has it from `start` to `end`.
    `lexemes` are those that any of its readings looks for; one that ends in * stands for all that begin so.
    """

    kind: str
    typed: str
    expressions: list[str] = field(default_factory=list)
    lexemes: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    written: str = ""
    start: int = 0
    end: int = 0

    def add(self, *lexemes: str) -> None:
        """A further reading: any of these lexemes."""
        self.lexemes += [lexeme for lexeme in lexemes if lexeme not in self.lexemes]
        self.expressions += [_term(lexeme) for lexeme in lexemes]

    def add_chain(self, chain: "_Chain") -> None:
        """A further reading: lexemes one after another."""
        if chain:
            self.lexemes += [lexeme for lexemes, _ in chain for lexeme in lexemes if lexeme not in self.lexemes]
            self.expressions.append(_phrase(chain))

    @property
    def tsquery(self) -> str:
        expressions = list(dict.fromkeys(self.expressions))
        return expressions[0] if len(expressions) == 1 else f"({' | '.join(expressions)})"


@dataclass(slots=True)
class Query:
    """A parsed question. `tsquery` is "" when nothing is left to look for.

    As a whole it may be a name, or nearly one: then `named` are the rows of the index that bear it. `perhaps` are names
    that it would be a mistake for, if it did not stand somewhere as it is.
    """

    units: list[Unit] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    perhaps: list[str] = field(default_factory=list)

    @property
    def tsquery(self) -> str:
        return " & ".join(unit.tsquery for unit in self.units)

    @property
    def lexemes(self) -> set[str]:
        """All that is looked for; one that ends in * stands for all lexemes that begin so."""
        return {lexeme for unit in self.units for lexeme in unit.lexemes}

    @property
    def dates(self) -> list[str]:
        """Days 1402-05-12 and months 1402-05 that were asked for."""
        return [lexeme.strip("d*") for unit in self.units if unit.kind == DATE for lexeme in unit.lexemes[:1]]

    @property
    def phrases(self) -> list[str]:
        return [unit.typed for unit in self.units if unit.kind == PHRASE]

    @property
    def codes(self) -> list[str]:
        return [unit.typed for unit in self.units if unit.kind == CODE]

    @property
    def corrections(self) -> dict[str, list[str]]:
        """Words that nobody wrote, and those that are looked for as well."""
        return {unit.written: unit.corrections for unit in self.units if unit.corrections}

    def corrected(self, text: str) -> str:
        """The text of the question with what is most likely meant in the place of each mistake."""
        for written, (meant, *_others) in self.corrections.items():
            text = text.replace(written, meant)
        return text

    def widen(self, units: list[Unit], written: str, others: "dict[str, Query]") -> None:
        """Look for any of the `others`, each by its name, as well as for these units, which follow one another."""
        wide = Unit(WORD, " ".join(unit.typed for unit in units), written=written, corrections=[*others])
        for one in (Query(units), *others.values()):
            wide.expressions.append(f"({one.tsquery})" if len(one.units) > 1 else one.tsquery)
            wide.lexemes += [lexeme for lexeme in one.lexemes if lexeme not in wide.lexemes]
        wide.start, wide.end = units[0].start, units[-1].end
        first = next(place for place, unit in enumerate(self.units) if unit is units[0])
        self.units[first : first + len(units)] = [wide]


PHRASE, DATE, CODE = "phrase", "date", "code"


def begun(typed: str) -> tuple[str, ...]:
    """What begins so, however it is joined. A last ئ may become ی, و or ا, see `folding.spell`."""
    endings = "یوا" if typed.endswith("ئ") else ""
    starts = [start[:-1] + ending for start in starts_of(typed) for ending in endings or start[-1]]
    return tuple(f"{mark}{start}*" for start in starts for mark in ("", "="))


def starts_of(typed: str) -> list[str]:
    """How the words of the index begin that so begin: «اسا» is of آسان as well as of اساسنامه."""
    start = "".join(typed.split())
    return [start for start in dict.fromkeys((respell(start), spell(start))) if start]


# Alternatives at a distance from the one before: [(("a", "b"), 1), (("c",), 2)].
_Chain = list[tuple[tuple[str, ...], int]]


def parse(
    text: str,
    *,
    prefix: bool = False,
    known: Callable[[str], bool] | None = None,
    corrections: Callable[[str], list[str]] | None = None,
) -> Query:
    """Return the question in any text.

    With `prefix` the last word is only begun. `known` says whether a word occurs in what is searched, `corrections`
    returns those that an unknown one may be a mistake for; both go by the surfaces of `analysis.surfaces_of`.
    """
    text = text[:LONGEST]
    folded = fold(text)
    query = _Parser(known, corrections).parse(folded.text, prefix=prefix and folded.text[-1:].isalnum())
    for unit in query.units:
        unit.written = text[folded.start(unit.start) : folded.end(unit.end)].strip()
    return query


class _Parser:
    def __init__(self, known, corrections):
        self.known = known or (lambda word: False)
        self.corrections = corrections

    def parse(self, text: str, *, prefix: bool) -> Query:
        query, done = Query(), 0
        for match in _QUOTED.finditer(text):
            query.units += self.all_words(text[: match.start()], start=done)
            query.units += self.phrase(next(filter(None, match.groups()), ""), start=match.start() + 1)
            done = match.end()
        query.units += self.all_words(text, start=done, prefix=prefix)
        query.units = [unit for unit in query.units if unit.expressions][:MOST_WORDS]
        return query

    # Every word

    def all_words(self, text: str, *, start: int, prefix: bool = False) -> list[Unit]:
        text = text[start:]
        words = words_of(text, is_begun=prefix)
        units, done, begins = [], 0, 0
        for first, last, build in sorted(self.spans(text, words), key=lambda span: span[:2]):
            if first >= done:
                units += [build()]
                units[-1].start, units[-1].end = start + words[first].start, start + words[last - 1].end
                done, begins = last, first
        if prefix and words and units[-1].kind != DATE:
            self.begin(units, words[begins:], text, words[begins - 1] if begins else None)
        return units

    def spans(self, text, words):
        """What in a text is one unit, from where to where, and what makes it; longer ones and dates before others."""
        dated, taken = [], set()
        for date in dates_of(text):
            start = asked_from(date, text)
            places = [index for index, word in enumerate(words) if start <= word.start < date.end]
            if places and not taken.intersection(places):
                taken.update(places)
                dated.append(
                    (places[0], places[-1] + 1, lambda date=date, places=places: self.date(date, words, places))
                )
        yield from dated
        for kind, found in ((CODE, _codes_of(words)), (NUMBER, ordinals_of(words)), (WORD, groups_of(words))):
            for first, last, *number in found:
                if taken.isdisjoint(range(first, last)):
                    taken.update(range(first, last))
                    yield first, last, lambda kind=kind, span=(first, last, *number): self.unit(kind, words, *span)

    def unit(self, kind: str, words: list[Word], first: int, last: int, number: int | None = None) -> Unit:
        if kind == CODE:
            return self.code(words[first:last])
        if kind == NUMBER:
            return self.ordinal(words, first, last, number)
        return self.word(words, first) if last - first == 1 else self.group(words[first:last])

    def word(self, words: list[Word], index: int) -> Unit:
        word = words[index]
        unit = Unit(word.kind, word.surface)
        if word.is_stop:
            return unit
        unit.add(*word.stems)
        if word.kind != WORD:
            return unit
        unit.add(*(stem + "ی" for stem in word.stems if takes_indefinite(stem)))
        for first in range(max(0, index - 2), index + 1):
            for last in (first + 2, first + 3):
                if index < last <= len(words) and _may_be_one(words[first:last]):
                    unit.add(*joined(words[first:last])[0])
        if not is_recognised(word.surface):
            for split in _splits(word.surface):
                unit.add_chain(split)
        self.correct(unit, word.surface, word.stems, is_doubted=may_be_mistaken(word.base))
        return unit

    def group(self, words: list[Word]) -> Unit:
        """Words that a ZWNJ joins: as one, or one after another."""
        lexemes, surface = joined(words)
        unit = Unit(WORD, surface)
        unit.add(*lexemes)
        unit.add_chain(_chain(words))
        self.correct(unit, surface, lexemes, is_doubted=may_be_mistaken(surface))
        return unit

    def correct(self, unit: Unit, surface: str, stems_: tuple[str, ...], *, is_doubted: bool) -> None:
        """Look for what a word may be a mistake for that is in neither the lexicon nor any text.

        One that `is_doubted` must itself stand in a text, not only its stem: «گذارش».
        «لطیف» is a word, and what was meant; that «صادق لطیف» may be «صادق لطفی», the names know (`names.correct`).
        """
        if not self.corrections or surface in ENDINGS or (is_recognised(surface) and not is_doubted):
            return
        if not any(self.known(word) for word in ((surface,) if is_doubted else (surface, *stems_))):
            some = surface.removesuffix("ی")
            if some != surface and takes_indefinite(some):
                unit.add(*stems(some))  # «تمامی» is no mistake
                return
            others = self.corrections(surface)
            unit.corrections = [word for word in others if not is_doubted or _slips(surface, stems_, word)]
            unit.add(*(stem for word in unit.corrections for stem in stems(word)))

    def ordinal(self, words: list[Word], first: int, last: int, number: int) -> Unit:
        """«سیزدهم» as it is, and the number 13 beside the word that is counted: «اجلاس ۱۳»."""
        unit = Unit(NUMBER, " ".join(word.surface for word in words[first:last]))
        unit.add_chain(_chain(words[first:last]))
        for beside in (words[first - 1] if first else None, words[last] if last < len(words) else None):
            if beside is not None and beside.kind == WORD and not beside.is_stop:
                unit.add_chain([(beside.stems, 1), ((str(number),), 1)])
        if last < len(words) and words[last].surface in MONTHS:
            unit.add_chain([((str(number),), 1), (words[last].stems, 1)])  # «هجدهم شهریور» is «۱۸ شهریور»
        return unit

    def code(self, words: list[Word]) -> Unit:
        unit = Unit(CODE, "".join((word.glue if index else "") + word.surface for index, word in enumerate(words)))
        unit.add_chain(_chain(words))
        return unit

    def date(self, date: Date, words: list[Word], places: list[int]) -> Unit:
        unit = Unit(DATE, date.lexeme[1:])
        unit.add(date.lexeme + "*" if date.is_month else date.lexeme)
        if date.is_month and date.in_words:
            unit.expressions.append(
                f"({' & '.join(_alternatives(words[place].stems) for place in (places[0], places[-1]))})"
            )
        return unit

    def begin(self, units: list[Unit], words: list[Word], text: str, before: Word | None) -> None:
        """Make the last unit, of these words, one that is only begun."""
        word, typed = words[-1], text[words[0].start : words[-1].end]
        last = begun(text[word.start : word.end])
        chain = _chain(words, {len(words) - 1: (len(words), last, 1)} if last else None)
        if units[-1].kind in (CODE, NUMBER) and len(words) > 1:
            units[-1].add_chain(chain)
            return
        unit = Unit(word.kind, typed)
        if len(typed) >= SHORTEST_PREFIX or before:
            unit.add(*begun(typed))
        if len(words) > 1:
            unit.add_chain(chain)
        elif before and may_join(before, word):
            unit.add(*begun(before.surface + typed))
            if not before.is_stop:
                units[-2].add(*begun(before.surface + typed))
        if unit.expressions:
            units[-1] = unit

    # Phrases

    def phrase(self, text: str, *, start: int) -> list[Unit]:
        """Words one after another, however each two of them are joined."""
        words = words_of(text)
        unit = Unit(PHRASE, text.strip(), start=start, end=start + len(text))
        for chain in _readings(text, words):
            unit.add_chain(chain)
        return [unit]


def _readings(text: str, words: list[Word]) -> list[_Chain]:
    """The ways in which a phrase may stand in a text."""
    solid = {}
    for date in dates_of(text):
        places = [index for index, word in enumerate(words) if date.start <= word.start < date.end]
        if places:
            lexeme = date.lexeme + "*" if date.is_month else date.lexeme
            solid[places[0]] = (places[-1] + 1, (lexeme,), len(places))
    readings = [_chain(words, solid)]
    groups = {first: (last, joined(words[first:last])[0], 1) for first, last in groups_of(words) if last - first > 1}
    if groups:
        readings.append(_chain(words, groups | solid))
    for first, last, number in ordinals_of(words):
        readings.append(_chain(words, solid | {first: (last, (str(number),), last - first)}))
        readings.append(_chain(words, solid | {first: (last, (str(number),), 1)}))
    for index, word in enumerate(words):
        if index + 1 < len(words) and may_join(word, words[index + 1]) and words[index + 1].glue == " ":
            readings.append(
                _chain(words, groups | solid | {index: (index + 2, joined(words[index : index + 2])[0], 1)})
            )
        if has_class(word.base, "C") and index + 1 < len(words):
            readings.append(_chain(words, solid | {index: (index + 1, word.stems, 2)}))
    return readings[:MOST_WORDS]


def _chain(words: list[Word], as_one: dict[int, tuple[int, tuple[str, ...], int]] | None = None) -> _Chain:
    """Words as a chain; `as_one[i]`: up to which word these lexemes stand for all, and how many places they take."""
    chain, index, distance = [], 0, 1
    while index < len(words):
        following, lexemes, places = (as_one or {}).get(index) or (index + 1, words[index].stems, 1)
        if index in (as_one or {}) or not words[index].is_stop:
            chain.append((lexemes, distance))
            distance = places
        else:
            distance += 1
        index = following
    return chain


def _phrase(chain: _Chain) -> str:
    """PostgreSQL measures <n> from the end of what is before: a flat chain, no phrase within a phrase."""
    (lexemes, _), *rest = chain
    text = _alternatives(lexemes)
    for lexemes, distance in rest:
        text += f" <{distance}> {_alternatives(lexemes)}"
    return f"({text})" if rest else text


def _alternatives(lexemes: tuple[str, ...]) -> str:
    terms = [_term(lexeme) for lexeme in lexemes]
    return terms[0] if len(terms) == 1 else f"({' | '.join(terms)})"


def _term(lexeme: str) -> str:
    return quoted(lexeme[:-1]) + ":*" if lexeme.endswith("*") else quoted(lexeme)


def _slips(typed: str, stems_: tuple[str, ...], meant: str) -> bool:
    """Whether a word of the language is easily typed for another: by letters that are alike, not by its ending."""
    return not meant.startswith(stems_) and distance_of(typed, meant) <= SWAP


def _may_be_one(words: list[Word]) -> bool:
    """Whether a text may have these as one word: «پیش نویس», «صدا و سیما»."""
    return may_join(*words) if len(words) == 2 else may_join_three(*words)


def _codes_of(words: list[Word]):
    """Where numbers and letters follow one another without a space: 123/ت/456."""
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or words[index].glue not in _IN_CODES:
            if index - start > 1 and any(word.kind == NUMBER for word in words[start:index]):
                yield start, index
            start = index


def _splits(surface: str) -> list[_Chain]:
    """Two words that an unknown one may consist of."""
    splits = []
    for place in range(2, len(surface) - 1):
        first, second = surface[:place], surface[place:]
        if is_head(first) and len(surface) > 4:
            if _is_word(second):
                splits.append([(stems(first), 1), (stems(respell(second)), 1)])
            if second[0] == "و" and _is_word(second[1:]):
                splits.append([(stems(first), 1), (stems(respell(second[1:])), 2)])
    return splits[:3]


def _is_word(text: str) -> bool:
    return len(text) > 2 and (is_recognised(text) or (text[-1] == "ی" and is_head(text[:-1])))
