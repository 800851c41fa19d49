"""Covers of reports and announcements: only pictures, small ones made by the queue, served to those who may read."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.files.checking import check
from council_portal.files.models import Damage, StoredFile
from council_portal.files.storing import store
from publications import covers
from publications.tasks import make_missing_cover_thumbnails
from tests import factories as make
from tests.admin.forms import open_form
from tests.files import samples
from tests.jobs import do_jobs
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}


@pytest.fixture
def cover() -> StoredFile:
    return store(samples.upload(samples.picture(size=(1200, 1700)), "جلد.png"), by=None)


def published(kind, cover, **fields):
    if kind == "edition":
        return make.EditionFactory(published=True, cover=cover, document__visibility=fields.get("visibility", "public"))
    return make.AnnouncementFactory(published=True, cover=cover, **({"visibility": "public"} | fields))


@pytest.mark.parametrize("kind", ["edition", "announcement"])
def test_a_cover_that_is_uploaded_gets_its_small_picture(client_of, kind):
    row = make.EditionFactory() if kind == "edition" else make.AnnouncementFactory()
    client, url = client_of("secretariat"), reverse(f"admin:publications_{kind}_change", args=[row.pk])
    picture = samples.upload(samples.picture(size=(1200, 1700)), "جلد.png")

    response = client.post(url, open_form(client, url) | {"cover": picture})
    do_jobs()

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.cover_thumbnail.height == 480
    assert row.cover_thumbnail_url.endswith("/cover/small/")


@pytest.mark.parametrize("kind", ["edition", "announcement"])
def test_a_cover_that_is_no_picture_is_refused_beside_its_field(client_of, kind):
    client, url = client_of("secretariat"), reverse(f"admin:publications_{kind}_add")
    values = open_form(client, url) | {"cover": samples.upload(samples.PDF, "جلد.pdf")}

    response = client.post(url, values)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["cover"]


@pytest.mark.parametrize("kind", ["edition", "announcement"])
def test_another_cover_gets_another_small_picture(kind, cover):
    row = published(kind, cover)
    covers.make_thumbnail(kind, row.pk)
    row.refresh_from_db()
    first = row.cover_thumbnail

    row.cover = store(samples.upload(samples.picture(colour="blue"), "b.png"), by=None)
    row.save()
    row.refresh_from_db()
    assert (row.cover_thumbnail, row.cover_thumbnail_url) == (None, row.cover_url)
    make_missing_cover_thumbnails.func(timestamp=0)
    do_jobs()

    row.refresh_from_db()
    assert row.cover_thumbnail not in (None, first)


@pytest.mark.parametrize("kind", ["edition", "announcement"])
def test_a_damaged_small_picture_is_made_anew(client, kind, cover):
    row = published(kind, cover)
    make_missing_cover_thumbnails.func(timestamp=0)
    do_jobs()
    row.refresh_from_db()
    spoil(row.cover_thumbnail)
    assert client.get(row.cover_thumbnail_url).status_code == 503

    make_missing_cover_thumbnails.func(timestamp=0)
    do_jobs()

    assert client.get(row.cover_thumbnail_url).status_code == 200
    assert not Damage.objects.open().exists()


def test_no_small_picture_is_made_of_a_damaged_cover(cover):
    row = published("edition", cover)
    spoil(cover)
    check(cover)

    make_missing_cover_thumbnails.func(timestamp=0)

    assert covers.without_thumbnail() == []
    assert row.cover_thumbnail is None


def spoil(file: StoredFile) -> None:
    file.content.storage.delete(file.content.name)
    file.content.storage.save(file.content.name, ContentFile(b"another"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["edition", "announcement"])
def test_covers_are_seen_by_those_who_may_read_what_they_belong_to(client_of, role, kind, cover):
    row = published(kind, cover, visibility=Visibility.MEMBERS)
    covers.make_thumbnail(kind, row.pk)
    row.refresh_from_db()
    client, status = client_of(role, make.BodyFactory()), 200 if role in MEMBERS else 404

    assert client.get(row.cover_url).status_code == client.get(row.cover_thumbnail_url).status_code == status


def test_lists_show_the_small_picture_and_pages_without_one_have_none(client, cover):
    report, announcement = published("edition", cover), published("announcement", cover)
    plain = published("announcement", None)
    for kind, row in (("edition", report), ("announcement", announcement)):
        covers.make_thumbnail(kind, row.pk)

    page = client.get("/publications/").text

    assert f"{report.get_absolute_url()}cover/small/" in page
    assert f"{announcement.get_absolute_url()}cover/small/" in page
    assert client.get(f"{plain.get_absolute_url()}cover/").status_code == 404
    assert "<img" not in client.get(plain.get_absolute_url()).text


def test_a_report_says_when_it_was_published_and_not_when_it_was_adopted(client):
    page = client.get(make.EditionFactory(published=True).document.get_absolute_url()).text

    assert "تاریخ انتشار" in page
    assert "تاریخ تصویب" not in page


def test_what_is_published_stands_in_a_feed(client):
    report = make.EditionFactory(published=True, document__summary="خلاصه گزارش")
    make.EditionFactory()
    make.EditionFactory(published=True, document__visibility=Visibility.MEMBERS)

    feed = client.get("/feeds/publications/").text

    assert feed.count("<entry>") == 1
    assert report.document.title in feed
    assert "خلاصه گزارش" in feed
    assert "/feeds/publications/" in client.get("/feeds/").text
