"""The course of a meeting in short: when it was announced, moved, held, and how its minutes went (a timeline)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from council_portal.persian.wording import digits, long_date

from .models import Corrigendum, Meeting, MeetingMove, Minutes


@dataclass(frozen=True, slots=True)
class Event:
    """`when` in words, `status` as a status that looks like it."""

    when: str
    title: str
    status: str
    text: str = ""


def course_of(
    meeting: Meeting,
    *,
    moves: Iterable[MeetingMove],
    minutes: Minutes | None,
    corrigenda: Iterable[Corrigendum] = (),
) -> list[Event]:
    """What happened to a meeting that the reader may see, oldest first.

    `moves`, `minutes` and `corrigenda` are those that the reader may read, so that nothing is told of a draft.
    """
    return [*_of_meeting(meeting, moves), *_of_minutes(minutes, corrigenda)]


def _of_meeting(meeting: Meeting, moves: Iterable[MeetingMove]) -> Iterator[Event]:
    if meeting.announced_at:
        yield Event(long_date(meeting.announced_at), _("Announced"), "announced")
    for move in sorted(moves, key=lambda move: move.moved_at):
        text = _from_to(move) if move.is_of_day else ""
        yield Event(long_date(move.moved_at), _("Moved"), "postponed", text)
    if meeting.status == Meeting.Status.HELD:
        yield Event(long_date(meeting.held_on), _("Held"), "held")
    if meeting.status == Meeting.Status.CANCELLED:
        yield Event(_cancelled_on(meeting), _("Cancelled"), "cancelled", meeting.cancelled_because)


def _from_to(move: MeetingMove) -> str:
    return _("from %(before)s to %(after)s") % {"before": long_date(move.from_on), "after": long_date(move.to_on)}


def _cancelled_on(meeting: Meeting) -> str:
    """The day, which the history alone knows; empty for a meeting that was entered as cancelled."""
    events = Meeting.pgh_event_model.objects.filter(pgh_obj_id=meeting.pk, status=Meeting.Status.CANCELLED)
    first = events.order_by("pgh_id").first()
    return long_date(first.pgh_created_at) if first and first.pgh_label == "update" else ""


def _of_minutes(minutes: Minutes | None, corrigenda: Iterable[Corrigendum]) -> Iterator[Event]:
    if minutes is None:
        return
    steps = (
        (minutes.circulated_at, _("Minutes circulated"), "circulated"),
        (minutes.approved_at, _("Minutes approved"), "approved"),
        (minutes.published_at, _("Minutes published"), "published"),
    )
    for at, title, status in steps:
        if at:
            yield Event(long_date(at), title, status)
    for corrigendum in corrigenda:
        title = _("Corrigendum %(number)s") % {"number": digits(corrigendum.number)}
        yield Event(long_date(corrigendum.published_at), title, "noted")
