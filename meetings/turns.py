"""The turns of the hosts: proposed, accepted, declined, put off, swapped, and done with when the meeting is held.

A turn ahead may be linked to a meeting that is planned or announced; that meeting's host then is its organisation.
Whatever changes the order locks the assembly first, as closing a meeting does, so that two of the staff take turns.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from members.models import Body, Organization, User

from .holding import Refused
from .models import HostTurn, Meeting

Status = HostTurn.Status


@transaction.atomic
def propose(
    organization: Organization,
    *,
    by: User,
    reason: str = "",
    meeting: Meeting | None = None,
    is_new_meeting: bool = False,
) -> HostTurn:
    """Give an organisation the next turn in the order, and the `meeting`, if any is named, to it.

    A meeting that was stored in this very transaction (`is_new_meeting`) needs no lock. An organisation that has a
    turn ahead keeps its place and its reason. Raises Refused where its turn, or the meeting, is promised to another
    one already.
    """
    _lock_order()
    turn = HostTurn.objects.ahead().select_for_update(of=["self"]).filter(organization=organization).first()
    if turn is None:
        last = HostTurn.objects.aggregate(last=Max("position"))["last"] or 0
        turn = HostTurn(organization=organization, position=last + 1, reason=reason)
    if meeting is not None and turn.meeting_id != meeting.pk:
        _link(turn, meeting if is_new_meeting else _open(meeting))
    turn.save()
    return turn


@transaction.atomic
def accept(turn: HostTurn, *, by: User) -> HostTurn:
    """Note that the organisation will host; accepting twice changes nothing. Raises Refused for a turn that is over."""
    turn = _ahead(turn)
    if turn.status == Status.PROPOSED:
        _answer(turn, Status.ACCEPTED, by)
        turn.save()
    return turn


def decline(turn: HostTurn, *, by: User, reason: str, not_before: PartialDate | None = None) -> HostTurn:
    """Note that the organisation passes on its turn, and why; until `not_before`, or until it says otherwise.

    Its meeting is without a host again. Raises Refused without a reason, or for a turn that is over.
    """
    return _pass(turn, Status.DECLINED, by=by, reason=reason, not_before=not_before)


def defer(turn: HostTurn, *, by: User, reason: str, not_before: PartialDate) -> HostTurn:
    """Note that the organisation asks for a later turn, not before that day or month; otherwise as `decline`."""
    return _pass(turn, Status.DEFERRED, by=by, reason=reason, not_before=not_before)


@transaction.atomic
def ready_again(turn: HostTurn, *, by: User) -> HostTurn:
    """Note that an organisation that passed can be asked again from today on. Raises Refused for any other turn."""
    turn = HostTurn.objects.select_for_update(of=["self"]).get(pk=turn.pk)
    if turn.status not in HostTurn.PASSED:
        raise Refused(_("This turn was neither declined nor put off."))
    if turn.not_before is None or turn.not_before.first > today():
        turn.not_before = PartialDate.from_date(today())
        turn.save()
    return turn


@transaction.atomic
def swap(turn: HostTurn, *, with_turn: HostTurn, by: User) -> None:
    """Let two turns ahead change places: order, month and meeting. Raises Refused unless both are ahead."""
    if turn.pk == with_turn.pk:
        raise Refused(_("Choose another turn to swap with."))
    one, other = _all_ahead(turn, with_turn)
    one.position, other.position = other.position, one.position
    one.expected_on, other.expected_on = other.expected_on, one.expected_on
    meetings = {one.pk: other.meeting, other.pk: one.meeting}
    # A meeting has one turn at any moment, so both let go of theirs first.
    one.meeting = other.meeting = None
    one.save()
    other.save()
    for turn in (one, other):
        if meetings[turn.pk] is not None:
            _link(turn, _open(meetings[turn.pk]), expected_on=turn.expected_on, is_swap=True)
            turn.save()


def meetings_without_host():
    """The assembly's meetings ahead that nobody hosts yet, the soonest first."""
    ahead = Meeting.objects.of_assembly().filter(host__isnull=True, number__isnull=True)
    return ahead.upcoming(on=today()).select_related("body").soonest_first()


@transaction.atomic
def _pass(turn: HostTurn, status: Status, *, by: User, reason: str, not_before: PartialDate | None) -> HostTurn:
    if not reason.strip():
        raise Refused(_("Say why the turn is declined or put off."))
    turn = _ahead(turn)
    meeting = turn.meeting
    _answer(turn, status, by)
    turn.meeting, turn.reason, turn.not_before = None, reason, not_before
    turn.save()
    if meeting is not None and meeting.host_id == turn.organization_id:
        meeting = _open(meeting)
        meeting.host = None
        meeting.save()
    return turn


def _link(turn: HostTurn, meeting: Meeting, *, expected_on: PartialDate | None = None, is_swap: bool = False) -> None:
    """Give the meeting, which is locked, to the turn; `turn` is saved by whoever calls."""
    if turn.meeting_id is not None:
        message = _("«%(organization)s» has a turn for another meeting already.")
        raise Refused(message % {"organization": turn.organization})
    is_promised = meeting.host_id is not None and meeting.host_id != turn.organization_id
    if not is_swap and (is_promised or HostTurn.objects.filter(meeting=meeting).exclude(pk=turn.pk).exists()):
        raise Refused(_("This meeting has a host already."))
    turn.meeting, turn.expected_on = meeting, meeting.held_on or expected_on
    if meeting.host_id != turn.organization_id:
        meeting.host = turn.organization
        meeting.save()


def _open(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)
    if meeting.status not in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED):
        raise Refused(
            _("This cannot be done with a meeting that is «%(status)s».") % {"status": meeting.get_status_display()}
        )
    return meeting


def _ahead(turn: HostTurn) -> HostTurn:
    return _all_ahead(turn)[0]


def _all_ahead(*turns: HostTurn) -> list[HostTurn]:
    """The turns as they stand now, locked. Raises Refused if one of them is over."""
    _lock_order()
    rows = HostTurn.objects.select_for_update(of=["self"]).select_related("organization", "meeting__body")
    now = {turn.pk: turn for turn in rows.filter(pk__in=[turn.pk for turn in turns])}
    over = [turn for turn in now.values() if turn.status not in HostTurn.AHEAD]
    if over:
        raise Refused(_("This turn is «%(status)s» already.") % {"status": over[0].get_status_display()})
    return [now[turn.pk] for turn in turns]


def _answer(turn: HostTurn, status: Status, by: User) -> None:
    turn.status, turn.answered_at, turn.answered_by = status, timezone.now(), by


def _lock_order() -> None:
    list(Body.objects.assembly().select_for_update().values_list("pk"))
