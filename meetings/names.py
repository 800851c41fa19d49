"""Meetings by the names that people and pages give them."""

from collections.abc import Iterator

from django.db.models import Q

from council_portal.search.analysis import ordinals_of
from council_portal.search.folding import fold
from council_portal.search.tokens import NUMBER
from council_portal.search.words import Word, words_of

# What a meeting is, which tells none from another.
KINDS = {fold(word).text for word in ("اجلاس", "نشست", "جلسه", "شماره")}


def called(name: str) -> Q | None:
    """The meetings that a name with one number in it may mean: «سیزدهمین اجلاس», «جلسه ۱۳ کمیته آموزش», 13.

    What else is said must be part of the body's name. None for a name without a number, or with several.
    """
    folded = fold(name)
    words = words_of(folded.text)
    numbers = list(_numbers_in(words))
    if len(numbers) != 1:
        return None
    first, last, number = numbers[0]
    meant = Q(number=number)
    for word in (*words[:first], *words[last:]):
        if word.surface not in KINDS:
            meant &= Q(body__name__icontains=name[folded.start(word.start) : folded.end(word.end)])
    return meant


def _numbers_in(words: list[Word]) -> Iterator[tuple[int, int, int]]:
    yield from ordinals_of(words)
    for index, word in enumerate(words):
        if word.kind == NUMBER and word.surface.isdecimal() and len(word.surface) < 6:
            yield index, index + 1, int(word.surface)
