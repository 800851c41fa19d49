import pytest
from django.urls import reverse

from meetings.holding import Refused
from publications import publishing
from publications.models import Edition
from tests import factories as make
from tests.admin.forms import new_row, open_form


@pytest.fixture
def by(db):
    return make.UserFactory(secretariat=True)


def test_an_edition_is_published_once_with_who_and_when(by):
    edition = make.ArticleFactory().edition

    published = publishing.publish(edition, by=by)
    again = publishing.publish(edition, by=make.UserFactory(secretariat=True))

    assert (published.published_by, again.published_by) == (by, by)
    assert again.published_at == published.published_at


@pytest.mark.parametrize(
    ("kind", "is_known", "is_reminded"),
    [("directive", False, True), ("directive", True, False), ("report", False, False)],
)
def test_who_publishes_is_reminded_of_the_meeting_that_adopted_it(client_of, kind, is_known, is_reminded):
    adopted_in = make.MeetingFactory(held=True) if is_known else None
    edition = make.EditionFactory(document__kind=kind, adopted_in=adopted_in, text="<p>متن</p>")
    client, url = client_of("secretariat"), reverse("admin:publications_edition_change", args=[edition.pk])

    asked = client.get(client.post(url, open_form(client, url) | {"_step": "publish"}).url).text

    assert "برای همیشه" in asked
    assert ("نشستی که آن را تصویب کرده ثبت نشده" in asked) is is_reminded


def test_an_empty_edition_is_not_published(by):
    with pytest.raises(Refused):
        publishing.publish(make.EditionFactory(), by=by)

    assert not Edition.objects.published().exists()


@pytest.mark.parametrize("kind", ["charter", "bylaws"])
def test_what_a_meeting_adopts_is_not_published_without_it_unless_that_is_confirmed(by, client_of, kind):
    edition = make.ArticleFactory(edition__document__kind=kind).edition
    with pytest.raises(Refused):
        publishing.publish(edition, by=by)
    client, step = client_of("secretariat"), f"/admin/publications/edition/{edition.pk}/steps/publish/"

    asked = client.get(step).text
    refused = client.post(step, {"without_adoption": ""})
    assert not Edition.objects.published().exists()
    client.post(step, {"without_adoption": "on"})

    assert "بدون نشست تصویب‌کننده منتشر شود" in asked
    assert "معلوم نیست این ویرایش در کدام نشست تصویب شده است" in refused.text
    assert Edition.objects.published().get() == edition


@pytest.mark.parametrize(("kind", "is_adopted"), [("bylaws", True), ("directive", False), ("report", False)])
def test_nothing_is_to_be_confirmed_where_the_meeting_is_on_record_or_none_adopts_it(client_of, kind, is_adopted):
    meeting = make.MeetingFactory(held=True) if is_adopted else None
    edition = make.ArticleFactory(edition__document__kind=kind, edition__adopted_in=meeting).edition
    client, step = client_of("secretariat"), f"/admin/publications/edition/{edition.pk}/steps/publish/"

    asked = client.get(step).text
    client.post(step, {"without_adoption": ""})

    assert "without_adoption" not in asked
    assert Edition.objects.published().get() == edition


def test_the_text_found_of_an_old_edition_is_read_once_it_is_declared_complete(by, client):
    edition = make.EditionFactory(published=True, is_text_on_record=False)
    with pytest.raises(Refused):
        publishing.put_on_record(edition, by=by)
    make.ArticleFactory(edition=edition, text="<p>متن یافته</p>")
    assert "متن یافته" not in client.get(edition.get_absolute_url()).text

    edition = publishing.put_on_record(edition, by=by)

    assert edition.is_frozen
    assert "متن یافته" in client.get(edition.get_absolute_url()).text


def test_the_secretariat_enters_the_text_found_of_an_old_edition(client_of):
    edition = make.EditionFactory(published=True, is_text_on_record=False)
    client, url = client_of("secretariat"), reverse("admin:publications_edition_change", args=[edition.pk])
    values = new_row(open_form(client, url), "articles", number="۱", text="<p>متن یافته</p>") | {
        "_step": "put-on-record"
    }

    client.post(client.post(url, values).url)

    edition.refresh_from_db()
    assert (edition.is_text_on_record, edition.articles.get().number) == (True, 1)
    assert 'name="text"' not in client.get(url).text


def test_an_announcement_is_published_and_withdrawn_with_a_reason(by):
    announcement = publishing.announce(make.AnnouncementFactory(), by=by)

    with pytest.raises(Refused):
        publishing.withdraw(announcement, by=by, because=" ")
    announcement = publishing.withdraw(announcement, by=by, because="زمان تغییر کرد")

    assert announcement.published_at
    assert (announcement.withdrawn_by, announcement.withdrawn_because) == (by, "زمان تغییر کرد")


def test_what_was_not_published_is_not_withdrawn(by):
    with pytest.raises(Refused):
        publishing.withdraw(make.AnnouncementFactory(), by=by, because="زمان تغییر کرد")
