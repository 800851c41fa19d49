"""The minutes' way from draft to published (DESIGN.md §3, rules 2 and 3)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import User

from .attending import presume_present
from .holding import Refused, number_late_decisions
from .models import Corrigendum, Decision, Meeting, Minutes


class NotApproved(Refused):
    """The body has not approved these minutes."""


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
    """Let the body's members read a draft and comment until a day. Raises Refused for minutes already approved."""
    minutes = _locked(minutes)
    if minutes.status == Minutes.Status.CIRCULATED:
        return minutes
    _require(minutes, Minutes.Status.DRAFT)
    minutes.status, minutes.comments_due_on = Minutes.Status.CIRCULATED, comments_due_on
    minutes.circulated_at, minutes.circulated_by = timezone.now(), by
    minutes.save()
    return minutes


@transaction.atomic
def approve(minutes: Minutes, *, by: User, approved_in: Meeting | None = None) -> Minutes:
    """Record that the body approved the minutes, in `approved_in` or, without one, through its board. Freezes the text.

    Decisions that were entered after the meeting was closed get their numbers now.
    Raises Refused while the meeting is not closed.
    """
    minutes = _locked(minutes)
    if minutes.is_frozen:
        return minutes
    if minutes.meeting.status != Meeting.Status.HELD:
        raise Refused(_("Close the meeting first."))
    number_late_decisions(minutes.meeting)
    minutes.status, minutes.approved_in = Minutes.Status.APPROVED, approved_in
    minutes.approved_at, minutes.approved_by = timezone.now(), by
    minutes.save()
    return minutes


@transaction.atomic
def publish(minutes: Minutes, *, by: User) -> Minutes:
    """Make approved minutes and their decisions readable, under the visibility that each of them has.

    Raises NotApproved if the body has not approved them; publishing twice changes nothing.
    """
    minutes = _locked(minutes)
    if minutes.status == Minutes.Status.PUBLISHED:
        return minutes
    if minutes.status != Minutes.Status.APPROVED:
        raise NotApproved(_("The minutes are not approved yet."))
    minutes.status = Minutes.Status.PUBLISHED
    minutes.published_at, minutes.published_by = timezone.now(), by
    minutes.save()
    Decision.objects.filter(meeting=minutes.meeting_id, published_at__isnull=True).update(
        published_at=minutes.published_at, published_by=by
    )
    return minutes


@transaction.atomic
def correct(minutes: Minutes, *, by: User, text: str, reason: str, agenda_item=None) -> Corrigendum:
    """Add the next numbered corrigendum to approved minutes; the text that it corrects stays. Raises NotApproved."""
    minutes = _locked(minutes)
    if not minutes.is_frozen:
        raise NotApproved(_("The minutes are not approved yet: change the text itself."))
    return Corrigendum.objects.create(
        minutes=minutes,
        number=minutes.corrigenda.count() + 1,
        agenda_item=agenda_item,
        text=text,
        reason=reason,
        published_at=timezone.now(),
        published_by=by,
    )


def _locked(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(of=["self"]).select_related("meeting__body").get(pk=minutes.pk)


def _require(minutes: Minutes, status: Minutes.Status) -> None:
    if minutes.status != status:
        raise Refused(
            _("This cannot be done with minutes that are «%(status)s».") % {"status": minutes.get_status_display()}
        )
