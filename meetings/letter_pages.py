"""Invitations on paper: a letter a page, in the form of an official letter, for the printer and in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from council_portal.access.standing import Reader
from council_portal.persian.calendar import today
from members.roster import roster

from .letters import Fact, Occasion, Words, readers
from .models import Invitation, Meeting


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """What stands in one letter, which is dated `written_at`; `to` is how it addresses whom it is for, `post` and
    `organization` are empty where not on record. Of a meeting that moved since the invitation, `instead_of` is the
    moment of the letter before."""

    written_at: datetime
    subject: str
    lead: str
    addressee: str
    to: str
    post: str
    organization: str
    facts: list[Fact]
    agenda: list[str]
    instead_of: datetime | None = None


def respond(request: HttpRequest, invitations: Iterable[Invitation], *, back: str = "", file: str = "") -> HttpResponse:
    """Show the letters of invitations to one meeting, ready for the printer; `back` leads to where they were chosen,
    `file` to the same letters as a PDF.

    They are Persian, in whichever language of the interface they are printed.
    """
    with translation.override(settings.LANGUAGE_CODE):
        context = what_they_say(list(invitations)) | {"back": back, "file": file}
        return render(request, "meetings/letters.html", context)


def what_they_say(invitations: list[Invitation]) -> dict:
    """The values of the sheets of letters (templates/meetings/paper/letter_sheet.html) to one meeting."""
    if not invitations:
        return {"letters": [], "meeting": None}
    meeting = invitations[0].meeting
    return {
        "letters": printed(meeting, invitations),
        "meeting": meeting,
        "is_cancelled": meeting.status == Meeting.Status.CANCELLED,
        "address": settings.PORTAL_URL + reverse("meetings:invitation", args=[meeting.pk]),
    }


def printed(meeting: Meeting, invitations: list[Invitation]) -> list[PrintedLetter]:
    words, reader_of, services = Words(meeting), readers(meeting, invitations), services_of(meeting)
    return [_printed(words, one, reader_of[one.pk], services.get(one.person_id)) for one in invitations]


def services_of(meeting: Meeting) -> dict:
    """The services of the meeting's body on its day, today where that is not known, by the person's id."""
    day = meeting.held_on.first if meeting.held_on and meeting.held_on.is_day else today()
    return {service.person_id: service for service in roster(meeting.body, on=day)}


def _printed(words: Words, invitation: Invitation, reader: Reader, service) -> PrintedLetter:
    before, occasion = words.before(invitation.sent_sequence), Occasion.INVITED
    if words.meeting.status == Meeting.Status.CANCELLED:
        before, occasion = None, Occasion.CANCELLED
    elif before:
        occasion = words.occasion_of(Occasion.CHANGED, before)
    return PrintedLetter(
        written_at=before.moved_at if before else invitation.sent_at,
        instead_of=invitation.sent_at if before else None,
        subject=occasion.subject(words, before),
        lead=occasion.lead(words, before),
        addressee=invitation.invited,
        to=_("To %(name)s") % {"name": invitation.invited},
        post=service.post if service else invitation.guest_post,
        organization=str(service.organization or "") if service else "",
        facts=words.facts(reader, before),
        agenda=words.agenda(reader),
    )
