"""Whoever changes what stands in people's calendars says so here; the queue then tells them once it is committed."""

from procrastinate.contrib.django import app

from council_portal.jobs import defer

from .models import Meeting


def announce_change(meeting: Meeting) -> None:
    """Have those who were invited told of a change of `meeting`, with the transaction that is under way.

    Changes that are made elsewhere, even by SQL, are found by `tasks.tell_of_all_changes` within a minute.
    """
    if meeting.invitations.sent().exists():
        # By its name: the task's module knows the rules of this app, and those who call this are some of them.
        defer(app.configure_task(name="meetings.tasks.tell_of_changes"), {"meeting_id": meeting.pk})
