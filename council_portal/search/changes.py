"""When what is found was last changed, as those who find it were told: the order of the feed of a search.

The history of a record knows when it was changed, but not for whom: what is opened to everybody changes nothing in
itself, and what is written in a closed part changes nothing for who does not read that. So rows are compared with those
that they take the place of.
"""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from council_portal.records import last_change_of

from .models import Paragraph
from .sources import Source

TOLD = ("ordinal", "document_title", "heading", "text", "day", "statuses")

Telling = dict[tuple[int, str], list[tuple]]  # by record and readers: what its rows say


def date_changes(source: Source, keys: list[int], rows: list[Paragraph], *, is_news: bool) -> None:
    """Give `rows`, which take the place of all rows of these records, the moment at which they were changed.

    That is now, or before if they say the same. Where it is not known, or no news, the history of the record says it.
    """
    before, dates = _before(source, keys)
    told: Telling = defaultdict(list)
    for row in rows:
        told[row.object_id, row.readers].append(tuple(getattr(row, name) for name in TOLD))
    now, history = timezone.now(), None
    for row in rows:
        key = (row.object_id, row.readers)
        row.changed_at = now if is_news and told[key] != before.get(key) else dates.get(key)
        if row.changed_at is None:
            history = _history(source, keys) if history is None else history
            row.changed_at = history.get(row.object_id, now)


def _before(source: Source, keys: list[int]) -> tuple[Telling, dict[tuple[int, str], datetime]]:
    """What the rows of these records say now, and since when."""
    told: Telling = defaultdict(list)
    dates: dict[tuple[int, str], datetime] = {}
    rows = Paragraph.objects.filter(source=source.name, object_id__in=keys).order_by("object_id", "readers", "ordinal")
    for key, readers, changed_at, *says in rows.values_list("object_id", "readers", "changed_at", *TOLD):
        told[key, readers].append(tuple(says))
        if changed_at:
            dates[key, readers] = changed_at
    return told, dates


def _history(source: Source, keys: list[int]) -> dict[int, datetime]:
    records = source.model._base_manager.filter(pk__in=keys).order_by()
    return dict(records.values_list("pk", last_change_of(source.model)))
