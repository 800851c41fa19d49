"""What is issued of publications: editions, when they are published; and what their page says of it."""

import pytest

from council_portal.issuing import register
from council_portal.issuing.models import Entry
from council_portal.refusing import Refused
from publications import publishing
from publications.models import Document
from tests import factories as make
from tests.jobs import do_jobs, waiting_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make.UserFactory(secretariat=True)


def test_publishing_an_edition_issues_it_once_and_its_page_leads_there(client, secretariat):
    edition = make.EditionFactory(text="<p>متن ویرایش</p>")

    for _ in range(2):
        publishing.publish(edition, by=secretariat)
    do_jobs()

    document = Entry.objects.get()
    page = client.get(edition.get_absolute_url()).content.decode()
    assert (document.kind, document.subject_id, document.entered_by) == ("edition", edition.pk, secretariat)
    assert document.file_url in page
    assert document.get_absolute_url() in page
    assert client.get(document.file_url).status_code == 200


def test_a_closed_edition_is_issued_for_its_readers(client, client_of, secretariat):
    edition = make.EditionFactory(text="<p>متن ویرایش</p>", document__visibility="members")
    publishing.publish(edition, by=secretariat)
    do_jobs()
    document = Entry.objects.get()

    assert client.get(document.file_url).status_code == 404
    assert client_of("member").get(document.file_url).status_code == 200


def test_without_a_certificate_nothing_is_published(secretariat, settings):
    settings.SIGNING_CERTIFICATE = ""
    edition = make.EditionFactory(text="<p>متن ویرایش</p>")

    with pytest.raises(Refused):
        publishing.publish(edition, by=secretariat)

    edition.refresh_from_db()
    assert edition.published_at is None


def test_an_edition_without_a_text_of_its_own_is_not_issued(secretariat):
    edition = make.EditionFactory(published=True, is_text_on_record=False, text="<p>متن</p>")
    assert waiting_jobs() == []

    publishing.put_on_record(edition, by=secretariat)

    assert [job.args["kind"] for job in waiting_jobs() if job.args.get("kind")] == ["edition"]


def test_a_withdrawn_edition_is_not_said_to_be_in_force(client, secretariat):
    edition = make.EditionFactory(document__kind="directive", text="<p>متن ویرایش</p>")
    article = make.ArticleFactory(edition=edition)
    publishing.publish(edition, by=secretariat)
    do_jobs()
    register.withdraw(Entry.objects.get(), by=secretariat, because="پیش از تصویب صادر شده بود")

    pages = [client.get(address).content.decode() for address in (edition.get_absolute_url(), article.history_url)]
    lists = client.get("/publications/").content.decode()

    for page in pages:
        assert "دارای اعتبار" not in page
        assert "این ویرایش در" in page
        assert "پس گرفته شد: پیش از تصویب صادر شده بود" in page
    assert "status--quiet" in lists
    assert "دارای اعتبار" not in lists


def test_an_edition_that_was_issued_anew_after_its_withdrawal_is_in_force(client, secretariat):
    edition = make.EditionFactory(document__kind="directive", text="<p>متن ویرایش</p>")
    publishing.publish(edition, by=secretariat)
    do_jobs()
    document = Entry.objects.get()
    register.withdraw(document, by=secretariat, because="غلط")
    register.reissue_later(document, by=secretariat, because="رفع غلط")
    do_jobs()

    assert "دارای اعتبار" in client.get(edition.get_absolute_url()).content.decode()


def test_why_it_was_withdrawn_is_not_said_to_whom_its_document_is_closed(client, secretariat):
    edition = make.EditionFactory(text="<p>متن ویرایش</p>", document__visibility="members")
    publishing.publish(edition, by=secretariat)
    do_jobs()
    register.withdraw(Entry.objects.get(), by=secretariat, because="دلیل محرمانه")
    Document.objects.update(visibility="public")

    page = client.get(edition.get_absolute_url()).content.decode()

    assert "این ویرایش پس گرفته شده است." in page
    assert "دلیل محرمانه" not in page
