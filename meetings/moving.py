"""An announced or planned meeting goes to another day, hour or place. The one way to do it on purpose.

What a meeting leaves at its old place (`MeetingMove`) is written by the database, so that no way of changing it goes
without; this rule adds the reason. Reminders and calendars derive from the meeting's own fields.
"""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from council_portal.persian.partial_date import PartialDate
from members.models import User

from .changes import announce_change
from .holding import Refused, lock_body
from .models import HostTurn, Meeting, MeetingMove


@transaction.atomic
def move(
    meeting: Meeting,
    *,
    by: User,
    day: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    venue: str = "",
    because: str = "",
) -> Meeting:
    """Move a meeting that is ahead. To where it stands already changes nothing.

    Raises Refused for one that was held or cancelled, for an end before its beginning, and for an announced meeting
    without a reason.
    """
    lock_body(meeting)  # before the meeting, as whatever changes the turns of the hosts does
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("body").get(pk=meeting.pk)
    _require_ahead(meeting)
    if ends_at and (starts_at is None or ends_at <= starts_at):
        raise Refused(_("The meeting ends before it begins."))
    new = {"held_on": PartialDate.from_date(day), "starts_at": starts_at, "ends_at": ends_at, "venue": venue}
    if all(getattr(meeting, name) == value for name, value in new.items()):
        return meeting
    if meeting.status == Meeting.Status.ANNOUNCED and not because.strip():
        raise Refused(_("Say why the meeting is moved: it was announced for that day and hour."))
    before = set(MeetingMove.objects.filter(meeting=meeting).values_list("pk", flat=True))
    for name, value in new.items():
        setattr(meeting, name, value)
    meeting.save()
    MeetingMove.objects.filter(meeting=meeting).exclude(pk__in=before).update(reason=because, moved_by=by)
    HostTurn.objects.ahead().filter(meeting=meeting).update(expected_on=meeting.held_on)
    announce_change(meeting)
    return meeting


def _require_ahead(meeting: Meeting) -> None:
    if meeting.number is not None:
        raise Refused(_("This meeting was held and has its number: its date is corrected, not moved."))
    if meeting.status not in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED):
        raise Refused(
            _("This cannot be done with a meeting that is «%(status)s».") % {"status": meeting.get_status_display()}
        )
