"""Who is expected at a meeting: for the sheet at the door, and the cards on the table."""

from dataclasses import dataclass

from . import attending
from .letter_pages import services_of
from .models import Invitation, Meeting

SUBSTITUTE = Invitation.Answer.SUBSTITUTE


@dataclass(frozen=True, slots=True)
class Seat:
    """`stands_for` is the member whom a substitute represents; post and organisation are empty where not on record."""

    name: str
    post: str = ""
    organization: str = ""
    stands_for: str = ""
    is_guest: bool = False


def seats_of(meeting: Meeting) -> list[Seat]:
    """The body's members on the meeting's day by rank and alphabet, each as the substitute that they sent, if any;
    then the guests who are invited. Three queries."""
    sent = meeting.invitations.answered().filter(answer=SUBSTITUTE, person__isnull=False)
    substitutes = {invitation.person_id: invitation for invitation in sent}
    members = [_of_member(one, substitutes.get(one.person_id)) for one in services_of(meeting).values()]
    return members + [_of_guest(invitation) for invitation in attending.invited_guests(meeting)]


def _of_member(service, substitute: Invitation | None) -> Seat:
    organization = str(service.organization or "")
    if substitute is None:
        return Seat(str(service.person), service.post, organization)
    return Seat(substitute.substitute_name, substitute.substitute_post, organization, stands_for=str(service.person))


def _of_guest(invitation: Invitation) -> Seat:
    return Seat(invitation.invited, invitation.guest_post, is_guest=True)
