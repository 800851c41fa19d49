"""The register: what is entered, in which order, once; and that nobody changes it."""

import hashlib
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from council_portal.issuing import register
from council_portal.issuing.models import NO_ENTRY, Entry
from council_portal.issuing.signing import NoCertificate
from council_portal.refusing import Refused
from tests import factories as make
from tests.issuing.samples import SAMPLE, by_force, issue, known, subject
from tests.jobs import do_jobs, waiting_jobs

pytestmark = pytest.mark.django_db


def test_a_document_gets_number_code_file_and_its_place_in_the_chain():
    user = make.UserFactory()

    first, second = issue(by=user), issue()

    with first.file.content.open("rb") as content:
        assert hashlib.sha256(content.read()).hexdigest() == first.sha256 == first.file.sha256
    assert (first.number, first.previous_hash, first.entered_by) == (1, NO_ENTRY, user)
    assert (second.number, second.previous_hash) == (2, first.entry_hash)
    assert first.code != second.code
    assert (first.title, first.kind, first.state) == ("سند نمونه", "sample", "valid")


def test_issuing_again_supersedes():
    record = subject()
    first = issue(record)
    second = issue(record, occasion="corrigendum-1", reason="اصلاح")

    assert second.supersedes == first
    assert (known(first).state, known(first).successor) == ("superseded", second)
    assert known(second).state == "valid"


def test_one_occasion_issues_once():
    record = subject()

    assert issue(record) == issue(record)
    assert Entry.objects.count() == 1


def test_withdrawing_is_an_entry_of_its_own_with_a_reason():
    document = issue()

    entry = register.withdraw(document, by=None, because="اشتباه در متن")

    assert (entry.number, entry.act, entry.withdraws, entry.reason) == (2, "withdrawn", document, "اشتباه در متن")
    assert entry.previous_hash == document.entry_hash
    assert known(document).state == "withdrawn"


def test_withdrawing_twice_changes_nothing():
    document = issue()

    once, twice = (register.withdraw(document, by=None, because="اشتباه") for _ in range(2))

    assert once == twice


def test_withdrawing_without_a_reason_is_refused():
    document = issue()

    with pytest.raises(Refused, match="دلیل"):
        register.withdraw(document, by=None, because="  ")


def test_a_withdrawal_is_not_withdrawn():
    entry = register.withdraw(issue(), by=None, because="اشتباه")

    with pytest.raises(Refused):
        register.withdraw(entry, by=None, because="باز هم")


def test_what_was_withdrawn_can_be_issued_anew():
    record = subject()
    first = issue(record)
    register.withdraw(first, by=None, because="اشتباه")

    second = issue(record, occasion="again")

    assert (known(first).state, known(first).successor, known(second).state) == ("withdrawn", second, "valid")


def test_the_queue_issues_what_was_asked_for():
    record, user = subject(), make.UserFactory()

    register.issue_later(record, SAMPLE, by=user)
    register.issue_later(record, SAMPLE, by=user)
    assert not Entry.objects.exists()
    do_jobs()

    assert Entry.objects.get().entered_by == user


def test_what_is_gone_by_then_is_not_issued():
    record = subject(published=False)
    register.issue_later(record, SAMPLE, by=None)
    record.delete()

    do_jobs()

    assert not Entry.objects.exists()


def test_without_a_certificate_nothing_is_begun(settings):
    settings.SIGNING_CERTIFICATE = ""

    with pytest.raises(NoCertificate, match="گواهی"):
        register.issue_later(subject(), SAMPLE, by=None)
    assert waiting_jobs() == []


@pytest.mark.parametrize("setting", ["/nonexistent.p12", __file__])
def test_with_a_certificate_that_cannot_be_read_nothing_is_entered(settings, setting):
    settings.SIGNING_CERTIFICATE = setting

    with pytest.raises(NoCertificate):
        issue()
    assert not Entry.objects.exists()


# The database's own refusals


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE issuing_entry SET title = 'دیگر'",
        "DELETE FROM issuing_entry",
        "TRUNCATE issuing_entry CASCADE",
        "SET LOCAL pgtrigger.ignore = '{pgtrigger_append_only_x}'; UPDATE issuing_entry SET title = 'دیگر'",
    ],
)
def test_the_database_refuses_to_change_the_register(statement):
    issue()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            cursor.execute(statement)


def test_no_setting_switches_the_triggers_off():
    issue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname) FROM pg_trigger WHERE tgrelid = 'issuing_entry'::regclass")
        names = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            cursor.execute("DELETE FROM issuing_entry")


@pytest.mark.parametrize("change", [{"number": 7}, {"number": 3, "previous_hash": "a" * 64}])
def test_the_database_refuses_an_entry_that_is_not_chained(change):
    issue()
    last = issue()
    row = {"act": "issued", "code": "X", "kind": "sample", "subject_id": 99, "file": last.file, "sha256": "a" * 64}
    row |= {"certificate": "b" * 64, "entered_at": last.entered_at, "entry_hash": "c" * 64}

    with pytest.raises(IntegrityError, match="chained"), transaction.atomic():
        Entry.objects.create(**row | {"number": 3, "previous_hash": last.entry_hash} | change)


def test_the_database_refuses_a_successor_of_another_record():
    last = issue()
    row = {"act": "issued", "code": "X", "kind": "sample", "subject_id": 99, "file": last.file, "sha256": "a" * 64}
    row |= {"certificate": "b" * 64, "entered_at": last.entered_at, "entry_hash": "c" * 64, "supersedes": last}

    with pytest.raises(IntegrityError, match="earlier document"), transaction.atomic():
        Entry.objects.create(number=2, previous_hash=last.entry_hash, **row)


@pytest.mark.django_db(transaction=True)
def test_entries_that_are_made_at_once_come_one_after_the_other():
    records = [subject(title=f"سند {n}") for n in range(4)]

    def issue_one(record):
        issue(record)
        connection.close()

    threads = [threading.Thread(target=issue_one, args=[record]) for record in records]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    entries = list(Entry.objects.order_by("number"))
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry")
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    assert [entry.previous_hash for entry in entries] == [NO_ENTRY, *[entry.entry_hash for entry in entries[:-1]]]
