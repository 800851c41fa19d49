"""The agenda of a meeting: how it opens, in which order its items stand, and what its announcement freezes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, ProtectedError, Q
from django.utils import translation
from django.utils.translation import gettext as _

from council_portal.access.visibility import closest
from council_portal.persian.calendar import today
from members.models import Body

from .holding import Refused
from .models import AgendaItem, Assignment, Meeting, Minutes


class AgendaFrozen(Refused):
    """What was announced stays as it was announced."""


class OrderChanged(Refused):
    """Somebody has ordered the agenda since it was looked at."""


@dataclass
class Place:
    """An item among others of its level, with its parts in their order."""

    item: AgendaItem
    parts: list["Place"] = field(default_factory=list)


# What may be done with an item


def is_closed(meeting: Meeting) -> bool:
    """Whether nothing of the agenda changes any more: the meeting is cancelled, or its minutes are approved."""
    minutes = getattr(meeting, "minutes", None)
    return meeting.status == Meeting.Status.CANCELLED or (minutes is not None and minutes.is_frozen)


def is_announced(item: AgendaItem) -> bool:
    """Whether the item was announced, so that its title and its place stay; one that was added later was not."""
    return item.meeting.announced_at is not None and not item.is_added_later


def planned_minutes(items: Iterable[AgendaItem]) -> int:
    """What the items take together; the parts of an item count where it does not say itself how long it takes."""
    items = list(items)
    timed = {item.pk for item in items if item.parent_id is None and item.minutes_planned is not None}
    return sum(item.minutes_planned or 0 for item in items if item.parent_id not in timed)


def length(meeting: Meeting) -> int | None:
    """How many minutes the meeting lasts, where both its hours are known."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return None
    day = today()
    lasts = datetime.combine(day, meeting.ends_at) - datetime.combine(day, meeting.starts_at)
    return lasts // timedelta(minutes=1)


# One item


@transaction.atomic
def add(item: AgendaItem) -> AgendaItem:
    """Put an unsaved item at the end of its level. The database marks it where the agenda was announced already.

    Raises Refused where the agenda is closed.
    """
    _locked(item.meeting)
    siblings = AgendaItem.objects.filter(meeting=item.meeting, parent=item.parent)
    item.position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
    item.save()
    item.refresh_from_db(fields=["is_added_later"])
    return item


@transaction.atomic
def change(item: AgendaItem, *, number: int | None = None) -> AgendaItem:
    """Save what was changed of an item, and put it at `number` in its level, counted from one; behind the last is the
    last. Raises AgendaFrozen for the title of one that was announced, and where an announced one would move.
    """
    item.meeting = _locked(item.meeting)
    stored = AgendaItem.objects.get(pk=item.pk)
    if is_announced(item) and item.title != stored.title:
        raise AgendaFrozen(_("The agenda is announced: the titles of its items stay. Add an item instead."))
    item.save()
    if number:
        _put_at(item.meeting, item.pk, number)
    return item


@transaction.atomic
def remove(item: AgendaItem, *, seen: int) -> None:
    """Take an item off, as version `seen`, with its parts; what proposed it waits again.

    Removed already, it changes nothing. Raises AgendaFrozen for an item that was announced, and Refused for one that
    was changed meanwhile or to which decisions or papers belong.
    """
    from . import proposals

    item.meeting = _locked(item.meeting)
    stored = AgendaItem.objects.filter(pk=item.pk).first()
    if stored is None:
        return
    if stored.version != seen:
        raise Refused(_("Somebody has changed this item since you opened it: look at it again before you remove it."))
    going = list(AgendaItem.objects.filter(Q(pk=item.pk) | Q(parent=item.pk)).select_related("meeting"))
    if any(is_announced(one) for one in going):
        raise AgendaFrozen(_("The agenda is announced: withdraw the item instead; it then stays and says so."))
    proposals.give_back(going)
    try:
        item.delete()
    except ProtectedError as error:
        raise Refused(_("Decisions or other records belong to this item: it stays.")) from error
    _write(item.meeting, arrangement(item.meeting))


@transaction.atomic
def withdraw(item: AgendaItem) -> AgendaItem:
    """Say of an item that it is not dealt with; it stays in its place. Raises Refused for one with an outcome."""
    _locked(item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.outcome == AgendaItem.Outcome.WITHDRAWN:
        return item
    if item.outcome:
        raise Refused(_("This item has its outcome already: %(outcome)s.") % {"outcome": item.get_outcome_display()})
    item.outcome = AgendaItem.Outcome.WITHDRAWN
    item.save()
    return item


# The order


def arrangement(meeting: Meeting) -> list[Place]:
    """The items as they stand: one query."""
    items = list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting").in_order())
    return placed(items)


def placed(items: list[AgendaItem]) -> list[Place]:
    """Items that are in order, each part below its item."""
    places = {item.pk: Place(item) for item in items}
    for item in items:
        if item.parent_id in places:
            places[item.parent_id].parts.append(places[item.pk])
    return [places[item.pk] for item in items if item.parent_id is None]


def keys(places: list[Place]) -> list[tuple[int, int | None]]:
    """An arrangement as (item, the item that it is part of), in the order of reading."""
    return [
        pair
        for place in places
        for pair in [(place.item.pk, None), *((part.item.pk, place.item.pk) for part in place.parts)]
    ]


@transaction.atomic
def arrange(meeting: Meeting, wanted: list[tuple[int, int | None]], *, seen: list[tuple[int, int | None]]) -> None:
    """Order the whole agenda as `wanted`, by one who saw it as `seen`; both as `keys` says it.

    Raises OrderChanged if it stands otherwise by now, AgendaFrozen if an announced item would move.
    """
    meeting = _locked(meeting)
    present = arrangement(meeting)
    if keys(present) == wanted:
        return
    if keys(present) != seen or sorted(pk for pk, _parent in wanted) != sorted(pk for pk, _parent in seen):
        raise OrderChanged(_("Somebody has changed the agenda meanwhile. This is how it stands now; order it again."))
    _write(meeting, _tree(present, wanted))


def _tree(present: list[Place], wanted: list[tuple[int, int | None]]) -> list[Place]:
    items = {one.item.pk: one.item for place in present for one in [place, *place.parts]}
    tops = {pk: Place(items[pk]) for pk, parent in wanted if parent is None}
    if any(parent is not None and parent not in tops for _pk, parent in wanted):
        raise Refused(_("Choose an item that is not itself part of another."))
    for pk, parent in wanted:
        if parent is not None:
            tops[parent].parts.append(Place(items[pk]))
    return list(tops.values())


@transaction.atomic
def move(item: AgendaItem, way: str) -> None:
    """Move an item one step `up` or `down` in its level, `in` to become the last part of the item before it, or `out`.

    Where there is nowhere to go nothing changes. Raises AgendaFrozen if an announced item would move.
    """
    meeting = _locked(item.meeting)
    places = arrangement(meeting)
    if WAYS[way](places, item.pk):
        _write(meeting, places)


def _put_at(meeting: Meeting, pk: int, number: int) -> None:
    places = arrangement(meeting)
    for level, here in _whereabouts(places, pk):
        there = min(number, len(level)) - 1
        if there != here:
            level.insert(there, level.pop(here))
            _write(meeting, places)


def _whereabouts(places: list[Place], pk: int) -> list[tuple[list[Place], int]]:
    """The level on which an item stands, and its place there."""
    levels = [places, *(place.parts for place in places)]
    return [(level, n) for level in levels for n, place in enumerate(level) if place.item.pk == pk]


def _shift(places: list[Place], pk: int, *, by: int) -> bool:
    for level, here in _whereabouts(places, pk):
        if 0 <= here + by < len(level):
            level[here], level[here + by] = level[here + by], level[here]
            return True
    return False


def _into_the_one_before(places: list[Place], pk: int) -> bool:
    here = next((n for n, place in enumerate(places) if place.item.pk == pk), 0)
    if not here or places[here].parts:
        return False
    places[here - 1].parts.append(places.pop(here))
    return True


def _out_of_its_item(places: list[Place], pk: int) -> bool:
    for here, place in enumerate(places):
        part = next((part for part in place.parts if part.item.pk == pk), None)
        if part is not None:
            place.parts.remove(part)
            places.insert(here + 1, part)
            return True
    return False


WAYS = {
    "up": lambda places, pk: _shift(places, pk, by=-1),
    "down": lambda places, pk: _shift(places, pk, by=1),
    "in": _into_the_one_before,
    "out": _out_of_its_item,
}


def _write(meeting: Meeting, places: list[Place]) -> None:
    """Number both levels from one and save what moved. Whoever calls has locked the meeting."""
    moved = [*_renumbered(places, None), *(one for place in places for one in _renumbered(place.parts, place.item))]
    # First all that change their level stand alone: so no item is a part and has parts, at any moment.
    AgendaItem.objects.filter(pk__in=[item.pk for item in moved if item.parent_id is not None]).update(parent=None)
    AgendaItem.objects.bulk_update(moved, ["position", "parent", "visibility"])


def _renumbered(level: list[Place], parent: AgendaItem | None) -> list[AgendaItem]:
    """The items of a level whose place changes, with their new one; announced items keep theirs, others go between."""
    moved, last = [], 0
    for place in level:
        item = place.item
        position = item.position if is_announced(item) else last + 1
        if position <= last or (is_announced(item) and item.parent_id != (parent and parent.pk)):
            raise AgendaFrozen(_("The agenda is announced: its items keep their places."))
        if (item.position, item.parent_id) != (position, parent and parent.pk):
            item.visibility = _as_closed_as_before(item, parent and parent.pk)
            item.position, item.parent = position, parent
            moved.append(item)
        last = position
    return moved


def _as_closed_as_before(item: AgendaItem, parent_id: int | None) -> str:
    """The visibility of an item that comes under another: what a closed item hid stays hidden outside of it."""
    if item.parent_id in (None, parent_id):
        return item.visibility
    return closest(item.visibility, item.parent.visibility)


# How an agenda opens


def open_assignments(meeting: Meeting):
    """What is still owed for decisions of the meeting's body: what its review is about."""
    return Assignment.objects.open().filter(decision__meeting__body=meeting.body_id)


def to_carry_over(meeting: Meeting):
    """Items that the body put off at meetings held before, and that no later agenda continues."""
    held = Meeting.objects.held().filter(body=meeting.body_id).exclude(pk=meeting.pk)
    if meeting.held_on:
        held = held.filter(Q(sort_on__isnull=True) | Q(sort_on__lte=meeting.held_on.first))
    items = AgendaItem.objects.postponed_and_not_continued().filter(meeting__in=held)
    return items.select_related("meeting__body", "parent").order_by(
        F("meeting__number").asc(nulls_first=True), F("parent").asc(nulls_first=True), "position", "pk"
    )


def is_next(meeting: Meeting) -> bool:
    """Whether no meeting of the body stands before this one: what was put off comes to the next."""
    if meeting.held_on is None:
        return True
    others = _ahead(meeting.body_id).exclude(pk=meeting.pk)
    return not others.filter(sort_on__lt=meeting.held_on.first).exists()


def takes_what_is_open(meeting: Meeting) -> bool:
    """Whether `prepare` may add to it: it was not held, not even before it was reopened, and is not cancelled."""
    return meeting.number is None and meeting.status in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED)


@transaction.atomic
def prepare(meeting: Meeting) -> list[AgendaItem]:
    """Open a meeting's agenda: the review of open decisions first, what was put off after what is there.

    An agenda that is announced keeps its opening; what was put off since comes onto it as added later. Returns the
    items that it added, none where nothing was missing: preparing twice changes nothing.
    Source: DESIGN.md §3, rule 4.
    """
    meeting = _locked(meeting)
    if not takes_what_is_open(meeting):
        return []
    added = [] if meeting.announced_at else _open_with_review(meeting)
    if is_next(meeting):
        added += _carry_over(meeting)
    return added


def prepare_upcoming(body: Body) -> list[AgendaItem]:
    """Prepare the agenda of the body's next meeting: when one is planned, and when one is closed, since what that put
    off is known then."""
    following = _ahead(body.pk).soonest_first().first()
    return prepare(following) if following else []


def _ahead(body_id: int):
    """The body's meetings that are still to come; a reopened one was held and is none of them."""
    return Meeting.objects.filter(body=body_id, number__isnull=True).upcoming(on=today())


def _open_with_review(meeting: Meeting) -> list[AgendaItem]:
    items = AgendaItem.objects.filter(meeting=meeting)
    if items.filter(kind=AgendaItem.Kind.REVIEW).exists() or not open_assignments(meeting).exists():
        return []
    items.filter(parent=None).update(position=F("position") + 1)
    kind = AgendaItem.Kind.REVIEW
    with translation.override(settings.LANGUAGE_CODE):  # content, whatever the language of the page
        title = str(kind.label)
    return [AgendaItem.objects.create(meeting=meeting, position=1, kind=kind, title=title, minutes_planned=15)]


def _carry_over(meeting: Meeting) -> list[AgendaItem]:
    """Each item with those of its parts that were put off too; a part that was put off alone becomes an item."""
    old = list(to_carry_over(meeting))
    last = AgendaItem.objects.filter(meeting=meeting, parent=None).aggregate(last=Max("position"))["last"] or 0
    together = {item.pk for item in old if item.parent_id is None}
    alone = [item for item in old if item.parent_id not in together]
    new = {item.pk: _continued(item, meeting, position) for position, item in enumerate(alone, start=last + 1)}
    AgendaItem.objects.bulk_create(new.values())
    parts = [
        _continued(part, meeting, position, parent=new[item.pk])
        for item in alone
        for position, part in enumerate((one for one in old if one.parent_id == item.pk), start=1)
    ]
    return [*new.values(), *AgendaItem.objects.bulk_create(parts)]


def _continued(old: AgendaItem, meeting: Meeting, position: int, parent: AgendaItem | None = None) -> AgendaItem:
    kept = {name: getattr(old, name) for name in CARRIED_FIELDS}
    kept["visibility"] = _as_closed_as_before(old, parent and parent.continues_id)
    return AgendaItem(meeting=meeting, position=position, parent=parent, continues=old, **kept)


CARRIED_FIELDS = ("title", "kind", "presenter_id", "presenter_name", "proposed_by_id", "minutes_planned", "visibility")


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, kept so until the transaction ends. Raises AgendaFrozen once its agenda is closed."""
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)
    if meeting.status == Meeting.Status.CANCELLED:
        raise AgendaFrozen(_("The meeting is cancelled: its agenda stays as it was."))
    if Minutes.objects.filter(meeting=meeting, status__in=Minutes.FROZEN).exists():
        raise AgendaFrozen(_("The minutes are approved: the agenda stays as it is."))
    return meeting
