"""A web process that is killed while it publishes: all is done or nothing, and nobody is told twice."""

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from council_portal.notices.models import Notice
from meetings.models import Decision, Minutes
from tests import factories as make
from tests.roles import user_of
from tests.web_process import halting_at, server_for, wait_until_nothing_is_under_way

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue():
    """The queue's tables are no models of Django's, which empties only those after a test."""
    yield _forget_jobs()
    _forget_jobs()


def _forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def state() -> tuple:
    """How the minutes stand, how many decisions are published, who was told, how many letters will be written."""
    return (
        Minutes.objects.get().status,
        Decision.objects.published().count(),
        sorted(Notice.objects.values_list("recipient__username", flat=True)),
        ProcrastinateJob.objects.filter(task_name__endswith="write_letters").count(),
    )


def answer(asked) -> int:
    with asked.getresponse() as response:
        return response.status


@pytest.mark.parametrize("table", ["meetings_decision", "notices_notice", "procrastinate_jobs"])
def test_publishing_that_was_killed_is_done_wholly_or_not_at_all_and_once(client_of, tmp_path, table):
    decision = make.DecisionFactory(numbered=True)
    minutes = make.MinutesFactory(meeting=decision.meeting, approved=True)
    members = [user_of("body_member", minutes.meeting.body) for _ in range(2)]
    type(members[0]).objects.filter(pk=members[0].pk).update(mail_choice="at_once")
    secretariat = client_of("secretariat")
    step = reverse("meetings:work_step", args=[minutes.meeting_id, "publish"])

    with server_for(secretariat, tmp_path) as server:
        form = server.form(step)
        with halting_at(table) as somebody_waits:
            server.post(step, form)
            somebody_waits()
            server.kill()
    wait_until_nothing_is_under_way()
    assert state() == ("approved", 0, [], 0)

    with server_for(secretariat, tmp_path) as server:
        form = server.form(step)
        statuses = [answer(server.post(step, form)) for _ in range(2)]

    assert statuses == [302, 302]
    assert state() == ("published", 1, sorted(member.username for member in members), 1)
