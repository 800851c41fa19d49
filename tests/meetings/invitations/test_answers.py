"""The rules by which an invitation is answered."""

import pytest

from meetings import holding, invitations
from meetings.holding import Refused
from meetings.models import Invitation
from tests import factories as make
from tests.meetings.invited import coming

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"answer": "attend", "reason": "از پیش"}, ("attend", "", "")),
        ({"answer": "apologise", "reason": "مأموریت", "substitute_name": "کسی"}, ("apologise", "مأموریت", "")),
        ({"answer": "substitute", "substitute_name": "جانشین نمونه"}, ("substitute", "", "جانشین نمونه")),
    ],
)
def test_an_answer_keeps_what_belongs_to_it(given, kept):
    invitation = make.InvitationFactory(meeting=coming())

    invitations.answer(invitation, by=None, **given)

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.reason, invitation.substitute_name) == kept


def test_an_answer_can_be_changed_until_the_meeting_is_held(clerk):
    invitation = make.InvitationFactory(meeting=coming(days=0))
    invitations.answer(invitation, by=None, answer="apologise", reason="سفر")

    invitations.answer(invitation, by=None, answer="attend")
    holding.hold(invitation.meeting, by=clerk)

    with pytest.raises(invitations.NotOpen):
        invitations.answer(invitation, by=None, answer="apologise", reason="سفر")
    assert Invitation.objects.get().answer == "attend"


@pytest.mark.parametrize("given", [{"answer": "apologise"}, {"answer": "substitute", "substitute_name": " "}])
def test_an_answer_without_what_it_needs_is_refused(given):
    invitation = make.InvitationFactory(meeting=coming())

    with pytest.raises(Refused):
        invitations.answer(invitation, by=None, **given)


def test_the_same_answer_twice_changes_nothing():
    invitation = make.InvitationFactory(meeting=coming())
    invitations.answer(invitation, by=None, answer="attend")
    version = Invitation.objects.get().version

    invitations.answer(Invitation.objects.select_related("meeting").get(), by=None, answer="attend")

    assert Invitation.objects.get().version == version
