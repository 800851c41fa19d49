"""A directory: rows in the order of the Persian alphabet, under their letters, a page at a time."""

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Left

from council_portal.paging import PER_PAGE, page_of
from council_portal.persian.sorting import PersianKey, initial_of


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that rows begin with, and the number of the page on which it begins."""

    letter: str
    page: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of a directory. `groups` are (Letter, rows) in order; `letters` are those of all pages."""

    page: Page
    letters: list[Letter]
    groups: list[tuple[Letter, list]]


def directory_of(request, rows: QuerySet, name: str) -> Directory:
    """Return the page that the request asks for of `rows`, which are sorted by the text `name` first."""
    rows = rows.annotate(initial=Left(PersianKey(name), 1))
    page = page_of(request, rows)
    letters = _letters(rows)
    by_letter = {letter.letter: letter for letter in letters}
    groups = [(by_letter[letter], [*group]) for letter, group in groupby(page, lambda row: initial_of(row.initial))]
    return Directory(page, letters, groups)


def _letters(rows: QuerySet) -> list[Letter]:
    letters, before = {}, 0
    for initial, count in sorted(rows.order_by().values_list("initial").annotate(Count("pk"))):
        letter = initial_of(initial)
        letters.setdefault(letter, Letter(letter, before // PER_PAGE + 1, f"letter-{ord(letter):x}"))
        before += count
    return [*letters.values()]


def word_keys(text: str) -> list[PersianKey]:
    """The words of a text as they stand in a PersianKey, to be looked for with `key__contains`."""
    return [PersianKey(Value(word)) for word in text.split()]


def neighbours(rows: QuerySet, row, *names: str) -> dict:
    """The rows before and after `row` by the alphabet of `names`, as components/neighbours.html takes them."""
    keys = {f"key_{number}": PersianKey(name) for number, name in enumerate(names)}
    rows = rows.annotate(**keys).order_by(*keys, "pk")
    here = rows.filter(pk=row.pk).values_list(*keys, "pk").get()
    previous = rows.filter(_beyond([*keys, "pk"], here, "lt")).reverse().first()
    following = rows.filter(_beyond([*keys, "pk"], here, "gt")).first()
    return {
        "previous_url": previous.get_absolute_url() if previous else "",
        "previous_title": previous or "",
        "next_url": following.get_absolute_url() if following else "",
        "next_title": following or "",
    }


def _beyond(fields: list[str], values: tuple, comparison: str) -> Q:
    """Rows whose `fields`, compared one after the other, are less ("lt") or greater ("gt") than `values`."""
    beyond, same = Q(), Q()
    for field, value in zip(fields, values, strict=True):
        beyond |= same & Q(**{f"{field}__{comparison}": value})
        same &= Q(**{field: value})
    return beyond
