"""What is issued of meetings: minutes and excerpts, when they are published; who reads them; what pages say of them."""

import io
from datetime import time

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.files.storing import store
from council_portal.issuing import chain, register
from council_portal.issuing.models import Entry
from council_portal.issuing.papers import pdf_of
from council_portal.issuing.signing import NoCertificate, signature_of
from council_portal.refusing import Refused
from meetings import minutes as rules
from meetings.issuing import EXCERPT, MINUTES, REPORT, publish_report
from meetings.models import Decision, Meeting
from meetings.reports import meeting_report
from members.models import Organization
from tests import factories as make
from tests.files.samples import upload
from tests.issuing.pdf_files import LINE, opened, pdf
from tests.issuing.samples import known
from tests.jobs import do_jobs, waiting_jobs
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}
BODY_MEMBERS = {"body_member", "officer", "secretariat"}


@pytest.fixture
def secretariat():
    return make.UserFactory(secretariat=True)


def approved_minutes(*, of="public", meeting="public", item="public", more=()):
    """Minutes of the assembly that wait for their publication, with one decision; each of such a visibility."""
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True, visibility=meeting)
    about = make.AgendaItemFactory(meeting=meeting, position=1, title="گزارش نمونه", visibility=item)
    for position, values in enumerate(more, start=2):
        make.AgendaItemFactory(meeting=meeting, position=position, **values)
    decision = make.DecisionFactory(meeting=meeting, agenda_item=about, numbered=True, visibility="public")
    make.AssignmentFactory(decision=decision)
    return make.MinutesFactory(meeting=meeting, approved=True, visibility=of)


@pytest.fixture
def approved():
    return approved_minutes()


def issue(minutes):
    """Publish minutes, and let the queue do what there is to do."""
    rules.publish(minutes, by=make.UserFactory(secretariat=True))
    do_jobs()


@pytest.fixture
def published(approved):
    issue(approved)
    approved.refresh_from_db()
    return approved


def issued(kind) -> Entry:
    """The latest document of a kind, with what became of it."""
    return Entry.objects.issued().filter(kind=kind.name).newest_first().with_fate().first()


def page(client, record) -> str:
    return client.get(record.get_absolute_url()).content.decode()


def words_in(document: Entry) -> str:
    with document.file.content.open("rb") as content:
        pages = pypdfium2.PdfDocument(io.BytesIO(content.read()))
        return " ".join(page.get_textpage().get_text_bounded() for page in pages)


def source_of(content: bytes) -> str:
    """The text that an archival document is made of, which it carries: what is read out of its pages is in disorder."""
    with opened(content) as document:
        return document.attachments["source.html"].get_file().read_bytes().decode()


# Publishing


def test_publishing_minutes_issues_them_and_an_excerpt_of_each_decision_once(approved, secretariat):
    for _ in range(2):
        rules.publish(approved, by=secretariat)
    do_jobs()

    decision = approved.meeting.decisions.get()
    documents = [(document.kind, document.subject_id) for document in Entry.objects.order_by("number")]
    assert documents == [("minutes", approved.pk), ("excerpt", decision.pk)]
    assert {document.entered_by for document in Entry.objects.all()} == {secretariat}
    assert issued(MINUTES).printed_code in words_in(issued(MINUTES))


def test_without_a_certificate_minutes_are_not_published(approved, secretariat, settings):
    settings.SIGNING_CERTIFICATE = ""

    with pytest.raises(NoCertificate):
        rules.publish(approved, by=secretariat)

    approved.refresh_from_db()
    assert approved.published_at is None


def test_a_corrigendum_issues_the_minutes_anew_in_the_place_of_the_first(published, secretariat):
    first = issued(MINUTES)

    for _ in range(2):
        rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه در نگارش")
    do_jobs()

    second = issued(MINUTES)
    assert (second.supersedes, second.occasion, second.reason) == (first, "corrigendum-1", "اصلاحیه ۱")
    assert known(first).state == "superseded"
    assert Entry.objects.filter(kind="minutes").count() == 2


def test_a_corrigendum_of_minutes_that_are_not_published_stands_in_what_is_issued_then(approved, secretariat):
    rules.correct(approved, by=secretariat, text="متن درست", reason="اشتباه در نگارش")
    assert waiting_jobs() == []

    rules.publish(approved, by=secretariat)
    do_jobs()

    assert issued(MINUTES).occasion == "corrigendum-1"


def test_what_is_asked_for_of_one_subject_is_done_one_after_the_other(published, secretariat):
    rules.correct(published, by=secretariat, text="متن درست", reason="یک")
    rules.correct(published, by=secretariat, text="متن درست‌تر", reason="دو")

    locks = {job.lock for job in waiting_jobs() if job.args.get("kind") == "minutes"}
    assert locks == {f"issue-minutes-{published.pk}"}


# Who reads what


@pytest.mark.parametrize(
    ("of", "meeting", "readers"),
    [
        ("public", "public", set(ROLES)),
        ("members", "public", MEMBERS),
        ("public", "body", BODY_MEMBERS),
        ("secretariat", "public", {"secretariat"}),
    ],
)
def test_who_reads_issued_minutes_and_others_learn_only_that_they_were_issued(client_of, of, meeting, readers):
    minutes = approved_minutes(of=of, meeting=meeting)
    issue(minutes)
    document = issued(MINUTES)

    clients = {role: client_of(role, minutes.meeting.body) for role in ROLES}
    answers = {role: client.get(document.get_absolute_url()) for role, client in clients.items()}
    assert {role for role, client in clients.items() if client.get(document.file_url).status_code == 200} == readers
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {role for role, answer in answers.items() if document.title in answer.text} == readers


def test_an_excerpt_is_issued_for_those_who_may_read_its_agenda_item(client_of):
    minutes = approved_minutes(item="body")
    issue(minutes)

    document = issued(EXCERPT)
    assert document.visibility == "body"
    assert client_of("member").get(document.file_url).status_code == 404
    assert client_of("body_member", minutes.meeting.body).get(document.file_url).status_code == 200


@pytest.mark.parametrize(
    "close",
    [
        lambda minutes: Organization.objects.update(visibility="members"),
        lambda minutes: Decision.objects.filter(meeting=minutes.meeting).update(visibility="members"),
        lambda minutes: Meeting.objects.filter(pk=minutes.meeting_id).update(visibility="members"),
    ],
    ids=["organization", "decision", "meeting"],
)
def test_what_is_closed_later_closes_the_minutes_that_show_it(client, client_of, published, close):
    document = issued(MINUTES)
    assert client.get(document.file_url).status_code == 200

    close(published)

    assert client.get(document.file_url).status_code == 404
    assert client_of("member").get(document.file_url).status_code == 200


def test_a_closed_item_is_not_in_the_minutes_that_others_read(client):
    issue(approved_minutes(more=[{"closed": True, "title": "موضوع محرمانه"}]))

    text = source_of(bytes_of(issued(MINUTES)))
    assert "گزارش نمونه" in text
    assert "محرمانه" not in text
    assert client.get(issued(MINUTES).file_url).status_code == 200


# The pages


def test_the_pages_of_the_meeting_and_the_decision_say_what_was_issued(client, published):
    decision = published.meeting.decisions.get()

    for record, document in ((published.meeting, issued(MINUTES)), (decision, issued(EXCERPT))):
        assert document.file_url in page(client, record)
        assert document.get_absolute_url() in page(client, record)


def test_a_page_does_not_tell_of_a_document_that_its_reader_may_not_read(client_of, published):
    document = issued(MINUTES)
    type(published).objects.filter(pk=published.pk).update(visibility="secretariat")

    assert document.printed_code not in page(client_of("member"), published.meeting)


def test_a_withdrawn_document_is_marked_on_its_page(client, published, secretariat):
    register.withdraw(issued(EXCERPT), by=secretariat, because="اشتباه در متن")

    assert "پس‌گرفته" in page(client, published.meeting.decisions.get())


def test_the_page_asks_as_often_however_much_the_minutes_show(client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, minutes.meeting)
        return len(captured)

    minutes = approved_minutes(more=[{"presenter": make.PersonFactory(visibility="public")} for _ in range(4)])
    rules.publish(minutes, by=make.UserFactory(secretariat=True))
    before = queries()
    do_jobs()

    assert queries() <= before + 9


# What was published before there was a register


def test_the_command_issues_what_was_published_before_and_once(capsys):
    decision = make.DecisionFactory(published=True)
    minutes = make.MinutesFactory(meeting=decision.meeting, published=True)
    make.MinutesFactory(approved=True)

    for _ in range(2):
        call_command("issue_published")

    assert [(entry.kind, entry.subject_id) for entry in Entry.objects.order_by("number")] == [
        ("minutes", minutes.pk),
        ("excerpt", decision.pk),
    ]
    assert "1/2" in capsys.readouterr().out


def test_the_command_goes_on_where_it_was_stopped(monkeypatch):
    minutes = [make.MinutesFactory(published=True) for _ in range(2)]
    register.issue(minutes[0], MINUTES, by=None)

    call_command("issue_published", kind=["minutes"], verbosity=0)

    assert list(Entry.objects.values_list("subject_id", flat=True)) == [one.pk for one in minutes]


def test_the_command_leaves_what_was_withdrawn_and_issues_what_was_corrected_since():
    withdrawn, corrected = (make.MinutesFactory(published=True) for _ in range(2))
    register.withdraw(register.issue(withdrawn, MINUTES, by=None), by=None, because="اشتباه")
    register.issue(corrected, MINUTES, by=None)
    make.CorrigendumFactory(minutes=corrected, number=1)

    call_command("issue_published", verbosity=0)

    assert [(entry.subject_id, entry.occasion) for entry in Entry.objects.filter(number__gt=3)] == [
        (corrected.pk, "corrigendum-1")
    ]


def test_the_command_can_leave_it_to_the_queue_or_only_count(capsys):
    make.MinutesFactory(published=True)

    call_command("issue_published", dry_run=True)
    assert waiting_jobs() == []
    call_command("issue_published", later=True)
    do_jobs()

    assert Entry.objects.count() == 1


def test_without_a_certificate_the_command_says_so(settings):
    settings.SIGNING_CERTIFICATE = ""
    make.MinutesFactory(published=True)

    with pytest.raises(CommandError, match="گواهی"):
        call_command("issue_published", verbosity=0)


# The addresses of the papers


def file_at(client, address) -> bytes:
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def bytes_of(document: Entry) -> bytes:
    with document.file.content.open("rb") as content:
        return content.read()


def papers_of(minutes) -> tuple[str, str]:
    decision = minutes.meeting.decisions.get()
    return f"{minutes.meeting.get_absolute_url()}minutes.pdf", f"{decision.get_absolute_url()}excerpt.pdf"


def test_the_addresses_of_the_papers_hand_out_the_issued_files(client, published):
    minutes, excerpt = papers_of(published)

    assert file_at(client, minutes) == bytes_of(issued(MINUTES))
    assert file_at(client, excerpt) == bytes_of(issued(EXCERPT))
    tag = client.get(minutes)["ETag"]
    assert client.get(minutes, headers={"if-none-match": tag}).status_code == 304


def test_a_paper_is_made_anew_until_its_corrigendum_is_issued(client, published, secretariat):
    minutes, _excerpt = papers_of(published)
    first = bytes_of(issued(MINUTES))

    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه")
    between = file_at(client, minutes)
    do_jobs()

    assert between not in (first, bytes_of(issued(MINUTES)))
    assert file_at(client, minutes) == bytes_of(issued(MINUTES))


def test_the_address_of_a_withdrawn_paper_leads_to_the_page_that_says_so(client, published, secretariat):
    register.withdraw(issued(MINUTES), by=secretariat, because="اشتباه در متن")

    answer = client.get(papers_of(published)[0])

    assert (answer.status_code, answer.url) == (302, issued(MINUTES).get_absolute_url())


def test_whoever_may_not_read_the_issued_file_has_what_they_may_see(client, published):
    Organization.objects.update(visibility="members")

    shown = file_at(client, papers_of(published)[0])

    assert shown.startswith(b"%PDF")
    assert shown != bytes_of(issued(MINUTES))


# The report


def report(minutes, secretariat, **values):
    publish_report(minutes.meeting, by=secretariat, **values)
    do_jobs()
    return issued(REPORT)


def test_the_secretariat_publishes_the_report_of_a_meeting_once(client, published, secretariat):
    head = chain.head()

    for _ in range(2):
        publish_report(published.meeting, by=secretariat)
    do_jobs()

    document = issued(REPORT)
    assert Entry.objects.filter(kind="report").count() == 1
    assert document.previous_hash == head
    assert head[:8] in words_in(document)
    assert document.file_url in page(client, published.meeting)
    assert file_at(client, f"{published.meeting.get_absolute_url()}report.pdf") == bytes_of(document)


def test_the_stamp_leaves_the_cover_its_page(published, secretariat):
    facts = {"title": "موضوع نمونه", "venue": "تالار نمونه", "starts_at": time(9), "host": make.OrganizationFactory()}
    Meeting.objects.filter(pk=published.meeting_id).update(**facts)
    published.refresh_from_db()

    content = bytes_of(report(published, secretariat))

    with opened(content) as issued_file, opened(pdf_of(meeting_report(published.meeting))) as made:
        assert len(issued_file.pages) == len(made.pages)


def test_another_report_takes_its_place_with_a_reason(client, published, secretariat):
    first = report(published, secretariat)

    with pytest.raises(Refused, match="چرا"):
        publish_report(published.meeting, by=secretariat)
    second = report(published, secretariat, because="سخنرانی‌ها افزوده شد")

    assert (second.supersedes, second.reason) == (first, "سخنرانی‌ها افزوده شد")
    answer = client.get(first.get_absolute_url())
    assert second.get_absolute_url() in answer.text


def test_after_a_corrigendum_the_report_is_made_anew_until_it_is_published_again(client, published, secretariat):
    first = report(published, secretariat)
    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه")
    address = f"{published.meeting.get_absolute_url()}report.pdf"
    assert file_at(client, address) != bytes_of(first)

    second = report(published, secretariat, because="اصلاحیه")

    assert file_at(client, address) == bytes_of(second)


def test_one_changed_byte_of_a_report_is_found(client, published, secretariat):
    changed = bytearray(bytes_of(report(published, secretariat)))
    changed[len(changed) // 2] ^= 1

    answer = client.post("/verify/", {"file": SimpleUploadedFile("report.pdf", bytes(changed))})

    assert answer.context["answer"].verdict == "altered"


def test_a_report_waits_for_the_minutes(approved, secretariat):
    with pytest.raises(Refused):
        publish_report(approved.meeting, by=secretariat)


def test_the_pages_of_attached_files_are_in_the_signed_report(published, secretariat):
    slides = store(upload(pdf((595, 842), (842, 595)), "slides.pdf"), by=None)
    make.MaterialFactory(meeting=published.meeting, kind="presentation", file=slides, text="", visibility="public")

    content = bytes_of(report(published, secretariat))

    with opened(content) as document:
        drawings = [one for page in document.pages for one in page.resources.get("/XObject", {}).values()]
        attached = {one.objgen for one in drawings if one.Subtype == "/Form" and LINE in one.read_bytes()}
    assert len(attached) == 2
    assert signature_of(content, at=issued(REPORT).entered_at).is_whole


@pytest.mark.parametrize("role", ROLES)
def test_who_publishes_a_report(client_of, approved, role):
    issue(approved)
    address = f"/desk/meetings/{approved.meeting_id}/steps/publish-report/"

    client_of(role, approved.meeting.body).post(address, {"confirmed": "1"})

    assert bool([job for job in waiting_jobs() if job.args.get("kind") == "report"]) is (role == "secretariat")


def test_the_step_asks_for_a_reason_where_there_is_a_report(client_of, published, secretariat):
    report(published, secretariat)
    address = f"/desk/meetings/{published.meeting_id}/steps/publish-report/"

    answer = client_of("secretariat").post(address, {"because": ""})

    assert answer.context["form"].errors["because"]


# Those who may see more than an issued file shows


@pytest.mark.parametrize(("role", "sees_more"), [("visitor", False), ("member", False), ("body_member", True)])
def test_who_may_see_more_than_was_issued_has_a_paper_of_it(client_of, role, sees_more):
    minutes = approved_minutes(more=[{"title": "موضوع محرمانه", "visibility": "body"}])
    issue(minutes)
    client, address = client_of(role, minutes.meeting.body), papers_of(minutes)[0]

    assert (f"{address}?closed=1" in page(client, minutes.meeting)) is sees_more
    assert file_at(client, address) == bytes_of(issued(MINUTES))
    assert ("موضوع محرمانه" in source_of(file_at(client, f"{address}?closed=1"))) is sees_more
