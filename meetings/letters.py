"""What those who are invited are written: letters by e-mail with their calendar entry, notices in the inbox.

Letters are Persian, whoever writes them in whichever language of the interface. They name nothing that the person
invited may not read on the site: somebody on record reads by their memberships, a guest what is public.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum
from functools import cached_property
from itertools import chain

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.access.standing import VISITOR, Reader, Standing
from council_portal.notices.models import Mail
from council_portal.notices.telling import tell
from council_portal.persian import wording
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from members.models import Body, Membership, Organization

from . import answer_links, itip
from .models import Invitation, Meeting, MeetingMove

LONGEST_SUBJECT = 250
REMINDER = "reminder-"


class Occasion(Enum):
    """Why somebody is written: the subject, and the sentence that a letter begins with."""

    INVITED = (gettext_lazy("Invitation to %(meeting)s"), gettext_lazy("You are invited to %(meeting)s."))
    CHANGED = (
        gettext_lazy("Changed: %(meeting)s"),
        gettext_lazy("What you were told of %(meeting)s has changed. This holds now:"),
    )
    MOVED = (
        gettext_lazy("Moved to %(day)s: %(meeting)s"),
        gettext_lazy("%(meeting)s is moved from %(before)s to %(day)s."),
    )
    CANCELLED = (gettext_lazy("Cancelled: %(meeting)s"), gettext_lazy("%(meeting)s will not be held."))
    REMINDED = (gettext_lazy("Reminder: %(meeting)s"), gettext_lazy("%(meeting)s will be held soon."))

    def subject(self, words: "Words", before: "Before | None" = None) -> str:
        return str(self.value[0] % words.names(before))[:LONGEST_SUBJECT]

    def lead(self, words: "Words", before: "Before | None" = None) -> str:
        return str(self.value[1] % words.names(before))


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Before:
    """When and where a meeting was to be before it moved, in words; empty for what is as it was.

    `moved_at` is the moment of the latest move."""

    day: str
    hours: str
    venue: str
    reason: str
    moved_at: datetime

    @property
    def facts(self) -> list[Fact]:
        """All of it, in the order of what is told of a meeting as it stands now."""
        return [
            Fact(_("Previous date"), self.day),
            Fact(_("Previous time"), self.hours),
            Fact(_("Previous venue"), self.venue),
            Fact(_("Reason of the change"), self.reason),
        ]


class Words:
    """What is told of one meeting, to each kind of reader; asked of the database once for each kind.

    What somebody invited may read is asked by their memberships alone, whatever their account may.
    """

    def __init__(self, meeting: Meeting):
        self.meeting = meeting
        self._agendas, self._hosts = {}, {}

    def agenda(self, reader: Reader) -> list[str]:
        """The titles that the reader may see of what is dealt with, numbered, the parts of an item below it."""
        if reader not in self._agendas:
            items = self.meeting.agenda_items.visible_to(reader).not_withdrawn()
            items = items.select_related("parent").in_order()
            self._agendas[reader] = [f"{_number(item)} {item.title}" for item in items]
        return self._agendas[reader]

    def host(self, reader: Reader) -> str:
        if reader not in self._hosts:
            host = Organization.objects.visible_to(reader).filter(pk=self.meeting.host_id).first()
            self._hosts[reader] = str(host) if host else ""
        return self._hosts[reader]

    def before(self, sequence: int) -> Before | None:
        """How it stood for somebody who knows the state `sequence` of its calendar entry; None where as it does now."""
        return self._before([move for move in self._moves if move.sequence > sequence])

    def as_announced(self) -> Before | None:
        """How it stood when it was announced; None where as it does now. What a plan moved before nobody was told."""
        return self._before([move for move in self._moves if not move.was_plan])

    def before_it_moved(self) -> Before | None:
        """How a meeting that is ahead was announced; None where it was held, cancelled or has not moved."""
        return self.as_announced() if self.meeting.status == Meeting.Status.ANNOUNCED else None

    def of_the_move(self) -> list[str]:
        """In a line each, how a meeting that is ahead was announced, and why that holds no more."""
        before = self.before_it_moved()
        return [f"{fact.label}: {fact.value}" for fact in before.facts if fact.value] if before else []

    def occasion_of(self, occasion: Occasion, before: Before | None) -> Occasion:
        """A change of which the day is the main thing is a move."""
        is_move = occasion is Occasion.CHANGED and before is not None and before.day and self.meeting.held_on
        return Occasion.MOVED if is_move else occasion

    def names(self, before: Before | None) -> dict[str, str]:
        """What subjects and sentences are filled with."""
        return {"meeting": name_of(self.meeting), "day": self.day, "before": before.day if before else ""}

    def facts(self, reader: Reader, before: Before | None = None) -> list[Fact]:
        """When, where and as whose guests; and when and where it was to be before. What is not known is left out."""
        now = [
            Fact(_("Date"), self.day),
            Fact(_("Time"), self.hours),
            Fact(_("Venue"), self.meeting.venue),
            Fact(_("Host"), self.host(reader)),
        ]
        facts = [*chain(*zip(now, before.facts, strict=True))] if before else now
        if self.meeting.status == Meeting.Status.CANCELLED:
            facts.append(Fact(_("Reason"), self.meeting.cancelled_because))
        return [fact for fact in facts if fact.value]

    @cached_property
    def day(self) -> str:
        return _day(self.meeting.held_on) or _("will be made known later")

    @cached_property
    def hours(self) -> str:
        return _hours(self.meeting.starts_at, self.meeting.ends_at)

    def _before(self, moves: list[MeetingMove]) -> Before | None:
        if not moves:
            return None
        first, reasons = moves[0], [move.reason for move in moves if move.reason]
        was = Before(
            day=_day(first.from_on) if first.from_on != self.meeting.held_on else "",
            hours=hours if (hours := _hours(first.from_start, first.from_end)) != self.hours else "",
            venue=first.from_venue if first.from_venue != self.meeting.venue else "",
            reason=reasons[-1] if reasons else "",
            moved_at=moves[-1].moved_at,
        )
        return was if was.day or was.hours or was.venue else None

    @cached_property
    def _moves(self) -> list[MeetingMove]:
        return sorted(self.meeting.moves.all(), key=lambda move: (move.sequence, move.pk))


def _day(day: PartialDate | None) -> str:
    return wording.weekday_date(day) if day else ""


def _hours(starts_at: time | None, ends_at: time | None) -> str:
    if starts_at is None:
        return ""
    if ends_at is None:
        return wording.clock(starts_at)
    return _("%(start)s to %(end)s") % {"start": wording.clock(starts_at), "end": wording.clock(ends_at)}


def readers(meeting: Meeting, invitations: Iterable[Invitation]) -> dict[int, Reader]:
    """Each invitation's reader, by its id: of the meeting's body, of another, or of none. One query."""
    people = {invitation.person_id for invitation in invitations} - {None}
    bodies: dict[int, set[int]] = {}
    services = Membership.objects.filter(person__in=people).in_service(on=today())
    for person_id, body_id in services.values_list("person_id", "body_id"):
        # Other bodies make no difference to what may be read of this one's meeting: -1 stands for all of them.
        bodies.setdefault(person_id, set()).add(body_id if body_id == meeting.body_id else -1)
    none: set[int] = set()
    return {one.pk: Reader(Standing(body_ids=frozenset(bodies.get(one.person_id, none)))) for one in invitations}


def write(meeting: Meeting, invitations: list[Invitation], occasion: Occasion, *, key=None) -> list[Mail]:
    """Return the letters, not saved, for those of the invitations that have an address.

    `key(invitation)` names the occasion; by itself it is the state of the meeting's calendar entry.
    """
    words, reader_of = Words(meeting), readers(meeting, invitations)
    key = key or (lambda invitation: key_of(invitation, meeting))
    with translation.override(settings.LANGUAGE_CODE):
        return [
            _letter(words, invitation, reader_of[invitation.pk], occasion, key(invitation))
            for invitation in invitations
            if invitation.email
        ]


def key_of(invitation: Invitation, meeting: Meeting) -> str:
    """The occasion of the letter that tells of the present state of the meeting's calendar entry."""
    return f"invitation-{invitation.pk}-{meeting.calendar_sequence}"


def reminders_of(invitation: Invitation) -> str:
    """What the occasion of each reminder of an invitation begins with."""
    return f"{REMINDER}{invitation.pk}-"


def write_notices(meeting: Meeting, invitations: list[Invitation], occasion: Occasion, *, key: str = "") -> None:
    """Put a notice into the inbox of everybody invited who has an account."""
    words, accounts = Words(meeting), defaultdict(list)
    for one in invitations:
        if (account := _account(one)) is not None:
            accounts[_before(words, one, occasion)].append(account)
    with translation.override(settings.LANGUAGE_CODE):
        for before, those in accounts.items():
            now = words.occasion_of(occasion, before)
            tell(
                those,
                key=key or f"meeting-{meeting.pk}-{meeting.calendar_sequence}",
                title=now.subject(words, before),
                text="\n".join(_lines_of_notice(words, now, before)),
                address=reverse("meetings:invitation", args=[meeting.pk]),
            )


def _lines_of_notice(words: Words, occasion: Occasion, before: Before | None) -> list[str]:
    facts = [fact for fact in words.facts(Reader(VISITOR), before) if fact.label != _("Host")]
    lines = [f"{fact.label}: {fact.value}" for fact in facts]
    if occasion is Occasion.MOVED:
        lines.append(_("An answer for the earlier day does not count for the new one: please answer anew."))
    return lines


def _before(words: Words, invitation: Invitation, occasion: Occasion) -> Before | None:
    """What a letter of a change names as it was before: how it stood when the person was last told.

    A letter that still waits is taken back when the next one is written, so nobody knows what it says.
    """
    if occasion is not Occasion.CHANGED:
        return None
    is_unread = invitation.letter is not None and invitation.letter.status == Mail.Status.WAITING
    with translation.override(settings.LANGUAGE_CODE):
        return words.before(invitation.sent_sequence if is_unread else invitation.told_sequence)


def name_of(meeting: Meeting) -> str:
    """What a meeting is called in a letter; one without a number by its body."""
    if meeting.number is not None:
        return str(meeting)
    if meeting.body.kind == Body.Kind.ASSEMBLY:
        return _("the meeting of %(body)s") % {"body": meeting.body}
    return _("the session of %(body)s") % {"body": meeting.body}


def name_in_a_list(meeting: Meeting) -> str:
    """What tells a meeting from the others of its body: its number or, while it has none, the day, if known."""
    if meeting.number is not None or meeting.held_on is None:
        return str(meeting)
    return _("%(meeting)s, %(day)s") % {"meeting": meeting, "day": wording.long_date(meeting.held_on)}


def summary_of(meeting: Meeting) -> str:
    """What a meeting is called in a calendar: its name and its subject."""
    return f"{name_of(meeting)}: {meeting.title}" if meeting.title else name_of(meeting)


def place_of(meeting: Meeting, host: str) -> str:
    """Where a meeting is, in a calendar; `host` is empty where it is not known, or not for everybody.

    Many a venue names its host already: «تالار اجتماعات، وزارت دادگستری».
    """
    return _("; ").join(filter(None, [meeting.venue, "" if host in meeting.venue else host]))


def _account(invitation: Invitation):
    account = getattr(invitation.person, "user", None) if invitation.person_id else None
    return account if account and account.is_active else None


def _letter(words: Words, invitation: Invitation, reader: Reader, occasion: Occasion, key: str) -> Mail:
    meeting, before = words.meeting, _before(words, invitation, occasion)
    occasion = words.occasion_of(occasion, before)
    context = {
        "invited": invitation.invited,
        "lead": occasion.lead(words, before),
        "title": meeting.title,
        "facts": words.facts(reader, before),
        "agenda": [] if occasion is Occasion.CANCELLED else words.agenda(reader),
        "url": _url(meeting.get_absolute_url()),
        "answer": invitation.get_answer_display(),
        "answered_for": _day(invitation.answered_for) if invitation.is_answered_for_another_day else "",
        "links": [] if occasion is Occasion.CANCELLED else _links(invitation),
        "council": _council(meeting),
    }
    text = render_to_string("mail/invitation.txt", context).strip()
    calendar, method = _calendar(words, invitation, reader, occasion)
    return Mail(
        key=key,
        name=invitation.invited,
        address=invitation.email,
        subject=occasion.subject(words, before),
        text=text,
        calendar=calendar,
        calendar_method=method,
    )


def _calendar(words: Words, invitation: Invitation, reader: Reader, occasion: Occasion) -> tuple[str, str]:
    """The calendar entry and its method; none with a reminder, and none while there was never a day to enter."""
    meeting = words.meeting
    has_day = meeting.held_on is not None and meeting.held_on.is_day
    is_in_calendars = invitation.letter is not None and invitation.letter.calendar_method == itip.REQUEST
    if occasion is Occasion.REMINDED or not (has_day or is_in_calendars):
        return "", ""
    entry = _entry(words, invitation, reader)
    if occasion is Occasion.CANCELLED or not has_day:
        return itip.cancel(meeting, entry), itip.CANCEL
    return itip.request(meeting, entry), itip.REQUEST


def _entry(words: Words, invitation: Invitation, reader: Reader) -> itip.Entry:
    meeting, url = words.meeting, _url(words.meeting.get_absolute_url())
    agenda = words.agenda(reader)
    lines = [meeting.title, *([_("Agenda:"), *agenda] if agenda else []), url]
    return itip.Entry(
        summary=summary_of(meeting),
        description="\n".join(line for line in lines if line),
        location=place_of(meeting, words.host(reader)),
        url=url,
        organizer=_council(meeting),
        attendee=invitation.invited,
        address=invitation.email,
        answer=invitation.answer if invitation.is_answered else "",
    )


def _links(invitation: Invitation) -> list[Fact]:
    return [
        Fact(str(label), _url(answer_links.address_of(invitation, value)))
        for value, label in answer_links.LABELS.items()
    ]


def _council(meeting: Meeting) -> str:
    return _("Secretariat of %(body)s") % {"body": meeting.body}


def _number(item) -> str:
    if item.parent_id is None:
        return f"{wording.digits(item.position)}."
    return f"{wording.digits(item.parent.position)}-{wording.digits(item.position)}."


def _url(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}"
