"""The desk: a member, an officer, the follow-up officer and the secretariat each see what is theirs to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from meetings import escalation
from meetings.models import Invitation
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db
DESK = "/desk/"


@pytest.fixture
def body():
    return make.BodyFactory()


@pytest.fixture
def member(client, body):
    user = user_of("body_member", body)
    client.force_login(user, backend=ACCOUNTS)
    return user


def in_days(days: int) -> PartialDate:
    return PartialDate.from_date(today() + timedelta(days=days))


def text_of(response) -> str:
    return response.content.decode()


def work_of(response, body):
    return next((work for work in response.context["bodies"] if work.body == body), None)


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(DESK).url == f"/accounts/login/?next={DESK}"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_the_parts_are_those_of_the_role(client_of, role, body):
    make.BodyFactory()

    response = client_of(role, body).get(DESK)

    is_member = role in {"member", "body_member", "officer", "follow_up_officer"}
    assert (response.context["waiting"] is not None) == is_member
    bodies = {work.body for work in response.context["bodies"]}
    if role == "secretariat":
        assert len(bodies) > 1
    elif role == "officer":
        assert bodies == {body}
    elif role != "follow_up_officer":
        assert not bodies


def test_an_empty_desk_says_so(client_of, body):
    assert 'class="empty"' in text_of(client_of("former_member").get(DESK))
    assert 'class="desk-body__calm"' in text_of(client_of("officer", body).get(DESK))


def test_who_follows_up_sees_what_is_overdue_and_the_board_what_has_come_to_it(client_of):
    late = make.AssignmentFactory(decision__published=True, due_on=today() - timedelta(days=40))
    board = make.BodyFactory(board=True)

    followed = client_of("follow_up_officer").get(DESK)
    before = client_of("officer", board).get(DESK)
    escalation.escalate(late.pk)
    after = client_of("officer", board).get(DESK)

    assert followed.context["follow_up"].urgent == [late]
    assert f'href="/desk/follow-up/{late.pk}/"' in text_of(followed)
    assert before.context["follow_up"].urgent == []
    assert after.context["follow_up"].urgent == [late]
    assert f"/desk/follow-up/{late.pk}/" not in text_of(after)
    assert client_of("officer", make.BodyFactory()).get(DESK).context["follow_up"] is None


# A member


def test_an_invitation_is_answered_with_one_click(client, member, body):
    meeting = make.MeetingFactory(body=body, announced=True, held_on=in_days(5))
    invitation = make.InvitationFactory(person=member.person, meeting=meeting)
    assert client.get(DESK).context["waiting"].invitations == [invitation]

    answer = {"answer": "attend", "next": DESK}
    response = client.post(f"/meetings/invitations/{meeting.pk}/", answer)

    assert response.url == DESK
    invitation.refresh_from_db()
    assert invitation.answer == Invitation.Answer.ATTEND
    assert client.get(DESK).context["waiting"].invitations == []


def test_what_the_organisation_owes_leads_to_its_report(client, member):
    duty = make.AssignmentFactory(organization=member.person.memberships.get().organization)

    assert f'href="/desk/duties/{duty.pk}/"' in text_of(client.get(DESK))


def test_minutes_out_for_comments_stand_there_until_the_last_day(client, member, body):
    def minutes(body, days):
        meeting = make.MeetingFactory(body=body, held=True)
        return make.MinutesFactory(meeting=meeting, status="circulated", comments_due_on=today() + timedelta(days=days))

    mine = minutes(body, 0)
    minutes(body, -1)
    minutes(make.BodyFactory(), 3)

    assert client.get(DESK).context["to_comment"] == [mine]


def test_the_next_meetings_are_those_of_ones_bodies(client, member, body):
    mine = make.MeetingFactory(body=body, announced=True, held_on=in_days(5))
    make.MeetingFactory(body=body, held_on=in_days(3))
    make.MeetingFactory(announced=True, held_on=in_days(4))

    assert client.get(DESK).context["meetings"] == [mine]


# An officer


def test_an_officer_sees_what_the_body_has_to_do(client_of, body):
    late = make.MeetingFactory(body=body, announced=True, held_on=in_days(-1))
    ahead = [make.MeetingFactory(body=body, held_on=in_days(days)) for days in (3, 17, 31)]
    held = make.MeetingFactory(body=body, held=True)
    written = make.MinutesFactory(meeting=held, status="circulated")
    make.DecisionFactory(meeting=held)
    make.CommentFactory(minutes=written)
    make.ItemProposalFactory(body=body)
    draft = make.ProposalFactory(committee=body)

    work = work_of(client_of("officer", body).get(DESK), body)

    assert work.to_close == [late]
    assert (work.ahead, work.ahead_count) == (ahead[:2], 3)
    assert (work.minutes, work.minutes[0].unposted, work.minutes[0].open_comments) == ([held], 1, 1)
    assert (work.put_to, work.drafts) == (1, [draft])
    assert not work.is_done


def test_the_secretariat_sees_by_body_what_is_owed_for_its_decisions(client_of, body):
    late = {"decision__published": True, "due_on": today() - timedelta(days=4)}
    for _more in range(2):
        make.AssignmentFactory(decision__meeting__body=body, **late)
    make.AssignmentFactory(decision__published=True)

    response = client_of("secretariat").get(DESK)

    assert [(one.name, number) for one, number in work_of(response, body).follow_up] == [("overdue", 2), ("open", 2)]
    assert f'href="/desk/follow-up/?list=overdue&amp;body={body.slug}"' in text_of(response)
    assert work_of(client_of("officer", body).get(DESK), body).follow_up == []


def test_published_minutes_and_old_meetings_without_any_ask_for_nothing(client_of, body):
    make.MinutesFactory(meeting=make.MeetingFactory(body=body, held=True), published=True)
    make.MeetingFactory(body=body, held=True)

    assert work_of(client_of("officer", body).get(DESK), body).is_done


def test_what_is_closed_to_the_officers_is_neither_listed_nor_counted(client_of, body):
    closed = {"visibility": Visibility.SECRETARIAT}
    make.MeetingFactory(body=body, announced=True, held_on=in_days(-1), **closed)
    held = make.MeetingFactory(body=body, held=True)
    make.MinutesFactory(meeting=held)
    make.DecisionFactory(meeting=held, **closed)
    make.ProposalFactory(committee=body, **closed)

    work = work_of(client_of("officer", body).get(DESK), body)

    assert (work.to_close, work.minutes[0].unposted, work.drafts) == ([], 0, [])


@pytest.mark.parametrize("role", ["body_member", "officer", "follow_up_officer", "secretariat"])
def test_queries_do_not_grow_with_the_rows(client, body, role):
    user = user_of(role, body)
    client.force_login(user, backend=ACCOUNTS)
    grow(body, user)
    before = queries_of(client)
    for _ in range(4):
        grow(body, user)

    assert queries_of(client) == before


def grow(body, user):
    ahead = make.MeetingFactory(body=body, announced=True, held_on=in_days(3))
    make.MeetingFactory(body=body, announced=True, held_on=in_days(-3))
    written = make.MinutesFactory(
        meeting=make.MeetingFactory(body=body, held=True), status="circulated", comments_due_on=today()
    )
    make.CommentFactory(minutes=written)
    make.DecisionFactory(meeting=written.meeting)
    make.ProposalFactory(committee=body)
    late = make.AssignmentFactory(due_on=today() - timedelta(days=40))
    make.FollowUpFactory(assignment=late, kind="report", review="submitted", recorded_at=timezone.now())
    if user.person:
        make.InvitationFactory(person=user.person, meeting=ahead)
        make.AssignmentFactory(organization=user.person.memberships.first().organization)


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(DESK).status_code == 200
    return len(queries)
