"""/verify/ when somebody has changed the register, a file or a certificate: nothing forged is called genuine."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from council_portal.issuing import chain
from council_portal.issuing.inspecting import inspect
from council_portal.issuing.models import Entry
from council_portal.issuing.register import withdraw
from council_portal.issuing.signing import NoCertificate, certificate, make_certificate, sign
from tests.issuing.samples import by_force, entered, issue, rewrite, subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """A document, another, and the withdrawal of the first; the register was inspected since."""
    first, second = issue(), issue(subject(title="سند دوم"))
    withdraw(first, by=None, because="اشتباه")
    inspect()
    return first, second


def by_code(client, document) -> str:
    return client.get(document.get_absolute_url()).context["answer"].verdict


def by_file(client, document) -> str:
    return client.post("/verify/", {"sha256": document.sha256}).context["answer"].verdict


def test_as_long_as_nobody_has_changed_it_it_is_believed(client, three):
    assert [by_code(client, one) for one in three] == ["withdrawn", "valid"]


def test_the_answer_is_of_this_moment(client, three):
    """What is changed by force raises no revision: a page that was kept would go on calling it genuine."""
    assert "no-store" in client.get(three[1].get_absolute_url())["Cache-Control"]


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE issuing_entry SET title = 'سند ساختگی' WHERE number = 2",
        "UPDATE issuing_entry SET visibility = 'members' WHERE number = 2",
        "UPDATE issuing_entry SET file_id = (SELECT file_id FROM issuing_entry WHERE number = 1) WHERE number = 2",
        "DELETE FROM issuing_entry WHERE number = 1",
    ],
)
def test_a_document_whose_entry_was_changed_is_not_called_genuine(client, three, forgery):
    with by_force() as cursor:
        cursor.execute(forgery)

    assert (by_code(client, three[1]), by_file(client, three[1])) == ("broken", "broken")
    assert "دست خورده" in client.get(three[1].get_absolute_url()).content.decode()
    assert "سند ساختگی" not in client.get(three[1].get_absolute_url()).content.decode()


def test_a_changed_entry_with_a_right_hash_of_its_own_does_not_fit_the_next(client):
    document, _next = issue(), issue()
    with by_force() as cursor:
        cursor.execute("UPDATE issuing_entry SET title = 'سند ساختگی' WHERE number = 1")
        forged = chain.hash_of(chain.row_of(Entry.objects.get(number=1)))
        cursor.execute("UPDATE issuing_entry SET entry_hash = %s WHERE number = 1", [forged])

    assert by_code(client, document) == "broken"


def test_a_withdrawal_that_was_taken_off_the_end_does_not_make_a_document_valid_again(client, three):
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_entry WHERE number = 3")

    assert by_code(client, three[0]) == "broken"


def test_a_register_that_was_rewritten_whole_vouches_for_nothing(client, three):
    with by_force() as cursor:
        cursor.execute("UPDATE issuing_entry SET title = 'سند ساختگی' WHERE number = 2")
    rewrite()

    assert list(chain.faults_of_chain()) == []
    assert [by_code(client, one) for one in three] == ["broken", "broken"]


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM issuing_entry WHERE number = 3",
        "UPDATE issuing_entry SET withdraws_id = (SELECT id FROM issuing_entry WHERE number = 2) WHERE number = 3",
    ],
)
def test_a_withdrawal_that_was_taken_away_from_among_others_does_not_make_a_document_valid_again(
    client, three, forgery
):
    issue(subject(title="سند سوم"))
    inspect()
    with by_force() as cursor:
        cursor.execute(forgery)

    assert [by_code(client, one) for one in three] == ["broken", "broken"]
    inspect()
    assert [by_code(client, one) for one in three] == ["broken", "broken"]


def test_while_the_signed_files_tell_of_another_register_nothing_is_called_genuine(client, three):
    with by_force() as cursor:
        cursor.execute("DELETE FROM issuing_inspection")
        cursor.execute("UPDATE issuing_entry SET title = 'سند ساختگی' WHERE number = 1")
    rewrite()

    inspect()

    assert [by_code(client, one) for one in three] == ["broken", "broken"]


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE issuing_entry SET sha256 = repeat('e', 64) WHERE number = 2",
        "DELETE FROM issuing_entry WHERE number = 2",
    ],
)
def test_a_genuine_file_is_not_called_altered_because_the_register_was(client, three, forgery):
    with three[1].file.content.open("rb") as content:
        file = SimpleUploadedFile("sample.pdf", content.read())
    with by_force() as cursor:
        cursor.execute(forgery)

    assert client.post("/verify/", {"file": file}).context["answer"].verdict == "broken"
    assert by_file(client, three[1]) == by_code(client, three[1]) == "broken"


def test_a_document_that_was_added_without_the_council_s_signature_is_not_called_genuine(client, three):
    """Whoever may add to the register has the right to do this; the key of the certificate they have not."""
    forged = entered(1, first=4)[0]

    assert list(chain.faults_of_chain()) == []
    assert (by_code(client, forged), by_file(client, forged)) == ("broken", "broken")
    assert by_code(client, three[1]) == "valid"
    inspect()
    assert by_code(client, three[1]) == "broken"


def test_a_document_signed_with_a_certificate_of_one_s_own_is_not_called_genuine(client, three, settings, tmp_path):
    settings.SIGNING_FINGERPRINTS = [certificate().fingerprint]
    assert by_code(client, three[1]) == "valid"
    path = tmp_path / "own.p12"
    path.write_bytes(make_certificate("Council portal", password=settings.SIGNING_PASSWORD))
    settings.SIGNING_CERTIFICATE = str(path)
    with pytest.raises(NoCertificate):
        issue()
    known, settings.SIGNING_FINGERPRINTS = settings.SIGNING_FINGERPRINTS, []
    forged = issue()

    settings.SIGNING_FINGERPRINTS = known

    assert (by_code(client, forged), by_file(client, forged)) == ("broken", "broken")
    assert "ردیف ۴" in inspect().findings[0]


def test_a_lost_file_is_its_own_entry_s_matter(client, three):
    three[0].file.content.storage.delete(three[0].file.content.name)

    assert inspect().findings
    assert [by_code(client, one) for one in three] == ["withdrawn", "valid"]


def test_a_file_signed_by_another_certificate_of_the_same_name_is_altered(client, settings, tmp_path):
    document = issue()
    with document.file.content.open("rb") as content:
        signed = content.read()
    unsigned = signed[: signed.rindex(b"%%EOF", 0, signed.rindex(b"%%EOF")) + 6]
    name, path = certificate().name, tmp_path / "other.p12"
    path.write_bytes(make_certificate(name.removeprefix("Common Name: "), password=settings.SIGNING_PASSWORD))
    settings.SIGNING_CERTIFICATE = str(path)
    address = f"https://portal.example{document.get_absolute_url()}"

    forged = sign(unsigned, by=certificate(), address=address, reason="صدور سند")

    assert certificate().name == name
    answer = client.post("/verify/", {"file": SimpleUploadedFile("sample.pdf", forged)})
    assert answer.context["answer"].verdict == "altered"


def test_what_was_issued_before_the_certificate_was_renewed_stays_genuine(client, settings, tmp_path):
    document = issue()
    path = tmp_path / "renewed.p12"
    path.write_bytes(make_certificate("Council portal, trial certificate", password=settings.SIGNING_PASSWORD))
    settings.SIGNING_CERTIFICATE = str(path)
    later = issue()

    assert document.certificate != later.certificate
    assert [by_file(client, one) for one in (document, later)] == ["valid", "valid"]
    assert inspect().findings == []
