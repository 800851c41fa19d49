"""One form for each letter and word, however it was typed, with the way back to the original text.

`council_portal.persian.text` unifies what is *stored*; folding goes much further and serves comparison only:
what was written is never replaced by it.
"""

import re
import unicodedata
from dataclasses import dataclass

ZWNJ = "\u200c"

_SAME = {
    "ی": "يىېێے",
    "ک": "كڪګ",
    "ه": "ةۀہۂۃھە",
    "ا": "أإٱ",
    "و": "ؤۆۇۋ",
    ZWNJ: "\u00ac\u00ad\u200b",  # stand-ins for it in old Word files
}
_DIGITS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
# Vowel signs and other marks, tatweel, and what steers joining and direction without being seen.
_DELETED = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0640\u061c\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
# Shapes of letters, as old programs and PDF files store them; one may stand for several letters.
_SHAPES = [range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF), range(0xFF01, 0xFF5F)]


def _table() -> dict[int, str]:
    table = {ord(other): letter for letter, others in _SAME.items() for other in others}
    table |= {ord(digit): str(value) for digits in _DIGITS for value, digit in enumerate(digits)}
    table |= {code: chr(code).lower()[0] for code in range(0x41, 0x250) if chr(code).isupper()}
    return table


_ONE_FOR_ONE = _table()
_UNSEEN = re.compile(f"[{_DELETED}]")
_SHAPE = {
    code: _UNSEEN.sub("", unicodedata.normalize("NFKC", chr(code))).lower().translate(_ONE_FOR_ONE)
    for codes in _SHAPES
    for code in codes
}
# A letter with its sign after it, as some keyboards send them, is the letter that has the sign.
_COMPOSED = {"ا\u0653": "آ", "ی\u0654": "ئ", "ي\u0654": "ئ", "ى\u0654": "ئ"}
_OF_ANOTHER_LENGTH = re.compile(
    f"{'|'.join(_COMPOSED)}|[{_DELETED}]+|[{''.join(map(re.escape, map(chr, _SHAPE)))}]",
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `origins[i]` is where its letter i stands in the original, None when nothing moved."""

    text: str
    origins: list[int] | None
    length: int

    def start(self, index: int) -> int:
        """Where in the original the letter `index` begins."""
        return index if self.origins is None else self.origins[index]

    def end(self, index: int) -> int:
        """Where in the original that ends which ends before `index` here; marks on the last letter belong to it."""
        if self.origins is None:
            return index
        return self.origins[index] if index < len(self.origins) else self.length


def fold(text: str) -> Folded:
    """Return `text` with one code point for each letter and digit, small Latin letters, no marks; ZWNJ stays.

    The letters ئ ء آ stay too: what becomes of them depends on the word, see `spell`.
    Folding what is folded changes nothing.
    """
    if not _OF_ANOTHER_LENGTH.search(text):
        return Folded(text.translate(_ONE_FOR_ONE), None, len(text))
    parts, origins, done = [], [], 0
    for match in _OF_ANOTHER_LENGTH.finditer(text):
        folded = _COMPOSED.get(match[0]) or _SHAPE.get(ord(match[0][0]), "")
        parts += text[done : match.start()].translate(_ONE_FOR_ONE), folded
        origins += range(done, match.start())
        origins += [match.start()] * len(folded)
        done = match.end()
    parts.append(text[done:].translate(_ONE_FOR_ONE))
    origins += range(done, len(text))
    return Folded("".join(parts), origins, len(text))


def spelled(words: str) -> frozenset[str]:
    """Return words that blanks separate as a set, spelled as texts are."""
    return frozenset(spell(word) for word in words.split())


def spell(word: str) -> str:
    """Return a folded word in one of its accepted spellings: مسئول, مسؤول → مسوول; امضاء → امضا; هیئت → هیات.

    The madd on the first letter stays, because استان and آستان are two words. `word` may hold ZWNJ; they go.
    """
    word = word.replace(ZWNJ, "")
    if "ئ" in word:
        word = re.sub("(?<!ا)ئت", "ات", word.replace("ئو", "وو").replace("سئل", "سال")).replace("ئ", "ی")
    if "ء" in word:
        word = word.replace("ء", "") or word  # which may stand alone
    if "آ" in word[1:]:
        word = word[0] + word[1:].replace("آ", "ا")
    if len(word) > 4 and word.endswith("الله"):
        word = word[:-4] + "اله"
    return word


def as_they_stand(text: str) -> set[str]:
    """Return the words of any text, folded, each with its half-spaces: of «نیروهای» and «نیرو‌های» none is «نیرو»."""
    return set(re.findall(rf"[\w{ZWNJ}]+", fold(text).text))
