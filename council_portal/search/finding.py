"""Finds, ranks and counts what answers a question, for one reader, in one statement.

The matches are worked out once and set apart (MATERIALIZED): without that fence the planner reads the newest rows one
by one in search of a rare word. Of a common word only the newest thousand matches are ranked, and they are looked for
among the newest rows first.
"""

import json
from collections.abc import Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain

from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Func, Q, Value
from django.db.models.functions import Coalesce

from council_portal.access.audiences import Group, most_open

from .asking import BY_DATE, Question, date_in, name_of
from .models import IsAmong, Kind, Paragraph, ParagraphQuerySet, TsQuery
from .query import Query
from .sources import share_of, source_named

PER_PAGE = 10
PASSAGES = 6  # of each document, of which those are shown that say most
LONGEST_KEY = 9  # digits
COMMON, VERY_COMMON = 10_000, 50_000  # matches, as the planner guesses
NEWEST = 1_000
SPARE = 1.5  # how many more matches than wanted are expected among the rows that are read
WEIGHTS = "{0.1,0.2,0.4,1.0}"  # of text, context, heading, name
ONLY_NAMES = "{0,0,0,1}"  # what a thing belongs to is no part of its name
BY_LENGTH = 1  # a long paragraph has more of everything
COLUMNS = ("id", "document", "kind", "body", "year", "organizations", "statuses", "day", "ordinal")


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that was found, with the passages in which: the best first. `name` is the row that bears its name.

    `groups` says of each record in it who may read it, by the most open audience that does. Where the question names
    it, or a part of it, the first passage is that.
    """

    name: Paragraph
    passages: list[Paragraph]
    groups: dict[tuple[str, int], Group]
    is_named: bool = False


@dataclass(slots=True)
class Found:
    documents: list[Document] = field(default_factory=list)
    total: int = 0
    named: int = 0  # of the total
    is_capped: bool = False  # the total and all counts are of the newest NEWEST matches, and of what is named
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def find(
    question: Question,
    query: Query,
    *,
    user,
    named: Sequence[int] = (),
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Found:
    """The documents of one page, and the counts of what each further choice would leave of everything else asked.

    Before what has the words stands what the question names: these rows, in their order.
    """
    places = (per_page, (page - 1) * per_page)
    rows, is_capped = matches_of(question, query, user=user, named=named, places=places)
    found = _found(rows, user=user, is_capped=is_capped)
    _count_shares(found.facets, question, user=user)
    return found


def matches_of(
    question: Question, query: Query, *, user, places: tuple[int, int], named: Sequence[int] = ()
) -> tuple[list[tuple], bool]:
    """What the database answers (`_run`) for so many documents from a place on; and whether for the newest alone."""
    narrowing, by_date = _narrowing(question, user), question.order == BY_DATE or question.has_choices_alone
    run = partial(_run, query=query, user=user, named=named, narrowing=narrowing, by_date=by_date, places=places)
    if not (query.tsquery or question.has_choices_alone):
        return (run(None) if named else []), False
    matches = in_meeting(rows_for(question, query, user=user), question)
    if named:
        matches = matches.exclude(IsAmong("pk", named))
    if _estimate(matches) <= COMMON:
        return run(matches), False
    matches = matches.filter(*narrowing.values())
    estimate = _estimate(matches)
    since = _day_after_which(SPARE * NEWEST / max(estimate, 1))
    if since:
        newest = matches.filter(day__gte=since).order_by(F("day").desc(nulls_last=True), "-pk")[:NEWEST]
        with _by_date_index() if estimate > VERY_COMMON else nullcontext():
            rows = run(newest)
        if _matches_in(rows) == NEWEST:
            return rows, True
    # No index has this order: by that of the days, all rows would be read in search of the last match.
    newest = matches.order_by(Coalesce("day", Value(date.min)).desc(), "-pk")[:NEWEST]
    rows = run(newest)
    return rows, _matches_in(rows) == NEWEST


def rows_for(question: Question, query: Query, *, user) -> ParagraphQuerySet:
    """The rows in which the words stand; without words the names of everything, for the choices to narrow."""
    rows = Paragraph.objects.visible_to(user)
    return rows.titles() if question.has_choices_alone else rows.matching(*(unit.tsquery for unit in query.units))


@contextmanager
def _by_date_index():
    """Read the newest rows one by one until enough of them match: sooner done than a list of all that match."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        yield
        cursor.execute("SET LOCAL enable_bitmapscan TO DEFAULT")  # for what follows in a transaction around this one


def count_of(question: Question, query: Query, *, user) -> int:
    """How many documents answer, of the first thousand matches."""
    if not query.tsquery:
        return 0
    matches = narrowed(rows_for(question, query, user=user), question, user=user)
    return len(set(matches.values_list("document", flat=True)[:NEWEST]))


def _found(rows: list[tuple], *, user, is_capped: bool) -> Found:
    found, places, named = Found(is_capped=is_capped), [], set()
    for what, value, number, ids in rows:
        if what == "document":
            places.append(ids)
            if number:
                named.add(ids[0])
        elif what == "total":
            found.total = number
        elif what == "named":
            found.named = number
        elif what in COUNTED:
            found.facets.setdefault(what, {})[value] = number
    found.documents = [
        replace(document, is_named=document.passages[0].pk in named) for document in documents_of(places, user=user)
    ]
    return found


def _count_shares(facets: dict[str, dict[str, int]], question: Question, *, user) -> None:
    """Where an organisation or a status is chosen, count what has the one in the part of the other."""
    statuses = facets.get("status", {})
    if question.organization:
        of_this = share_of(_key_of(Kind.ORGANIZATION, question.organization, user), "")
        facets["status"] = {
            share.removeprefix(of_this): number for share, number in statuses.items() if share.startswith(of_this)
        }
    if question.status:
        parts = ((share.partition(":"), number) for share, number in statuses.items())
        facets["organization"] = {whose: number for (whose, _, status), number in parts if status == question.status}


def documents_of(places: Sequence[list[int]], *, user) -> list[Document]:
    """The documents whose paragraphs these are, without what the records' own rule does not show this reader.

    The index says the same; two who save at one moment may leave it wrong until the queue comes by.
    """
    rows = Paragraph.objects.visible_to(user).defer("tsv").in_bulk([key for ids in places for key in ids])
    wanted: dict[str, set[int]] = {}
    for row in rows.values():
        wanted.setdefault(row.source, set()).add(row.object_id)
    readable = {
        (name, key)
        for name, keys in wanted.items()
        for key in source_named(name).readable(user).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    }
    kept = [
        [rows[key] for key in ids if key in rows and (rows[key].source, rows[key].object_id) in readable]
        for ids in places
    ]
    names, groups = _names_of({row.document for row in rows.values()}, user=user)
    return [
        Document(names.get(first.document, first), [first, *others], groups) for first, *others in filter(None, kept)
    ]


def _names_of(documents: set[str], *, user) -> tuple[dict[str, Paragraph], dict[tuple[str, int], Group]]:
    """Of each document the row that bears its name, and who reads the records in it.

    A document is called by the source and the key of that row.
    """
    names: dict[str, Paragraph] = {}
    groups: dict[tuple[str, int], Group] = {}
    for row in Paragraph.objects.visible_to(user).titles().filter(document__in=documents).defer("tsv"):
        thing = (row.source, row.object_id)
        groups[thing] = most_open(row.group, groups.get(thing, row.group))
        if row.is_own_document:
            names.setdefault(row.document, row)
    return names, groups


def each_once(titles, number: int) -> list[int]:
    """Of rows that bear names so many, one of each thing: of some there is one for each audience."""
    once: dict[tuple[str, int], int] = {}
    for key, *thing in titles.values_list("pk", "source", "object_id")[: number * len(Group)]:
        once.setdefault(tuple(thing), key)
    return [*once.values()][:number]


def narrowed(rows: ParagraphQuerySet, question: Question, *, user) -> ParagraphQuerySet:
    """Those of the rows that answer all that is asked besides the words."""
    return in_meeting(rows, question).filter(*_narrowing(question, user).values())


def in_meeting(rows: ParagraphQuerySet, question: Question) -> ParagraphQuerySet:
    """Those of the rows that are of the one meeting that is searched, if it is one."""
    return rows.filter(meeting=number_of(question.meeting)) if question.meeting else rows


def number_of(text: str) -> int:
    """A key from an address; 0, which nothing has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0


def _narrowing(question: Question, user) -> dict[str, Q]:
    """What is asked besides the words, each by the name of its facet."""
    narrowing = {}
    if question.kind:
        narrowing["kind"] = Q(kind=question.kind)
    if question.year:
        known = date_in(question.year)
        # By its days, which have an index.
        narrowing["year"] = Q(day__range=(known.first, known.last)) if known else Q(year=0)
    if question.body:
        narrowing["body"] = Q(body=_key_of(Kind.BODY, question.body, user))
    status = question.status
    if question.organization:
        key = _key_of(Kind.ORGANIZATION, question.organization, user)
        narrowing["organization"] = Q(organizations__contains=[key])
        status = status and share_of(key, status)
    if status:
        narrowing["status"] = Q(statuses__contains=[status])
    return narrowing


def _key_of(kind: Kind, slug: str, user) -> int:
    named = name_of(kind, slug, user=user)
    return named.object_id if named else 0


def _estimate(matches) -> int:
    """How many there are, as the planner guesses from its statistics."""
    sql, params = matches.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (explained,) = cursor.fetchone()
    plan = json.loads(explained) if isinstance(explained, str) else explained
    return plan[0]["Plan"]["Plan Rows"]


def _day_after_which(share: float) -> date | None:
    """The day after which about this share of all rows is dated, by the planner's statistics; None for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS, {"table": Paragraph._meta.db_table})
        [bounds] = cursor.fetchone() or [None]
    if not bounds or share >= 1:  # there are none where few days occur
        return None
    return bounds[int((len(bounds) - 1) * (1 - share))]


def _matches_in(rows: list[tuple]) -> int:
    return next(number for what, _, number, _ in rows if what == "matches")


# The days of the rows in about a hundred equal shares, as ANALYZE has drawn them up.
BOUNDS = """
    SELECT histogram_bounds::text::date[] FROM pg_stats
    WHERE tablename = %(table)s AND attname = 'day'
        AND schemaname = (SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = %(table)s::regclass)
"""

# What a choice is counted in: documents, each once.
COUNTED = {
    "kind": "kind",
    "body": "body",
    "year": "year",
    "organization": "unnest(organizations)",
    "status": "unnest(statuses)",
}
# What a choice is counted without, besides itself: an organisation has a status in its own part.
TOGETHER = {"status": ["organization"]}
ORDERS = {
    False: "place, rank DESC, day DESC NULLS LAST, document",
    True: "place IS NULL, day DESC NULLS LAST, rank DESC, document",
}
# By date: the one that is shown, of the row that bears the name, not of a part such as a later report.
DAYS = {
    False: "max(day)",
    True: "(SELECT max(name.day) FROM search_paragraph AS name WHERE name.document = found.document"
    " AND name.ordinal = 0 AND name.document = name.source || ':' || name.object_id)",
}
STATEMENT = """
    WITH found AS MATERIALIZED (
        SELECT {columns}, {place} AS place, ts_rank(%s, tsv, %s::tsquery, {by_length}) AS rank_of_row
        FROM ({matches}) AS match {named}
    ),
    hit AS (
        SELECT document, min(place) AS place, max(rank_of_row) AS rank, {day} AS day,
            (array_agg(id ORDER BY place, rank_of_row DESC, ordinal, id))[1:{passages}] AS ids
        FROM found WHERE {all} GROUP BY document
    )
    (SELECT 'document', document, coalesce(place, 0), ids FROM hit ORDER BY {order} LIMIT %s OFFSET %s)
    UNION ALL SELECT 'total', '', count(*), NULL FROM hit
    UNION ALL SELECT 'named', '', count(place), NULL FROM hit
    UNION ALL SELECT 'matches', '', count(*) - count(place), NULL FROM found
    {counts}
"""
NAMED = "LEFT JOIN unnest(%s::bigint[]) WITH ORDINALITY AS named (id, place) USING (id)"
COUNT = """
    UNION ALL SELECT '{name}', value::text, count(*), NULL
    FROM (SELECT DISTINCT document, {column} AS value FROM found WHERE {others}) AS choice
    WHERE value IS NOT NULL GROUP BY value
"""


def _run(
    matches: ParagraphQuerySet | None,
    *,
    query: Query,
    user,
    named: Sequence[int],
    narrowing: dict[str, Q],
    by_date: bool,
    places: tuple[int, int],
) -> list[tuple]:
    """Rows (what, value, number, ids): the page's documents in order, the totals, and the counts of each facet.

    How a row answers each narrowing is a column of its own, so that a facet can be counted without its own.
    """
    answers = {f"is_{name}": ExpressionWrapper(q, output_field=BooleanField()) for name, q in narrowing.items()}
    columns = (*COLUMNS, *answers)
    by_name = Paragraph.objects.visible_to(user).filter(IsAmong("pk", named)) if named else None
    parts = [
        rows.annotate(**answers).values_list(*columns, "tsv").query.sql_with_params()
        for rows in (matches, by_name)
        if rows is not None
    ]
    counts = "".join(
        COUNT.format(
            name=name,
            column=column,
            others=_all(answers.keys() - {f"is_{one}" for one in (name, *TOGETHER.get(name, []))}),
        )
        for name, column in COUNTED.items()
    )
    statement = STATEMENT.format(
        columns=", ".join(columns),
        by_length=BY_LENGTH,
        matches=" UNION ALL ".join(f"({sql})" for sql, _params in parts),
        place="place" if named else "NULL::bigint",
        named=NAMED if named else "",
        all=_all(answers),
        passages=PASSAGES,
        day=DAYS[by_date],
        order=ORDERS[by_date],
        counts=counts,
    )
    asked = chain.from_iterable(params for _sql, params in parts)
    given = [WEIGHTS, query.tsquery, *asked, *([[*named]] if named else []), *places]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def rank_for(query: Query, weights: str) -> Func:
    """How well a row answers, by what it weighs where a word stands: {text, context, heading, name}."""
    words = TsQuery(Value(query.tsquery))
    return Func(Value(weights), F("tsv"), words, Value(BY_LENGTH), function="ts_rank", output_field=FloatField())


def _all(answers) -> str:
    return " AND ".join(sorted(answers)) or "true"
