"""The pack of a meeting: what its body has before it, in one document.

Invitation, agenda, minutes to approve, what is still owed; and behind each item the proposals and papers that belong to
it, each page stamped with the item's number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from council_portal.issuing.papers import Paper, in_persian
from council_portal.persian.calendar import today
from council_portal.persian.wording import digits
from members.models import Organization

from .agenda import takes_what_is_open
from .books import facts_of, foot_of
from .enclosures import Enclosure, Enclosures
from .escalation import pack_of
from .letter_pages import PrintedLetter
from .letters import Occasion, Words, name_of
from .models import Assignment, Material, Meeting, Minutes
from .papers import signatories
from .record import Entry, MeetingRecord

# What is made at a meeting, not laid before it.
OF_THE_DAY = (Material.Kind.PICTURE, Material.Kind.SCAN)
MOST_TO_APPROVE = 3  # whose minutes are printed; of more, a meeting reads no more than their names


@dataclass(frozen=True, slots=True)
class ItemPapers:
    """An agenda item with what lies behind it; `number` is as it is stamped, ۲ or ۲-۱."""

    number: str
    entry: Entry
    enclosures: list[Enclosure]

    @property
    def anchor(self) -> str:
        return f"papers-{self.entry.item.pk}"


@dataclass(frozen=True, slots=True)
class Overdue:
    """What one organisation has owed so long that it lies before the assembly: one duty or more, the oldest first."""

    organization: Organization
    duties: list[Assignment]

    @property
    def since(self) -> date:
        return self.duties[0].due_on


@dataclass(frozen=True, slots=True)
class ToApprove:
    """Minutes of an earlier meeting that are circulated and not approved."""

    minutes: Minutes
    record: MeetingRecord
    signatories: list[tuple[str, str]]

    @property
    def anchor(self) -> str:
        return f"minutes-{self.minutes.pk}"


@in_persian
def meeting_pack(meeting: Meeting, *, user) -> Paper:
    """The pack of a meeting as `user` may read it; a draft until the meeting is announced.

    Of a meeting that was held it has the agenda and its papers; what was owed and to be approved was so on its day.
    """
    record, enclosures = MeetingRecord(meeting, user=user), Enclosures()
    is_ahead = takes_what_is_open(meeting)
    long_overdue = pack_of(meeting, user=user) if is_ahead else []
    to_approve = list(_to_approve(meeting, user)) if is_ahead else []
    others = [one for one in record.materials if one.agenda_item_id is None and one.kind not in OF_THE_DAY]
    title = _("Pack of %(meeting)s") % {"meeting": name_of(meeting)}
    return Paper(
        template="meetings/paper/pack.html",
        context={
            "meeting": meeting,
            "is_ahead": is_ahead,
            "occasion": name_of(meeting),
            "cover": facts_of(meeting, host=record.host),
            "record": record,
            **_invitation(meeting, user),
            "to_approve": [_printed(minutes, user) for minutes in reversed(to_approve[:MOST_TO_APPROVE])],
            "waiting_besides": to_approve[MOST_TO_APPROVE:],
            "long_overdue": _by_organization(long_overdue),
            "owed": _owed(meeting, user, but=long_overdue) if is_ahead else [],
            "papers": list(_papers(record, enclosures)),
            "others": enclosures.of(others),
            "register": settings.PORTAL_URL + reverse("meetings:decisions") + "?overdue=on",
            **foot_of(meeting.get_absolute_url()),
        },
        title=title,
        name=title,
        is_draft=meeting.status == Meeting.Status.PLANNED,
        files=enclosures.files,
        inserts=enclosures.inserts,
        lacks=enclosures.lacks,
    )


def _invitation(meeting: Meeting, user) -> dict:
    """The values of a letter to the body as a whole (letter_sheet.html), once the meeting is announced; of one that
    moved since, the letter that says so."""
    if meeting.announced_at is None:
        return {"letter": None}
    words = Words(meeting)
    before = words.as_announced()
    occasion = words.occasion_of(Occasion.CHANGED, before) if before else Occasion.INVITED
    letter = PrintedLetter(
        written_at=before.moved_at if before else meeting.announced_at,
        instead_of=meeting.announced_at if before else None,
        subject=occasion.subject(words, before),
        lead=occasion.lead(words, before),
        addressee=str(meeting.body),
        to=_("To the members of %(body)s") % {"body": meeting.body},
        post="",
        organization="",
        facts=words.facts(user, before),
        agenda=[],
    )
    return {"letter": letter}


def _to_approve(meeting: Meeting, user) -> QuerySet[Minutes]:
    """Most often those of one meeting, the one before; the latest first."""
    circulated = Minutes.objects.visible_to(user).filter(
        meeting__body=meeting.body_id, status=Minutes.Status.CIRCULATED
    )
    return circulated.select_related("meeting__body").order_by("-meeting__number")


def _printed(minutes: Minutes, user) -> ToApprove:
    meeting = minutes.meeting
    return ToApprove(minutes, MeetingRecord(meeting, user=user), signatories(meeting, user=user))


def _by_organization(duties: Iterable[Assignment]) -> list[Overdue]:
    """A row for each organisation, whatever it owes, so that a meeting can read them; who owes longest first."""
    found: dict[Organization, list[Assignment]] = {}
    for duty in duties:
        found.setdefault(duty.organization, []).append(duty)
    return [Overdue(*each) for each in found.items()]


def _owed(meeting: Meeting, user, *, but: list[Assignment]) -> list[Assignment]:
    """What is still owed for the body's published decisions, as its review is about, by due date."""
    rows = Assignment.objects.visible_to(user).open().of_bodies([meeting.body_id])
    rows = rows.filter(decision__published_at__isnull=False).exclude(pk__in=[duty.pk for duty in but])
    rows = rows.select_related("organization", "decision__meeting__body")
    return list(rows.with_is_late(on=today()).soonest_due_first())


def _papers(record: MeetingRecord, enclosures: Enclosures) -> Iterator[ItemPapers]:
    """The items behind which something lies, in their order, each followed by its parts."""
    of_item: dict[int, list[Material]] = {}
    for material in record.materials:
        of_item.setdefault(material.agenda_item_id, []).append(material)
    for number, entry in _numbered(record.agenda):
        papers = of_item.get(entry.item.pk, [])
        if papers or any(origin.text for origin in entry.origins):
            yield ItemPapers(number, entry, enclosures.of(papers))


def _numbered(entries: list[Entry], above: str = "") -> Iterator[tuple[str, Entry]]:
    """The items that the reader may see, with their numbers in words."""
    for entry in entries:
        if entry.item:
            number = above + digits(entry.number)
            yield number, entry
            yield from _numbered(entry.parts, f"{number}-")
