"""The way of a proposal: from the session that prepared it over the agenda and the decision to what is done."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from council_portal.persian.calendar import today
from meetings.models import AgendaItem, Assignment, Decision, FollowUp, Meeting, Minutes
from meetings.register import duties_for

from .models import Proposal


@dataclass
class Stop:
    """A meeting whose agenda took the proposal up. `item` is None where it is closed to the reader; the `outcome` is
    told once its minutes can be read."""

    meeting: Meeting
    item: AgendaItem | None
    outcome: str = ""
    decisions: list[Decision] = field(default_factory=list)

    @property
    def url(self) -> str:
        address = self.meeting.get_absolute_url()
        return f"{address}#item-{self.item.pk}" if self.item else address


def stops_of(proposal: Proposal, *, user) -> list[Stop]:
    """The meetings that dealt with a proposal, the first one first, with their decisions and who owes what for them.

    Nothing that `user` may not read; the queries do not grow with what there is.
    """
    if proposal.agenda_item_id is None:
        return []
    keys = _chain(proposal)
    readable = {item.pk: item for item in AgendaItem.objects.visible_to(user).filter(pk__in=keys)}
    rows = AgendaItem.objects.filter(pk__in=keys, meeting__in=Meeting.objects.visible_to(user))
    items = {item.pk: item for item in rows.select_related("meeting__body")}
    minutes = Minutes.objects.visible_to(user).filter(meeting__agenda_items__in=keys)
    with_minutes = set(minutes.values_list("meeting", flat=True))
    decisions = _decisions(proposal, keys, user)
    return [
        Stop(
            meeting=items[pk].meeting,
            item=readable.get(pk),
            outcome=items[pk].outcome if pk in readable and items[pk].meeting_id in with_minutes else "",
            decisions=decisions.get(pk, []),
        )
        for pk in keys
        if pk in items
    ]


def _chain(proposal: Proposal) -> list[int]:
    """The item that took a proposal up, with those that it continues before it and those that continue it after it."""
    pairs = AgendaItem.objects.filter(meeting__body=proposal.addressee_id, continues__isnull=False)
    pairs = pairs.exclude(meeting__status=Meeting.Status.CANCELLED).order_by("pk").values_list("pk", "continues")
    earlier = dict(pairs)
    later = {continued: pk for pk, continued in earlier.items()}
    keys = [proposal.agenda_item_id]
    while keys[0] in earlier and earlier[keys[0]] not in keys:
        keys.insert(0, earlier[keys[0]])
    while keys[-1] in later and later[keys[-1]] not in keys:
        keys.append(later[keys[-1]])
    return keys


def _decisions(proposal: Proposal, keys: list[int], user) -> dict[int, list[Decision]]:
    """The decisions of each item that the reader may read, and of its parts, each with its `duties`."""
    words = FollowUp.objects.outside_drafts(user).oldest_first()
    duties = duties_for(user, on=today()).prefetch_related(Prefetch("follow_ups", words, to_attr="words"))
    rows = Decision.objects.visible_to(user).filter(number__isnull=False).order_by("number")
    rows = (rows.filter(agenda_item__in=keys) | rows.filter(agenda_item__parent__in=keys)).distinct()
    rows = rows.select_related("meeting__body", "agenda_item")
    found: dict[int, list[Decision]] = {}
    for decision in rows.prefetch_related(Prefetch("assignments", duties, to_attr="duties")):
        item = decision.agenda_item
        found.setdefault(item.pk if item.pk in keys else item.parent_id, []).append(decision)
    if proposal.decision_id and not any(one.pk == proposal.decision_id for rows in found.values() for one in rows):
        found.setdefault(keys[-1], []).extend(_named(proposal, duties, user))
    return found


def _named(proposal: Proposal, duties, user):
    """The decision that the proposal names, entered by hand, where it is of no item of the way."""
    rows = Decision.objects.visible_to(user).filter(pk=proposal.decision_id).select_related("meeting__body")
    return rows.prefetch_related(Prefetch("assignments", duties, to_attr="duties"))


def is_done(stops: list[Stop]) -> bool:
    """Whether everything is done that was decided of it, as far as the reader knows."""
    duties = [duty for stop in stops for decision in stop.decisions for duty in decision.duties]
    return bool(duties) and all(one.status in (Assignment.Status.DONE, Assignment.Status.DONE_LATE) for one in duties)
