import pytest
from django.db import DatabaseError, transaction

from committees.models import Committee, Session
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields", [{"status": "submitted"}, {"status": "on_agenda"}, {"status": "adopted"}, {"status": "returned"}]
)
def test_a_proposal_says_what_its_status_needs(fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        make.ProposalFactory(**fields)


def test_a_proposal_is_put_to_another_body():
    body = make.BodyFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        make.ProposalFactory(committee=body, addressee=body)


def test_committees_and_sessions_are_those_bodies_and_meetings():
    assembly, board, committee = make.BodyFactory(assembly=True), make.BodyFactory(board=True), make.BodyFactory()
    make.MeetingFactory(body=assembly)
    sessions = [make.MeetingFactory(body=board).pk, make.MeetingFactory(body=committee).pk]

    assert [body.pk for body in Committee.objects.all()] == [committee.pk]
    assert sorted(session.pk for session in Session.objects.all()) == sessions
