"""Publishing minutes issues them, and an excerpt of each decision; the pages say so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.issuing import register
from council_portal.issuing.models import Entry
from council_portal.issuing.signing import NoCertificate
from meetings import minutes as rules
from meetings.issuing import EXCERPT, MINUTES
from tests import factories as make
from tests.issuing.samples import known
from tests.jobs import do_jobs, waiting_jobs

from .samples import approved_minutes, issued, page, words_in

pytestmark = pytest.mark.django_db


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
