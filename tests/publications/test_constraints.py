import pytest
from django.db import DatabaseError, transaction

from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def test_a_published_edition_is_frozen_with_its_articles_and_notes():
    edition = make.EditionFactory()
    note = make.ArticleNoteFactory(article__edition=edition)
    update(note, text="<p>پیش از انتشار</p>")
    update(edition, published_at="2024-01-01T00:00:00Z")

    refused(lambda: update(edition, text="<p>دیگر</p>"))
    refused(edition.delete)
    refused(lambda: make.ArticleFactory(edition=edition))
    refused(lambda: update(note.article, text="<p>دیگر</p>"))
    refused(lambda: update(note, text="<p>دیگر</p>"))
    refused(note.delete)


def test_the_text_that_was_not_on_record_is_entered_once_and_then_frozen():
    edition = make.EditionFactory(published=True, is_text_on_record=False)
    article = make.ArticleFactory(edition=edition)
    update(article, text="<p>درست‌تر</p>")
    update(edition, text="<p>دیباچه</p>")
    refused(lambda: update(edition, number=7))

    update(edition, is_text_on_record=True)

    refused(lambda: update(edition, is_text_on_record=False))
    refused(lambda: update(edition, text=""))
    refused(lambda: update(article, text="<p>دیگر</p>"))


def test_there_is_one_charter_and_one_set_of_bylaws():
    make.DocumentFactory(kind="charter")
    make.DocumentFactory(kind="bylaws")

    refused(lambda: make.DocumentFactory(kind="charter"))
    refused(lambda: make.DocumentFactory(kind="bylaws"))
    make.DocumentFactory(kind="report")
    make.DocumentFactory(kind="report")


def test_a_published_announcement_is_withdrawn_not_deleted():
    announcement = make.AnnouncementFactory(published=True)

    refused(announcement.delete)
    refused(lambda: update(announcement, withdrawn_at="2024-01-01T00:00:00Z"))
    update(announcement, withdrawn_at="2024-01-01T00:00:00Z", withdrawn_because="اشتباه")
