"""A proposal's life on the committee's side, from its draft to its end: submit, withdraw, discard, and what comes back.

How it comes onto an agenda is told in `accepting`. Source: DESIGN.md §3, committees.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.holding import Refused
from meetings.models import AgendaItem, Decision, Meeting
from members.concerned import accounts_of_officers, accounts_working_on, tell_readers
from members.models import Body, User

from .models import Proposal

Status = Proposal.Status
Outcome = AgendaItem.Outcome
BECAUSE_WITHDRAWN = gettext_lazy("The item was withdrawn from the agenda.")
WORDS = {
    Status.ON_AGENDA: gettext_lazy("Your proposal is on the agenda: %(title)s"),
    Status.ADOPTED: gettext_lazy("Your proposal was adopted: %(title)s"),
    Status.NOTED: gettext_lazy("Your proposal was noted: %(title)s"),
    Status.POSTPONED: gettext_lazy("Your proposal was postponed: %(title)s"),
    Status.RETURNED: gettext_lazy("Your proposal was returned: %(title)s"),
}


class NotADraft(Refused):
    """The text is submitted, and stays as it was read."""

    def __init__(self):
        super().__init__(_("The proposal is submitted: its text stays. Withdraw it, and draft a new one from it."))


# What two drafts that are the same have in common.
DRAFTED = ("committee_id", "addressee_id", "title", "text", "prepared_in_id", "visibility")


@transaction.atomic
def begin(proposal: Proposal) -> Proposal:
    """Keep an unsaved draft. While its committee has the same one, drafted or submitted, that one is returned and
    nothing changes: the form was sent twice."""
    Body.objects.select_for_update().get(pk=proposal.committee_id)
    same = Proposal.objects.filter(status__in=[Status.DRAFT, Status.SUBMITTED])
    present = same.filter(**{name: getattr(proposal, name) for name in DRAFTED}).first()
    if present is None:
        proposal.save()
    return present or proposal


@transaction.atomic
def submit(proposal: Proposal, *, by: User) -> Proposal:
    """Put a draft to the body that it is addressed to, and tell those who keep its agenda; twice changes nothing."""
    proposal = _locked(proposal)
    if not proposal.is_draft:
        return proposal
    proposal.status, proposal.submitted_at, proposal.submitted_by = Status.SUBMITTED, timezone.now(), by
    proposal.save()
    tell_readers(
        proposal,
        accounts_working_on(proposal.addressee),
        key=f"proposal-{proposal.pk}-submitted",
        words=lambda: _("A committee proposes: %(title)s") % {"title": proposal.title},
        text=lambda: (
            _("%(committee)s puts it to: %(body)s.") % {"committee": proposal.committee, "body": proposal.addressee}
        ),
    )
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> Proposal:
    """Take back what no agenda has taken up yet; its address then says so. Raises Refused for anything else."""
    proposal = _locked(proposal)
    if proposal.status == Status.WITHDRAWN:
        return proposal
    if proposal.status != Status.SUBMITTED:
        raise Refused(
            _("This cannot be done with a proposal that is «%(status)s».") % {"status": proposal.get_status_display()}
        )
    proposal.status = Status.WITHDRAWN
    proposal.save()
    return proposal


@transaction.atomic
def discard(proposal: Proposal, *, by: User) -> None:
    """Throw a draft away; once thrown away it changes nothing. Raises NotADraft for what was submitted."""
    stored = Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    if stored is None:
        return
    if not stored.is_draft:
        raise NotADraft
    stored.delete()


# What comes back


@transaction.atomic
def settle(meeting: Meeting) -> None:
    """Let the proposals that a closed meeting dealt with say what came of them, and tell their committees.

    An item that continues one of an earlier meeting answers for it. What the secretariat has entered as returned, with
    a reason of its own, stays. Settling twice changes nothing and tells nobody again.
    """
    items = {item.pk: item for item in AgendaItem.objects.filter(meeting=meeting)}
    answering = _with_earlier(items)
    taken_up = Proposal.objects.filter(agenda_item__in=answering, status__in=[Status.ON_AGENDA, *Proposal.OUTCOMES])
    rows = taken_up.select_for_update(of=["self"]).select_related("committee", "addressee").order_by("pk")
    decisions = _decisions_of(items)
    for proposal in rows:
        item = answering[proposal.agenda_item_id]
        if item.outcome and not _is_returned_by_hand(proposal):
            _answer(proposal, item, decisions.get(item.pk, []))


@transaction.atomic
def unsettle(meeting: Meeting) -> None:
    """Take back what `settle` said, while the meeting is open again."""
    for proposal in Proposal.objects.select_for_update().filter(
        agenda_item__meeting=meeting, status__in=Proposal.OUTCOMES
    ):
        if not _is_returned_by_hand(proposal):
            proposal.status, proposal.decision, proposal.returned_because = Status.ON_AGENDA, None, ""
            proposal.save()


def tell_committee(proposal: Proposal, *, text: str = "") -> None:
    """Tell the committee's officers of today how their proposal stands, each of them once for each state."""
    tell_readers(
        proposal,
        accounts_of_officers([proposal.committee]),
        key=f"proposal-{proposal.pk}-{proposal.status}-{proposal.agenda_item_id or 0}",
        words=lambda: WORDS[proposal.status] % {"title": proposal.title},
        text=lambda: text,
    )


def _with_earlier(items: dict[int, AgendaItem]) -> dict[int, AgendaItem]:
    """Each item by its id, and by the ids of those of earlier meetings that it continues."""
    found = dict(items)
    ahead = {item.continues_id: item for item in items.values() if item.continues_id}
    while ahead:
        found |= ahead
        earlier = AgendaItem.objects.filter(pk__in=ahead, continues__isnull=False).values_list("pk", "continues")
        ahead = {continued: ahead[pk] for pk, continued in earlier if continued not in found}
    return found


def _decisions_of(items: Iterable[int]) -> dict[int, list[Decision]]:
    """The decisions of each item, those of its parts among them, in the order of their numbers."""
    found: dict[int, list[Decision]] = {}
    rows = Decision.objects.filter(agenda_item__in=items, number__isnull=False).select_related("agenda_item")
    for decision in rows.order_by("number"):
        for pk in {decision.agenda_item_id, decision.agenda_item.parent_id} - {None}:
            found.setdefault(pk, []).append(decision)
    return found


def _is_returned_by_hand(proposal: Proposal) -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        return proposal.status == Status.RETURNED and proposal.returned_because != str(BECAUSE_WITHDRAWN)


def _answer(proposal: Proposal, item: AgendaItem, decisions: list[Decision]) -> None:
    before = (proposal.status, proposal.agenda_item_id, proposal.decision_id)
    proposal.status, proposal.agenda_item, proposal.returned_because = _status(item, decisions), item, ""
    if proposal.status != Status.ADOPTED:
        proposal.decision = None
    elif proposal.decision not in decisions:
        proposal.decision = decisions[0]
    if proposal.status == Status.RETURNED:
        with translation.override(settings.LANGUAGE_CODE):  # content, whatever the language of the page
            proposal.returned_because = str(BECAUSE_WITHDRAWN)
    if (proposal.status, proposal.agenda_item_id, proposal.decision_id) != before:
        proposal.save()
        tell_committee(proposal, text=proposal.returned_because)


def _status(item: AgendaItem, decisions: list[Decision]) -> Status:
    """A decision adopts; an item that was decided without one was dealt with, and its minutes say how."""
    if item.outcome == Outcome.DECIDED and decisions:
        return Status.ADOPTED
    return {Outcome.POSTPONED: Status.POSTPONED, Outcome.WITHDRAWN: Status.RETURNED}.get(item.outcome, Status.NOTED)


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=["self"]).select_related("committee", "addressee")
    return rows.get(pk=proposal.pk)
