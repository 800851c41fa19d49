"""Which articles a decision rests on: said by those who work on it, shown on both pages."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.holding import Refused
from publications import publishing
from publications.citing import cite, uncite
from publications.models import Article, Citation
from tests import factories as make
from tests.admin.forms import open_form
from tests.roles import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


@pytest.fixture
def decision():
    return make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)


def published_article(**fields) -> Article:
    article = make.ArticleFactory(number=5, heading="مجمع عمومی", **fields)
    publishing.publish(article.edition, by=None)
    return article


def page_of(decision) -> str:
    return f"/desk/decisions/{decision.pk}/articles/"


def test_an_article_is_cited_once(decision, by):
    article = published_article()

    assert cite(decision, article, by=by) == cite(decision, article, by=by)

    uncite(decision, Citation.objects.get().pk)
    uncite(decision, 0)
    assert not Citation.objects.exists()


@pytest.mark.parametrize("situation", ["draft", "closed", "not on record"])
def test_only_what_is_published_and_readable_is_cited(decision, by, situation):
    if situation == "draft":
        article = make.ArticleFactory()
    elif situation == "not on record":
        article = make.ArticleFactory(edition__published=True, edition__is_text_on_record=False)
    else:
        article, by = published_article(edition__document__visibility="secretariat"), make.UserFactory()

    with pytest.raises(Refused):
        cite(decision, article, by=by)
    if situation != "closed":
        with pytest.raises(DatabaseError), transaction.atomic():
            Citation.objects.create(decision=decision, article=article)


# On the desk


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_work_on_the_decision_says_it(client_of, role, decision):
    article, client = published_article(), client_of(role, decision.meeting.body)
    may = role in {"officer", "secretariat"}

    response = client.post(page_of(decision), {"article": article.pk})

    assert Citation.objects.filter(decision=decision, article=article).exists() == may
    assert response.status_code == (302 if may or role == "visitor" else 404)
    assert client.get(page_of(decision)).status_code == (200 if may else 302 if role == "visitor" else 404)


def test_it_is_taken_back_there_and_done_twice_changes_nothing(client_of, decision, by):
    citation = cite(decision, published_article(), by=by)
    client, address = client_of("secretariat"), f"{page_of(decision)}{citation.pk}/remove/"

    assert client.get(address).status_code == 405
    assert {client.post(address).url for _ in range(2)} == {page_of(decision)}
    assert not Citation.objects.exists()


@pytest.mark.parametrize("typed", ["", "0", "x", "draft"])
def test_what_cannot_be_cited_comes_back_with_why(client_of, decision, typed):
    published_article()
    draft = make.ArticleFactory(edition=make.EditionFactory())

    response = client_of("secretariat").post(page_of(decision), {"article": draft.pk if typed == "draft" else typed})

    assert response.status_code == 200
    assert response.context["form"].errors["article"]
    assert not Citation.objects.exists()


def test_without_a_published_edition_the_page_says_so(client_of, decision):
    page = client_of("secretariat").get(page_of(decision)).text

    assert page.count('class="empty"') == 2
    assert "<select" not in page


def test_the_edition_in_force_on_the_day_is_offered_first(client_of, decision):
    document = make.DocumentFactory(kind="bylaws", title="اساسنامه")
    for number, year in ((1, 1390), (2, 1450)):
        own = make.EditionFactory(document=document, number=number, in_force_from=PartialDate.year(year))
        article = make.ArticleFactory(edition=own)
        publishing.publish(article.edition, by=None, without_adoption=True)

    groups = [
        str(name)
        for name, _ in client_of("secretariat").get(page_of(decision)).context["form"].fields["article"].choices
    ]

    assert groups[1:] == ["اساسنامه، ویرایش ۱", "اساسنامه، ویرایش ۲"]


# On the decision's page


@pytest.mark.parametrize("role", ROLES)
def test_the_decision_names_its_articles_to_those_who_may_read_them(client_of, role, decision, by):
    article = published_article(edition__document__visibility=Visibility.MEMBERS)
    cite(decision, article, by=by)
    client = client_of(role, decision.meeting.body)

    named = article.get_absolute_url() in client.get(decision.get_absolute_url()).text

    assert named == (role in {"member", "body_member", "officer", "follow_up_officer", "secretariat"})


def test_who_works_on_it_is_led_to_the_page_and_nobody_else(client_of, client, decision):
    worker = client_of("officer", decision.meeting.body)

    assert page_of(decision) in worker.get(decision.get_absolute_url()).text
    assert page_of(decision) in worker.get(reverse("meetings:work_decision", args=[decision.pk])).text
    assert page_of(decision) not in client.get(decision.get_absolute_url()).text
    assert "مستند به" not in client.get(decision.get_absolute_url()).text


@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_queries_do_not_grow_with_the_citations(client_of, decision, by, role):
    client = client_of(role, decision.meeting.body)
    addresses = [decision.get_absolute_url()] + ([page_of(decision)] if role == "secretariat" else [])
    cite(decision, published_article(), by=by)
    before = [queries_of(client, address) for address in addresses]

    for _ in range(3):
        cite(decision, published_article(), by=by)

    assert [queries_of(client, address) for address in addresses] == before


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# In the admin


def test_the_secretariat_enters_a_citation_in_the_admin(client_of, decision):
    article = published_article()
    client, url = client_of("secretariat"), reverse("admin:publications_citation_add")

    response = client.post(url, open_form(client, url) | {"decision": decision.pk, "article": article.pk})

    assert response.status_code == 302
    assert Citation.objects.get().article == article
    assert "ماده ۵" in client.get(reverse("admin:publications_citation_changelist")).text


@pytest.mark.parametrize("url", ["citation", "articlerule"])
def test_a_drafts_article_is_refused_beside_its_field(client_of, decision, url):
    draft = make.ArticleFactory()
    client, url = client_of("secretariat"), reverse(f"admin:publications_{url}_add")

    values = {"decision": decision.pk, "article": draft.pk, "rule": "quorum"}
    response = client.post(url, open_form(client, url) | values)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["article"]
