"""What happened to assignments in the order of time: entries of their follow-up, steps of their escalation."""

from django.db.models import Prefetch

from council_portal.access.standing import standing_of

from .models import Assignment, Escalation, FollowUp, Meeting


def timeline_of(assignments: list[Assignment], *, user) -> list[FollowUp | Escalation]:
    """Entries and escalations of these assignments, the oldest first, in four queries.

    What was reviewed in a meeting is among them once its minutes are published. `is_escalation` tells which one is. Of
    an entry `reviewed_in` is there only where `user` may read the meeting, and why a report was returned only for those
    who take part in the council's work; of an extension `old_due_on` is the day that it replaced.
    """
    entries = list(
        FollowUp.objects.filter(assignment__in=assignments)
        .outside_drafts(user)
        .select_related("assignment__organization", "file", "recorded_by__person")
        .prefetch_related(Prefetch("reviewed_in", Meeting.objects.visible_to(user).select_related("body")))
        .oldest_first()
    )
    _tell_old_due_dates(entries)
    standing = standing_of(user)
    if not (standing.is_member or standing.is_secretariat):
        for entry in entries:
            entry.returned_because = ""
    steps = Escalation.objects.filter(assignment__in=assignments).select_related("assignment__organization")
    return sorted([*entries, *steps.oldest_first()], key=_moment)


def _moment(event: FollowUp | Escalation):
    return event.at if event.is_escalation else event.recorded_at


def _tell_old_due_dates(entries: list[FollowUp]) -> None:
    due_on = {}
    for entry in entries:
        if entry.new_due_on:
            entry.old_due_on = due_on.get(entry.assignment_id, entry.assignment.original_due_on)
            due_on[entry.assignment_id] = entry.new_due_on
