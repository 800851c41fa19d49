"""The words of a text: what is written apart but belongs to a word is joined to it, as «کتاب ها» or «می شود».

A word keeps what it is without its ending (`base`) and with it (`surface`), where it stands in the folded text, and
what stands between it and the word before (`glue`). Words that a ZWNJ joins stay single here; see `groups_of`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from . import stemming
from .folding import ZWNJ, spell, spelled
from .lexicon import has_class, is_known
from .stemming import STOP_WORDS, is_recognised, respell, stems
from .tokens import LATIN, NUMBER, WORD, Piece, pieces_of

_OF_HA = spelled("ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست")
_OF_COMPARISON = spelled("تر تری ترین ترینها ترینهای")
ENDINGS = _OF_HA | _OF_COMPARISON | spelled("ام ات اش ای ی یی اند ایم اید مان تان شان م ت ش ست")
LONGEST_ENDING = 2  # of what is in no list: «همکار ان»
_OF_NUMBER = {"": ("ام", "م", "امین", "مین"), ZWNJ: ("ام", "م", "امین", "مین"), " ": ("ام", "امین")}  # «۲۱ام»
_AFTER_HEH = spelled("ای ام اش اند ایم اید")
_AFTER_VOWEL = spelled("ی یی")
_OF_VERB = frozenset(["می", "نمی", "همی"])
_AND_ONE = spelled("ویک ویکم ویکمین")  # of «بیست‌ویکم»; the lexicon has a «ویک»
_OF_FUTURE = ("نخواهد", "خواهد")
# Stop words that may be one word with what follows, be it one of these: «همین طور», «این که»; others with a verb only.
_DETERMINERS = spelled("این آن همین همان هر")
_AFTER_DETERMINER = spelled("که را")
_BEFORE_VERB = spelled("بر در")
# What stands in the middle of three words that are one: «دست اندر کار».
_IN_THE_MIDDLE = spelled("و به در از بر هم اندر")


@dataclass(slots=True)
class Word:
    kind: str
    base: str
    surface: str
    start: int
    end: int
    glue: str
    stems: tuple[str, ...] = ()
    is_stop: bool = False

    @property
    def lexemes(self) -> tuple[str, ...]:
        """What a text with this word is found under; a stop word is not."""
        if self.is_stop:
            return ()
        found = (*self.stems, *stemming.also_found_by(self.stems))
        return found if self.surface in found else (*found, "=" + self.surface)

    def attach(self, ending: Piece) -> None:
        self.end = ending.end
        if self.kind == NUMBER:
            return
        self.surface += ending.text
        if ending.text in _OF_COMPARISON and not has_class(self.base, "A"):
            self.base = self.surface

    def finish(self) -> None:
        if self.kind == WORD:
            self.is_stop = self.surface in STOP_WORDS or self.base in STOP_WORDS
        self.stems = self.stems or (stems(self.base) if self.kind == WORD else (self.base,))


def words_of(text: str, *, is_begun: bool = False) -> list[Word]:
    """Return the words of folded text; of its last one, where that `is_begun`, nobody knows yet that it is two."""
    words, pieces = [], pieces_of(text)
    skip = False
    for piece, following in zip_longest(pieces, pieces[1:]):
        if skip:
            skip = False
        elif skip := _is_verb(piece, following):
            words.append(_verb(piece, following))
        elif words and _attaches(words[-1], piece):
            words[-1].attach(piece)
        else:
            words += _words(piece, is_one=is_begun and following is None)
    for word in words:
        word.finish()
    return words


def groups_of(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Where words that a ZWNJ joins begin and end: (3, 5) for the fourth and the fifth; (3, 4) for one by itself."""
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or words[index].glue != ZWNJ or {words[index].kind, words[index - 1].kind} != {WORD}:
            if index > start:
                yield start, index
            start = index


def joined(words: list[Word]) -> tuple[tuple[str, ...], str]:
    """Return the stems and the surface of several words written as one: دستور‌العمل‌ها → دستورالعمل, دستورالعملها.

    A word that looks like an ending is none: «جلسه آتی» is not «جلساتی», under which every «جلسه» stands.
    """
    *before, last = words
    start = "".join(word.surface for word in before)
    surface = respell(start + last.surface)
    found = (surface,) if last.is_stop else _stems_of_both(start, last.base)
    if last.surface not in ENDINGS and len(last.surface) > LONGEST_ENDING and is_recognised(last.surface):
        found = tuple(stem for stem in found if stem not in words[0].stems) or (surface,)
    return found, surface


@lru_cache(maxsize=100_000)
def compound(first: str, second: str) -> tuple[str, ...]:
    """Return the stems of two neighbours written as one, if that is a word: پیش, نویس → پیشنویس."""
    if len(first) < 2 or len(second) < 2:
        return ()
    if is_known(respell(first + second)):
        return stems(respell(first + second))
    if first in _DETERMINERS:
        return ()  # of «آن تنها» is no آنتن
    return tuple(stem for stem in _stems_of_both(first, second) if len(stem) > len(first) + 1 and is_known(stem))


def _stems_of_both(first: str, second: str) -> tuple[str, ...]:
    word = respell(first + second)
    is_verb = is_known(second) and stemming.has_copula(word)  # «پاک کنند» has no پاک‌کن in it
    return (word,) if is_verb else stems(word)


def may_join(first: Word, second: Word) -> bool:
    """Whether two neighbours can be one word: «به نام» is never «بهنام», but «هم افزایی» is one, and «بر می‌گردد»."""
    if {first.kind, second.kind} != {WORD} or second.glue not in (" ", ZWNJ):
        return False
    if first.surface in _DETERMINERS:
        return not second.is_stop or second.surface in _AFTER_DETERMINER
    if first.surface in _BEFORE_VERB:
        return stemming.is_verb(second.surface)
    return not second.is_stop and (not first.is_stop or first.surface == "هم")


def may_join_three(first: Word, middle: Word, last: Word) -> bool:
    """Whether three neighbours can be one word: «صدا و سیما», «دست اندر کار», «گرد هم آیی»."""
    return (
        middle.surface in _IN_THE_MIDDLE
        and first.kind == last.kind == WORD
        and not (first.is_stop or last.is_stop)
        and {middle.glue, last.glue} <= {" ", ZWNJ}
    )


def _is_verb(piece: Piece, following: Piece | None) -> bool:
    """Whether the piece is «می» of the verb after it. After a space only what the dictionary has as a verb is one."""
    if piece.text not in _OF_VERB or following is None or following.kind != WORD:
        return False
    return following.glue == ZWNJ or (following.glue == " " and has_class(spell(piece.text + following.text), "V"))


def _verb(piece: Piece, following: Piece) -> Word:
    surface = spell(piece.text + following.text)
    verb = (stemming.verb_stem(surface),)
    return Word(WORD, surface, surface, piece.start, following.end, piece.glue, verb)


def _attaches(word: Word, piece: Piece) -> bool:
    if word.kind == NUMBER:
        return piece.text in _OF_NUMBER.get(piece.glue, ())
    if piece.kind != WORD or piece.text not in ENDINGS:
        return False
    if word.kind == LATIN:
        return piece.text in _OF_HA and piece.glue in ("", " ", ZWNJ)
    if word.kind != WORD:
        return False
    if piece.glue == ZWNJ:
        return len(word.base) > 1
    if piece.glue == " " and word.surface in STOP_WORDS:
        return word.surface in _DETERMINERS and piece.text in _OF_HA
    return piece.glue == " " and _attaches_apart(word.base, piece.text)


def _attaches_apart(word: str, ending: str) -> bool:
    if ending in _OF_HA or ending.startswith("ترین"):
        return True
    if ending in _OF_COMPARISON:
        return has_class(word, "A")
    if ending in _AFTER_VOWEL:
        return word[-1] in "هاو" and is_known(word)
    return ending in _AFTER_HEH and word.endswith("ه") and is_known(word)


def _words(piece: Piece, *, is_one: bool) -> list[Word]:
    if piece.kind != WORD:
        return [Word(piece.kind, piece.text, piece.text, piece.start, piece.end, piece.glue)]
    words, start, glue = [], piece.start, piece.glue
    for part in (piece.text,) if is_one else _parts(piece.text):
        end = start + len(part)
        surface = respell(part)
        words.append(Word(WORD, surface, surface, start, end, glue))
        start, glue = end, ZWNJ if piece.glue == ZWNJ else " "
    return words


@lru_cache(maxsize=100_000)
def _parts(text: str) -> tuple[str, ...]:
    """Two words that were written as one: وبرنامه → و, برنامه; خواهدشد → خواهد, شد."""
    if is_recognised(respell(text)) and text not in _AND_ONE:
        return (text,)
    for first in ("و", *_OF_FUTURE):
        rest = text.removeprefix(first)
        if rest != text and len(rest) > 1 and is_recognised(respell(rest)):
            return first, rest
    return (text,)
