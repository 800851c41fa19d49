"""Asks PostgreSQL how it would answer a query, so that a test can promise that an index serves a list.

The planner trusts its statistics: fill the tables with thousands of rows by `bulk_create`, then call `analyze`.
"""

import json

from django.db import connection, models


class Plan:
    """The plan of a query, as EXPLAIN gives it."""

    def __init__(self, explained: list[dict]):
        """`explained` is what `EXPLAIN (FORMAT JSON)` answered."""
        self.nodes = list(_nodes(explained[0]["Plan"]))

    @classmethod
    def of(cls, queryset: models.QuerySet) -> "Plan":
        return cls(json.loads(queryset.explain(format="json")))

    @classmethod
    def of_sql(cls, sql: str) -> "Plan":
        """The plan of a SELECT that a page ran, with its parameters in it."""
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            return cls(cursor.fetchone()[0])

    @property
    def indexes(self) -> set[str]:
        """The names of the indexes that are read."""
        return {node["Index Name"] for node in self.nodes if "Index Name" in node}

    @property
    def sorts_everything(self) -> bool:
        """Whether all rows are sorted before the first is shown; an incremental sort within a few rows is not that."""
        return any(node["Node Type"] == "Sort" for node in self.nodes)

    def scans(self, model: type[models.Model]) -> bool:
        """Whether the model's table is read from end to end."""
        table = model._meta.db_table
        return any(node["Node Type"] == "Seq Scan" and node["Relation Name"] == table for node in self.nodes)

    def __repr__(self):
        return " < ".join(f"{node['Node Type']} {node.get('Index Name', '')}".strip() for node in self.nodes)


def analyze(*tables: type[models.Model]) -> None:
    """Bring the planner's statistics of these tables up to date."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _nodes(node: dict):
    yield node
    for part in node.get("Plans", []):
        yield from _nodes(part)
