"""The proof of the register: whatever is changed, in an entry, a file or a signature, is found and named."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.files.models import StoredFile
from council_portal.issuing import chain, register
from council_portal.issuing.codes import new_code
from council_portal.issuing.models import Entry
from tests.issuing.samples import by_force, entered, issue, rewrite

pytestmark = pytest.mark.django_db


def verify(*options: str) -> str:
    """What the command prints; with "broken" at its end when it refuses."""
    out = io.StringIO()
    try:
        call_command("verify_register", *options, stdout=out)
    except CommandError as error:
        out.write(f"broken: {error}")
    return out.getvalue()


def numbers(faults) -> list[int]:
    return [fault.number for fault in faults]


def overwrite(stored: StoredFile, content: bytes) -> None:
    stored.content.storage.delete(stored.content.name)
    stored.content.storage.save(stored.content.name, io.BytesIO(content))


def test_a_register_as_it_was_written_is_whole():
    first = issue()
    register.withdraw(first, by=None, because="اشتباه")

    shown = verify()

    assert "دفتر سالم است." in shown
    assert chain.head() in shown


def test_an_empty_register_is_whole():
    assert "دفتر سالم است." in verify()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("title = title || 'ا'", "تغییر کرده"),
        ("entered_at = entered_at + interval '1 microsecond'", "تغییر کرده"),
        ("visibility = 'members'", "تغییر کرده"),
        ("shows = '{\"members.person\": [1]}'", "تغییر کرده"),
        ("code = reverse(code)", "تغییر کرده"),
        ("subject_id = 77", "تغییر کرده"),
        ("certificate = 'd' || substr(certificate, 2)", "تغییر کرده"),
        (
            "entry_hash = translate(left(entry_hash, 1), '0123456789abcdef', '123456789abcdef0')"
            " || substr(entry_hash, 2)",
            "تغییر کرده",
        ),
    ],
)
def test_a_changed_byte_is_found_in_its_entry(change, why):
    entered(5)
    with by_force() as cursor:
        cursor.execute(f"UPDATE issuing_entry SET {change} WHERE number = 3")

    faults = list(chain.faults_of_chain())

    assert faults[0].number == 3
    assert why in faults[0].why


def test_an_entry_that_was_written_anew_with_its_hash_breaks_the_next():
    third = entered(5)[2]
    third.title = "عنوان دیگر"
    with by_force() as cursor:
        forged = chain.hash_of(chain.row_of(third))
        cursor.execute("UPDATE issuing_entry SET title = %s, entry_hash = %s WHERE number = 3", [third.title, forged])

    assert numbers(chain.faults_of_chain()) == [4]


def test_an_entry_that_was_taken_out_is_missed():
    entered(5)
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry WHERE number = 3")

    assert numbers(chain.faults_of_chain()) == [4]


def test_a_register_that_was_rewritten_whole_lacks_the_head_on_paper():
    printed = issue().entry_hash
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry")
    entered(1)

    assert "broken" in verify("--chain-only", "--head", printed)
    assert "broken" not in verify("--chain-only", "--head", " ".join([chain.head()[:8].upper(), chain.head()[8:]]))


def test_a_hash_does_not_depend_on_the_time_zone():
    entered(2)
    here = Entry.objects.get(number=2)
    with timezone.override("America/Caracas"):
        elsewhere = {**chain.row_of(here), "entered_at": timezone.localtime(here.entered_at)}

    assert chain.hash_of(elsewhere) == here.entry_hash


def test_one_byte_of_ten_thousand_entries_is_found_by_reading_them_once():
    with by_force() as cursor:
        entered(10_000)
        cursor.execute("UPDATE issuing_entry SET title = title || '.' WHERE number = 7301")

    with CaptureQueriesContext(connection) as queries:
        faults = list(chain.faults_of_chain())

    assert numbers(faults) == [7301]
    assert len(queries) == 1


def test_a_changed_byte_of_a_file_is_found():
    _first, second = issue(), issue()
    with second.file.content.open("rb") as content:
        changed = bytearray(content.read())
    changed[100] ^= 1
    overwrite(second.file, bytes(changed))

    shown = verify()

    assert numbers(chain.faults_of_files()) == [second.number]
    assert "ردیف ۲: فایل آن همان نیست" in shown
    assert "ردیف ۱:" not in shown


def test_a_missing_file_is_named():
    entry = issue()
    entry.file.content.storage.delete(entry.file.content.name)

    assert numbers(chain.faults_of_files()) == [entry.number]
    assert "broken" in verify("--no-signatures")


def test_a_file_that_was_exchanged_with_its_hash_lacks_the_signature():
    entered(1)

    assert numbers(chain.faults_of_files()) == []
    assert numbers(chain.faults_of_signatures()) == [1]


def test_another_certificate_than_the_one_on_record_is_named():
    entry = issue()
    with by_force() as cursor:
        cursor.execute("UPDATE issuing_entry SET certificate = repeat('e', 64)")

    assert [fault.why for fault in chain.faults_of_signatures()] == [str(chain.OTHER_CERTIFICATE)]
    assert numbers(chain.faults_of_chain()) == [entry.number]


def test_a_trigger_that_is_switched_off_is_named():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'issuing_entry'::regclass AND tgname ~ 'append_only'"
        )
        cursor.execute(f"ALTER TABLE issuing_entry DISABLE TRIGGER {cursor.fetchone()[0]}")

    assert "append_only" in verify()
    assert "broken" in verify("--chain-only")


def test_a_rewritten_register_is_caught_by_what_the_signed_files_say():
    """Without any paper, and though no inspection remembers it."""
    first = issue()
    register.withdraw(first, by=None, because="اشتباه")
    issue()
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry WHERE number = 2")
        cursor.execute("UPDATE issuing_entry SET number = 2 WHERE number = 3")
    rewrite()

    shown = verify()

    assert "broken" not in verify("--no-signatures")
    assert f"ردیف ۲: {chain.OTHER_PRINT}" in shown
    assert "ردیف ۱:" not in shown


def test_another_code_than_the_file_bears_is_named():
    issue()
    with by_force() as cursor:
        cursor.execute("UPDATE issuing_entry SET code = %s", [new_code()])
    rewrite()

    assert f"ردیف ۱: {chain.OTHER_PRINT}" in verify()


@pytest.mark.parametrize("typed", ["", "gg", "fba198b4", "g" * 64])
def test_what_is_no_head_is_not_taken_for_one(typed):
    with pytest.raises(CommandError, match="سر زنجیره نیست") as refusal:
        call_command("verify_register", "--head", typed)

    assert refusal.value.returncode == 2
