"""Publications, a document in its editions, announcements and their files."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.files.kinds import PDF
from council_portal.files.storing import keep
from council_portal.persian.partial_date import PartialDate
from publications.models import Document
from tests import factories as make
from tests.roles import ROLES

pytestmark = pytest.mark.django_db

PUBLICATIONS, ANNOUNCEMENTS = "/publications/", "/publications/announcements/"
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}


@pytest.fixture
def body():
    return make.BodyFactory()


@pytest.fixture
def stored():
    return keep(ContentFile(b"%PDF-1.4"), PDF, name="asasname.pdf", by=None)


def text_of(response) -> str:
    return response.content.decode()


def published(**fields):
    return make.EditionFactory(published=True, **fields)


@pytest.mark.parametrize("address", [PUBLICATIONS, ANNOUNCEMENTS])
def test_an_empty_page_says_what_belongs_there(client, address):
    assert 'class="empty"' in text_of(client.get(address))


def test_publications_are_grouped_by_their_kind(client):
    documents = {kind: published(document__kind=kind, number=1).document for kind in Document.Kind.values}

    context = client.get(PUBLICATIONS).context

    assert context["charter_and_bylaws"] == [documents["charter"], documents["bylaws"]]
    assert context["directives"] == [documents["directive"]]
    assert [*context["reports"]] == [documents["report"]]


def test_reports_of_the_latest_meetings_come_first(client):
    undated, old, new = (
        published(document__meeting=make.MeetingFactory(held=True, held_on=day)).document
        for day in (None, PartialDate.year(1390), PartialDate.year(1400))
    )

    assert [*client.get(PUBLICATIONS).context["reports"]] == [new, old, undated]


@pytest.mark.parametrize("page", ["0", "x", "2"])
@pytest.mark.parametrize("address", [PUBLICATIONS, ANNOUNCEMENTS])
def test_a_page_that_there_is_not_is_missing(client, address, page):
    assert client.get(address, {"page": page}).status_code == 404


def test_articles_have_anchors_notes_and_contents(client):
    edition = make.EditionFactory(number=1)
    article = make.ArticleFactory(edition=edition, number=5, heading="دبیرخانه", text="<p>متن ماده پنج</p>")
    make.ArticleNoteFactory(article=article, number=1, text="<p>متن تبصره</p>")
    type(edition).objects.filter(pk=edition.pk).update(published_at=timezone.now())

    page = text_of(client.get(edition.document.get_absolute_url()))

    assert 'id="article-5"' in page
    assert '<li><a href="#article-5">' in page
    assert "متن ماده پنج" in page
    assert "متن تبصره" in page


def test_a_text_that_is_not_on_record_says_how_many_articles_it_has(client):
    edition = published(articles_stated=11)

    page = text_of(client.get(edition.document.get_absolute_url()))

    assert 'class="empty"' in page
    assert "۱۱" in page


def test_a_document_shows_the_edition_in_force_and_leads_to_the_others(client):
    document = make.DocumentFactory()
    old, now, coming = (
        published(document=document, number=number, text=f"<p>متن {number}</p>", in_force_from=day)
        for number, day in [(1, None), (2, PartialDate.year(1400)), (3, PartialDate.year(1500))]
    )

    response = client.get(document.get_absolute_url())

    assert response.context["edition"] == now
    assert response.context["previous_url"] == old.get_absolute_url()
    assert response.context["next_url"] == coming.get_absolute_url()
    assert "متن 1" in text_of(client.get(old.get_absolute_url()))


def test_an_edition_names_the_meeting_that_adopted_it_to_those_who_may_know_it(client, client_of):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), visibility=Visibility.SECRETARIAT)
    edition = published(adopted_in=meeting)

    assert meeting.get_absolute_url() not in text_of(client.get(edition.get_absolute_url()))
    assert meeting.get_absolute_url() in text_of(client_of("secretariat").get(edition.get_absolute_url()))


@pytest.mark.parametrize("role", ROLES)
def test_documents_are_seen_by_those_who_may(client_of, role, body):
    edition = published(document__visibility=Visibility.MEMBERS)
    client, status = client_of(role, body), 200 if role in MEMBERS else 404

    assert client.get(edition.document.get_absolute_url()).status_code == status
    assert client.get(edition.get_absolute_url()).status_code == status
    assert (edition.document.title in text_of(client.get(PUBLICATIONS))) == (role in MEMBERS)


@pytest.mark.parametrize("role", ROLES)
def test_draft_editions_are_the_secretariats(client_of, role, body):
    first = published(number=1)
    draft = make.EditionFactory(document=first.document, number=2)
    client = client_of(role, body)

    assert client.get(draft.get_absolute_url()).status_code == (200 if role == "secretariat" else 404)
    listed = draft in client.get(first.document.get_absolute_url()).context["document"].seen_editions
    assert listed == (role == "secretariat")


def test_a_document_without_an_edition_is_the_secretariats(client, client_of):
    document = make.DocumentFactory()

    assert client.get(document.get_absolute_url()).status_code == 404
    assert client_of("secretariat").get(document.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "address", ["/publications/no-such/", "/publications/announcements/0/", "/publications/announcements/99/a.pdf"]
)
def test_what_is_not_there_is_missing(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99999999999999999999])
def test_an_edition_that_there_is_not_is_missing(client, number):
    edition = published(number=1)

    assert client.get(f"{edition.document.get_absolute_url()}editions/{number}/").status_code == 404


# Files


@pytest.mark.parametrize("role", ROLES)
def test_files_are_handed_out_to_those_who_may_read_what_they_belong_to(client_of, role, stored, body):
    edition = published(document__visibility=Visibility.MEMBERS, file=stored, cover=stored)
    announcement = make.AnnouncementFactory(published=True, file=stored)
    client = client_of(role, body)

    for address in (edition.file_url, edition.cover_url, announcement.file_url):
        assert client.get(address).status_code == (200 if role in MEMBERS else 404)


def test_a_file_has_one_address(client, stored):
    edition = published(file=stored)
    without = published()

    assert edition.file_url in text_of(client.get(edition.get_absolute_url()))
    assert client.get(f"{edition.get_absolute_url()}other.pdf").status_code == 404
    assert client.get(f"{without.get_absolute_url()}{stored.name}").status_code == 404
    assert client.get(f"{without.get_absolute_url()}cover/").status_code == 404


# Announcements


def test_announcements_are_listed_with_the_latest_first(client):
    now = timezone.now()
    old, new = (
        make.AnnouncementFactory(visibility=Visibility.PUBLIC, published_at=now - timezone.timedelta(days=days))
        for days in (9, 1)
    )

    assert [*client.get(ANNOUNCEMENTS).context["page"]] == [new, old]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("situation", [{"published": True}, {}], ids=["published", "draft"])
def test_announcements_are_seen_by_those_who_may(client_of, role, situation, body):
    announcement = make.AnnouncementFactory(title="اطلاعیه بسته", **situation)
    client, readers = client_of(role, body), MEMBERS if situation else {"secretariat"}

    assert client.get(announcement.get_absolute_url()).status_code == (200 if role in readers else 404)
    assert ("اطلاعیه بسته" in text_of(client.get(ANNOUNCEMENTS))) == (role in readers)


def test_a_withdrawn_announcement_says_so_and_why(client, stored):
    announcement = make.AnnouncementFactory(
        published=True, visibility=Visibility.PUBLIC, title="اطلاعیه لغوشده", text="<p>متن پنهان</p>", file=stored,
        withdrawn_at=timezone.now(), withdrawn_because="تاریخ نادرست بود",
    )  # fmt: skip

    response = client.get(announcement.get_absolute_url())

    assert response.status_code == 410
    assert "تاریخ نادرست بود" in text_of(response)
    assert "متن پنهان" not in text_of(response)
    assert client.get(announcement.file_url).status_code == 404
    assert "اطلاعیه لغوشده" not in text_of(client.get(ANNOUNCEMENTS))


def test_a_withdrawn_announcement_that_was_closed_stays_unknown(client):
    announcement = make.AnnouncementFactory(
        published=True, withdrawn_at=timezone.now(), withdrawn_because="تاریخ نادرست بود"
    )

    assert client.get(announcement.get_absolute_url()).status_code == 404


# Queries


@pytest.mark.parametrize("role", ["visitor", "member", "secretariat"])
def test_queries_do_not_grow_with_the_rows(client_of, role, body):
    document = published(number=1, document__kind=Document.Kind.BYLAWS).document
    addresses = [PUBLICATIONS, ANNOUNCEMENTS, document.get_absolute_url()]
    client = client_of(role, body)

    grow(document, 2)
    before = [queries_of(client, address) for address in addresses]
    for number in range(3, 6):
        grow(document, number)

    assert [queries_of(client, address) for address in addresses] == before


def grow(document, number):
    draft = make.EditionFactory(document=document, number=number, adopted_in=make.MeetingFactory(held=True))
    make.ArticleNoteFactory(article=make.ArticleFactory(edition=draft))
    make.ArticleNoteFactory(article=make.ArticleFactory(edition=draft))
    type(draft).objects.filter(pk=draft.pk).update(published_at=timezone.now())
    published(document__meeting=make.MeetingFactory(held=True), adopted_in=make.MeetingFactory(held=True))
    published(document__kind=Document.Kind.DIRECTIVE)
    make.AnnouncementFactory(published=True, visibility=Visibility.PUBLIC)


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
