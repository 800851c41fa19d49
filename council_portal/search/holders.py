"""Who is named in a question: meetings, bodies and organisations, which have decisions, material and sessions."""

import re
from collections.abc import Iterable
from itertools import chain

from .analysis import folded_name
from .asking import Question, read
from .folding import fold
from .models import Kind, Paragraph, ParagraphQuerySet
from .parts import ASSEMBLY, LINKING, SEAM, Parts
from .stemming import is_recognised
from .words import groups_of, joined, words_of

# By which column of theirs things are found.
COLUMNS = {Kind.MEETING: "meeting", Kind.BODY: "body", Kind.ORGANIZATION: "organizations__contains"}
NAMED = 100  # rows of a name
LONGEST = 12  # words of two names


def holders_of(parts: Parts, *, user) -> list[Paragraph]:
    """Whose or of which meeting that is for which a question asks: one, two of different kinds, or none.

    By a part of a name only where there is asked for something, and by several words of it: «کارهای باز» is of no
    ministry, «مصوبات آمار» of no office of statistics.
    """
    loosely = bool((parts.kind or parts.status) and is_several_words(parts.name))
    return holders_named(parts.name, loosely=loosely, user=user) if parts.name else []


def holders_named(name: str, *, loosely: bool, user) -> list[Paragraph]:
    """The meeting, body or organisation of this name, or the one body or organisation that is called so in short.

    Where there is none, two of different kinds that are named one after the other or, `loosely`, the one body or
    organisation in whose name the words stand, and two of which one is named so.
    """
    halves = _halves(name)
    called = _called({name, *chain(*halves)}, user=user)
    titles = Paragraph.objects.visible_to(user).titles().filter(kind__in=(Kind.BODY, Kind.ORGANIZATION))
    if one := called.get(name) or _only_one(titles.filter(names__contains=[name])):
        return [one]
    if both := _of_two_kinds([(half, called.get(half)) for half in pair] for pair in halves):
        return both
    if not loosely:
        return []
    if one := _named_loosely(titles, name, user=user):
        return [one]
    return _of_two_kinds(
        [(half, called.get(half) or _named_loosely(titles, half, user=user)) for half in pair]
        for pair in halves
        if SEAM in name.split() or not called.keys().isdisjoint(pair)
    )


def is_name(text: str, *, user) -> bool:
    """Whether a text names a meeting, a body or an organisation; in one word only as it is called now, not in short."""
    holder = _called([text], user=user).get(text)
    return holder is not None and (is_several_words(text) or folded_name(holder.heading) in names_in(text))


def is_several_words(name: str) -> bool:
    """Whether a name is more than one word, as neither «پست‌ها» nor «برنامه‌ریزی» is."""
    words = words_of(fold(name).text)
    is_one = len([*groups_of(words)]) == 1 and is_recognised(joined(words)[1])
    return len(words) > 1 and not is_one


def names_in(text: str) -> list[str]:
    """The exact names that a text may be: what the assembly and the bodies call their meetings, all call «نشست» too."""
    return [folded_name(re.sub(r"(?<!\S)نشست(?!\S)", word, text)) for word in ("نشست", "اجلاس", "جلسه")]


def _halves(name: str) -> list[tuple[str, str]]:
    """Into what two names a text may fall: at «در» where that stands in it, as in «وزارت کشور در کمیته آموزش»."""
    words = name.split()
    if len(words) > LONGEST:
        return []
    seams = [place for place, word in enumerate(words) if place and word == SEAM] or range(1, len(words))
    return [tuple(LINKING.sub("", " ".join(half)) for half in (words[:seam], words[seam:])) for seam in seams]


def _of_two_kinds(pairs: Iterable[list[tuple[str, Paragraph | None]]]) -> list[Paragraph]:
    """The first two, each given with how it is named, that are both known and not of one kind.

    A word alone is no body but the assembly: «مصوبات آموزش وزارت کشور» are about training.
    """
    for pair in pairs:
        both = [one for half, one in pair if one and (one.kind != Kind.BODY or half == ASSEMBLY or " " in half)]
        if len({one.kind for one in both}) == len(pair):
            return both
    return []


def _called(names: Iterable[str], *, user) -> dict[str, Paragraph]:
    """The meeting, body or organisation of each of these names that has one.

    Before who was called so once, or is in short, who is called so now.
    """
    written = {name: set(names_in(name)) for name in names}
    titles = Paragraph.objects.visible_to(user).titles()
    rows = titles.filter(kind__in=COLUMNS, cited_as__overlap=[*chain(*written.values())]).defer("tsv")[:NAMED]
    called = {}
    for name, forms in written.items():
        if bearing := [row for row in rows if not forms.isdisjoint(row.cited_as)]:
            called[name] = min(
                bearing, key=lambda row: (folded_name(row.heading) not in forms, row.kind, row.object_id)
            )
    return called


def _named_loosely(titles: ParagraphQuerySet, name: str, *, user) -> Paragraph | None:
    """The only one that is called so in short, or in whose name several words stand."""
    if (one := _only_one(titles.filter(names__contains=[name]))) or not is_several_words(name):
        return one
    words = read(Question(q=name, exact="1"), user=user)
    return _only_one(titles.named(words.tsquery)) if words.tsquery else None


def _only_one(titles: ParagraphQuerySet) -> Paragraph | None:
    found = {(row.kind, row.object_id): row for row in titles[:NAMED]}
    return next(iter(found.values())) if len(found) == 1 else None
