"""A meeting's way from plan to record: announce, hold, which gives the numbers, reopen, cancel.

Rules 1 and 2 of DESIGN.md §3.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council_portal.persian.calendar import today
from council_portal.persian.wording import count, digits, long_date
from council_portal.refusing import Refused
from members.models import Body, User

from .announcing import tell_of_announcement
from .changes import announce_change
from .models import AgendaItem, Decision, HostTurn, Meeting, Minutes


class ItemsWithoutOutcome(Refused):
    """Raised with the `items` that still lack an outcome; those closed to `reader` are named by their number alone."""

    def __init__(self, items, *, reader: User | None):
        self.items = items
        rows = AgendaItem.objects.filter(pk__in=[item.pk for item in items])
        readable = set((rows.visible_to(reader) if reader else rows).values_list("pk", flat=True))
        titles = _("; ").join(item.title if item.pk in readable else _closed(item) for item in items)
        super().__init__(_("These items have no outcome yet: %(titles)s") % {"titles": titles})


def _closed(item: AgendaItem) -> str:
    place = (item.parent.position, item.position) if item.parent else (item.position,)
    return _("Closed item %(number)s") % {"number": "–".join(digits(part) for part in place)}


class PeopleNotMarked(Refused):
    """Raised with the `number` of those of whom the list at the door does not say whether they came."""

    def __init__(self, number: int):
        self.number = number
        message = ngettext(
            "%(number)s person on the list of attendance is not marked yet: mark them, or settle the list.",
            "%(number)s people on the list of attendance are not marked yet: mark them, or settle the list.",
            number,
        )
        super().__init__(message % {"number": count(number)})


@transaction.atomic
def announce(meeting: Meeting, *, by: User, told_otherwise: frozenset[int] = frozenset()) -> Meeting:
    """Make a planned meeting known and tell those concerned; announcing twice changes nothing.

    `told_otherwise` are the ids of persons whom the caller tells itself. Raises Refused for one held or cancelled.
    """
    meeting = _locked(meeting)
    if meeting.status == Meeting.Status.ANNOUNCED:
        return meeting
    _require(meeting, Meeting.Status.PLANNED)
    meeting.status = Meeting.Status.ANNOUNCED
    meeting.announced_at, meeting.announced_by = timezone.now(), by
    meeting.save()
    tell_of_announcement(meeting, told_otherwise=told_otherwise)
    return meeting


@transaction.atomic
def hold(meeting: Meeting, *, by: User | None) -> Meeting:
    """Close a meeting as held and give it and its decisions their numbers, which are never used again.

    The body's row is locked meanwhile, so two meetings that close at once get different numbers; one that was
    reopened keeps those it had. Raises ItemsWithoutOutcome, PeopleNotMarked, or Refused for one that is cancelled or
    whose day is still to come. Closing twice changes nothing.
    """
    body = lock_body(meeting)
    meeting = _locked(meeting)
    if meeting.status == Meeting.Status.HELD:
        return meeting
    _require(meeting, Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED)
    _require_day(meeting)
    require_outcomes(meeting, by=by)
    if not_marked := meeting.attendance.unmarked().count():
        raise PeopleNotMarked(not_marked)
    if meeting.number is None:
        body.last_meeting_number += 1
        meeting.number = body.last_meeting_number
    _number_decisions(meeting, body)
    body.save()
    meeting.status = Meeting.Status.HELD
    meeting.closed_at, meeting.closed_by = timezone.now(), by
    meeting.save()
    HostTurn.objects.fulfil(meeting)
    return meeting


def _require_day(meeting: Meeting) -> None:
    """Nothing has been held on a day to come; a month or a year that has begun may have had the meeting already."""
    if meeting.held_on and meeting.held_on.first > today():
        words = _("Its day, %(day)s, is still to come. If it was held already, move it to the day on which it was.")
        raise Refused(words % {"day": long_date(meeting.held_on)})


@transaction.atomic
def number_late_decisions(meeting: Meeting, *, body: Body) -> None:
    """Give numbers to the decisions of a held meeting that were entered after it was closed; `body` is locked."""
    _number_decisions(meeting, body)
    body.save()


@transaction.atomic
def reopen(meeting: Meeting, *, by: User) -> Meeting:
    """Take the closing back, for a correction; the number stays.

    Raises Refused unless it is the body's latest held meeting and its minutes are not yet approved. The body's row is
    locked meanwhile, so no other meeting is closed, and no minutes are approved, behind its back.
    """
    lock_body(meeting)
    meeting = _locked(meeting)
    _require(meeting, Meeting.Status.HELD)
    if meeting.body.meetings.held().filter(number__gt=meeting.number).exists():
        raise Refused(_("Only the latest meeting that was held can be reopened."))
    if Minutes.objects.filter(meeting=meeting, status__in=Minutes.FROZEN).exists():
        raise Refused(_("Its minutes are approved: add a corrigendum instead."))
    meeting.status = Meeting.Status.ANNOUNCED
    meeting.closed_at, meeting.closed_by = None, None
    meeting.save()
    HostTurn.objects.take_back(meeting)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, because: str) -> Meeting:
    """Cancel a meeting that was not held; it stays in the archive with the reason. Raises Refused without one."""
    lock_body(meeting)  # before the meeting, as whatever changes the turns of the hosts does
    meeting = _locked(meeting)
    _require(meeting, Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED)
    if not because.strip():
        raise Refused(_("Say why the meeting was cancelled."))
    if meeting.number is not None:
        raise Refused(_("This meeting was held and has its number: close it again."))
    meeting.status, meeting.cancelled_because = Meeting.Status.CANCELLED, because
    meeting.save()
    HostTurn.objects.release(meeting)
    announce_change(meeting)
    return meeting


def require_outcomes(meeting: Meeting, *, by: User | None) -> None:
    """Raise ItemsWithoutOutcome, which names them as far as `by` may read them, while an item lacks its outcome."""
    items = list(meeting.agenda_items.open().select_related("parent").in_order())
    if items:
        raise ItemsWithoutOutcome(items, reader=by)


def lock_body(meeting: Meeting) -> Body:
    """Take the turn for whatever depends on the numbers of a body's meetings; before any other lock."""
    return Body.objects.select_for_update().get(pk=meeting.body_id)


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)


def _require(meeting: Meeting, *statuses: Meeting.Status) -> None:
    if meeting.status not in statuses:
        raise Refused(
            _("This cannot be done with a meeting that is «%(status)s».") % {"status": meeting.get_status_display()}
        )


def _number_decisions(meeting: Meeting, body: Body) -> None:
    new = Decision.objects.filter(meeting=meeting, number__isnull=True).order_by("agenda_item__position", "pk")
    for decision in new:
        body.last_decision_number += 1
        decision.give_number(body.last_decision_number, body=body)
        decision.save()
