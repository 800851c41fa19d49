"""Makes the rows of the index from their sources, and keeps up with what changes.

Who may find something is asked of the model's own rule: from the most open audience to the most closed, each gets rows
of what its reader may read of a record and those before may not.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation

from council_portal.access.audiences import Audience, Group, names_for
from council_portal.access.standing import standing_of
from council_portal.persian.partial_date import ONE_DAY, PartialDate

from . import analysis
from .changes import date_changes
from .folding import ZWNJ, fold, spell
from .models import Change, Paragraph
from .names import keys_of
from .sources import Findable, Passage, Source, all_sources, share_of
from .words import words_of

logger = logging.getLogger(__name__)

BATCH = 500
AT_A_SAVE = 300  # records; more are left to the queue
SECRETARIAT = Audience(Group.SECRETARIAT)
LONGEST = 1200  # characters of one row; more is shared out
CLAIMS = 50  # locks for each source: enough that two who save seldom meet

Units = dict[str, set[int]]  # by the name of the source: which of its records


class Busy(Exception):
    """Somebody else is indexing some of these records at this moment."""


def index(source: Source, keys: Iterable[int], *, wait: bool = False, is_news: bool = True) -> int:
    """Make the rows of these records anew, in the transaction under way; returns how many there are now.

    What they say otherwise than before is changed now or, where it `is_news` no more, when the record was.
    Raises Busy, unless it is to `wait`, while another transaction indexes one of them: it may know less.
    """
    keys = list(keys)
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        _claim(source, keys, wait=wait)
        date_changes(source, keys, rows := list(_rows_of(source, keys)), is_news=is_news)
        Paragraph.objects.filter(source=source.name, object_id__in=keys).delete()
        _write(rows)
    return len(rows)


def _write(rows: list[Paragraph]) -> None:
    """As bulk_create does, in half the time."""
    columns = [column for column in Paragraph._meta.concrete_fields if not column.primary_key]
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    statement = f"COPY {Paragraph._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns])


def _claim(source: Source, keys: list[int], *, wait: bool) -> None:
    # Who saves never waits here for another: they might hold what this one wants next.
    claim = "(pg_advisory_xact_lock(name, claim) IS NOT NULL)" if wait else "pg_try_advisory_xact_lock(name, claim)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT bool_and({claim}) FROM hashtext(%s) AS name, unnest(%s::int[]) AS claim",  # noqa: S608 - ours
            [f"search {source.name}", sorted({key % CLAIMS for key in keys})],
        )
        if not cursor.fetchone()[0]:
            raise Busy


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


def _rows_of(source: Source, keys: list[int]) -> Iterator[Paragraph]:
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
    for paths in source.paths_to_read:
        tables = [source.watched[path]._meta.db_table for path in paths]
        for key, *others in records.values_list("pk", *(path or "pk" for path in paths)):
            found[key].update(f"{table}:{other}" for table, other in zip(tables, others, strict=True) if other)
    return found


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


def folded_name(text: str) -> str:
    """An exact name as it is compared: «اجلاس/۱۲» and «اجلاس / 12» are one, as are two spellings of a word.

    An ordinal is its number: «اجلاس سیزدهم» is «اجلاس ۱۳», «بیست‌ویکمین اجلاس» «۲۱ اجلاس»; a comma is nothing.
    """
    folded = fold(text).text.replace(f"{ZWNJ}و", " و ").replace(ZWNJ, " ").replace("،", " ")
    words = words_of(folded)
    for first, last, number in reversed(list(analysis.ordinals_of(words))):
        folded = f"{folded[: words[first].start]}{number}{folded[words[last - 1].end :]}"
    return "".join(spell(part) for part in folded.split())


# Keeping up with changes


def units_of(changes: Iterable[Change]) -> Units:
    """Which records have to be indexed again after these changes."""
    by_table: dict[str, list[int]] = {}
    for change in changes:
        by_table.setdefault(change.source, []).append(change.object_id)
    units: Units = {}
    for source in all_sources():
        touched = Q()
        for path, model in source.watched.items():
            keys = by_table.get(model._meta.db_table)
            if keys:
                touched |= Q(**{f"{path or 'pk'}__in": keys})
        if touched:
            found = source.model._base_manager.filter(touched).order_by().values_list("pk", flat=True)
            units[source.name] = set(found)
    names = [f"{table}:{key}" for table, keys in by_table.items() for key in keys]
    resting = Paragraph.objects.filter(rests_on__overlap=names).order_by().values_list("source", "object_id")
    for name, key in resting.distinct():
        units.setdefault(name, set()).add(key)
    return units


def index_units(units: Units, *, is_news: bool = True) -> int:
    """Index these records as `index` does, of each source the newest first; returns the number of rows. Raises Busy."""
    sources = {source.name: source for source in all_sources()}
    done = 0
    for name, keys in units.items():
        newest_first = sorted(keys, reverse=True)
        for start in range(0, len(newest_first), BATCH):
            done += index(sources[name], newest_first[start : start + BATCH], is_news=is_news)
    return done


def index_noted(*, at_most: int = 200) -> int:
    """Index what was noted as changed, by whatever way, and forget the notes; returns how many notes there were.

    What was indexed in the transaction that changed it is done a second time: only now is seen what others changed
    beside it at the same moment. Raises Busy; what was noted stays noted then.
    """
    with transaction.atomic():
        changes = list(Change.objects.select_for_update(skip_locked=True).order_by("pk")[:at_most])
        if not changes:
            return 0
        index_units(units_of(changes))
        Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
        raise_revision()
    return len(changes)


def raise_revision() -> None:
    """Pages that showed what was found before are made anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT raise_revision()")


# At a save


def after_change(sender, instance, **kwargs) -> None:
    """Receiver of post_save and post_delete: index what this transaction has changed so far.

    An index kept by a signal is no rule of the council but a copy of what the rules did, whoever did it: so it hangs on
    the save itself. What is changed past it (bulk, SQL) was noted by the triggers all the same, and is found no more
    until it is indexed: after the commit, or by the queue. A model that says so (`is_news`) tells nobody anything new.
    """
    if not settings.SEARCH_INDEXES_SAVES or kwargs.get("raw"):
        return
    model, number = sender._meta.concrete_model, _transaction()
    own = Q(source=model._meta.db_table, object_id=instance.pk)
    noted = list(Change.objects.filter(Q(noted_in=number) | own).order_by("pk")[:AT_A_SAVE])
    if len(noted) == AT_A_SAVE:
        return  # a transaction of many changes: all of them are the queue's
    _index_own(model, instance.pk, noted, is_news=getattr(instance, "is_news", True))
    if connection.in_atomic_block:
        transaction.on_commit(lambda: _index_rest(number), robust=True)
    else:
        raise_revision()


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        return cursor.fetchone()[0]


def _index_own(model, key: int, noted: list[Change], *, is_news: bool) -> None:
    """Index what the changes hide; where a name alone was changed, what bears it or, if that is too much, the record
    itself. The queue does the rest."""
    if _index_changes([change for change in noted if change.hides], is_news=is_news):
        return
    own = [change for change in noted if (change.source, change.object_id) == (model._meta.db_table, key)]
    bearing = units_of(own) if own else {}
    if not 0 < sum(map(len, bearing.values())) <= AT_A_SAVE:
        bearing = {source.name: {key} for source in all_sources() if source.model is model}
    _try_to_index(bearing, is_news=is_news)


def _index_changes(changes: list[Change], *, is_news: bool = True) -> bool:
    """Index what rests on these rows, and hide it no longer; False where there is none, or too much for a save."""
    units = units_of(changes) if changes else {}
    if not 0 < sum(map(len, units.values())) <= AT_A_SAVE:
        return False
    if _try_to_index(units, is_news=is_news):
        # Not what another transaction has noted again meanwhile.
        same = Change.objects.filter(noted_in__in={change.noted_in for change in changes})
        same.filter(pk__in=[change.pk for change in changes]).update(hides=False)
    return True


def _try_to_index(units: Units, *, is_news: bool) -> bool:
    """A record is kept though it cannot be indexed now: it stays hidden, and the queue comes back to it."""
    try:
        with transaction.atomic():
            index_units(units, is_news=is_news)
    except Busy:
        return False
    except Exception:
        logger.exception("Not indexed: %s", units)
        return False
    return True


def _index_rest(number: int) -> None:
    """After the commit: what the transaction changed past the signals, by its last bulk updates."""
    left = list(Change.objects.filter(noted_in=number, hides=True).order_by("pk")[:AT_A_SAVE])
    if left and _index_changes(left):
        raise_revision()
