"""The personal links of an invitation's letter: one for each answer, which work without signing in."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Invitation

SALT = "meetings.invitation"
LABELS = {
    Invitation.Answer.ATTEND: _("I will attend"),
    Invitation.Answer.APOLOGISE: _("I cannot attend"),
    Invitation.Answer.SUBSTITUTE: _("I will send a substitute"),
}


def address_of(invitation: Invitation, answer: str) -> str:
    """The path under which the person invited gives this answer; whoever has it can answer for them."""
    return reverse("meetings:answer_by_link", args=[_signer().sign(str(invitation.pk)), answer])


def invitation_id_of(token: str) -> int | None:
    """The invitation that a link is about, None for a link that was not made here."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    # The full stop, unlike the usual colon, stays as it is in an address.
    return Signer(salt=SALT, sep=".")
