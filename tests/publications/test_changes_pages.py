"""The pages on which two editions are compared, and on which an article is read through the editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.access.visibility import Visibility
from publications.models import Citation, Edition
from tests import factories as make
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}


def edition(document, number, *texts, published=True, **fields) -> Edition:
    row = make.EditionFactory(document=document, number=number, **fields)
    for place, text in enumerate(texts, start=1):
        make.ArticleFactory(edition=row, number=place, heading=f"عنوان {place}", text=f"<p>{text}</p>")
    if published:
        Edition.objects.filter(pk=row.pk).update(published_at=timezone.now())
    row.refresh_from_db()
    return row


@pytest.fixture
def document():
    return make.DocumentFactory(kind="bylaws", slug="bylaws")


@pytest.fixture
def both(document):
    return edition(document, 1, "ده روز", "همان"), edition(document, 2, "سه روز", "همان")


def changes(new, old) -> str:
    return f"/publications/bylaws/editions/{new}/changes/{old}/"


def history(number, article) -> str:
    return f"/publications/bylaws/editions/{number}/articles/{article}/"


CHOICE = "/publications/bylaws/changes/"


def test_what_changed_is_marked_and_what_did_not_is_listed(client, both):
    page = client.get(changes(2, 1)).text

    assert "<del>ده</del> <ins>سه</ins> روز" in page
    assert "متن ۱ ماده تغییر کرده است" in page
    assert 'href="/publications/bylaws/editions/2/#article-2"' in page


def test_two_editions_that_say_the_same_have_no_difference(client, document):
    edition(document, 1, "همان")
    edition(document, 2, "همان")

    page = client.get(changes(2, 1)).text

    assert "تفاوتی نیست" in page
    assert "<ins>" not in page


def test_the_text_before_the_articles_is_compared_too(client, document):
    edition(document, 1, "همان", text="<p>دیباچه کهنه</p>")
    edition(document, 2, "همان", text="<p>دیباچه نو</p>")

    assert "<del>کهنه</del> <ins>نو</ins>" in client.get(changes(2, 1)).text


def test_any_two_editions_are_chosen_in_either_order(client, both, document):
    edition(document, 3, "سه روز")

    assert client.get(CHOICE, {"old": "1", "new": "3"}).url == changes(3, 1)
    assert client.get(CHOICE, {"old": "3", "new": "1"}).url == changes(3, 1)
    assert client.get(changes(1, 3)).url == changes(3, 1)
    assert client.get(CHOICE).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"old": "1", "new": "1"}, {"old": "1", "new": "9"}, {"old": "x"}, {"old": "", "new": "2"}]
)
def test_a_choice_that_is_none_comes_back_with_what_is_wrong(client, both, asked):
    response = client.get(CHOICE, asked)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert "invalid-feedback" in response.text or "alert" in response.text


@pytest.mark.parametrize(
    "address", [changes(2, 2), changes(2, 9), changes(9, 1), history(2, 9), history(9, 1), history(2, 0)]
)
def test_what_there_is_not_is_missing(client, both, address):
    assert client.get(address).status_code == 404


def test_one_edition_alone_is_compared_with_nothing(client, document):
    edition(document, 1, "یک")

    assert client.get(CHOICE).status_code == 404
    assert CHOICE not in client.get(document.get_absolute_url()).text


def test_a_text_that_is_not_on_record_says_so(client, document):
    edition(document, 1, is_text_on_record=False)
    edition(document, 2, "یک")

    response = client.get(changes(2, 1))

    assert response.status_code == 200
    assert "ثبت نشده است" in response.text
    assert "متن ویرایش ۱ ثبت نشده است" in client.get(history(2, 1)).text


def test_an_edition_of_another_document_is_none_of_this_one(client, both):
    make.EditionFactory(number=7, published=True)

    assert client.get(changes(7, 1)).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_compared_by_the_secretariat_alone(client_of, role, document):
    edition(document, 1, "یک")
    edition(document, 2, "نیامده", published=False)
    client, status = client_of(role, make.BodyFactory()), 200 if role == "secretariat" else 404

    assert client.get(changes(2, 1)).status_code == status
    assert client.get(history(2, 1)).status_code == status
    assert client.get(CHOICE).status_code == status
    assert ("نیامده" in client.get(history(1, 1)).text) == (role == "secretariat")


@pytest.mark.parametrize("role", ROLES)
def test_a_closed_document_is_closed_on_these_pages_too(client_of, role, document, both):
    type(document).objects.update(visibility=Visibility.MEMBERS)
    client, status = client_of(role, make.BodyFactory()), 200 if role in MEMBERS else 404

    assert {client.get(address).status_code for address in (changes(2, 1), history(2, 1), CHOICE)} == {status}


def test_an_article_links_to_its_history_and_the_edition_to_what_changed(client, both):
    page = client.get(both[1].get_absolute_url()).text

    assert f'href="{history(2, 1)}"' in page
    assert f'href="{changes(2, 1)}"' in page
    assert f'href="{changes(2, 1)}"' not in client.get(both[0].get_absolute_url()).text


def test_the_history_says_how_the_article_read_and_when_it_changed(client, both):
    changed, same = client.get(history(2, 1)).text, client.get(history(1, 2)).text

    assert "<del>ده</del> <ins>سه</ins> روز" in changed
    assert "همان متن ویرایش پیشین" in same
    assert "نخستین متن ثبت‌شده" in same


@pytest.mark.parametrize("role", ROLES)
def test_an_article_names_the_decisions_that_cite_it_to_those_who_may_read_them(client_of, role, both):
    decision = make.DecisionFactory(published=True, title="مصوبه بسته", visibility=Visibility.MEMBERS)
    Citation.objects.create(decision=decision, article=both[0].articles.get(number=1))
    client, knows = client_of(role, decision.meeting.body), role in MEMBERS

    assert ("مصوبه بسته" in client.get(history(2, 1)).text) == knows
    assert (decision.get_absolute_url() in client.get(both[1].get_absolute_url()).text) == knows
    assert "مصوبه بسته" not in client.get(history(2, 2)).text


@pytest.mark.parametrize("role", ["visitor", "member", "secretariat"])
def test_queries_do_not_grow_with_the_rows(client_of, role, document):
    client = client_of(role, make.BodyFactory())
    addresses = [changes(2, 1), history(2, 1), CHOICE, "/publications/bylaws/editions/2/"]
    for number in (1, 2):
        cited(edition(document, number, "یک", "دو"))
    before = [queries_of(client, address) for address in addresses]

    for number in (3, 4, 5):
        cited(edition(document, number, "یک", "دو", "سه", "چهار"))

    assert [queries_of(client, address) for address in addresses] == before


def cited(row):
    for article in row.articles.all():
        decision = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)
        Citation.objects.create(decision=decision, article=article)


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
