"""What those who run a meeting print for it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Attendance, Meeting, Minutes
from ..paper_views import paper_addresses


@dataclass(frozen=True, slots=True)
class PaperLink:
    label: str
    about: str
    url: str


def papers_of(meeting: Meeting, *, user) -> list[PaperLink]:
    """The papers that can be printed of a meeting now, in the order of the month."""
    papers = [*_before(meeting), *_after(meeting, user=user)]
    return [PaperLink(label, about, url) for label, about, url in papers]


def _before(meeting: Meeting) -> list[tuple[str, str, str]]:
    papers = []
    if meeting.agenda_items.exists():
        papers.append((_("Agenda"), _("the items with who presents them"), paper_addresses(meeting)["agenda"]))
    if meeting.agenda_items.exists() and meeting.status != Meeting.Status.CANCELLED:
        papers.append(
            (_("Pack"), _("all that lies before the meeting, in one document"), paper_addresses(meeting)["pack"])
        )
    if meeting.invitations.sent().exists():
        papers.append((_("Letters of invitation"), _("a letter for each who is invited"), _address("letters", meeting)))
    return [
        *papers,
        (_("Attendance sheet"), _("to be signed at the door"), _address("sign_in", meeting)),
        (_("Name cards"), _("ten a sheet, to be cut out"), _address("name_cards", meeting)),
        (_("Table cards"), _("two a sheet, to be cut and folded"), _address("tent_cards", meeting)),
    ]


def _after(meeting: Meeting, *, user) -> list[tuple[str, str, str]]:
    papers = []
    if Attendance.objects.visible_to(user).filter(meeting=meeting).exists():
        papers.append((_("Attendance"), _("who attended, by name"), paper_addresses(meeting)["attendance"]))
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    if minutes:
        papers.append((_("Minutes"), _("as they stand now"), paper_addresses(meeting)["minutes"]))
    if minutes and minutes.status == Minutes.Status.PUBLISHED:
        papers.append((_("Report"), _("all of the meeting in one document"), paper_addresses(meeting)["report"]))
    return papers


def _address(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}_file", args=[meeting.pk])
