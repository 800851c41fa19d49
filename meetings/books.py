"""What the long documents – report, pack, yearbook – have in common."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from council_portal.issuing import chain
from council_portal.issuing.stamps import groups_of
from council_portal.persian import wording
from members.models import Organization

from .letters import Words
from .models import Assignment, Decision, Meeting

CARRIED_OUT = (Assignment.Status.DONE, Assignment.Status.DONE_LATE)


def facts_of(meeting: Meeting, *, host: Organization | None) -> list[tuple[str, str]]:
    """What the cover says of a meeting below its name: words with their values; what is not on record is left out."""
    facts = {
        _("Date"): wording.weekday_date(meeting.held_on) if meeting.held_on else "",
        _("Time"): Words(meeting).hours,
        _("Host"): str(host or ""),
        _("Venue"): meeting.venue,
    }
    return [(word, value) for word, value in facts.items() if value]


def foot_of(path: str) -> dict:
    """The values of the foot of a book: the address of what it is about, and the head of the register of issued
    documents as it stands. Printed, it shows that the register was not rewritten since (docs/decisions/issuing.md)."""
    return {"address": settings.PORTAL_URL + path, "register_head": groups_of(chain.head())}


def figures_of(decisions: Iterable[Decision]) -> list[tuple[int, str]]:
    """How many decisions, who owes for them and how that stands: counts with what each is of.

    Each decision has its `duties`, as meetings.register gives them.
    """
    decisions = list(decisions)
    duties = [duty for decision in decisions for duty in decision.duties]
    return [
        (len(decisions), _("Decisions")),
        (len(duties), _("Assignments")),
        (sum(duty.status in CARRIED_OUT for duty in duties), _("Carried out")),
        (sum(duty.is_open and not duty.is_late for duty in duties), _("Within their time")),
        (sum(duty.is_late for duty in duties), _("Overdue")),
        (sum(not duty.is_open and duty.status not in CARRIED_OUT for duty in duties), _("Stopped or referred")),
    ]
