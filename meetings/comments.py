"""Comments of a body's members on its circulated minutes, and what becomes of them (DESIGN.md §3, `Minutes`)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council_portal.access.standing import standing_of
from council_portal.persian.calendar import today
from council_portal.persian.wording import long_date
from members.concerned import accounts_working_on, tell_readers
from members.models import User

from .holding import Refused
from .models import AgendaItem, Comment, Minutes


def why_closed(minutes: Minutes, *, on: date) -> str:
    """Why nobody can comment on these minutes on the day `on`, in a sentence; empty while the body's members can."""
    if minutes.status == Minutes.Status.DRAFT:
        return _("The minutes are not circulated yet.")
    if minutes.status != Minutes.Status.CIRCULATED:
        return _("The minutes are approved: comments are closed.")
    if minutes.comments_due_on and minutes.comments_due_on < on:
        return _("Comments were taken until %(date)s.") % {"date": long_date(minutes.comments_due_on)}
    return ""


def may_comment(user, minutes: Minutes) -> bool:
    """Whether `user` is a member, today, of the body whose minutes these are; `minutes` come with their meeting."""
    return minutes.meeting.body_id in standing_of(user).body_ids


@transaction.atomic
def comment(minutes: Minutes, *, by: User, text: str, agenda_item: AgendaItem | None = None) -> Comment:
    """Enter a comment and tell those who work on the minutes. The same words on the same item again change nothing.

    Raises Refused for somebody who does not serve on the body, after the due day, and for an item that is not theirs.
    """
    minutes = _locked(minutes)
    if not may_comment(by, minutes):
        raise Refused(_("Only members of this body comment on its minutes."))
    if refusal := why_closed(minutes, on=today()):
        raise Refused(refusal)
    if agenda_item and not minutes.meeting.agenda_items.visible_to(by).filter(pk=agenda_item.pk).exists():
        raise Refused(_("This item is one of another meeting."))
    said, is_new = Comment.objects.get_or_create(
        minutes=minutes, agenda_item=agenda_item, text=text, written_by=by, defaults={"written_at": timezone.now()}
    )
    if is_new:
        _tell_of_comment(said)
    return said


@transaction.atomic
def settle(comment: Comment, *, by: User, status: str, answer: str = "") -> Comment:
    """Answer a comment or mark it as taken up, and tell its author; later it can be answered otherwise, which tells
    them again.

    Raises Refused once the minutes are approved, and for an answer without words.
    """
    minutes = _locked(comment.minutes)
    comment = Comment.objects.select_related("written_by__person", "agenda_item").get(pk=comment.pk)
    if minutes.status != Minutes.Status.CIRCULATED:
        raise Refused(_("The minutes are approved: comments are closed."))
    if status == Comment.Status.ANSWERED and not answer.strip():
        raise Refused(_("Write the answer."))
    if (comment.status, comment.answer) == (status, answer):
        return comment
    comment.minutes, comment.status, comment.answer = minutes, status, answer
    comment.settled_at, comment.settled_by = timezone.now(), by
    comment.save()
    comment.refresh_from_db(fields=["version"])
    _tell_of_answer(comment)
    return comment


def _tell_of_comment(comment: Comment) -> None:
    others = (account for account in accounts_working_on(comment.minutes.meeting.body) if account != comment.written_by)
    tell_readers(
        comment,
        others,
        key=f"comment-{comment.pk}",
        words=lambda: (
            _("A comment of %(author)s: %(minutes)s") % {"author": comment.written_by, "minutes": comment.minutes}
        ),
    )


def _tell_of_answer(comment: Comment) -> None:
    tell_readers(
        comment,
        [comment.written_by],
        key=f"comment-settled-{comment.pk}-{comment.version}",
        words=lambda: (
            _("Your comment: %(status)s – %(minutes)s")
            % {"status": comment.get_status_display(), "minutes": comment.minutes}
        ),
    )


def _locked(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(of=["self"]).select_related("meeting__body").get(pk=minutes.pk)
