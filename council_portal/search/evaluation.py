"""Cases of what shall be found and what not, tried on a real `tsvector @@ tsquery`."""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .analysis import surfaces_of, tsvector_of
from .lexicon import is_known, lexicon
from .query import Query, parse
from .typos import corrections_of, keys_of


class Case(NamedTuple):
    id: str
    category: str
    mode: str
    expect: str
    query: str
    text: str
    reason: str


def read_cases(file: Path) -> list[Case]:
    """Return the cases of a file of tab-separated columns with a line of headings."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [Case(*row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row][1:]


def evaluate(cases: list[Case], connection) -> Iterator[tuple[Case, bool]]:
    """Return each case with whether it came out as expected. Its transaction is the caller's to roll back."""
    vocabulary = Counter(surface for case in cases for surface in set(surfaces_of(case.text)))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE search_case (id integer PRIMARY KEY, tsv tsvector) ON COMMIT DROP")
        cursor.executemany(
            "INSERT INTO search_case VALUES (%s, %s::tsvector)",
            [(index, tsvector_of([(case.text, "D")])) for index, case in enumerate(cases)],
        )
        results = []
        for index, case in enumerate(cases):
            tsquery = query_of(case, vocabulary).tsquery
            found = False
            if tsquery:
                cursor.execute("SELECT tsv @@ %s::tsquery FROM search_case WHERE id = %s", [tsquery, index])
                [found] = cursor.fetchone()
            results.append((case, found == (case.expect == "match")))
    return results


def query_of(case: Case, vocabulary: Counter) -> Query:
    """The question of a case: a phrase, a word begun, or one that may be mistyped, as its mode says."""
    if case.mode == "phrase":
        return parse(f"«{case.query}»")
    if case.mode == "fuzzy":

        def corrections(word: str) -> list[str]:
            keys = keys_of(word)
            words = {known for known in (*vocabulary, *_words_of_lexicon()) if not keys.isdisjoint(keys_of(known))}
            return corrections_of(word, ((known, vocabulary[known]) for known in words))

        return parse(case.query, known=lambda word: word in vocabulary or is_known(word), corrections=corrections)
    return parse(case.query, prefix=case.mode == "prefix")


@cache
def _words_of_lexicon() -> list[str]:
    return [word for word, classes in lexicon().items() if classes]
