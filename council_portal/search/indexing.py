"""Keeps the index up with what changes: at a save, after a commit, by the queue."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError, connection, transaction
from django.db.models import Q
from django.utils import translation
from psycopg.errors import ProgramLimitExceeded

from council_portal.records import SEARCH_LOCK, SHARE_SEARCH

from .changes import date_changes
from .models import Change, Paragraph
from .rows import rows_of
from .sources import Source, all_sources, source_named

logger = logging.getLogger(__name__)

BATCH = 500
AT_A_SAVE = 300  # records; more are left to the queue
AT_ONCE = 50  # notes: what others save meanwhile is found when they are done
PAUSE = 0.2  # seconds between two looks whether others are at work
PAUSES = (0, 0.2)  # before each try after a commit: most others are soon done
CLAIMS = 50  # locks for each source: enough that two who save seldom meet
NOT_THEIR_FAULT = (OperationalError, ProgrammingError, InternalError, InterfaceError, MemoryError)  # of the records

Units = dict[str, set[int]]  # by the name of the source: which of its records


class Busy(Exception):
    """Another transaction is indexing some of these records, or changing what is searched, at this moment."""


def index(source: Source, keys: Iterable[int], *, wait: bool = False, is_news: bool = True) -> int:
    """Make the rows of these records anew, in the transaction under way; returns how many there are now.

    What they say otherwise than before is changed now or, where it `is_news` no more, when the record was.
    One of which they cannot be made is found no more: the log says why, and `reindex_search --stale` tries it again.
    Raises Busy, unless it is to `wait`, while another transaction indexes one of them: it may know less.
    """
    keys = list(keys)
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        _claim(source, keys, wait=wait)
        return _replace(source, keys, is_news=is_news)


def _replace(source: Source, keys: list[int], *, is_news: bool) -> int:
    former = Paragraph.objects.filter(source=source.name, object_id__in=keys)
    try:
        with transaction.atomic():
            rows = list(rows_of(source, keys))
            date_changes(source, keys, rows, is_news=is_news)
            former.delete()
            _write(rows)
            return len(rows)
    except Exception as error:
        if isinstance(error, NOT_THEIR_FAULT) and not isinstance(error.__cause__, ProgramLimitExceeded):
            raise
        if len(keys) > 1:
            return sum(_replace(source, [key], is_news=is_news) for key in keys)
        logger.exception("Not indexed: %s %s", source.name, keys)
        former.delete()
        return 0


def _write(rows: list[Paragraph]) -> None:
    """As bulk_create does, in half the time."""
    columns = [column for column in Paragraph._meta.concrete_fields if not column.primary_key]
    names = ", ".join(connection.ops.quote_name(column.column) for column in columns)
    statement = f"COPY {Paragraph._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns])


def is_alone() -> bool:
    """Whether no other transaction under way has changed what is searched, or indexes it, now that this one does.

    Of two that do so at one moment neither sees what the other changes: the later one knows by this that what it has
    indexed may be found only when it has been indexed again.
    """
    key, subkey = SEARCH_LOCK
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SHARE_SEARCH}")
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"  # noqa: S608 - ours
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            f" AND classid = ({key})::oid AND objid = {subkey} AND objsubid = 2)"
        )
        return cursor.fetchone()[0]


def _claim(source: Source, keys: list[int], *, wait: bool) -> None:
    # Who saves never waits here for another: they might hold what this one wants next.
    claim = "(pg_advisory_xact_lock(name, claim) IS NOT NULL)" if wait else "pg_try_advisory_xact_lock(name, claim)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT bool_and({claim}), (SELECT {SHARE_SEARCH}) FROM hashtext(%s) AS name, unnest(%s::int[]) AS claim",  # noqa: S608 - ours
            [f"search {source.name}", sorted({key % CLAIMS for key in keys})],
        )
        if not cursor.fetchone()[0]:
            raise Busy


# Keeping up with changes


def units_of(changes: Iterable[Change]) -> Units:
    """Which records have to be indexed again after these changes."""
    by_name: dict[str, list[int]] = {}
    for change in changes:
        by_name.setdefault(change.source, []).append(change.object_id)
    units: Units = {}
    for source in all_sources():
        touched = Q()
        for name, path in source.noted_as:
            if keys := by_name.get(name):
                touched |= Q(**{f"{path or 'pk'}__in": keys})
        if touched:
            found = source.model._base_manager.filter(touched).order_by().values_list("pk", flat=True)
            units[source.name] = set(found)
    names = [f"{name}:{key}" for name, keys in by_name.items() for key in keys]
    resting = Paragraph.objects.filter(rests_on__overlap=names).order_by().values_list("source", "object_id")
    for name, key in resting.distinct():
        units.setdefault(name, set()).add(key)
    return units


def index_units(units: Units, *, wait: bool = False, is_news: bool = True) -> int:
    """Index these records as `index` does, of each source the newest first; returns the number of rows. Raises Busy."""
    done = 0
    for name, keys in units.items():
        source, newest_first = source_named(name), sorted(keys, reverse=True)
        if source is None:  # it was one before an upgrade
            Paragraph.objects.filter(source=name).delete()
            continue
        for start in range(0, len(newest_first), BATCH):
            done += index(source, newest_first[start : start + BATCH], wait=wait, is_news=is_news)
    return done


def index_noted(*, after: int = 0, but_for: Iterable[int] = ()) -> tuple[set[int], set[int]]:
    """Index what was noted as changed, by whatever way, and forget the notes: of those beyond the key `after` the
    newest, without those of these keys. Returns the keys of the notes that were done, and of those that could not be.

    What was indexed in the transaction that changed it is done a second time: only now is seen what others changed
    beside it at the same moment. Raises Busy while others change what is searched.
    """
    with transaction.atomic():
        if not is_alone():
            raise Busy
        changes = Change.objects.select_for_update(skip_locked=True).filter(pk__gt=after).exclude(pk__in=but_for)
        noted = list(changes.order_by("-pk")[:AT_ONCE])
        all_at_once = _try_to_index(units_of(noted))
        done = {change.pk for change in noted if all_at_once or _try_to_index(units_of([change]))}
        if done:
            Change.objects.filter(pk__in=done).delete()
            raise_revision()
    return done, {change.pk for change in noted} - done


def index_all_noted(*, after: int = 0, patience: float = 0) -> int:
    """Do so with all notes, waiting up to so many seconds for others; returns how many notes were done. Raises Busy."""
    number, failed, until = 0, set(), time.monotonic() + patience
    while True:
        try:
            done, others = index_noted(after=after, but_for=failed)
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)
        else:
            if not (done or others):
                return number
            number, failed = number + len(done), failed | others


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
    model = sender._meta.concrete_model
    own = Q(source=model._meta.db_table, object_id=instance.pk)
    number = _transaction(own)
    with transaction.atomic(savepoint=False):
        # What the queue is at work on is not waited for: it stays hidden until that is done.
        changes = Change.objects.select_for_update(skip_locked=True).filter(Q(noted_in=number) | own).order_by("pk")
        noted = list(changes[:AT_A_SAVE])
        if len(noted) == AT_A_SAVE:
            return  # a transaction of many changes: all of them are the queue's
        _index_own(model, instance.pk, noted, is_news=getattr(instance, "is_news", True))
    if not connection.in_atomic_block:
        raise_revision()
    elif not any(work == _Rest(number) for _savepoints, work, _robust in connection.run_on_commit):
        transaction.on_commit(_Rest(number), robust=True)


def _transaction(own: Q) -> int:
    """The number of the one that saves: under way or, where each save is one by itself, the last that noted its row."""
    if not connection.in_atomic_block:
        return Change.objects.filter(own).order_by("-pk").values_list("noted_in", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        return cursor.fetchone()[0]


def _index_own(model, key: int, noted: list[Change], *, is_news: bool) -> None:
    """Index what the changes hide; where a name alone was changed, what bears it or, if that is too much, the record
    itself. The queue does the rest, and all where others are at work beside."""
    if _index_changes([change for change in noted if change.hides], is_news=is_news):
        return
    if not is_alone():
        return
    own = [change for change in noted if (change.source, change.object_id) == (model._meta.db_table, key)]
    bearing = units_of(own) if own else {}
    if not 0 < sum(map(len, bearing.values())) <= AT_A_SAVE:
        bearing = {source.name: {key} for source in all_sources() if source.model is model}
    _try_to_index(bearing, is_news=is_news)


def _index_changes(changes: list[Change], *, is_news: bool = True) -> bool:
    """Index what rests on these rows, and hide it no longer; beside others it is left hidden. False where there is
    none, or too much for a save."""
    if not changes:
        return False
    with transaction.atomic(savepoint=False):
        was_alone = is_alone()  # before anything is read
        units = units_of(changes)
        if not 0 < sum(map(len, units.values())) <= AT_A_SAVE:
            return False
        if was_alone and _try_to_index(units, is_news=is_news):
            Change.objects.filter(pk__in=[change.pk for change in changes]).update(hides=False)
    return True


def _try_to_index(units: Units, *, is_news: bool = True) -> bool:
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


@dataclass(frozen=True, slots=True)
class _Rest:
    """After the commit: what a transaction changed past the signals, by its last bulk updates, or beside others."""

    transaction: int

    def __call__(self) -> None:
        for pause in PAUSES:
            time.sleep(pause)
            left = list(Change.objects.filter(noted_in=self.transaction, hides=True).order_by("pk")[:AT_A_SAVE])
            if not (left and _index_changes(left)):
                return
            raise_revision()
