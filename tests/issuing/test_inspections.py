"""Each night the register is proved; the outcome is kept, and the secretariat learns at once what is broken."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from council_portal.issuing import chain, tasks
from council_portal.issuing.models import NO_ENTRY, Entry, Inspection
from council_portal.issuing.verifying import answer_to_code
from council_portal.notices.models import Notice
from tests import factories as make
from tests.issuing.samples import by_force, entered, issue
from tests.issuing.test_chain import verify
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
REGISTER = "/admin/issuing/entry/"
REWRITTEN = "از نو نوشته شده"


def inspect() -> Inspection:
    app.tasks[tasks.inspect_register.name].func(timestamp=0)
    return Inspection.objects.last()


def change(number: int) -> None:
    with by_force() as cursor:
        cursor.execute("UPDATE issuing_entry SET title = title || 'ا' WHERE number = %s", [number])


def test_an_inspection_keeps_how_far_the_register_reached_and_that_it_was_whole():
    make.UserFactory(secretariat=True)
    assert (inspect().entries, Inspection.objects.last().head) == (0, NO_ENTRY)
    issue()
    issue()

    inspection = inspect()

    assert (inspection.entries, inspection.head, inspection.findings) == (2, chain.head(), [])
    assert not Notice.objects.exists()


def test_what_is_broken_is_kept_and_told_once():
    secretary, _member = make.UserFactory(secretariat=True), make.UserFactory()
    issue()
    issue()
    change(1)

    for _night in range(2):
        inspection = inspect()

    notice = Notice.objects.get()
    assert len(inspection.findings) == 1
    assert "ردیف ۱" in inspection.findings[0]
    assert (notice.recipient, notice.by_mail) == (secretary, True)
    assert notice.text == inspection.findings[0]
    assert notice.address == f"/admin/issuing/inspection/{Inspection.objects.first().pk}/change/"


def test_of_a_second_night_only_what_is_new_is_told():
    make.UserFactory(secretariat=True)
    issue()
    issue()
    change(1)
    inspect()
    change(2)

    inspect()

    latest = Notice.objects.order_by("pk").last()
    assert "ردیف ۲" in latest.text
    assert "ردیف ۱" not in latest.text


def test_many_findings_are_told_in_one_notice():
    make.UserFactory(secretariat=True)
    entered(30)

    inspection = inspect()

    assert len(inspection.findings) == 30
    assert "۲۰ مورد دیگر" in Notice.objects.get().text


def test_a_register_that_was_rewritten_whole_lacks_the_head_of_an_earlier_night():
    issue()
    issue()
    inspect()
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry")
    for _document in range(3):
        issue()

    findings = inspect().findings

    assert list(chain.faults_of_chain()) == []
    assert len(findings) == 1
    assert "ردیف ۲" in findings[0]
    assert REWRITTEN in findings[0]
    assert REWRITTEN in verify("--chain-only")


def test_an_end_that_was_taken_off_is_missed():
    issue()
    issue()
    inspect()
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry WHERE number = 2")

    assert REWRITTEN in inspect().findings[0]
    assert "broken" in verify("--chain-only")


def test_the_night_after_a_forgery_does_not_hide_it():
    issue()
    inspect()
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry")
    issue()

    first, second = inspect(), inspect()

    assert first.findings == second.findings != []


def test_a_file_that_cannot_be_read_does_not_stop_the_inspection():
    first, second = issue(), issue()
    for entry in (first, second):
        entry.file.content.storage.delete(entry.file.content.name)
    first.file.content.storage.save(f"{first.file.content.name}/within", ContentFile(b"a folder in its place"))

    findings = inspect().findings

    assert "ردیف ۱: فایل آن خوانده نمی‌شود" in findings[0]
    assert findings[1:] == [f"ردیف ۲: {chain.NO_FILE}"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE issuing_inspection SET head = ''", "DELETE FROM issuing_inspection", "TRUNCATE issuing_inspection"],
)
def test_the_database_refuses_to_change_what_was_found(statement):
    inspect()

    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize(
    "door",
    [
        "ALTER TABLE issuing_inspection DISABLE TRIGGER USER",
        "ALTER TABLE issuing_entry ENABLE REPLICA TRIGGER {append_only}",
        "DROP TRIGGER {append_only} ON issuing_entry",
        "DROP TRIGGER {append_only} ON issuing_entry; CREATE TRIGGER {append_only} BEFORE UPDATE ON issuing_entry "
        "FOR EACH ROW EXECUTE FUNCTION issuing_refuse_change()",
        "DROP TRIGGER {append_only} ON issuing_entry; CREATE TRIGGER {append_only} BEFORE UPDATE OR DELETE "
        "ON issuing_entry FOR EACH ROW WHEN (old.number < 0) EXECUTE FUNCTION issuing_refuse_change()",
        "CREATE OR REPLACE FUNCTION issuing_refuse_change() RETURNS TRIGGER AS 'BEGIN RETURN NEW; END'"
        " LANGUAGE plpgsql",
    ],
)
def test_a_door_that_was_left_open_is_named(door):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'issuing_entry'::regclass AND tgname ~ 'append_only'"
        )
        cursor.execute(door.format(append_only=cursor.fetchone()[0]))

    assert any("append_only" in finding for finding in inspect().findings)


@pytest.mark.parametrize(
    "stranger",
    [
        "CREATE RULE stranger AS ON UPDATE TO issuing_entry DO INSTEAD NOTHING",
        "CREATE TRIGGER stranger BEFORE INSERT ON issuing_inspection FOR EACH ROW EXECUTE FUNCTION let_through()",
        "CREATE POLICY stranger ON issuing_entry FOR SELECT USING (number < 2)",
    ],
)
def test_what_the_portal_has_not_put_on_a_guarded_table_is_named(stranger):
    with connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION let_through() RETURNS TRIGGER AS 'BEGIN RETURN NEW; END' LANGUAGE plpgsql")
        cursor.execute(stranger)

    assert "«stranger»" in inspect().findings[0]


def test_inspections_that_were_taken_away_are_missed():
    document = issue()
    tasks.inspect_register.defer(timestamp=0)
    do_jobs(tasks.inspect_register)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    assert "broken" not in verify("--chain-only")
    assert answer_to_code(document.code, user=None).verdict == "valid"
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_inspection")

    assert "برداشته شده" in verify("--chain-only")
    assert answer_to_code(document.code, user=None).verdict == "broken"


def test_a_portal_whose_queue_has_never_run_misses_no_inspection(set_clock):
    set_clock(1404, 8, 1)
    issue()
    set_clock(1404, 8, 9)

    assert "broken" not in verify()


def test_the_admin_shows_the_last_inspection_above_the_register(client_of, set_clock):
    client = client_of("secretariat")
    assert "هنوز بازرسی نشده" in client.get(REGISTER).content.decode()
    set_clock(1404, 8, 1, 2, 40)
    inspect()

    shown = client.get(REGISTER).content.decode()

    assert "۱ آبان ۱۴۰۴" in shown
    assert "دفتر سالم است" in shown
    assert "برنامه صف" not in shown
    set_clock(1404, 8, 4, 8, 0)
    assert "برنامه صف" in client.get(REGISTER).content.decode()


def test_the_admin_shows_what_is_broken(client_of):
    issue()
    change(1)
    inspection, client = inspect(), client_of("secretariat")

    assert "۱ یافته" in client.get(REGISTER).content.decode()
    shown = client.get(f"/admin/issuing/inspection/{inspection.pk}/change/").content.decode()
    assert inspection.findings[0] in shown
    assert inspection.head in shown


def test_the_command_says_the_same():
    issue()
    change(1)

    finding = inspect().findings[0]

    assert finding in verify()
    assert Entry.objects.count() == 1
