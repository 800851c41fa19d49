"""The minutes as their writers see them: part by part, with what is still missing."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from council_portal.persian import wording

from .models import AgendaItem, Decision, Meeting, Minutes


@dataclass(frozen=True)
class Part:
    """What is written and saved at once: an item, or with `item` None the texts that frame the minutes.

    `number` is that of the item as people read it. A part that is `closed` to the reader has a number alone.
    """

    meeting: Meeting
    item: AgendaItem | None
    number: str = ""
    closed: bool = False
    decisions: int = 0

    @property
    def key(self) -> str:
        """Tells the parts of all minutes apart."""
        return f"{self.meeting.pk}-{self.item.pk if self.item else 'texts'}"

    @property
    def title(self) -> str:
        if self.closed:
            return _("Closed item")
        return self.item.title if self.item else _("Opening and closing")

    @property
    def url(self) -> str:
        if self.item:
            return reverse("meetings:work_minutes_item", args=[self.meeting.pk, self.item.pk])
        return reverse("meetings:work_minutes_texts", args=[self.meeting.pk])

    @property
    def draft_url(self) -> str:
        return f"{self.url}draft/"

    @property
    def lacks_outcome(self) -> bool:
        return self.item is not None and not self.item.outcome


def number_of(item: AgendaItem) -> str:
    """The number of an item whose parent is loaded: ۳ or, for a part of item 3, ۳–۱."""
    return wording.digits(f"{item.parent.position}–{item.position}" if item.parent else item.position)


def parts_of(meeting: Meeting, *, to) -> list[Part]:
    """The parts of the minutes in their order, the framing texts first, as they are open to the writer `to`."""
    items = meeting.agenda_items.select_related("parent").in_order()
    open_to_writer = set(meeting.agenda_items.visible_to(to).values_list("pk", flat=True))
    decisions = Counter(Decision.objects.visible_to(to).filter(meeting=meeting).values_list("agenda_item", flat=True))
    return [
        Part(meeting, None, decisions=decisions[None]),
        *(
            Part(meeting, item, number_of(item), closed=item.pk not in open_to_writer, decisions=decisions[item.pk])
            for item in items
        ),
    ]


def locked(minutes: Minutes) -> Minutes:
    """The minutes as they stand now, held until the transaction ends, so that nobody approves them meanwhile."""
    return Minutes.objects.select_for_update().get(pk=minutes.pk)
