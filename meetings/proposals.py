"""What organisations and committees would have on an agenda, and how it comes there.

Organisations' proposals are of this app. Others, such as those of the committees, come from the apps above, which enter
a module with the functions of `Source` into SOURCES.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from council_portal.notices.telling import tell
from council_portal.persian.calendar import today
from members.models import Membership, User

from . import agenda
from .holding import Refused
from .models import AgendaItem, Decision, ItemProposal, Meeting


@dataclass(frozen=True)
class Waiting:
    """A proposal as the agenda's page lists it; `source` and `pk` are how it is answered."""

    source: str
    pk: int
    title: str
    text: SafeString
    proposer: str
    submitted_at: datetime
    presenter: str = ""
    wish: str = ""
    url: str = ""


@dataclass(frozen=True)
class Origin:
    """A proposal that stands behind an agenda item or a decision, as their pages link to it and packs print it."""

    title: str
    proposer: str
    url: str
    text: SafeString


class Source(Protocol):
    """Where proposals come from."""

    def waiting(self, meeting: Meeting, *, user: User) -> list[Waiting]:
        """What is put to the meeting's body and not answered, as far as `user` may read it, the oldest first."""

    def accept(self, pk: int, meeting: Meeting, *, by: User) -> AgendaItem:
        """Put it on the agenda and tell the proposer. Raises Refused if it was answered already."""

    def decline(self, pk: int, meeting: Meeting, *, by: User, because: str) -> None:
        """Say no, with the reason, and tell the proposer. Raises Refused if it was answered already."""

    def give_back(self, items: list[AgendaItem]) -> None:
        """Let what had come onto an agenda with these items wait again."""

    def settle(self, meeting: Meeting) -> None:
        """Tell proposals what came of them in a meeting that is closed; doing so twice changes nothing."""

    def unsettle(self, meeting: Meeting) -> None:
        """Take back what `settle` said: the meeting is open again."""

    def release(self, meeting: Meeting) -> None:
        """Let what had come onto the agenda of a meeting that is cancelled wait again."""

    def behind_items(self, items: Iterable[AgendaItem], *, user) -> dict[int, list[Origin]]:
        """The proposals that items took up, as far as `user` may read them, by the ids of the items; one query."""

    def behind_decision(self, decision: Decision, *, user) -> list[Origin]:
        """The proposals that a decision adopted, as far as `user` may read them; one query."""


class Answered(Refused):
    """Somebody has answered this proposal meanwhile."""

    def __init__(self):
        super().__init__(_("This proposal was answered meanwhile."))


def propose(proposal: ItemProposal, *, by: User) -> ItemProposal:
    """Submit an unsaved proposal and tell those who keep the body's agenda.

    While the organisation has the same one waiting, that one is returned and nothing changes.
    """
    proposal.submitted_at, proposal.submitted_by = timezone.now(), by
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:
        same = ItemProposal.objects.waiting().filter(body=proposal.body_id, organization=proposal.organization_id)
        return same.get(title=proposal.title)
    tell(
        _keepers_of(proposal.body_id),
        key=f"item-proposal-{proposal.pk}",
        title=_("An item is proposed: %(title)s") % {"title": proposal.title},
        text=_("%(organization)s proposes it for the agenda of %(body)s.")
        % {"organization": proposal.organization, "body": proposal.body},
        address=desk_of(proposal),
    )
    return proposal


def all_waiting(meeting: Meeting, *, user: User) -> list[Waiting]:
    """What every source has for the meeting's agenda, the oldest first."""
    rows = [row for source in SOURCES.values() for row in source.waiting(meeting, user=user)]
    return sorted(rows, key=lambda row: row.submitted_at)


def require_ahead(meeting: Meeting) -> None:
    """Raises Refused for a meeting that is held: what is proposed is for one to come."""
    if meeting.status == Meeting.Status.HELD:
        raise Refused(_("This meeting is held: accept the proposal on the agenda of a later one."))


def give_back(items: list[AgendaItem]) -> None:
    """Let what had come onto an agenda with these items, which are being removed, wait again."""
    for source in SOURCES.values():
        source.give_back(items)


def settle(meeting: Meeting) -> None:
    """Let what came of the items of a closed meeting return to whoever proposed them."""
    for source in SOURCES.values():
        source.settle(meeting)


def unsettle(meeting: Meeting) -> None:
    """Take back what had returned from a meeting that is open again."""
    for source in SOURCES.values():
        source.unsettle(meeting)


def release(meeting: Meeting) -> None:
    """Let what had come onto the agenda of a meeting that is cancelled wait again."""
    for source in SOURCES.values():
        source.release(meeting)


def behind_items(items: Iterable[AgendaItem], *, user) -> dict[int, list[Origin]]:
    """The proposals that items took up, as far as `user` may read them, by the ids of the items."""
    items, found = list(items), {}
    for source in SOURCES.values():
        for pk, origins in source.behind_items(items, user=user).items():
            found.setdefault(pk, []).extend(origins)
    return found


def behind_decision(decision: Decision, *, user) -> list[Origin]:
    """The proposals that a decision adopted, as far as `user` may read them."""
    return [origin for source in SOURCES.values() for origin in source.behind_decision(decision, user=user)]


class Organizations:
    """The source of organisations' proposals. Their items name the organisation, so nothing links back to them."""

    def waiting(self, meeting: Meeting, *, user: User) -> list[Waiting]:
        rows = ItemProposal.objects.visible_to(user).waiting().filter(body=meeting.body_id).oldest_first()
        return [_row(one) for one in rows.select_related("organization", "presenter", "wished_meeting__body")]

    @transaction.atomic
    def accept(self, pk: int, meeting: Meeting, *, by: User) -> AgendaItem:
        require_ahead(meeting)
        proposal = _waiting_now(pk, meeting)
        item = agenda.add(
            AgendaItem(
                meeting=meeting,
                title=proposal.title,
                presenter=proposal.presenter,
                presenter_name=proposal.presenter_name,
                proposed_by=proposal.organization,
            )
        )
        proposal.agenda_item = item
        _answer(proposal, ItemProposal.Status.ACCEPTED, by=by)
        tell_proposer(proposal.submitted_by, proposal, meeting=meeting)
        return item

    @transaction.atomic
    def decline(self, pk: int, meeting: Meeting, *, by: User, because: str) -> None:
        proposal = _waiting_now(pk, meeting)
        proposal.declined_because = because
        _answer(proposal, ItemProposal.Status.DECLINED, by=by)
        tell_proposer(proposal.submitted_by, proposal, because=because)

    def give_back(self, items: list[AgendaItem]) -> None:
        for proposal in ItemProposal.objects.select_for_update().filter(agenda_item__in=items):
            proposal.status, proposal.agenda_item = ItemProposal.Status.SUBMITTED, None
            proposal.answered_at, proposal.answered_by = None, None
            proposal.save()

    def settle(self, meeting: Meeting) -> None:
        pass

    def unsettle(self, meeting: Meeting) -> None:
        pass

    def release(self, meeting: Meeting) -> None:
        """Those that the organisation has not proposed again meanwhile."""
        again = ItemProposal.objects.waiting().filter(organization=OuterRef("organization"), title=OuterRef("title"))
        accepted = ItemProposal.objects.filter(agenda_item__meeting=meeting)
        left = accepted.filter(~Exists(again.filter(body=OuterRef("body"))))
        self.give_back([one.agenda_item for one in left.select_related("agenda_item")])

    def behind_items(self, items: Iterable[AgendaItem], *, user) -> dict[int, list[Origin]]:
        return {}

    def behind_decision(self, decision: Decision, *, user) -> list[Origin]:
        return []


def tell_proposer(
    user: User | None, proposal: ItemProposal, *, meeting: Meeting | None = None, because: str = ""
) -> None:
    """Tell who submitted a proposal that it is on the agenda of `meeting`, or `because` of what it is not."""
    if user is None:
        return
    if meeting is None:
        title, text = _("Your proposal was declined: %(title)s"), because
    else:
        title = _("Your proposal is on the agenda: %(title)s")
        text = str(meeting)
    address = reverse("meetings:propose")
    key = f"{proposal._meta.label_lower}-{proposal.pk}-{proposal.version}"
    tell([user], key=key, title=(title % {"title": proposal.title})[:250], text=text, address=address)


def _row(proposal: ItemProposal) -> Waiting:
    return Waiting(
        source="organizations",
        pk=proposal.pk,
        title=proposal.title,
        text=SafeString(linebreaks(proposal.text, autoescape=True)) if proposal.text else SafeString(),
        proposer=str(proposal.organization),
        submitted_at=proposal.submitted_at,
        presenter=str(proposal.presenter or proposal.presenter_name),
        wish=str(proposal.wished_meeting or ""),
    )


def _waiting_now(pk: int, meeting: Meeting) -> ItemProposal:
    rows = ItemProposal.objects.select_for_update(of=["self"]).waiting().filter(body=meeting.body_id, pk=pk)
    proposal = rows.select_related("organization", "presenter", "submitted_by__person").first()
    if proposal is None:
        raise Answered
    return proposal


def _answer(proposal: ItemProposal, status: ItemProposal.Status, *, by: User) -> None:
    proposal.status, proposal.answered_at, proposal.answered_by = status, timezone.now(), by
    proposal.save()


def _keepers_of(body_id: int) -> Iterable[User]:
    """The secretariat, and the officers that the body has today."""
    officers = Membership.objects.filter(body=body_id).in_service(on=today()).officers().values("person")
    return User.objects.filter(Q(is_secretariat=True) | Q(person__in=officers), is_active=True)


def desk_of(proposal: ItemProposal) -> str:
    """Where it can be accepted: the agenda of the wished meeting or of the body's next one."""
    ahead = Meeting.objects.filter(body=proposal.body_id).upcoming(on=today()).soonest_first()
    meeting = proposal.wished_meeting or ahead.first()
    return reverse("meetings:work_agenda", args=[meeting.pk]) if meeting else reverse("meetings:work_meetings")


SOURCES: dict[str, Source] = {"organizations": Organizations()}
