"""What can be found: each app says in its `search.py` of which records the index is made, and who may find them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import get_language

from council_portal.persian.calendar import local_date
from council_portal.persian.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a thing, with where to read it: `heading` and `address` are the thing's own if left empty.

    `cited_as` are the exact names of a part that begins here, such as an article.
    """

    text: str
    heading: str = ""
    address: str = ""
    cited_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """One record as its readers find it: a name, and paragraphs.

    Nothing stands in it that not each of those readers may read. `words` are further ones under which it is found, of
    what it is and what it belongs to. `within` is the thing, with its name, under which results are shown together,
    the record itself if left empty. `days` is when it was; `cited_as` are exact names such as a decision's reference,
    `names` those, whole and by the part that tells it from others, by which it is meant also with one wrong letter.
    `shares` are organisations, each with the status of its own part.
    """

    pk: int
    title: str
    address: str
    passages: Iterable[Passage] = ()
    words: Iterable[str] = ()
    within: tuple[str, str] | None = None
    meeting: int | None = None
    body: int | None = None
    days: PartialDate | date | None = None
    organizations: Iterable[int] = ()
    statuses: Iterable[str] = ()
    shares: Iterable[tuple[int, str]] = ()
    cited_as: Iterable[str] = ()
    names: Iterable[str] = ()

    @property
    def partial_date(self) -> PartialDate | None:
        if isinstance(self.days, (date, datetime)):
            return PartialDate.from_date(local_date(self.days))
        return self.days


def share_of(organization: int, status: str) -> str:
    """How the status of one organisation's part stands among the statuses of a row, beside the plain ones."""
    return f"{organization}:{status}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How records stand by the day on which it is asked, which no row of the index can hold, such as overdue.

    `words` mean it, separated by |. `keys(user, organization)` gives a query of the keys of those records as `user`
    may know it, by the part of one organisation unless that is None.
    """

    words: str
    keys: Callable[[object, int | None], models.QuerySet]


@dataclass(frozen=True)
class Source:
    """Records of one model that can be found.

    `readable(user)` gives those that `user` may read, as the pages have it; `body` is the path to the body that
    `Visibility.BODY` speaks of and whose officers write it, `organization` that to those who may read what concerns
    them, closed as it is. `rests_on` are the paths to all records, the record itself ("") among them, from which
    a row of the index is made or by which it is closed: each must carry one of `records`' triggers that note changes.
    `findables(rows, reader)` says of rows how they are found by `reader`, who may read all of them. Where a later
    record takes the place of an earlier one, `holding(keys, user)` says which of these hold now, for who asks by name.
    `honorifics(user)` are said before the names of those whom `user` may know; `offices(user)` are those that people
    hold today, each with the keys of the body and of the person. By `also_called` people mean a status as well, each
    several words separated by |; `standings` are asked for as statuses are.
    """

    name: str
    kind: str
    model: type[models.Model]
    readable: Callable[[object], models.QuerySet]
    findables: Callable[[models.QuerySet, object], Iterator[Findable]]
    rests_on: tuple[str, ...] = ("",)
    body: str = ""
    organization: str = ""
    statuses: dict = field(default_factory=dict)
    also_called: dict = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    holding: Callable[[set[int], object], set[int]] | None = None
    honorifics: Callable[[object], Iterable[str]] | None = None
    offices: Callable[[object], Iterable[tuple[str, int, int]]] | None = None

    @cached_property
    def watched(self) -> dict[str, type[models.Model]]:
        """The model at the end of each path of `rests_on`."""
        return {path: _end_of(self.model, path) for path in self.rests_on}

    @cached_property
    def noted_as(self) -> list[tuple[str, str]]:
        """For each path of `rests_on` the `source` that notes of changes at its end have, and the path to their key.

        What belongs to a record, such as the minutes of a meeting, is noted by the key of that record: so what rests on
        it is known before it comes.
        """
        return [_noted_as(self.model, path) for path in self.rests_on]


def _end_of(model: type[models.Model], path: str) -> type[models.Model]:
    for part in filter(None, path.split("__")):
        model = model._meta.get_field(part).related_model
    return model._meta.concrete_model


def _noted_as(model: type[models.Model], path: str) -> tuple[str, str]:
    table = _end_of(model, path)._meta.db_table
    before, _, last = path.rpartition("__")
    field = _end_of(model, before)._meta.get_field(last) if last else None
    if field is None or field.concrete:
        return table, path
    return f"{table}.{field.remote_field.column}", before


def is_to_many(model: type[models.Model], path: str) -> bool:
    """Whether the path leads from one record of the model to several others."""
    for part in filter(None, path.split("__")):
        field = model._meta.get_field(part)
        if field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    for source in sources:
        _sources[source.name] = source


def all_sources() -> list[Source]:
    return list(_sources.values())


def source_named(name: str) -> Source | None:
    return _sources.get(name)


def watched_models() -> set[type[models.Model]]:
    return {model for source in all_sources() for model in source.watched.values()}


def status_words() -> dict[str, str]:
    """The words of every status that something can be found by."""
    return {status: words for source in all_sources() for status, words in source.statuses.items()}


def words_of_standings() -> set[tuple[str, str]]:
    """Every status and standing, with each of the words that mean it, in Persian and in the reader's language."""
    return {
        (name, words)
        for language in (settings.LANGUAGE_CODE, get_language())
        for source in all_sources()
        for name, said in (
            *(*source.statuses.items(), *source.also_called.items()),
            *((name, one.words) for name, one in source.standings.items()),
        )
        for words in _in(language, said).split("|")
    }


def _in(language: str, text) -> str:
    with translation.override(language):
        return str(text)


def standing_named(name: str) -> tuple[Source, Standing] | None:
    """A standing with the source whose records stand so; None for a status."""
    return next(((source, source.standings[name]) for source in all_sources() if name in source.standings), None)
