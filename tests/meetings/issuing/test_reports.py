"""The report of a meeting, which the secretariat publishes."""

from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from council_portal.files.storing import store
from council_portal.issuing import chain
from council_portal.issuing.models import Entry
from council_portal.issuing.papers import pdf_of
from council_portal.issuing.signing import signature_of
from council_portal.refusing import Refused
from meetings import minutes as rules
from meetings.issuing import REPORT, publish_report
from meetings.models import Meeting
from meetings.reports import meeting_report
from tests import factories as make
from tests.files.samples import upload
from tests.issuing.pdf_files import LINE, opened, pdf
from tests.jobs import do_jobs, waiting_jobs
from tests.roles import ROLES

from .samples import bytes_of, file_at, issue, issued, page, words_in

pytestmark = pytest.mark.django_db


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
