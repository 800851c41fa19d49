"""The revisions of a meeting's minutes: every save of their texts, which the database keeps (pghistory).

A revision can be read and compared with another; before the approval it can be restored, which is one more revision.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pghistory
from django.db import models, transaction
from django.db.models import F, Max, Q, Window
from django.db.models.functions import Lag
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from pghistory.models import Context

from council_portal.access.standing import standing_of
from council_portal.access.visibility import visibility_q
from council_portal.differences import difference
from council_portal.persian.wording import digits
from council_portal.rich_text import RichTextField, reading_form
from members.models import User

from .agenda import is_announced
from .holding import Refused
from .models import AgendaItem, Assignment, Decision, Meeting, Minutes

TEXTS = {
    Minutes: ("opening", "closing"),
    AgendaItem: ("title", "discussion", "outcome"),
    Decision: ("title", "text"),
}
RESTORE = "restore-revision"
WORDS_OF_NAME = 8


@dataclass
class Revision:
    """One save. `number` counts from one and stays; `changed` says how many rows of each model it changed, without
    those that are closed to whom it is shown."""

    context_id: UUID | None
    at: datetime
    changed: Counter = field(default_factory=Counter)
    number: int = 0
    by: User | None = None
    restored_from: int | None = None

    @property
    def summary(self) -> str:
        if not self.changed:
            return _("What is closed to you")
        return _("; ").join(_named(model, count) for model, count in self.changed.items())


def _named(model: type[models.Model], count: int) -> str:
    """What was saved, with how many where there are several: a one might be read as the number of the item."""
    name = str(model._meta.verbose_name)
    return name if count == 1 else _("%(count)s %(what)s") % {"what": name, "count": digits(count)}


def revisions_of(minutes: Minutes, *, user: User | None = None) -> list[Revision]:
    """All revisions since the minutes were begun, oldest first, however many there are in a constant number of queries.

    For `user` what is closed to them is not counted; the revisions and their numbers are the same for everybody.
    """
    begun = Minutes.pgh_event_model.objects.filter(pgh_obj_id=minutes.pk, pgh_label="insert")
    begun_at = begun.values_list("pgh_created_at", flat=True).first()
    found: dict[tuple, Revision] = {}
    for model in TEXTS:
        closed = _closed_to(user, model, minutes)
        for event_id, context_id, at in _changing(model, minutes):
            if begun_at is None or at >= begun_at:
                revision = found.setdefault((at, str(context_id)), Revision(context_id, at))
                revision.changed.update([] if event_id in closed else [model])
    revisions = [found[key] for key in sorted(found)]
    for number, revision in enumerate(revisions, start=1):
        revision.number = number
    return revisions


def _closed_to(user: User | None, model: type[models.Model], minutes: Minutes) -> set[int]:
    """The events of rows that `user` may not read."""
    events = _events(model, minutes)
    if user is None or standing_of(user).is_secretariat:
        return set()
    readable = readable_events(events, user=user).values("pgh_id")
    return set(events.exclude(pgh_id__in=readable).values_list("pgh_id", flat=True))


def with_authors(revisions: list[Revision]) -> list[Revision]:
    """The same, each knowing who saved it, and which one it restored; two queries."""
    contexts = Context.objects.in_bulk({revision.context_id for revision in revisions} - {None})
    said = {key: context.metadata for key, context in contexts.items()}
    users = User.objects.select_related("person").in_bulk({meta.get("user") for meta in said.values()} - {None})
    for revision in revisions:
        meta = said.get(revision.context_id, {})
        revision.by = users.get(meta.get("user"))
        revision.restored_from = meta.get("revision") if meta.get("step") == RESTORE else None
    return revisions


def _events(model: type[models.Model], minutes: Minutes) -> models.QuerySet:
    of = {"pgh_obj_id": minutes.pk} if model is Minutes else {"meeting_id": minutes.meeting_id}
    return model.pgh_event_model.objects.filter(**of)


def _changing(model: type[models.Model], minutes: Minutes) -> models.QuerySet:
    """(event, context, moment) of each event that added or removed a row or changed one of its texts."""
    changed = ~Q(pgh_label="update")
    before = {}
    for name in TEXTS[model]:
        before[f"before_{name}"] = Window(Lag(name), partition_by=F("pgh_obj_id"), order_by=F("pgh_id").asc())
        changed |= ~Q(**{f"before_{name}": F(name)})
    return (
        _events(model, minutes)
        .annotate(**before)
        .filter(changed)
        .values_list("pgh_id", "pgh_context_id", "pgh_created_at")
    )


def readable_events(events: models.QuerySet, *, user) -> models.QuerySet:
    """Those of `events` that are about rows which `user` may read now; of deleted rows by the visibility they had."""
    if standing_of(user).is_secretariat:
        return events
    model = events.model.pgh_tracked_model
    kept = Q(pgh_obj_id__in=model.objects.visible_to(user).values("pk"))
    columns = {column.name for column in events.model._meta.fields}
    if "visibility" not in columns or "meeting" not in columns:
        return events.filter(kept)
    gone = ~models.Exists(model.objects.filter(pk=models.OuterRef("pgh_obj_id")))
    gone &= visibility_q(user, body="meeting__body")
    for link in {"parent", "agenda_item"} & columns:
        open_items = AgendaItem.objects.visible_to(user).values("pk")
        gone &= Q(**{f"{link}__isnull": True}) | Q(**{f"{link}_id__in": open_items})
    return events.filter(kept | gone)


@dataclass(frozen=True)
class Text:
    """One text of the minutes as it stood: which one it is, in words, and what it said."""

    label: str
    paragraphs: list[str]


class Texts:
    """The texts of minutes as they stood after one revision, as far as `user` may read them. Three queries."""

    def __init__(self, minutes: Minutes, revision: Revision, *, user):
        self.rows = {
            model: {event.pgh_obj_id: event for event in _standing(model, minutes, revision.at, user)}
            for model in TEXTS
        }

    def in_order(self) -> dict[tuple, Text]:
        """By (model, id of the row, name of the field), as the minutes are read."""
        texts = {}
        for name, event in self._rows_in_order():
            for text_field in self._fields(event):
                label = _("%(row)s – %(field)s") % {"row": name, "field": text_field.verbose_name} if name else ""
                key = (type(event).pgh_tracked_model, event.pgh_obj_id, text_field.name)
                texts[key] = Text(label or str(text_field.verbose_name), _read(text_field, event))
        return texts

    def _fields(self, event) -> list[models.Field]:
        model = type(event).pgh_tracked_model
        return [model._meta.get_field(name) for name in TEXTS[model]]

    def _rows_in_order(self) -> Iterator[tuple[str, models.Model]]:
        for event in self.rows[Minutes].values():
            yield "", event
        items = self.rows[AgendaItem]
        for event in sorted(items.values(), key=lambda event: self._place(event)):
            name = _("Item %(number)s, «%(title)s»")
            yield name % {"number": self._number(event), "title": _beginning(event.title)}, event
        for event in sorted(self.rows[Decision].values(), key=self._place_of_decision):
            label, title = event.label, _beginning(event.title or event.text)
            name = _("Decision %(label)s, «%(title)s»") if label else _("Decision «%(title)s»")
            yield name % {"label": label, "title": title}, event

    def _place(self, event) -> tuple:
        parent = self.rows[AgendaItem].get(event.parent_id)
        return (parent.position, event.position) if parent else (event.position, 0)

    def _place_of_decision(self, event) -> tuple:
        item = self.rows[AgendaItem].get(event.agenda_item_id)
        return (*self._place(item), event.pgh_obj_id) if item else (0, 0, event.pgh_obj_id)

    def _number(self, event) -> str:
        return ".".join(digits(part) for part in self._place(event) if part)


def _beginning(text: str) -> str:
    return Truncator(text).words(WORDS_OF_NAME, truncate="…")


def _standing(model: type[models.Model], minutes: Minutes, at: datetime, user) -> list[models.Model]:
    """The last event of each row until a moment, without the rows that were deleted by then."""
    events = readable_events(_events(model, minutes), user=user).filter(pgh_created_at__lte=at)
    last = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [event for event in last if event.pgh_label != "delete"]


def _read(text_field: models.Field, event) -> list[str]:
    value = getattr(event, text_field.name)
    if isinstance(text_field, RichTextField):
        return reading_form(value)
    if text_field.choices:
        return [str(dict(text_field.flatchoices).get(value, value))] if value else []
    return [line for line in value.splitlines() if line.strip()]


def compared(old: Texts, new: Texts) -> list[tuple[str, str]]:
    """(which text, its difference as HTML) for each text that is not the same in both."""
    before, after = old.in_order(), new.in_order()
    keys = [*after, *(key for key in before if key not in after)]
    pairs = ((before.get(key), after.get(key)) for key in keys)
    return [
        ((now or was).label, difference(was.paragraphs if was else [], now.paragraphs if now else []))
        for was, now in pairs
        if (was.paragraphs if was else []) != (now.paragraphs if now else [])
    ]


@transaction.atomic
def restore(minutes: Minutes, *, by: User, number: int) -> None:
    """Let the texts say again what they said after revision `number`, which is one more revision.

    What was deleted since comes back, at the end of its list, a decision with the organisations that it had last; what
    was added since stays. What is closed to `by` is left alone. Restoring twice changes nothing. Raises Refused for
    approved minutes, and for a revision that there is not.
    """
    minutes = Minutes.objects.select_for_update(of=["self"]).select_related("meeting").get(pk=minutes.pk)
    if minutes.is_frozen:
        raise Refused(_("Its minutes are approved: add a corrigendum instead."))
    revision = next((revision for revision in revisions_of(minutes) if revision.number == number), None)
    if revision is None:
        raise Refused(_("There is no such revision."))
    with pghistory.context(step=RESTORE, revision=number):
        texts = Texts(minutes, revision, user=by)
        for event in texts.rows[Minutes].values():
            _put_back(minutes, event)
        items = _restore_rows(AgendaItem, texts, minutes.meeting, {})
        _restore_rows(Decision, texts, minutes.meeting, items)


def _restore_rows(model, texts: Texts, meeting: Meeting, items: dict[int, int]) -> dict[int, int]:
    """Put the texts of the rows back, and the rows that are gone. Returns the new id of each row that was gone."""
    new_ids = dict(items)
    present = {
        row.pk: row
        for row in model.objects.select_for_update(of=["self"]).filter(meeting=meeting).select_related("meeting")
    }
    events = sorted(texts.rows[model].values(), key=lambda event: (getattr(event, "parent_id", None) or 0, event.pk))
    since = [row for pk, row in present.items() if pk not in texts.rows[model]]
    for event in events:
        if event.pgh_obj_id in present:
            _put_back(present[event.pgh_obj_id], event)
        elif (twin := next((row for row in since if _says_the_same(row, event)), None)) is not None:
            since.remove(twin)
            new_ids[event.pgh_obj_id] = twin.pk  # it came back before
        else:
            new_ids[event.pgh_obj_id] = _made_again(model, event, new_ids).pk
    return new_ids


def _says_the_same(row, event) -> bool:
    return all(getattr(row, name) == getattr(event, name) for name in TEXTS[type(row)])


def _put_back(row, event) -> None:
    if getattr(row, "published_at", None):
        return
    names = [name for name in TEXTS[type(row)] if getattr(row, name) != getattr(event, name)]
    if isinstance(row, AgendaItem):
        kept = {"outcome"} if row.outcome and not event.outcome else set()  # one that is closed has an outcome for each
        kept |= {"title"} if is_announced(row) else set()  # the titles of an announced agenda stay
        names = [name for name in names if name not in kept]
    for name in names:
        setattr(row, name, getattr(event, name))
    if names:
        row.save(update_fields=names)


def _made_again(model, event, new_ids: dict[int, int]):
    """A row that was deleted, with what it said and what it links to, as far as that is still there."""
    left_out = {"id", "version", "position", "number", "reference", "label", "continues", "published_by"}
    row = model()
    for column in model._meta.concrete_fields:
        if column.name in left_out or column.generated:
            continue
        value = getattr(event, column.attname)
        if column.name in ("parent", "agenda_item"):
            value = new_ids.get(value, value)
        if column.is_relation and not column.related_model._base_manager.filter(pk=value).exists():
            value = None
        setattr(row, column.attname, value)
    if isinstance(row, AgendaItem):
        beside = AgendaItem.objects.filter(meeting=row.meeting_id, parent=row.parent_id)
        row.position = (beside.aggregate(last=Max("position"))["last"] or 0) + 1
    row.save()
    if isinstance(row, Decision):
        _assign_again(row, event.pgh_obj_id)
    return row


def _assign_again(decision: Decision, old_pk: int) -> None:
    """Give a decision that came back the organisations that went with it; what was taken from it before stays away."""
    events = Assignment.pgh_event_model.objects.filter(decision_id=old_pk)
    gone = Decision.pgh_event_model.objects.filter(pgh_obj_id=old_pk, pgh_label="delete").values("pgh_created_at")
    for event in events.filter(pgh_label="delete", pgh_created_at__in=gone).order_by("pgh_id"):
        columns = [one for one in Assignment._meta.concrete_fields if one.name not in ("id", "version", "decision")]
        Assignment.objects.create(decision=decision, **{one.attname: getattr(event, one.attname) for one in columns})
