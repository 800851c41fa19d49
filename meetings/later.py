"""What was said about a decision: in the meeting that took it, and where it was spoken of later."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import AgendaItem, Assignment, Decision, FollowUp, Meeting, Minutes


@dataclass(frozen=True, slots=True)
class Mention:
    """A later meeting that spoke of a decision, `how` and under which item ("" where the reader does not see it)."""

    meeting: Meeting
    how: str | Promise
    title: str
    url: str


def discussion_of(decision: Decision, *, user) -> str:
    """What was said before it was decided, as rich text; "" where there is nothing that `user` may read.

    The decision is one that `user` may read, and so is its item.
    """
    item = decision.agenda_item
    if item is None or not item.discussion:
        return ""
    may_read = Minutes.objects.visible_to(user).filter(meeting=decision.meeting_id).exists()
    return item.discussion if may_read else ""


def mentions_of(decision: Decision, assignments: list[Assignment], *, user) -> list[Mention]:
    """Where it was spoken of later, as far as `user` may read, the earliest first: the meetings that reviewed how it is
    carried out, and the items that went on with its own. In three queries.

    `assignments` are those of the decision that the reader may know of.
    """
    mentions = [*_reviews(assignments, user), *_continuations(decision, user)]
    return sorted(mentions, key=lambda one: (one.meeting.sort_on is None, one.meeting.sort_on or 0, one.meeting.pk))


def _reviews(assignments: list[Assignment], user) -> list[Mention]:
    said = FollowUp.objects.filter(assignment__in=assignments, reviewed_in__isnull=False)
    reviews = said.outside_drafts(user).values("reviewed_in")
    meetings = Meeting.objects.visible_to(user).filter(pk__in=reviews).select_related("body")
    items = AgendaItem.objects.visible_to(user).filter(meeting__in=reviews, kind=AgendaItem.Kind.REVIEW)
    item_of = {item.meeting_id: item for item in items.order_by("-position")}
    return [_mention(meeting, item_of.get(meeting.pk), _("Reviewed")) for meeting in meetings]


def _continuations(decision: Decision, user) -> list[Mention]:
    """Items that took up the decision's own again, up to the third time in a row."""
    item = decision.agenda_item_id
    if item is None:
        return []
    again = Q(continues=item) | Q(continues__continues=item) | Q(continues__continues__continues=item)
    items = AgendaItem.objects.visible_to(user).filter(again).select_related("meeting__body")
    return [_mention(item.meeting, item, _("Taken up again")) for item in items]


def _mention(meeting: Meeting, item: AgendaItem | None, how) -> Mention:
    address = meeting.get_absolute_url()
    return Mention(meeting, how, item.title if item else "", f"{address}#item-{item.pk}" if item else address)
