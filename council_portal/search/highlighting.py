"""The original text, with what was looked for marked in it."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import Token, analyse
from .query import Query

_INSIDE_WORD = re.compile("[\\w\u200c\u200d\u00ad\u064b-\u065f\u0670]")
ELLIPSIS = "…"


def highlight(text: str, query: Query) -> SafeString:
    """Return `text` escaped, with <mark> around what the query finds in it."""
    return _marked(text, spans_of(text, query), 0, len(text))


def passage(text: str, query: Query, length: int = 240) -> SafeString:
    """Return about `length` letters of `text` around the most of what the query finds, marked; else its beginning."""
    spans = spans_of(text, query)
    start, end = _window(text, spans, length)
    before = ELLIPSIS if start > 0 else ""
    after = ELLIPSIS if end < len(text) else ""
    return mark_safe(before + _marked(text, spans, start, end) + after)


def spans_of(text: str, query: Query) -> list[tuple[int, int]]:
    """Where in `text` stands what the query looks for: whole words, in order, none in another."""
    exact = {lexeme for lexeme in query.lexemes if not lexeme.endswith("*")}
    begun = tuple(lexeme[:-1] for lexeme in query.lexemes if lexeme.endswith("*"))
    found = sorted(
        whole(text, token)
        for token in analyse(text)
        if token.lexeme in exact or (begun and token.lexeme.startswith(begun))
    )
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def whole(text: str, token: Token) -> tuple[int, int]:
    """The token up to the ends of its word, as seen: no mark begins inside a word that a ZWNJ joins."""
    start, end = token.start, token.end
    while start > 0 and _INSIDE_WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and _INSIDE_WORD.match(text[end]):
        end += 1
    return start, end


def _window(text: str, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    best = max(spans, key=lambda span: sum(span[0] <= s and e <= span[0] + length for s, e in spans), default=(0, 0))
    start = max(0, min(best[0] - length // 4, len(text) - length))
    end = min(len(text), start + length)
    return _at_a_blank(text, start, -1), _at_a_blank(text, end, 1)


def _at_a_blank(text: str, place: int, step: int) -> int:
    """The nearest end of a word in a direction; within 40 letters, for texts without blanks."""
    for moved in range(40):
        here = place + step * moved
        if here <= 0 or here >= len(text):
            return min(max(here, 0), len(text))
        if text[here - 1 if step < 0 else here].isspace():
            return here
    return place


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> SafeString:
    parts, done = [], start
    for first, last in spans:
        if first >= start and last <= end:
            parts += [escape(text[done:first]), "<mark>", escape(text[first:last]), "</mark>"]
            done = last
    return mark_safe("".join([*parts, escape(text[done:end])]))
