"""The next edition begins as a copy of the last one, and can be renumbered as its article comes in the middle."""

import pytest
from django.urls import reverse

from meetings.holding import Refused
from publications import publishing
from publications.models import Edition
from publications.next_edition import begin_next, fill
from tests import factories as make
from tests.admin.forms import new_row, open_form


@pytest.fixture
def by(db):
    return make.UserFactory(secretariat=True)


@pytest.fixture
def last(by) -> Edition:
    """A published edition of two articles, the first with a note."""
    edition = make.EditionFactory(number=1, text="<p>دیباچه</p>", document__kind="bylaws")
    first = make.ArticleFactory(edition=edition, number=1, heading="یک", text="<p>متن یک</p>")
    make.ArticleNoteFactory(article=first, number=1, text="<p>تبصره یک</p>")
    make.ArticleFactory(edition=edition, number=2, heading="دو", text="<p>متن دو</p>")
    return publishing.publish(edition, by=by, without_adoption=True)


def texts(edition) -> list:
    return [
        (one.number, one.heading, one.text, [note.text for note in one.notes.order_by("number")])
        for one in edition.articles.order_by("number")
    ]


def test_it_has_the_text_the_articles_and_the_notes_of_the_last(last, by):
    edition = begin_next(last.document, by=by)

    assert (edition.number, edition.text, edition.published_at) == (2, "<p>دیباچه</p>", None)
    assert texts(edition) == texts(last)
    assert (edition.adopted_in, edition.in_force_from, edition.file) == (None, None, None)


def test_a_document_without_an_edition_begins_with_the_first(by):
    assert begin_next(make.DocumentFactory(), by=by).number == 1


def test_while_one_is_a_draft_no_other_is_begun(last, by):
    begin_next(last.document, by=by)

    with pytest.raises(Refused):
        begin_next(last.document, by=by)

    assert Edition.objects.count() == 2


def test_what_is_not_on_record_is_not_copied(by):
    found = make.EditionFactory(published=True, number=1, is_text_on_record=False)
    make.ArticleFactory(edition=found)

    assert not begin_next(found.document, by=by).articles.exists()


def test_a_draft_with_something_of_its_own_is_left_alone(last):
    own = make.ArticleFactory(edition__document=last.document, edition__number=2).edition

    assert not fill(own)
    assert own.articles.count() == 1


# In the admin


def admin(model, name, *args):
    return reverse(f"admin:publications_{model}_{name}", args=args)


@pytest.mark.parametrize("model", ["document", "edition"])
def test_the_secretariat_begins_it_with_one_button_and_is_led_to_it(client_of, last, model):
    row = last.document if model == "document" else last
    client = client_of("secretariat")
    url = admin(model, "change", row.pk)
    step = admin(model, "step", row.pk, "begin-next")

    assert "begin-next" in client.get(url).text
    response = client.post(step)

    draft = Edition.objects.get(number=2)
    assert response.url == admin("edition", "change", draft.pk)
    assert texts(draft) == texts(last)
    assert client.post(step).url == url


def test_an_edition_that_is_added_empty_begins_as_a_copy(client_of, last):
    client, url = client_of("secretariat"), admin("edition", "add")

    response = client.post(url, open_form(client, url) | {"document": last.document_id, "number": "۲"})

    assert response.status_code == 302, response.context["errors"]
    assert texts(Edition.objects.get(number=2)) == texts(last)


def test_an_article_comes_in_the_middle_and_the_others_move_by_one(client_of, last, by):
    draft = begin_next(last.document, by=by)
    client, url = client_of("secretariat"), admin("edition", "change", draft.pk)
    values = new_row(open_form(client, url), "articles", number="۲", heading="تازه", text="<p>متن تازه</p>")
    values |= {"articles-1-number": "۳"}

    response = client.post(url, values)

    assert response.status_code == 302, response.context["errors"]
    assert [row[:2] for row in texts(draft)] == [(1, "یک"), (2, "تازه"), (3, "دو")]


def test_two_articles_of_one_number_are_refused_with_what_was_typed(client_of, last, by):
    draft = begin_next(last.document, by=by)
    client, url = client_of("secretariat"), admin("edition", "change", draft.pk)

    response = client.post(url, open_form(client, url) | {"articles-1-number": "۱", "articles-1-heading": "نگه‌داشته"})

    assert response.status_code == 200
    assert "نگه‌داشته" in response.text
    assert [row[:2] for row in texts(draft)] == [(1, "یک"), (2, "دو")]
