"""Names with one wrong letter: of people, organisations, bodies.

A word that exists is not doubted by itself (typos.py), but many a mistake makes another word: «وزارت نبرو». Names are
few, and what nobody ever wrote so, one word after another, is likely meant as the name from which one letter parts it.
One wrong letter leaves one half of a name as it is: by their halves names are found.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from . import typos
from .folding import fold
from .models import Kind, Paragraph
from .query import Query, Unit, parse
from .sources import all_sources
from .tokens import LATIN, WORD

MOST_WORDS = 12  # of a question in which names are looked for
SHORTEST = 3  # letters
SHORTEST_OFFERED = 5  # every other shorter word is nearly somebody's name
MOST = 3
# What is said before a name, besides what the portal's people are called by.
HONORIFICS = (
    *("دکتر", "مهندس", "استاد", "پروفسور", "حاج", "حاج آقا", "سید", "سیده", "شیخ", "مرحوم"),
    *("حجت‌الاسلام", "حجت‌الاسلام والمسلمین", "حجه‌الاسلام", "حجه‌الاسلام والمسلمین", "آیت‌الله", "آیت‌الله العظمی"),
    *("سرهنگ", "سرتیپ", "سرلشکر", "سردار"),
)
LONGEST_HONORIFIC = 4  # words


@dataclass(frozen=True, slots=True)
class Name:
    """A name that this reader may know, and the row of the index that bears it, of which `thing`."""

    row: int
    thing: tuple[str, int]
    kind: str
    name: str
    letters: str


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a question that follow one another: as they are `written`, and their letters alone.

    `honorific` is what stands before them, where that is said before the name of a person.
    """

    units: list[Unit]
    written: str
    letters: str
    honorific: list[Unit]
    is_all: bool


def correct(query: Query, text: str, *, user) -> None:
    """Look also for the names that `user` may know and from which one letter parts words of `text`, as parsed.

    What stands somewhere as it was typed is not doubted: only where it is all that is asked, and nothing is found by
    its name, the names are offered. One word that is right may mean anything: «نیرو», but not after «دکتر», which is
    looked for no more then.
    """
    paragraphs = Paragraph.objects.visible_to(user)
    for place, near in _named(_places(query, text, user=user), user=user):
        names = list(dict.fromkeys(one.name for one in near))[:MOST]
        as_typed = parse(f"«{place.written}»").tsquery
        query.units = [unit for unit in query.units if not any(unit is one for one in place.honorific)]
        if near[0].letters == place.letters:
            if place.is_all and (place.honorific or len(place.units) > 1):
                query.named = _rows_of(near)
        elif not paragraphs.matching(as_typed).any().exists():
            query.widen(place.units, place.written, {name: parse(name) for name in names})
            if place.is_all:
                query.named = _rows_of(near)
        elif (
            place.is_all
            and len(place.letters) >= SHORTEST_OFFERED
            and not paragraphs.titles().matching(query.tsquery).any().exists()
        ):
            query.perhaps = names


def nearly(text: str, *, user) -> list[int]:
    """The rows that bear a name from which at most one letter parts the whole text, the likeliest first."""
    whole = [place for place in _places(parse(text), text, user=user) if place.is_all]
    return [row for _, near in _named(whole, user=user) for row in _rows_of(near)]


def _rows_of(names: list[Name]) -> list[int]:
    """One row for each thing: of some there is one for each audience."""
    once: dict[tuple[str, int], int] = {}
    for name in names:
        once.setdefault(name.thing, name.row)
    return [*once.values()][:MOST]


def letters_of(text: str) -> str:
    """A text as names are compared: other than `spell` does it, each letter is one in every place of a word."""
    return re.sub(r"[\W_ء]", "", fold(text).text).replace("ئ", "ی")


def keys_of(names: Iterable[str]) -> set[str]:
    """The halves of names: what one wrong letter leaves."""
    return {key for name in names for key in _halves(letters_of(name))}


def _halves(letters: str) -> set[str]:
    skeleton = typos.skeleton_of(letters)
    middle = len(skeleton) // 2
    return {f"{skeleton[:middle]}-", f"-{skeleton[middle:]}"}


def _keys_for(letters: str) -> set[str]:
    """The halves of all names that one letter may part from this: as long, or a letter shorter or longer.

    Where the two letters in the middle are swapped, no half is as it was.
    """
    skeleton, length = typos.skeleton_of(letters), len(letters)
    middle = length // 2
    keys = {f"{skeleton[: middle - 1]}{skeleton[middle]}-"}
    for other in (length - 1, length, length + 1):
        keys |= {f"{skeleton[: other // 2]}-", f"-{skeleton[length - (other - other // 2) :]}"}
    return keys


def _places(query: Query, text: str, *, user) -> list[Place]:
    """All the words, and several that follow one another, the most first; one alone after what is said before names."""
    folded, number, places = fold(text), len(query.units), []
    if number > MOST_WORDS:
        return []
    honorifics = _honorifics(user) if number > 1 else set()

    def written(units: list[Unit], *, before: int = 0) -> str:
        return text[folded.start(units[0].start - before) : folded.end(units[-1].end)]

    def ways_of(units: list[Unit]) -> list[str]:
        """Also with what was read as an «و» of its own before them, such as that of «وارت نیرو»."""
        has_and = re.search(r"(?:^|\s)و$", folded.text[: units[0].start])
        return [written(units), *([written(units, before=1)] if has_and else [])]

    for first, last in combinations(range(number + 1), 2):
        units = query.units[first:last]
        before = (query.units[start:first] for start in range(max(0, first - LONGEST_HONORIFIC), first))
        honorific = next((some for some in before if letters_of(written(some)) in honorifics), [])
        is_all = len(honorific) + last - first == number
        if (is_all or honorific or last - first > 1) and {unit.kind for unit in units} <= {WORD, LATIN}:
            ways = dict.fromkeys([*([text] if last - first == number else []), *ways_of(units)])
            places += [Place(units, one, letters_of(one), honorific, is_all) for one in ways]
    places = [place for place in places if len(place.letters) >= SHORTEST]
    return sorted(places, key=lambda place: -len(place.units))


def _honorifics(user) -> set[str]:
    """What is said before names, of those whom `user` may know too."""
    called = (source.honorifics(user) for source in all_sources() if source.honorifics)
    return {letters_of(one) for one in chain(HONORIFICS, *called) if one}


def _named(places: list[Place], *, user) -> Iterator[tuple[Place, list[Name]]]:
    """Those places at which a name stands, or what one letter parts from it; no two of them share a word."""
    known = _names_like({place.letters for place in places}, user=user)
    taken: list[Unit] = []
    for place in places:
        near = _nearest(place.letters, known)
        if place.honorific:
            near = [name for name in near if name.kind == Kind.PERSON]
        units = [*place.honorific, *place.units]
        if near and not any(unit is other for unit in units for other in taken):
            taken += units
            yield place, near


def _names_like(texts: set[str], *, user) -> dict[str, list[Name]]:
    """The names that one letter may part from one of these texts, by their halves."""
    if not texts:
        return {}
    keys = sorted({key for text in texts for key in _keys_for(text)})
    rows = Paragraph.objects.visible_to(user).titles().filter(name_keys__overlap=keys).order_by("pk")
    known = defaultdict(list)
    for row, source, key, kind, names in rows.values_list("pk", "source", "object_id", "kind", "names"):
        for name in (Name(row, (source, key), kind, name, letters_of(name)) for name in names):
            for key in _halves(name.letters):
                known[key].append(name)
    return known


def _nearest(letters: str, known: dict[str, list[Name]]) -> list[Name]:
    """Those of the names from which one letter parts a text, without such as are much less likely than the first."""
    names = dict.fromkeys(name for key in sorted(_keys_for(letters)) for name in known.get(key, ()))
    near = [(round(typos.distance_of(letters, name.letters), 2), name) for name in names]
    near = sorted((one for one in near if one[0] <= typos.OTHER), key=lambda one: (one[0], one[1].row))
    behind = typos.BEHIND_THE_LIKELIEST if near and near[0][0] else 0
    return [name for distance, name in near if distance <= near[0][0] + behind]
