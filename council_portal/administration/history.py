"""Who changed what, and when: the history that the database keeps (pghistory), in words for people."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal import rich_text
from council_portal.persian import wording
from council_portal.persian.partial_date import PartialDate

from .steps import Step

NOTHING = "—"
LABELS = {
    "insert": gettext_lazy("Added"),
    "update": gettext_lazy("Changed"),
    "delete": gettext_lazy("Deleted"),
}
# What a row is called when it is one of many: the first of these that says something.
NAMING = ("title", "name", "heading", "person", "guest_name", "organization", "text", "number")


@dataclass(frozen=True)
class Change:
    """One field: its name, what it was (empty for a new row) and what it became."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowEvent:
    """What happened to one row: added, changed or deleted."""

    kind: str
    model: str
    name: str
    changes: list[Change]


@dataclass(frozen=True)
class Line:
    """What happened in one save to `count` rows alike, of which `row` is the first."""

    row: RowEvent
    count: int
    names: list[str]


@dataclass
class Save:
    """Everything that one save did, to the record and to its parts; `step` names the step that it was, if any."""

    at: datetime
    by: str
    step: str = ""
    rows: list[RowEvent] = dataclasses.field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """The rows, those to which the same happened together: 120 invitations are one line."""
        alike: dict[tuple, list[RowEvent]] = defaultdict(list)
        for row in self.rows:
            alike[row.kind, row.model, *row.changes].append(row)
        return [Line(rows[0], len(rows), [row.name for row in rows if row.name]) for rows in alike.values()]


class History:
    """The saves of a record and of its parts, the newest first; what can be counted and sliced, so paged.

    `parts` are the models whose rows belong to the record, with the name of their link to it; `steps` what can be done
    with it as a step; `narrow` takes from events those that the reader may know of. A slice asks a query for which
    saves it holds, two for each model, and one for each model that these link to, however long the history is.
    """

    def __init__(
        self,
        record: models.Model,
        parts: Iterable[tuple[type[models.Model], str]],
        steps: Iterable[Step] = (),
        narrow: Callable[[models.QuerySet], models.QuerySet] | None = None,
    ):
        self.step_labels = {step.name: str(step.label) for step in steps}
        of_parts = [(model, {f"{link}_id": record.pk}) for model, link in parts]
        self.events = [
            (narrow or models.QuerySet.all)(model.pgh_event_model.objects.filter(**lookup))
            for model, lookup in [(type(record), {"pgh_obj_id": record.pk}), *of_parts]
        ]

    def __len__(self) -> int:
        return self._keys().count()

    def __getitem__(self, part: slice) -> list[Save]:
        keys = list(self._keys().order_by("-pgh_created_at", "-pgh_context_id")[part])
        pairs = [pair for events in self.events for pair in _with_previous(events, keys)]
        pairs.sort(key=lambda pair: keys.index(_key(pair[0])))
        links = _linked_rows(event for pair in pairs for event in pair if event is not None)
        authors = _authors(event for event, _previous in pairs)
        return list(_saves(pairs, links, authors, self.step_labels))

    def _keys(self) -> models.QuerySet:
        """What tells saves apart: the request (none for work at the server) and the transaction's time."""
        keys = [events.order_by().values_list("pgh_context_id", "pgh_created_at") for events in self.events]
        return keys[0].union(*keys[1:]) if keys[1:] else keys[0].distinct()


def _key(event) -> tuple:
    return event.pgh_context_id, event.pgh_created_at


def _with_previous(events: models.QuerySet, keys: list[tuple]) -> list[tuple]:
    """The events of these saves, each with the one before it of the same row, or None."""
    before = events.order_by("-pgh_id").filter(
        pgh_obj_id=models.OuterRef("pgh_obj_id"), pgh_id__lt=models.OuterRef("pgh_id")
    )
    events = events.filter(pgh_created_at__in={at for _context, at in keys}).select_related("pgh_context")
    events = events.annotate(previous_id=models.Subquery(before.values("pgh_id")[:1])).order_by("pgh_id")
    wanted = [event for event in events if _key(event) in keys]
    previous = type(wanted[0]).objects.in_bulk({event.previous_id for event in wanted} - {None}) if wanted else {}
    return [(event, previous.get(event.previous_id)) for event in wanted]


def _saves(rows, links, authors, step_labels) -> Iterator[Save]:
    for _same, together in groupby(rows, key=lambda pair: _key(pair[0])):
        together = list(together)
        first = together[0][0]
        save = Save(
            at=first.pgh_created_at,
            by=authors.get(_user_id(first)) or _("the system"),
            step=step_labels.get(_said(first, "step"), ""),
        )
        save.rows = [row for event, previous in together if (row := _row_event(event, previous, links))]
        if save.rows:
            yield save


def author_of(event) -> str:
    """Who caused one event, as a name; its context has to be loaded."""
    return _authors([event]).get(_user_id(event)) or _("the system")


def shown(field: models.Field, row, links: dict | None = None) -> str:
    """A field's value of a row (or of an event) in words: choices, names, Jalali dates, rich text as it reads."""
    value = getattr(row, field.attname)
    if value in (None, ""):
        return NOTHING
    if field.is_relation:
        linked = links[field.related_model].get(value) if links is not None else getattr(row, field.name)
        return str(linked or value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _in_words(field, value)


def _in_words(field: models.Field, value) -> str:
    if isinstance(field, rich_text.RichTextField):
        return mark_safe(rich_text.clean(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return wording.date_and_time(value)
    if isinstance(field, models.DateField) or isinstance(value, PartialDate):
        return wording.long_date(value)
    if isinstance(field, models.TimeField):
        return wording.clock(value)
    return wording.digits(value) if isinstance(value, int) else str(value)


def _fields(event) -> list[models.Field]:
    """The fields of the row that an event remembers; without what people do not know it by: the version, which every
    change counts, what stands in an address alone, and the small picture that the queue makes of a picture."""
    kept = {field.name for field in event._meta.fields}
    return [
        field
        for field in event.pgh_tracked_model._meta.fields
        if field.name in kept and field.name not in ("id", "version", "reference", "thumbnail")
    ]


def _row_event(event, previous, links) -> RowEvent | None:
    changes = list(_changes(event, previous, links)) if event.pgh_label == "update" else []
    if event.pgh_label == "update" and not changes:
        return None
    return RowEvent(
        kind=str(LABELS.get(event.pgh_label, event.pgh_label)),
        model=str(event.pgh_tracked_model._meta.verbose_name),
        name=_name(event, links),
        changes=changes,
    )


def _changes(event, previous, links) -> Iterator[Change]:
    for field in _fields(event):
        if previous is not None and getattr(event, field.attname) == getattr(previous, field.attname):
            continue
        old = shown(field, previous, links) if previous is not None else ""
        yield Change(str(field.verbose_name), old, shown(field, event, links))


def _name(event, links) -> str:
    fields = {field.name: field for field in _fields(event)}
    names = (shown(fields[name], event, links) for name in NAMING if name in fields)
    name = next((name for name in names if name != NOTHING), "")
    return "" if isinstance(name, SafeString) else name[:80]


def _linked_rows(events) -> dict:
    """The rows that events link to: {model: {id: row}}."""
    wanted = defaultdict(set)
    for event in events:
        for field in _fields(event):
            if field.is_relation:
                wanted[field.related_model].add(getattr(event, field.attname))
    return {model: rows_with_labels(model).in_bulk(ids - {None}) for model, ids in wanted.items()}


def rows_with_labels(model: type[models.Model]) -> models.QuerySet:
    """Rows of a model with whatever their `__str__` needs, as their admin says in `label_relations`."""
    from django.contrib.admin import site

    admin = site._registry.get(model)
    return with_relations(model._default_manager.all(), getattr(admin, "label_relations", ()))


def with_relations(rows: models.QuerySet, relations: Iterable[str]) -> models.QuerySet:
    """`select_related` that takes no relation for none, where Django would take all."""
    return rows.select_related(*relations) if relations else rows


def _said(event, what: str):
    """What the context of an event says of it: its "user", its "step"."""
    return event.pgh_context.metadata.get(what) if event.pgh_context_id else None


def _user_id(event):
    return _said(event, "user")


def _authors(events) -> dict:
    ids = {_user_id(event) for event in events} - {None}
    users = get_user_model().objects.select_related("person").in_bulk(ids)
    return {user_id: str(user) for user_id, user in users.items()}
