"""What somebody meant who typed a word that nobody ever wrote.

Words and mistakes meet by keys: the word's skeleton, in which letters of one sound are one, and the skeleton
with each single letter left out. Those that share a key are then weighed by how easily one slips into the other.
"""

import re
from collections.abc import Iterable

from .stemming import HA, is_recognised

_SAME_SOUND = ["سثص", "تط", "زذضظ", "قغ", "هح", "اآع"]
_SAME_SHAPE = ["بپتثنی", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ"]
_ROWS = ["ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو"]

SOUND, SHAPE, NEIGHBOUR, SWAP, MISSING, OTHER = 0.4, 0.5, 0.6, 0.7, 0.9, 1.0
_MOST = 3
# Of those within the limit, only what comes about as easily as the likeliest.
BEHIND_THE_LIKELIEST = 0.5

# What makes a verb, or what is made of it, its opposite: «آغازنشده» is never meant as «آغازشده».
_NOT = re.compile("ن(?=می|شد|شو|کرد|کن|دار|داد|ده|گرفت|گیر|یافت|یاب|رس|رفت|بود|باش|خواه|توان|پذیر)")
_ENDINGS = (*HA, "ات", "ای", "شان", "مان", "ی")
_SHORTEST_STEM = 4

_SKELETON = str.maketrans({letter: group[0] for group in _SAME_SOUND for letter in group})


def _costs() -> dict[tuple[str, str], float]:
    costs = {
        (a, b): NEIGHBOUR for row in _ROWS for pair in zip(row, row[1:], strict=False) for a, b in (pair, pair[::-1])
    }
    costs |= {(a, b): SHAPE for group in _SAME_SHAPE for a in group for b in group}
    costs |= {(a, b): SOUND for group in _SAME_SOUND for a in group for b in group}
    return costs


_COSTS = _costs()


def skeleton_of(word: str) -> str:
    """Return the word with one letter for all of one sound."""
    return word.translate(_SKELETON)


def keys_of(word: str) -> set[str]:
    """Return the keys under which a folded word is found by whoever mistypes it, and it is looked for when mistyped."""
    skeleton = skeleton_of(word)
    return {skeleton} | {skeleton[:i] + skeleton[i + 1 :] for i in range(len(skeleton))} - {""}


def corrections_of(word: str, candidates: Iterable[tuple[str, int]]) -> list[str]:
    """Return at most three of the candidates, (word, frequency), that `word` may be a mistake for; likeliest first."""
    limit = _limit(word)
    near = []
    for candidate, frequency in candidates:
        if candidate != word and abs(len(candidate) - len(word)) <= 2 and _NOT.sub("", word) != _NOT.sub("", candidate):
            distance = distance_of(word, candidate)
            if distance <= limit:
                near.append((round(distance, 2), -frequency, candidate))
    near.sort()
    return [candidate for distance, _, candidate in near[:_MOST] if distance <= near[0][0] + BEHIND_THE_LIKELIEST]


def without_ending(word: str) -> list[str]:
    """Return what a word that is not known may be without the ending of a plural, a possessive or an indefinite."""
    stems = (word.removesuffix(ending) for ending in _ENDINGS)
    return [stem for stem in dict.fromkeys(stems) if stem != word and len(stem) >= _SHORTEST_STEM]


def _limit(word: str) -> float:
    if len(word) <= 4 or is_recognised(word):  # a word of the language is more likely meant as it is
        return 1.0
    return 1.6 if len(word) <= 7 else 2.0


def distance_of(first: str, second: str) -> float:
    """Return the cost of the cheapest way from one word to the other, letter by letter."""
    before, row = [], [MISSING * j for j in range(len(second) + 1)]
    for i, a in enumerate(first, 1):
        before, above, row = row, before, [MISSING * i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + MISSING, row[j - 1] + MISSING, before[j - 1] + _replaced(a, b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b != a:
                cost = min(cost, above[j - 2] + SWAP)
            row.append(cost)
    return row[-1]


def _replaced(a: str, b: str) -> float:
    return 0 if a == b else _COSTS.get((a, b), OTHER)
