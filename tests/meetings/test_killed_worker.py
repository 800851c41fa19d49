"""The queue's worker is killed while 120 invitations are on their way, or while it issues minutes: nothing is lost,
nobody is written to twice, and a document is issued once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.exceptions import AlreadyEnqueued

from council_portal.issuing.models import Entry
from council_portal.notices.models import Mail
from council_portal.tasks import resume_interrupted
from meetings import invitations, minutes, tasks
from meetings.models import Meeting
from tests import factories as make
from tests.issuing.samples import by_force
from tests.mail_server import Postbox, mail_server
from tests.meetings.invited import coming, in_days, member
from tests.roles import user_of
from tests.web_process import database_url, halting_at, wait_until_nothing_is_under_way

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 120
SECONDS = 90  # far more than it takes, for a machine that is busy with other things


class Killer(Postbox):
    """A mail server that kills whoever is sending: at one letter before it is taken, at another once it is."""

    def __init__(self, *, before: int, after: int):
        super().__init__()
        self.before, self.after, self.worker = before, after, None

    async def handle_DATA(self, server, session, envelope):
        number = len(self.letters) + 1
        if number == self.before:
            self.before = None
            self.kill()
            return "451 nothing was taken"
        answer = await super().handle_DATA(server, session, envelope)
        if number == self.after:
            self.kill()
        return answer

    def kill(self):
        os.kill(self.worker.pid, signal.SIGKILL)
        self.worker.wait()


@pytest.fixture
def queue():
    """An empty queue, which is no table of ours and so is not emptied with them."""
    _empty_queue()
    yield
    _empty_queue()


def _empty_queue():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


@contextmanager
def worker(port: int, folder: Path, *, concurrency: int = 1):
    """A worker of the portal, in a process of its own, on the database of the test and with this mail server."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE",)},
        **{"DEBUG": "1", "COUNCIL_VAR": str(folder), "DATABASE_URL": database_url()},
        **{"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)},
        **{"SIGNING_CERTIFICATE": settings.SIGNING_CERTIFICATE, "SIGNING_PASSWORD": settings.SIGNING_PASSWORD},
    }
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--one-shot", f"--concurrency={concurrency}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _a_minute_passes():
    """The heartbeats of the dead are old, and the task that looks for them is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
    with suppress(AlreadyEnqueued):
        resume_interrupted.defer(timestamp=0)


def test_a_worker_that_is_killed_loses_nothing_and_repeats_nothing(queue, tmp_path, client_of):
    meeting = make.MeetingFactory(announced=True, held_on=in_days(20))
    for n in range(PEOPLE):
        make.MembershipFactory(body=meeting.body, person__email=f"member-{n}@example.org")
    invitations.invite(meeting, by=user_of("secretariat"))
    postbox = Killer(before=40, after=80)

    with mail_server(postbox) as (_postbox, port):
        for ending in (-signal.SIGKILL, -signal.SIGKILL, 0):
            with worker(port, tmp_path) as postbox.worker:
                assert postbox.worker.wait(timeout=SECONDS) == ending
            _a_minute_passes()

    received = Counter(address for address, _message in postbox.letters)
    status_of = dict(Mail.objects.values_list("address", "status"))
    assert set(received.values()) == {1}
    assert Counter(status_of.values()) == {"sent": PEOPLE - 2, "in_doubt": 2}
    assert {status_of[address] for address in status_of.keys() - received.keys()} == {"in_doubt"}
    shown = client_of("secretariat").get(f"/desk/meetings/{meeting.pk}/invitations/?show=trouble")
    assert {row.letter.status for row in shown.context["rows"]} == {"in_doubt"}
    assert len(shown.context["rows"]) == 2


def test_a_worker_sends_what_its_own_jobs_have_written(queue, tmp_path):
    meeting = coming()
    for n in range(30):
        member(meeting, email=f"member-{n}@example.org")
    invitations.invite(meeting, by=user_of("secretariat"))
    Meeting.objects.update(venue="جای دیگر")
    tasks.tell_of_changes.defer(meeting_id=meeting.pk)

    with mail_server() as (postbox, port):
        # One that works until nothing is left may find nothing just before the first job commits what it has written.
        for _turn in range(2):
            with worker(port, tmp_path, concurrency=3) as process:
                assert process.wait(timeout=SECONDS) == 0

    # What was still waiting when the meeting moved is replaced by what holds now.
    texts = [(address, message.get_body("plain").get_content()) for address, message in postbox.letters]
    told = [address for address, text in texts if "جای دیگر" in text]
    assert len(told) == len(set(told)) == 31
    assert set(Mail.objects.values_list("status", flat=True)) == {"sent"}


@pytest.fixture
def _register_to_be_emptied():
    """What is on record would be in the way of those who empty the tables after a test: it refuses."""
    yield
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry")


@pytest.mark.usefixtures("_register_to_be_emptied")
def test_a_worker_that_is_killed_while_it_issues_leaves_one_document(queue, tmp_path):
    approved = make.MinutesFactory(approved=True)
    minutes.publish(approved, by=user_of("secretariat"))

    with mail_server() as (_postbox, port):
        with halting_at("issuing_entry") as somebody_waits, worker(port, tmp_path):
            somebody_waits()
        wait_until_nothing_is_under_way()
        assert not Entry.objects.exists()
        _a_minute_passes()
        # The first puts back what was begun, and may be done before that is due.
        for _turn in range(2):
            with worker(port, tmp_path) as process:
                assert process.wait(timeout=SECONDS) == 0

    assert [(entry.kind, entry.subject_id) for entry in Entry.objects.all()] == [("minutes", approved.pk)]
