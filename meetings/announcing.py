"""What those concerned are told of a meeting and its minutes, in the transaction of the step that it tells of."""

from django.utils.translation import gettext as _

from council_portal.persian.wording import digits, long_date
from members.concerned import accounts_concerned, tell_readers

from .models import Corrigendum, Meeting, Minutes


def tell_of_announcement(meeting: Meeting, *, told_otherwise: frozenset[int] = frozenset()) -> None:
    """Tell all whom it concerns but the persons with these ids."""
    tell_readers(
        meeting,
        [account for account in accounts_concerned(meeting.body) if account.person_id not in told_otherwise],
        key=f"meeting-announced-{meeting.pk}",
        words=lambda: _("A meeting is announced: %(meeting)s") % {"meeting": meeting},
        text=lambda: long_date(meeting.held_on) if meeting.held_on else "",
    )


def tell_of_circulation(minutes: Minutes) -> None:
    def until():
        if minutes.comments_due_on is None:
            return _("You can comment on them.")
        return _("You can comment on them until %(date)s.") % {"date": long_date(minutes.comments_due_on)}

    tell_readers(
        minutes,
        accounts_concerned(minutes.meeting.body),
        key=f"minutes-circulated-{minutes.pk}",
        words=lambda: _("Circulated for comments: %(minutes)s") % {"minutes": minutes},
        text=until,
    )


def tell_of_publication(minutes: Minutes) -> None:
    tell_readers(
        minutes,
        accounts_concerned(minutes.meeting.body),
        key=f"minutes-published-{minutes.pk}",
        words=lambda: _("Published: %(minutes)s") % {"minutes": minutes},
    )


def tell_of_correction(corrigendum: Corrigendum) -> None:
    minutes = corrigendum.minutes
    tell_readers(
        corrigendum,
        accounts_concerned(minutes.meeting.body),
        key=f"corrigendum-{corrigendum.pk}",
        words=lambda: (
            _("Corrigendum %(number)s: %(minutes)s") % {"number": digits(corrigendum.number), "minutes": minutes}
        ),
        address=corrigendum.get_absolute_url(),
    )
