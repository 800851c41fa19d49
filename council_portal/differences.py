"""What changed between two texts, word by word, for people to read."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_WORD = re.compile(r"\n|\S+")


def difference(old: Iterable[str], new: Iterable[str]) -> SafeString:
    """HTML of the paragraphs of `new`, with what is not in `old` as <ins> and what was there alone as <del>.

    Paragraphs are matched first, so that a long text is compared in a moment and an unchanged paragraph stays whole.
    """
    old, new = list(old), list(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts = (_paragraphs(kind, old[a:b], new[c:d]) for kind, a, b, c, d in matcher.get_opcodes())
    return mark_safe("".join(parts))


def difference_of_line(old: str, new: str) -> SafeString:
    """The same for a single line, such as a heading, without a paragraph around it."""
    return mark_safe(" ".join(_words(old, new)))


def _paragraphs(kind: str, old: list[str], new: list[str]) -> SafeString:
    if kind == "equal":
        return format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in new))
    if kind == "replace":
        return format_html("<p>{}</p>", mark_safe(" ".join(_words("\n".join(old), "\n".join(new)))))
    tag, paragraphs = ("del", old) if kind == "delete" else ("ins", new)
    return format_html_join("", "<p>{}</p>", ((_marked(tag, [paragraph]),) for paragraph in paragraphs))


def _words(old: str, new: str) -> Iterator[SafeString]:
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield _joined(new_words[c:d])
            continue
        if b > a:
            yield _marked("del", old_words[a:b])
        if d > c:
            yield _marked("ins", new_words[c:d])


def _joined(words: list[str]) -> SafeString:
    return format_html_join(" ", "{}", ((mark_safe("<br>") if word == "\n" else word,) for word in words))


def _marked(tag: str, words: list[str]) -> SafeString:
    return format_html("<{0}>{1}</{0}>", mark_safe(tag), _joined(words))
