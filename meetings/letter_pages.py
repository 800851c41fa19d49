"""Invitations on paper: a letter a page, in the form of an official letter, for the printer and in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    """What stands in one letter; `to` is how it addresses whom it is for, `post` and `organization` are empty where
    not on record."""

    invitation: Invitation
    addressee: str
    to: str
    post: str
    organization: str
    facts: list[Fact]
    agenda: list[str]


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
    occasion = Occasion.CANCELLED if meeting.status == Meeting.Status.CANCELLED else Occasion.INVITED
    return {
        "letters": printed(meeting, invitations),
        "meeting": meeting,
        "is_cancelled": occasion is Occasion.CANCELLED,
        "subject": occasion.subject(meeting),
        "lead": occasion.lead(meeting),
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
    return PrintedLetter(
        invitation=invitation,
        addressee=invitation.invited,
        to=_("To %(name)s") % {"name": invitation.invited},
        post=service.post if service else invitation.guest_post,
        organization=str(service.organization or "") if service else "",
        facts=words.facts(reader),
        agenda=words.agenda(reader),
    )
