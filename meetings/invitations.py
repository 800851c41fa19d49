"""Inviting a body and its guests to a meeting, their answers, and telling them when it moves or is cancelled."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council_portal.notices import outbox
from council_portal.notices.models import Mail
from council_portal.persian import wording
from council_portal.persian.calendar import today
from members.models import Person, User
from members.models.memberships import MembershipQuerySet
from members.roster import roster

from . import holding
from .holding import Refused
from .letters import REMINDER, Occasion, key_of, reminders_of, write, write_notices
from .models import Invitation, Meeting


class NotOpen(Refused):
    """The meeting does not take answers any more."""


def members_to_invite(meeting: Meeting) -> MembershipQuerySet:
    """The services of the body on the meeting's day, today where that is not known, whose person is not invited yet."""
    day = meeting.held_on.first if meeting.held_on and meeting.held_on.is_day else today()
    invited = Invitation.objects.filter(meeting=meeting, person__isnull=False)
    return roster(meeting.body, on=day).exclude(person__in=invited.values("person"))


@transaction.atomic
def invite(meeting: Meeting, *, by: User) -> list[Invitation]:
    """Invite the body's members and the guests on the list: a letter with a calendar entry, and a notice in the inbox.

    A planned meeting is announced by it. Whoever was invited before is left alone, so inviting twice changes nothing.
    Returns the new invitations. Raises Refused for a meeting that is held, cancelled, or whose day has passed.
    """
    meeting = locked(meeting)
    members = [service.person_id for service in members_to_invite(meeting)]
    if meeting.status == Meeting.Status.PLANNED:
        # Their invitation tells them of it; a second letter on the same day would say nothing more.
        meeting = holding.announce(meeting, by=by, told_otherwise=frozenset(members))
    if not is_open(meeting):
        raise Refused(_("Nobody can be invited any more: its day has passed, or it is held or cancelled."))
    sent = {"sent_at": timezone.now(), "sent_by": by, "sent_sequence": meeting.calendar_sequence}
    guests = list(meeting.invitations.to_be_sent().values_list("pk", flat=True))
    meeting.invitations.filter(pk__in=guests).update(**sent)
    new = Invitation.objects.bulk_create(Invitation(meeting=meeting, person_id=pk, **sent) for pk in members)
    return _tell(meeting, [*guests, *(invitation.pk for invitation in new)], Occasion.INVITED)


@transaction.atomic
def add_guest(
    meeting: Meeting, *, person: Person | None = None, name: str = "", post: str = "", email: str = ""
) -> Invitation:
    """Put a guest on the list, who is invited with the next `invite`.

    Raises Refused for somebody who stands there, and once nobody can be invited any more.
    """
    meeting = locked(meeting)
    if not can_invite(meeting):
        raise Refused(_("Nobody can be invited any more: its day has passed, or it is held or cancelled."))
    guest = Invitation(
        meeting=meeting, person=person, is_guest=True, guest_name=name, guest_post=post, guest_email=email
    )
    same = {"person": person} if person else {"guest_name": name, "guest_post": post, "person": None}
    if meeting.invitations.filter(**same).exists():
        raise Refused(_("This person is on the list already."))
    guest.save()
    return guest


@transaction.atomic
def answer(
    invitation: Invitation,
    *,
    by: User | None,
    answer: str,
    day: str | None = None,
    reason: str = "",
    substitute_name: str = "",
    substitute_post: str = "",
) -> Invitation:
    """Record an answer, or another one in its place; `by` is None for the link of a letter, opened without signing in.

    It is for the day on which the meeting stands: the same answer again, after the meeting moved, confirms it. `day` is
    the day that whoever answers saw (`day_key`). The reason belongs to an apology, the substitute to a substitution;
    what belongs to another answer is dropped. Raises NotOpen once the meeting is held, cancelled or over, and Refused
    where the reason or the name is missing, or the meeting has gone to another day than `day`.
    """
    meeting = locked(invitation.meeting)
    if not is_open(meeting):
        raise NotOpen(_("This meeting does not take answers any more."))
    if day is not None and day != day_key(meeting):
        moved = _("The meeting was moved meanwhile, and is now on %(day)s. Your answer is not recorded: send it anew.")
        raise Refused(moved % {"day": wording.weekday_date(meeting.held_on)})
    kinds = Invitation.Answer
    if answer == kinds.APOLOGISE and not reason.strip():
        raise Refused(_("Give the reason for the apology."))
    if answer == kinds.SUBSTITUTE and not substitute_name.strip():
        raise Refused(_("Name the substitute."))
    given = {
        "answer": answer,
        "reason": reason if answer == kinds.APOLOGISE else "",
        "substitute_name": substitute_name if answer == kinds.SUBSTITUTE else "",
        "substitute_post": substitute_post if answer == kinds.SUBSTITUTE else "",
    }
    invitation = Invitation.objects.select_for_update(of=["self"]).select_related("meeting").get(pk=invitation.pk)
    if invitation.is_answered and all(getattr(invitation, name) == value for name, value in given.items()):
        return invitation
    for name, value in given.items():
        setattr(invitation, name, value)
    invitation.answered_at, invitation.answered_by = timezone.now(), by
    invitation.save()
    return invitation


@transaction.atomic
def tell_of_changes(meeting: Meeting) -> list[Invitation]:
    """Tell everybody who was invited that the meeting has moved or is cancelled, once for each change.

    Which change somebody knows stands on their invitation, so doing this again tells nobody twice. Nobody is told
    of a meeting that is held or over.
    """
    meeting = locked(meeting)
    is_cancelled = meeting.status == Meeting.Status.CANCELLED
    if not (is_cancelled or is_open(meeting)):
        return []
    outdated = list(meeting.invitations.outdated().values_list("pk", flat=True))
    return _tell(meeting, outdated, Occasion.CANCELLED if is_cancelled else Occasion.CHANGED)


@transaction.atomic
def send_again(invitation: Invitation) -> bool:
    """Send the latest letter again that failed or is in doubt, to the address that is on record now.

    Returns whether there was such a letter; one that has arrived stays as it is, with the address it went to.
    """
    invitation = Invitation.objects.select_related("letter", "person__user").get(pk=invitation.pk)
    return invitation.letter is not None and outbox.send_again(invitation.letter, address=invitation.email)


@transaction.atomic
def correct_address(invitation: Invitation, *, guest_email: str) -> None:
    """Give a guest who is not on record another address; a letter that did not reach the old one goes there.

    A guest who had none, and so no letter by e-mail, is invited by e-mail too.
    """
    meeting = locked(invitation.meeting)
    invitation.guest_email = guest_email
    invitation.save(update_fields=["guest_email"])
    if invitation.letter_id is None and is_open(meeting):
        _tell(meeting, [invitation.pk], Occasion.INVITED)
    else:
        send_again(invitation)


def day_key(meeting: Meeting) -> str:
    """The meeting's day as a form of answers carries it, to tell one that was open while the meeting moved."""
    return meeting.held_on.isoformat() if meeting.held_on else ""


def is_open(meeting: Meeting) -> bool:
    """Whether it is announced and not surely over: who is invited to it can answer."""
    return meeting.status == Meeting.Status.ANNOUNCED and can_invite(meeting)


def can_invite(meeting: Meeting) -> bool:
    """Whether it is planned or announced, and not surely over: people can be invited to it."""
    is_over = meeting.held_on is not None and meeting.held_on.last < today()
    return meeting.status in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED) and not is_over


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, which nobody changes meanwhile."""
    return Meeting.objects.select_for_update(of=["self"]).select_related("body", "host").get(pk=meeting.pk)


def _tell(meeting: Meeting, pks: Iterable[int], occasion: Occasion) -> list[Invitation]:
    """Write a letter and a notice for each of these invitations, and note what their people know now."""
    invitations = list(Invitation.objects.filter(pk__in=pks).select_related("person__user", "letter").order_by("pk"))
    for invitation in invitations:
        invitation.meeting = meeting
    outbox.take_back(_waiting_reminders(invitations))
    outbox.post(write(meeting, invitations, occasion))
    write_notices(meeting, invitations, occasion)
    keys = {one.pk: key_of(one, meeting) for one in invitations}
    letters = {letter.key: letter for letter in Mail.objects.filter(key__in=keys.values())}
    # A letter that still waits must not arrive after this one, which says what holds now.
    outbox.take_back(
        one.letter for one in invitations if one.letter and keys[one.pk] in letters and one.letter.key != keys[one.pk]
    )
    for invitation in invitations:
        invitation.letter = letters.get(keys[invitation.pk], invitation.letter)
        invitation.told_sequence, invitation.last_told = meeting.calendar_sequence, timezone.now()
    Invitation.objects.bulk_update(invitations, ["letter", "told_sequence", "last_told"])
    return invitations


def _waiting_reminders(invitations: Iterable[Invitation]) -> list[Mail]:
    """Reminders that nobody has begun to send, of what has changed since they were written."""
    begins = tuple(reminders_of(one) for one in invitations)
    waiting = Mail.objects.waiting().filter(key__startswith=REMINDER)
    return [letter for letter in waiting if letter.key.startswith(begins)]
