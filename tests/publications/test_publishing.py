import pytest

from meetings.holding import Refused
from publications import publishing
from publications.models import Edition
from tests import factories as make


@pytest.fixture
def by(db):
    return make.UserFactory(secretariat=True)


def test_an_edition_is_published_once_with_who_and_when(by):
    edition = make.ArticleFactory().edition

    published = publishing.publish(edition, by=by)
    again = publishing.publish(edition, by=make.UserFactory(secretariat=True))

    assert (published.published_by, again.published_by) == (by, by)
    assert again.published_at == published.published_at


def test_an_empty_edition_is_not_published(by):
    with pytest.raises(Refused):
        publishing.publish(make.EditionFactory(), by=by)

    assert not Edition.objects.published().exists()


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
