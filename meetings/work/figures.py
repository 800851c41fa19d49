"""Where a meeting stands, in a few numbers, each leading to the part of the work that it is about."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Comment, Meeting


@dataclass(frozen=True, slots=True)
class Figure:
    """`tone` is "attention" for what somebody still has to see to."""

    count: int
    label: str | Promise
    url: str
    tone: str = ""


def figures_of(meeting: Meeting, *, user) -> list[Figure]:
    """What a meeting has and what is still missing, as far as `user`, who works on it, may know. Six queries."""
    items = meeting.agenda_items.aggregate(all=Count("pk"), open=Count("pk", filter=Q(outcome="")))
    invited, came = meeting.invitations.counts(), meeting.attendance.counts()
    is_ahead = meeting.status in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED)
    has_minutes = getattr(meeting, "minutes", None) is not None
    comments = Comment.objects.visible_to(user).filter(minutes__meeting=meeting)
    has = [
        (items["all"], _("agenda items"), "agenda"),
        (invited["invited"], _("Invited"), "invitations"),
        (came["present"] + came["represented"], _("Present, or represented"), "attendance"),
        (meeting.materials.visible_to(user).not_withdrawn().count(), _("Materials"), "materials"),
    ]
    lacks = [
        (invited["unanswered"] if is_ahead else 0, _("Have not answered"), "invitations"),
        (came["unmarked"], _("Not marked yet"), "attendance"),
        (items["open"] if has_minutes else 0, _("Without an outcome"), "minutes"),
        (comments.open().count(), _("Comments to be answered"), "comments"),
        (meeting.uploads.count(), _("files to be described"), "uploads"),
    ]
    return [
        *(Figure(count, label, _url(meeting, page)) for count, label, page in has if count or page == "agenda"),
        *(Figure(count, label, _url(meeting, page), "attention") for count, label, page in lacks if count),
    ]


def _url(meeting: Meeting, page: str) -> str:
    return reverse(f"meetings:work_{page}", args=[meeting.pk])
