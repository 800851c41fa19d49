"""Makes the rows of the index from their sources.

Who may find something is asked of the model's own rule: from the most open audience to the most closed, each gets rows
of what its reader may read of a record and those before may not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from council_portal.access.audiences import Audience, Group, names_for
from council_portal.access.standing import standing_of
from council_portal.persian.partial_date import ONE_DAY, PartialDate

from . import analysis
from .analysis import folded_name
from .models import Paragraph
from .names import keys_of
from .sources import Findable, Passage, Source, is_to_many, share_of

SECRETARIAT = Audience(Group.SECRETARIAT)
LONGEST = 1200  # characters of one row; more is shared out


@dataclass(frozen=True, slots=True)
class Row:
    """A name, at place 0, or a paragraph as some audience reads it."""

    ordinal: int
    heading: str
    text: str
    address: str
    document: str
    document_title: str
    words: str
    meeting: int | None
    body: int | None
    days: PartialDate | None
    organizations: tuple[int, ...]
    statuses: tuple[str, ...]
    cited_as: tuple[str, ...]
    names: tuple[str, ...]


def rows_of(source: Source, keys: list[int]) -> Iterator[Paragraph]:
    """What each audience reads of these records, but for what it reads already among a more open one."""
    rests_on = _what_they_rest_on(source, keys)
    whole = _read_by(SECRETARIAT, source, keys)
    given: dict[int, dict[str, list[Row]]] = {key: {} for key in whole}
    left = set(whole)
    for audience, some in _audiences_of(source, whole):
        wanted = left.intersection(some)
        read = {key: whole[key] for key in wanted} if audience == SECRETARIAT else _read_by(audience, source, wanted)
        for key, rows in read.items():
            known = {row for name in _within(audience, given[key]) for row in given[key][name]}
            given[key][audience.name] = rows
            for row in rows:
                if row not in known:
                    yield _paragraph(source, key, row, readers=audience.name, rests_on=rests_on[key])
            if rows == whole[key] and audience.group != Group.ORGANIZATION:
                left.discard(key)  # there is no more of it for anybody


def _audiences_of(source: Source, keys: Iterable[int]) -> Iterator[tuple[Audience, Iterable[int]]]:
    """Those for whom a row may be, from the most open on, each with the records of which that can be."""
    keys = set(keys)
    yield Audience(Group.PUBLIC), keys
    yield Audience(Group.MEMBERS), keys
    for organization, some in _by_end_of(source.organization, source, keys).items():
        yield Audience(Group.ORGANIZATION, organization), some
    for body, some in _by_end_of(source.body, source, keys).items():
        yield Audience(Group.BODY, body), some
        yield Audience(Group.OFFICERS, body), some
    yield SECRETARIAT, keys


def _by_end_of(path: str, source: Source, keys: set[int]) -> dict[int, set[int]]:
    """The records by the body or the organisation at the end of a path; nothing where there is no path."""
    if not path or not keys:
        return {}
    groups: dict[int, set[int]] = {}
    for key, end in source.model._base_manager.filter(pk__in=keys).order_by().values_list("pk", path):
        if end is not None:
            groups.setdefault(end, set()).add(key)
    return dict(sorted(groups.items()))


def _within(audience: Audience, given: dict[str, list[Row]]) -> Iterable[str]:
    """Of the audiences that got something those of which this one's readers are too."""
    if audience == SECRETARIAT:
        return [*given]
    return [name for name in names_for(standing_of(audience.reader)) if name in given]


def _read_by(audience: Audience, source: Source, keys: Iterable[int]) -> dict[int, list[Row]]:
    """The rows of those of these records that this audience may read, as it reads them."""
    if not keys:
        return {}
    readable = source.readable(audience.reader).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    records = source.model._default_manager.filter(pk__in=list(readable))
    return {findable.pk: list(_rows_for(source, findable)) for findable in source.findables(records, audience.reader)}


def _what_they_rest_on(source: Source, keys: list[int]) -> dict[int, set[str]]:
    """For each record the rows from which it is made or by which it is closed, as the notes of changes name them."""
    found: dict[int, set[str]] = {key: set() for key in keys}
    records = source.model._base_manager.filter(pk__in=keys).order_by()
    for noted in _in_one_query(source):
        for key, *others in records.values_list("pk", *(path or "pk" for _name, path in noted)):
            found[key].update(f"{name}:{other}" for (name, _path), other in zip(noted, others, strict=True) if other)
    return found


def _in_one_query(source: Source) -> list[list[tuple[str, str]]]:
    """What notes name by paths to one record together, by each path to many alone: as one query can follow them."""
    to_many = [[noted] for noted in source.noted_as if is_to_many(source.model, noted[1])]
    return [[noted for noted in source.noted_as if [noted] not in to_many], *to_many]


def _rows_for(source: Source, findable: Findable) -> Iterator[Row]:
    document, document_title = findable.within or (f"{source.name}:{findable.pk}", findable.title)
    common = {
        "document": document,
        "document_title": document_title,
        "words": " ".join(filter(None, findable.words)),
        "meeting": findable.meeting,
        "body": findable.body,
        "days": findable.partial_date,
        "organizations": tuple(sorted(set(findable.organizations))),
        "statuses": tuple(sorted({*findable.statuses, *(share_of(*share) for share in findable.shares)})),
    }
    name = Passage("", findable.title, findable.address, tuple(findable.cited_as))
    for ordinal, passage in enumerate(chain([name], _shared_out(findable.passages))):
        yield Row(
            ordinal=ordinal,
            heading=passage.heading or findable.title,
            text=passage.text,
            address=passage.address or findable.address,
            cited_as=tuple(folded_name(one) for one in passage.cited_as if one),
            names=() if ordinal else tuple(dict.fromkeys(filter(None, findable.names))),
            **common,
        )


def _paragraph(source: Source, key: int, row: Row, *, readers: str, rests_on: set[str]) -> Paragraph:
    other_names = [name for name in row.names if name not in row.heading]
    weighed = [
        (row.heading, "A" if row.ordinal == 0 else "B"),
        *((name, "A") for name in other_names),
        *((row.document_title, "C"), (row.words, "C"), (row.text, "D")),
    ]
    known = row.days
    return Paragraph(
        source=source.name,
        object_id=key,
        ordinal=row.ordinal,
        kind=source.kind,
        readers=readers,
        document=row.document,
        document_title=row.document_title,
        heading=row.heading,
        text=row.text,
        address=row.address,
        meeting=row.meeting,
        body=row.body,
        days=(known.first, known.last + ONE_DAY) if known else None,
        day=known.first if known else None,
        year=known.year if known else None,
        organizations=[*row.organizations],
        statuses=[*row.statuses],
        cited_as=[*row.cited_as],
        names=[*row.names],
        name_keys=sorted(keys_of(row.names)),
        rests_on=sorted(rests_on),
        tsv=analysis.tsvector_of([part for part in weighed if part[0]]),
        analysis=analysis.VERSION,
    )


def _shared_out(passages: Iterable[Passage]) -> Iterator[Passage]:
    for passage in passages:
        cited_as = passage.cited_as
        for text in pieces_of(passage.text):
            yield Passage(text, passage.heading, passage.address, cited_as)
            cited_as = ()


def pieces_of(text: str) -> Iterator[str]:
    """A long text in pieces of about LONGEST characters, cut at the ends of lines or, where there are none, words."""
    piece = ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        for part in _short_parts(line):
            if piece and len(piece) + len(part) > LONGEST:
                yield piece
                piece = ""
            piece = f"{piece}\n{part}" if piece else part
    if piece:
        yield piece


def _short_parts(line: str) -> Iterator[str]:
    while len(line) > LONGEST:
        end = line.rfind(" ", 1, LONGEST)
        end = LONGEST if end == -1 else end
        yield line[:end]
        line = line[end:].lstrip()
    if line:
        yield line
