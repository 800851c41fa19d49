"""/verify/: what anybody learns of a code, of a file, and nothing more; and the issued files themselves."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from council_portal.issuing import limits
from council_portal.issuing.codes import grouped, new_code
from council_portal.issuing.models import Attempts, Entry
from council_portal.issuing.register import withdraw
from council_portal.issuing.signing import signature_of
from publications.models import Announcement
from tests import factories as make
from tests.issuing.samples import CONTENT, entered, issue, subject
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}


def bytes_of(entry: Entry) -> bytes:
    with entry.file.content.open("rb") as content:
        return content.read()


def post_file(client, content: bytes):
    return client.post("/verify/", {"file": SimpleUploadedFile("sent.pdf", content)})


def post_hash(client, content: bytes, code: str = ""):
    return client.post("/verify/", {"sha256": hashlib.sha256(content).hexdigest(), "code": code})


def verdict_of(answer) -> str:
    return str(answer.context["answer"].verdict)


def text_of(answer) -> str:
    return answer.content.decode()


# The page itself


def test_an_empty_register_says_so(client):
    assert "هنوز سندی صادر نشده است" in text_of(client.get("/verify/"))


def test_the_head_of_the_register_stands_on_the_page(client):
    last = entered(3)[-1]

    page = text_of(client.get("/verify/"))

    assert last.entry_hash[:8] in page
    assert last.entry_hash[-8:] in page


def test_the_page_sets_no_cookie_so_that_it_is_kept_for_the_next(client):
    assert not client.get("/verify/").cookies


# By code


@pytest.mark.parametrize("pattern", ["{}", " {} ", "https://portal.example/verify/{}/"])
def test_a_code_is_found_however_it_is_typed(client, pattern):
    document = entered(1)[0]
    typed = pattern.format(document.printed_code.lower())

    answer = client.get("/verify/", {"code": typed}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/verify/{document.printed_code}/"


def test_an_address_written_otherwise_leads_to_the_one_that_lasts(client):
    document = issue()

    answer = client.get(f"/verify/{document.code.lower()}/")

    assert (answer.status_code, answer.url) == (301, document.get_absolute_url())


@pytest.mark.parametrize("typed", ["", "ABC", "1" * 16, "سند", "x" * 600, "\0"])
def test_what_is_no_code_is_said_beside_the_field_and_stays_there(client, typed):
    answer = client.get("/verify/", {"code": typed})

    assert answer.status_code == 200
    assert answer.context["code_form"].errors["code"]
    assert answer.context["code_form"]["code"].value() == typed


@pytest.mark.parametrize(("code", "verdict"), [(None, "unknown"), ("ABC", "mistyped")])
def test_an_unknown_code_and_none_at_all(client, code, verdict):
    answer = client.get(f"/verify/{code or new_code()}/", follow=True)

    assert (answer.status_code, verdict_of(answer)) == (404, verdict)


def test_a_valid_document(client):
    document = issue()

    answer = client.get(document.get_absolute_url())

    assert verdict_of(answer) == "valid"
    assert document.title in text_of(answer)
    assert document.file_url in text_of(answer)


def test_a_superseded_document_names_its_successor(client):
    record = subject()
    first, second = issue(record), issue(record, occasion="again")

    answer = client.get(first.get_absolute_url())

    assert verdict_of(answer) == "superseded"
    assert second.get_absolute_url() in text_of(answer)
    assert f"«{second.title}»" in text_of(answer)
    assert verdict_of(client.get(second.get_absolute_url())) == "valid"


def test_a_closed_successor_is_named_by_its_number_alone(client):
    record = subject()
    first = issue(record)
    record.visibility = "members"
    record.title = "عنوان محرمانه"
    record.save()
    second = issue(record, occasion="again")

    answer = text_of(client.get(first.get_absolute_url()))

    assert second.get_absolute_url() in answer
    assert "محرمانه" not in answer


def test_a_withdrawn_document_says_why(client):
    document = issue()
    withdraw(document, by=None, because="شماره نادرست بود")

    answer = client.get(document.get_absolute_url())

    assert verdict_of(answer) == "withdrawn"
    assert "شماره نادرست بود" in text_of(answer)


@pytest.mark.parametrize("role", ROLES)
def test_of_a_closed_document_only_that_it_was_issued(client_of, role):
    record = subject(visibility="members", title="عنوان محرمانه")
    document = issue(record, reason="دلیل محرمانه")
    withdraw(document, by=None, because="علت محرمانه")

    page = text_of(client_of(role, make.BodyFactory()).get(document.get_absolute_url()))

    assert ("محرمانه" in page) == (role in MEMBERS)
    assert (document.file_url in page) == (role in MEMBERS)
    assert "پس‌گرفته" in page or "پس گرفته" in page


# By file


@pytest.mark.parametrize("post", [post_file, post_hash])
def test_the_issued_file_is_genuine(client, post):
    document = issue()

    answer = post(client, bytes_of(document))

    assert (verdict_of(answer), answer.context["document"]) == ("valid", document)


def test_one_changed_byte_is_found_by_the_file_and_by_its_hash(client):
    document = issue()
    changed = bytearray(bytes_of(document))
    changed[200] ^= 1

    by_file, by_hash = post_file(client, bytes(changed)), post_hash(client, bytes(changed), document.printed_code)

    assert verdict_of(by_file) == verdict_of(by_hash) == "altered"
    assert by_file.context["document"] == document
    assert document.file_url in text_of(by_file)


def test_an_appended_revision_is_found(client):
    document = issue()
    appended = bytes_of(document) + b"\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n"

    assert verdict_of(post_file(client, appended)) == "altered"
    signature = signature_of(appended, at=document.entered_at)
    assert signature is None or not signature.is_whole


def test_a_file_that_names_several_documents_is_altered_and_none_of_them(client):
    first, second = issue(), issue()
    made_up = new_code()
    content = b"".join(b"%%/verify/%s\n" % grouped(code).encode() for code in (made_up, first.code, second.code))

    by_hash = post_hash(client, content, " ".join([made_up, first.code, second.code]))

    for answer in (post_file(client, content), by_hash):
        assert (verdict_of(answer), answer.context["document"]) == ("altered", None)
    assert post_hash(client, content, f"{made_up} {second.code}").context["document"] == second


def test_a_file_without_its_code_is_known_by_the_signature(client):
    document = issue()
    without = bytes_of(document).replace(rb"verify\057", rb"xxxxxx\057")

    answer = post_file(client, without)

    assert (verdict_of(answer), answer.context["document"]) == ("altered", None)


def test_any_other_file_is_unknown(client):
    issue()

    assert verdict_of(post_file(client, b"%PDF-1.7 something else %%EOF")) == "unknown"
    assert verdict_of(post_hash(client, b"something else")) == "unknown"


def test_a_code_of_nothing_makes_a_file_no_more_known(client):
    assert verdict_of(post_hash(client, b"x", code=new_code())) == "unknown"


def test_a_file_is_not_kept(client, django_assert_num_queries):
    before = Entry.objects.count()

    post_file(client, CONTENT)

    from council_portal.files.models import StoredFile

    assert not StoredFile.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("data", [{}, {"sha256": "no hash"}, {"sha256": "A" * 64}, {"code": "ABC"}])
def test_nothing_to_check_is_said_beside_the_field(client, data):
    answer = client.post("/verify/", data)

    assert answer.context["file_form"].errors["file"]


def test_an_empty_file_is_said_to_be_empty(client):
    assert post_file(client, b"").context["file_form"].errors["file"]


def test_a_file_that_is_too_large_is_not_even_read(client, settings):
    settings.FILES_MAX_BYTES = 1000

    answer = post_file(client, b"x" * 2000)

    assert answer.status_code == 413
    assert not hasattr(answer.wsgi_request, "_files")
    assert "بزرگ‌تر" in text_of(answer)
    assert "انتخاب کنید" not in text_of(answer)


def test_a_closed_documents_file_says_nothing_more_than_its_code(client):
    document = issue(subject(visibility="members", title="عنوان محرمانه"))

    answer = post_file(client, bytes_of(document))

    assert verdict_of(answer) == "valid"
    assert "محرمانه" not in text_of(answer)


# Guessing


def test_guessing_is_ended(client, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 3)
    document = issue()
    for _ in range(3):
        assert client.get(f"/verify/{new_code()}/", follow=True).status_code == 404

    for answer in (client.get(document.get_absolute_url()), post_hash(client, b"x"), post_file(client, b"x")):
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "600"
        assert "تا ۱۰ دقیقه" in text_of(answer)
        assert "گذرواژه" not in text_of(answer)
    assert client.get(document.get_absolute_url(), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_one_may_ask_again_after_a_while(client, monkeypatch, set_clock):
    monkeypatch.setattr(limits, "MOST", 1)
    set_clock(1404, 8, 1, 10, 0)
    client.get("/verify/ABC/")
    assert client.get("/verify/ABC/").status_code == 429

    set_clock(1404, 8, 1, 10, 11)

    assert client.get("/verify/ABC/").status_code == 404
    assert Attempts.objects.get().count == 1


def test_what_is_found_counts_for_nothing(client):
    document = entered(1)[0]

    client.get(document.get_absolute_url())

    assert not Attempts.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_who_asks_is_a_network_and_is_not_kept_by_name(client, one, other, is_same):
    for address in (one, other):
        client.get("/verify/ABC/", REMOTE_ADDR=address)

    assert (Attempts.objects.count() == 1) == is_same
    assert one not in Attempts.objects.first().asker


def test_old_attempts_are_forgotten(client, set_clock):
    set_clock(1404, 8, 1, 10, 0)
    client.get("/verify/ABC/")
    set_clock(1404, 8, 1, 11, 0)

    limits.forget()

    assert not Attempts.objects.exists()


# The issued files


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("visibility", ["public", "members", "secretariat"])
def test_who_reads_an_issued_file(client_of, role, visibility):
    document = issue(subject(visibility=visibility))
    readers = {"public": set(ROLES), "members": MEMBERS, "secretariat": {"secretariat"}}[visibility]

    client, latest = client_of(role, make.BodyFactory()), f"/issued/sample/{document.subject_id}.pdf"
    statuses = {client.get(address).status_code for address in (document.file_url, latest)}

    assert statuses == {200 if role in readers else 404}


def test_a_numbered_address_lasts_and_the_other_leads_to_the_latest(client):
    record = subject()
    first, second = issue(record), issue(record, occasion="again")

    def content(address):
        return b"".join(client.get(address).streaming_content)

    assert content(first.file_url) == bytes_of(first)
    assert content(f"/issued/sample/{record.pk}.pdf") == bytes_of(second)


def test_a_record_that_is_closed_later_closes_its_file(client):
    record = subject(title="عنوان محرمانه")
    document = issue(record)
    Announcement.objects.filter(pk=record.pk).update(visibility="secretariat")

    assert client.get(document.file_url).status_code == 404
    assert "محرمانه" not in text_of(client.get(document.get_absolute_url()))


def test_a_record_that_is_opened_later_does_not_open_its_file(client):
    record = subject(visibility="members")
    document = issue(record)
    Announcement.objects.filter(pk=record.pk).update(visibility="public")

    assert client.get(document.file_url).status_code == 404


def test_what_a_file_shows_besides_closes_it_too(client):
    part = subject(title="پیوست")
    document = issue()
    assert client.get(document.file_url).status_code == 200

    Announcement.objects.filter(pk=part.pk).update(visibility="secretariat")

    assert client.get(document.file_url).status_code == 404


@pytest.mark.parametrize("address", ["/issued/99.pdf", "/issued/sample/99.pdf", "/issued/none/1.pdf"])
def test_what_was_never_issued_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_an_issued_paper_shows_number_code_and_head(client):
    import pypdfium2

    first, second = issue(), issue()
    page = pypdfium2.PdfDocument(io.BytesIO(bytes_of(second)))[0].get_textpage().get_text_bounded()

    assert second.printed_code in page
    assert first.entry_hash[:8] in page
