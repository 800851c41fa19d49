"""The minutes' way from draft to published (DESIGN.md §3, rules 2 and 3).

Which article says so is data: members.by_article, Rule.MINUTES.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import User

from .announcing import tell_of_circulation, tell_of_correction, tell_of_publication
from .attending import presume_present
from .excerpts import excerpts_kept_true
from .holding import Refused, lock_body, number_late_decisions, require_outcomes
from .issuing import issue_corrected, issue_published
from .models import AgendaItem, Comment, Corrigendum, Decision, Meeting, Minutes
from .telling_of_duties import tell_of_new_duties


class NotApproved(Refused):
    """The body has not approved these minutes."""


class OpenComments(Refused):
    """Raised with the `comments` that are neither answered nor taken up."""

    def __init__(self, comments):
        self.comments = comments
        named = _("; ").join(_named(comment) for comment in comments)
        super().__init__(_("These comments are neither answered nor taken up: %(comments)s") % {"comments": named})


def _named(comment: Comment) -> str:
    item = comment.agenda_item or _("the minutes as a whole")
    return _("%(author)s on «%(item)s»") % {"author": comment.written_by, "item": item}


@transaction.atomic
def begin(meeting: Meeting) -> Minutes:
    """Return the meeting's minutes, begun as a draft if there are none, with every member marked present.

    A list that was marked at the door stays as it is. The items of the minutes are the agenda's own rows, so nothing
    needs copying. Beginning twice changes nothing.
    """
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting)
    if is_new:
        presume_present(meeting)
    return minutes


@transaction.atomic
def circulate(minutes: Minutes, *, by: User, comments_due_on=None) -> Minutes:
    """Let the body's members read a draft and comment until a day, and tell them; again, it changes nothing.

    Raises Refused for minutes already approved, while the meeting is not closed, and for an item that was added since
    and has no outcome yet: what is circulated has an outcome for each item and a number for each decision, so that the
    comments speak of what will stand.
    """
    minutes = _locked(minutes)
    if minutes.status == Minutes.Status.CIRCULATED:
        return minutes
    _require(minutes, Minutes.Status.DRAFT)
    _require_closed(minutes.meeting)
    require_outcomes(minutes.meeting, by=by)
    minutes.status, minutes.comments_due_on = Minutes.Status.CIRCULATED, comments_due_on
    minutes.circulated_at, minutes.circulated_by = timezone.now(), by
    minutes.save()
    tell_of_circulation(minutes)
    return minutes


@transaction.atomic
def approve(minutes: Minutes, *, by: User, approved_in: Meeting | None = None) -> Minutes:
    """Record that the body approved the minutes, in `approved_in` or, without one, through its board. Freezes the text.

    Decisions that were entered after the meeting was closed get their numbers now. Approving twice changes nothing.
    Raises Refused while the meeting is not closed and for a meeting that cannot have approved them, ItemsWithoutOutcome
    for items added since it was closed, OpenComments while a comment is neither answered nor taken up.
    """
    body = lock_body(minutes.meeting)
    minutes = _locked(minutes)
    if minutes.is_frozen:
        return minutes
    _require_closed(minutes.meeting)
    require_outcomes(minutes.meeting, by=by)
    if approved_in and not meetings_that_may_approve(minutes).filter(pk=approved_in.pk).exists():
        raise Refused(_("Minutes are approved in a later meeting of the same body."))
    _require_no_open_comment(minutes)
    number_late_decisions(minutes.meeting, body=body)
    minutes.status, minutes.approved_in = Minutes.Status.APPROVED, approved_in
    minutes.approved_at, minutes.approved_by = timezone.now(), by
    minutes.save()
    return minutes


def meetings_that_may_approve(minutes: Minutes) -> models.QuerySet[Meeting]:
    """The meetings of the same body that were held after the one of these minutes."""
    later = Meeting.objects.held().filter(body=minutes.meeting.body_id, number__gt=minutes.meeting.number or 0)
    return later.exclude(pk=minutes.meeting_id).order_by("number")


@transaction.atomic
def publish(minutes: Minutes, *, by: User) -> Minutes:
    """Make approved minutes and their decisions readable, under the visibility that each of them has, and tell those
    concerned who may read them; the organisations that have to do something what that is. Both are issued.

    Raises NotApproved if the body has not approved them, NoCertificate where nothing can be issued; publishing twice
    changes nothing.
    """
    minutes = _locked(minutes)
    if minutes.status == Minutes.Status.PUBLISHED:
        return minutes
    if minutes.status != Minutes.Status.APPROVED:
        raise NotApproved(_("The minutes are not approved yet."))
    minutes.status = Minutes.Status.PUBLISHED
    minutes.published_at, minutes.published_by = timezone.now(), by
    minutes.save()
    decisions = Decision.objects.filter(meeting=minutes.meeting_id)
    amended = Decision.objects.published().filter(backlinks__decision__meeting=minutes.meeting_id).distinct()
    with excerpts_kept_true(amended.select_related("meeting", "agenda_item__parent"), by=by):
        decisions.filter(published_at__isnull=True).update(published_at=minutes.published_at, published_by=by)
    published = decisions.filter(published_at=minutes.published_at).order_by("number")
    issue_published(minutes, published, by=by)
    tell_of_publication(minutes)
    tell_of_new_duties(published)
    return minutes


@transaction.atomic
def correct(
    minutes: Minutes, *, by: User, text: str, reason: str, agenda_item: AgendaItem | None = None
) -> Corrigendum:
    """Add the next numbered corrigendum to approved minutes, and tell of it; the text that it corrects stays. Minutes
    that are published are issued anew.

    Raises NotApproved, Refused for an item of another meeting, or NoCertificate where nothing can be issued. The same
    once more changes nothing.
    """
    minutes = _locked(minutes)
    if not minutes.is_frozen:
        raise NotApproved(_("The minutes are not approved yet: change the text itself."))
    if agenda_item and agenda_item.meeting_id != minutes.meeting_id:
        raise Refused(_("This item is one of another meeting."))
    last = minutes.corrigenda.order_by("-number").first()
    if last and (last.text, last.reason, last.agenda_item) == (text, reason, agenda_item):
        return last
    corrigendum = Corrigendum.objects.create(
        minutes=minutes,
        number=last.number + 1 if last else 1,
        agenda_item=agenda_item,
        text=text,
        reason=reason,
        published_at=timezone.now(),
        published_by=by,
    )
    issue_corrected(corrigendum, by=by)
    tell_of_correction(corrigendum)
    return corrigendum


def _locked(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(of=["self"]).select_related("meeting__body").get(pk=minutes.pk)


def _require_closed(meeting: Meeting) -> None:
    if meeting.status != Meeting.Status.HELD:
        raise Refused(_("Close the meeting first."))


def _require_no_open_comment(minutes: Minutes) -> None:
    comments = minutes.comments.open().select_related("written_by__person", "agenda_item").in_order()
    if comments:
        raise OpenComments(list(comments))


def _require(minutes: Minutes, status: Minutes.Status) -> None:
    if minutes.status != status:
        raise Refused(
            _("This cannot be done with minutes that are «%(status)s».") % {"status": minutes.get_status_display()}
        )
