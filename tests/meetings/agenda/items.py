"""Agendas with items, and what is proposed for them."""

from council_portal.persian.partial_date import PartialDate
from meetings import proposals
from meetings.models import AgendaItem, ItemProposal
from tests import factories as make

NEXT_YEAR = PartialDate.day(1410, 1, 20)


def items_of(meeting, number=3, **fields) -> list[AgendaItem]:
    return [
        make.AgendaItemFactory(meeting=meeting, position=n, **{"title": f"بند {n}"} | fields)
        for n in range(1, number + 1)
    ]


def order_of(meeting) -> list[str]:
    """The titles in their order, those of parts after a dash."""
    return [("– " if item.parent_id else "") + item.title for item in meeting.agenda_items.in_order()]


def proposal_for(meeting, **fields) -> ItemProposal:
    user = make.UserFactory(person=make.MembershipFactory().person)
    fields = {"organization": make.OrganizationFactory(), "title": "بند پیشنهادی نمونه"} | fields
    return proposals.propose(ItemProposal(body=meeting.body, **fields), by=user)
