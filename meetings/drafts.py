"""What is being written in the minutes and is not saved yet: nothing of it is lost, and others see who is at it."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.models import User

from .models import AgendaItem, Meeting, MinutesDraft

SALT = "meetings.drafts"
PASS_VALID_FOR = timedelta(days=7)
# A page that is open tells so twice a minute; one that did not for this long is closed.
PRESENT_FOR = timedelta(seconds=90)
# The form's own bookkeeping, which is made anew when the text is taken up again.
NOT_KEPT = ("csrfmiddlewaretoken", "draft_pass", "ping")


def open_part(meeting: Meeting, item: AgendaItem | None, *, by: User) -> MinutesDraft:
    """Note that somebody has a part of the minutes open now, and return their draft of it.

    Who was away longer than a page can be silent opens it anew.
    """
    now = timezone.now()
    draft, is_new = MinutesDraft.objects.get_or_create(
        {"opened_at": now, "seen_at": now}, user=by, meeting=meeting, agenda_item=item
    )
    if not is_new:
        if draft.seen_at < now - PRESENT_FOR:
            draft.opened_at = now
        draft.seen_at = now
        draft.save(update_fields=["opened_at", "seen_at"])
    return draft


def keep(meeting: Meeting, item: AgendaItem | None, *, by: User, fields: dict[str, list[str]]) -> MinutesDraft:
    """Keep what `by` has typed into the form of a part, instead of what was kept before."""
    now = timezone.now()
    data = {
        # PostgreSQL keeps no null byte.
        name: [value.replace("\0", "") for value in values]
        for name, values in fields.items()
        if name not in NOT_KEPT and not name.startswith("_")
    }
    values = {"data": data, "kept_at": now, "seen_at": now}
    return MinutesDraft.objects.update_or_create(
        values, {**values, "opened_at": now}, user=by, meeting=meeting, agenda_item=item
    )[0]


def forget_text(meeting: Meeting, item: AgendaItem | None, *, by: User) -> None:
    """Drop what was kept; the part stays open."""
    MinutesDraft.objects.filter(user=by, meeting=meeting, agenda_item=item).update(data=None, kept_at=None)


def close_part(meeting: Meeting, item: AgendaItem | None, *, by: User) -> None:
    """Forget that the part is open, with what was kept of it: it is saved."""
    MinutesDraft.objects.filter(user=by, meeting=meeting, agenda_item=item).delete()


def others_at(meeting: Meeting, *, but: User) -> QuerySet[MinutesDraft]:
    """Who else has a part of these minutes open now, the first of them first."""
    present = MinutesDraft.objects.filter(meeting=meeting, seen_at__gte=timezone.now() - PRESENT_FOR)
    return present.exclude(user=but).select_related("user__person").order_by("opened_at")


def pass_for(meeting: Meeting, item: AgendaItem | None, *, of: User) -> str:
    """A pass that a form carries: with it a text can be kept for its writer even when their sign-in is over.

    It opens nothing to be read, and is valid for a week.
    """
    return signing.dumps([of.pk, meeting.pk, item and item.pk], salt=SALT)


def is_of_another(signed: str, *, than: User) -> bool:
    """Whether a pass names another writer: somebody signed in on this browser while the form was open."""
    named = _named_in(signed)
    return named is not None and named[0] != than.pk


def _named_in(signed: str) -> list | None:
    """The ids of writer, meeting and item; None for a pass that is forged or too old."""
    try:
        return signing.loads(signed, salt=SALT, max_age=PASS_VALID_FOR)
    except signing.BadSignature:
        return None


@transaction.atomic
def keep_by_pass(signed: str, *, fields: dict[str, list[str]]) -> MinutesDraft | None:
    """Keep a text for the writer whom the pass names; None when the pass is forged, too old or about what is gone."""
    named = _named_in(signed)
    if named is None:
        return None
    user_pk, meeting_pk, item_pk = named
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    meeting = Meeting.objects.filter(pk=meeting_pk).first()
    item = AgendaItem.objects.filter(pk=item_pk, meeting=meeting_pk).first()
    if user is None or meeting is None or (item_pk and item is None):
        return None
    return keep(meeting, item, by=user, fields=fields)
