"""The review of open decisions in a meeting (DESIGN.md §3, rule 4): what is reviewed there, and what was."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from council_portal.persian.calendar import today

from .models import AgendaItem, Assignment, FollowUp, Meeting
from .models.assignments import AssignmentQuerySet


def reviewed_in(meeting: Meeting):
    return FollowUp.objects.filter(kind=FollowUp.Kind.REVIEW, reviewed_in=meeting)


def to_review(meeting: Meeting, *, user) -> AssignmentQuerySet:
    """What is owed for earlier decisions of the meeting's body, and what was reviewed there already, as far as `user`
    may know; what is overdue first, each with `is_late`, and with `said` in this meeting as a list.
    """
    said = reviewed_in(meeting)
    rows = Assignment.objects.visible_to(user).filter(decision__meeting__body=meeting.body_id)
    rows = rows.exclude(decision__meeting=meeting)
    rows = rows.filter(Q(status__in=Assignment.OPEN) | Q(Exists(said.filter(assignment=OuterRef("pk")))))
    rows = rows.with_is_late(on=today()).select_related("organization", "decision__meeting__body")
    return rows.prefetch_related(Prefetch("follow_ups", said.oldest_first(), to_attr="said")).soonest_due_first()


def told_of(meeting: Meeting, *, assignments: AssignmentQuerySet) -> list[FollowUp]:
    """What the meeting said of those of `assignments` that it reviewed, in the order of entry."""
    rows = reviewed_in(meeting).filter(assignment__in=assignments.order_by())
    return list(rows.select_related("assignment__organization", "assignment__decision__meeting__body").oldest_first())


def is_review(item: AgendaItem | None) -> bool:
    return item is not None and item.kind == AgendaItem.Kind.REVIEW
