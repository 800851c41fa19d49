"""Reminders of a meeting, so many days before it begins, found anew each time from its date as it stands."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from council_portal.notices import outbox
from council_portal.persian.calendar import TEHRAN, today

from .invitations import is_open, locked
from .letters import Occasion, reminders_of, write, write_notices
from .models import Invitation, Meeting, Reminded, Reminder

# Of a meeting whose hour is not known people are reminded in the morning.
MORNING = time(8)


def meetings_to_remind_of() -> list[Meeting]:
    """Announced meetings that are ahead within the farthest reminder."""
    farthest = Reminder.objects.farthest_first().first()
    if farthest is None:
        return []
    until = today() + timedelta(days=farthest.days_before)
    return list(Meeting.objects.announced().upcoming(on=today()).filter(sort_on__lte=until).order_by("pk"))


@transaction.atomic
def remind(meeting: Meeting) -> int:
    """Send the reminders of a meeting that are due now, each once for the day on which it is to be held.

    Of several that are due at once, because none could be sent for a while, each person gets the one nearest to the
    meeting. Returns how many people were reminded. None are sent to those who sent apologies for its day, or who were
    invited or told of a new date after the reminder would have been due: they have just heard of it.
    """
    meeting = locked(meeting)
    now, begins = timezone.now(), begins_at(meeting)
    if begins is None or not is_open(meeting) or begins <= now:
        return 0
    return sum(
        _send(meeting, reminder)
        for reminder in Reminder.objects.nearest_first()
        if begins - timedelta(days=reminder.days_before) <= now
    )


def begins_at(meeting: Meeting) -> datetime | None:
    """When a meeting begins, None where its day is not known."""
    if meeting.held_on is None or not meeting.held_on.is_day:
        return None
    return datetime.combine(meeting.held_on.first, meeting.starts_at or MORNING, TEHRAN)


def to_remind(meeting: Meeting, reminder: Reminder):
    """The invitations whose people this reminder is for and who have had neither it nor a later one."""
    due_at = begins_at(meeting) - timedelta(days=reminder.days_before)
    already = Reminded.objects.filter(
        invitation=OuterRef("pk"), days_before__lte=reminder.days_before, held_on=meeting.held_on.first
    )
    apologised = meeting.invitations.answered().filter(answer=Invitation.Answer.APOLOGISE)
    invitations = meeting.invitations.sent().exclude(pk__in=apologised)
    if reminder.audience == Reminder.Audience.UNANSWERED:
        invitations = invitations.unanswered()
    heard_before = Q(last_told__lte=due_at) | Q(last_told__isnull=True, sent_at__lte=due_at)
    return invitations.filter(heard_before, ~Exists(already))


def _send(meeting: Meeting, reminder: Reminder) -> int:
    invitations = list(to_remind(meeting, reminder).select_related("person__user", "letter").order_by("pk"))
    if not invitations:
        return 0
    for invitation in invitations:
        invitation.meeting = meeting
    day = meeting.held_on.first
    occasion = f"{reminder.days_before}-{day}"
    outbox.post(write(meeting, invitations, Occasion.REMINDED, key=lambda one: reminders_of(one) + occasion))
    write_notices(meeting, invitations, Occasion.REMINDED, key=f"reminder-{meeting.pk}-{occasion}")
    Reminded.objects.bulk_create(
        Reminded(invitation=one, days_before=reminder.days_before, held_on=day) for one in invitations
    )
    return len(invitations)
