"""Who is named in a question: meetings, bodies and organisations, which have decisions, material and sessions."""

import re
from collections.abc import Iterable
from itertools import chain, combinations

from .analysis import folded_name
from .asking import read_exactly
from .folding import ZWNJ, as_they_stand, fold
from .models import Kind, Paragraph, ParagraphQuerySet
from .parts import ASSEMBLY, LINKING, SEAM, Parts
from .stemming import is_recognised
from .words import joined, words_of

# By which column of theirs things are found.
COLUMNS = {Kind.MEETING: "meeting", Kind.BODY: "body", Kind.ORGANIZATION: "organizations__contains"}
NAMED = 100  # rows of a name
LONGEST, LONGEST_SHORT = 12, 4  # words of two names; of one in short
_AND = re.compile(r"^(?:و|یا)\s+")


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
    titles = _bodies_and_organizations(user)
    if one := called.get(name) or _only_one(titles.filter(names__overlap=_however_apart(name))):
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


def begins_as_called(text: str, holder: Paragraph) -> bool:
    """Whether a text begins with the first word of a name: «وزارت کار», «گمرک»."""
    return _first_word(text) == _first_word(holder.heading)


def _first_word(text: str) -> str:
    return fold(text).text.partition(" ")[0]


def with_names_as_phrases(text: str, *, user) -> str:
    """A text with the names in it in quotation marks: their words by themselves may stand anywhere. A short name is one
    if it begins as the whole does.
    """
    words = text.split()[:LONGEST]
    called = _called({" ".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2)}, user=user)
    titles = _bodies_and_organizations(user)
    beginnings = {_first_word(heading) for heading in titles.values_list("heading", flat=True).distinct()}

    def is_name(part: list[str]) -> bool:
        name = " ".join(part)
        if not is_several_words(name):
            return False
        is_short = name not in called and part[0] in beginnings and len(part) <= LONGEST_SHORT
        in_short = _named_loosely(titles, name, user=user) if is_short else None
        return name in called or (in_short is not None and begins_as_called(name, in_short))

    marked, start = [], 0
    while start < len(words):
        end = next((end for end in range(len(words), start + 1, -1) if is_name(words[start:end])), start + 1)
        marked.append(" ".join(words[start:end]) if end == start + 1 else f"«{' '.join(words[start:end])}»")
        start = end
    return " ".join([*marked, *text.split()[LONGEST:]])


def is_clear(name: str, holder: Paragraph) -> bool:
    """Whether it can only be meant by this name: in one word a body is called as what it is for, such as training."""
    is_whole = folded_name(holder.heading) in names_in(name)
    return is_whole or holder.kind != Kind.BODY or name == ASSEMBLY or is_several_words(name)


def is_several_words(name: str) -> bool:
    """Whether a name is more than one word, as neither «پست‌ها» nor «برنامه ریزی» is."""
    words = words_of(fold(name).text)
    return len(words) > 1 and not is_recognised(joined(words)[1])


def names_in(text: str) -> list[str]:
    """The exact names that a text may be: what the assembly and the bodies call their meetings, all call «نشست» too."""
    return [folded_name(re.sub(r"(?<!\S)نشست(?!\S)", word, text)) for word in ("نشست", "اجلاس", "جلسه")]


def _bodies_and_organizations(user) -> ParagraphQuerySet:
    return Paragraph.objects.visible_to(user).titles().filter(kind__in=(Kind.BODY, Kind.ORGANIZATION))


def _halves(name: str) -> list[tuple[str, str]]:
    """Into what two names a text may fall: at «در» where that stands in it, as in «وزارت کشور در کمیته آموزش»."""
    words = name.split()
    if len(words) > LONGEST:
        return []
    seams = [place for place, word in enumerate(words) if place and word == SEAM] or range(1, len(words))
    return [
        tuple(_AND.sub("", LINKING.sub("", " ".join(half))) for half in (words[:seam], words[seam:])) for seam in seams
    ]


def _of_two_kinds(pairs: Iterable[list[tuple[str, Paragraph | None]]]) -> list[Paragraph]:
    """The first two, each given with how it is named, that are both known for sure and not of one kind."""
    for pair in pairs:
        both = [one for half, one in pair if one and is_clear(half, one)]
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
    """The only one that is called so in short, or in whose name several words stand, or stand as they are."""
    if (one := _only_one(titles.filter(names__overlap=_however_apart(name)))) or not is_several_words(name):
        return one
    words = read_exactly(name, user=user)
    found = _each_once(titles.named(words.tsquery)) if words.tsquery else []
    if len(found) > 1:
        typed = as_they_stand(name)
        found = [one for one in found if typed <= as_they_stand(one.heading)]
    return found[0] if len(found) == 1 else None


def _however_apart(name: str) -> list[str]:
    """A short name as it may be written: «راه آهن», «راه‌آهن»."""
    return [name, name.replace(" ", ZWNJ), name.replace(ZWNJ, " ")]


def _only_one(titles: ParagraphQuerySet) -> Paragraph | None:
    found = _each_once(titles)
    return found[0] if len(found) == 1 else None


def _each_once(titles: ParagraphQuerySet) -> list[Paragraph]:
    """One row for each thing: of some there is one for each audience."""
    return [*{(row.kind, row.object_id): row for row in titles.defer("tsv")[:NAMED]}.values()]
