"""Addresses last: what moved is found at its old address, by those who may see it, and by nobody else."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from council_portal.access.visibility import Visibility
from council_portal.models import Redirect
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_page_is_asked_twice():
    """Once at its old address and once at the new one, which looks like a question asked for each row."""
    with zeal_ignore():
        yield


def rename(record, slug: str) -> None:
    """As an edit past every form does it."""
    type(record).objects.filter(pk=record.pk).update(slug=slug)


@pytest.fixture
def organization():
    record = make.OrganizationFactory(slug="old")
    rename(record, "new")
    return record


def test_an_organisation_whose_address_changed_is_found_at_the_old_one(client, organization):
    response = client.get("/organizations/old/?page=1")

    assert (response.status_code, response.url) == (301, "/organizations/new/?page=1")
    assert response["Cache-Control"] == "private, no-cache"
    assert client.head("/organizations/old/").status_code == 301
    assert client.post("/organizations/old/").status_code in (404, 405)


def test_all_below_a_body_moves_with_it(client):
    body = make.BodyFactory(slug="old")
    session = make.MeetingFactory(body=body, held=True)
    rename(body, "new")

    for before, after in [
        ("/committees/old/", "/committees/new/"),
        (f"/committees/old/sessions/{session.number}/", f"/committees/new/sessions/{session.number}/"),
        ("/feeds/old/minutes/", "/feeds/new/minutes/"),
        ("/calendar/old.ics", "/calendar/new.ics"),
    ]:
        assert client.get(before).url == after
    assert client.get("/committees/old/sessions/999/").status_code == 404


def test_all_below_a_publication_moves_with_it(client):
    edition = make.EditionFactory(published=True, document__slug="old")
    rename(edition.document, "new")

    for page in ("", f"editions/{edition.number}/"):
        assert client.get(f"/publications/old/{page}").url == f"/publications/new/{page}"
    assert Redirect.objects.get(old_path="/publications/old/old.pdf").new_path == "/publications/new/new.pdf"


def test_what_moves_twice_takes_one_step_and_what_moves_back_none(client, organization):
    rename(organization, "newest")
    assert client.get("/organizations/old/").url == client.get("/organizations/new/").url == "/organizations/newest/"

    rename(organization, "old")
    assert client.get("/organizations/old/").status_code == 200
    assert client.get("/organizations/new/").url == client.get("/organizations/newest/").url == "/organizations/old/"


@pytest.mark.parametrize(("role", "status"), [("visitor", 404), ("former_member", 404), ("member", 301)])
def test_an_old_address_tells_nobody_of_what_they_may_not_see(client_of, role, status):
    hidden = make.OrganizationFactory(slug="old", visibility=Visibility.MEMBERS)
    rename(hidden, "new")

    response = client_of(role).get("/organizations/old/")

    assert response.status_code == status
    assert status == 301 or "new" not in response.text.replace("newest", "")


def test_what_stands_at_an_address_goes_before_what_stood_there(client, organization):
    other = make.OrganizationFactory(slug="old")

    assert client.get("/organizations/old/").context["organization"] == other


def test_what_was_withdrawn_says_so_from_its_old_address_too(client):
    announcement = make.AnnouncementFactory(published=True, visibility=Visibility.PUBLIC)
    announcement.take_back(by=make.UserFactory(), because="اشتباه")
    make.RedirectFactory(old_path="/news/1/", new_path=announcement.get_absolute_url())

    response = client.get("/news/1/", follow=True)

    assert (response.status_code, len(response.redirect_chain)) == (410, 1)
    assert "اشتباه" in response.text


def test_the_closest_address_above_counts(client):
    make.RedirectFactory(old_path="/old/", new_path="/members/")
    make.RedirectFactory(old_path="/old/calendar/", new_path="/calendar/")

    assert client.get("/old/calendar/list/").url == "/calendar/list/"
    assert client.get("/old/").url == "/members/"


@pytest.mark.parametrize("path", ["/no-such-page/", "/organizations/%00/", "/organizations/none/", "/" + "x/" * 500])
def test_any_other_address_is_a_404(client, organization, path):
    assert client.get(path).status_code == 404


def test_a_row_that_leads_nowhere_is_a_404(client):
    make.RedirectFactory(old_path="/old/", new_path="/nowhere/")

    assert client.get("/old/").status_code == 404


def test_a_page_that_is_there_asks_nothing_of_it(client, organization):
    with CaptureQueriesContext(connection) as queries:
        client.get("/organizations/new/")

    assert not [query for query in queries if "council_portal_redirect" in query["sql"]]


@pytest.mark.parametrize("wrong", [{"old_path": "/a/", "new_path": "/a/"}, {"old_path": "/a/", "new_path": "/b"}])
def test_the_database_refuses_rows_without_sense(wrong):
    with pytest.raises(IntegrityError):
        Redirect.objects.create(**wrong)


# As a parameter


@pytest.mark.parametrize(
    "asked",
    [
        "/calendar/1405/9/?body=old",
        "/calendar/list/?body=old",
        "/search/?q=%D8%AF+x&body=old&page=2",
        "/search/feed/?q=x&body=old",
        "/members/?body=old",
    ],
)
def test_a_body_is_found_by_its_old_name_in_every_question(client, asked):
    body = make.BodyFactory(slug="old")
    rename(body, "between")
    rename(body, "new")

    response = client.get(asked)

    assert (response.status_code, response.url) == (301, asked.replace("body=old", "body=new"))
    assert response["Cache-Control"] == "private, no-cache"


def test_the_assembly_is_too(client):
    rename(make.BodyFactory(assembly=True, slug="old"), "new")

    assert client.get("/calendar/?body=old", follow=True).redirect_chain == [("/calendar/?body=new", 301)]


@pytest.mark.parametrize(
    "asked",
    [
        "/search/?q=x&organization=old",
        "/decisions/?organization=old&page=3",
        "/meetings/?host=old",
    ],
)
def test_so_is_an_organisation(client, organization, asked):
    response = client.get(asked)

    assert (response.status_code, response.url) == (301, asked.replace("=old", "=new"))


@pytest.mark.parametrize(("role", "status"), [("visitor", 200), ("member", 301)])
def test_an_old_parameter_tells_nobody_of_what_they_may_not_see(client_of, role, status):
    rename(make.OrganizationFactory(slug="old", visibility=Visibility.MEMBERS), "new")

    assert client_of(role).get("/decisions/?organization=old").status_code == status


def test_a_slug_that_was_taken_over_means_what_has_it_today(client, organization):
    make.OrganizationFactory(slug="old")

    assert client.get("/search/?q=x&organization=old").status_code == 200


@pytest.mark.parametrize("value", ["", "none", "a/b", "%00", "../committees", "x" * 3000])
def test_any_other_parameter_is_left_to_the_page(client, organization, value):
    make.RedirectFactory(old_path="/organizations/a/", new_path="/members/")

    assert client.get(f"/search/?q=x&organization={value}").status_code == 200


def test_a_question_costs_one_query_for_each_name_in_it(client, organization):
    def looked_up(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return sum("council_portal_redirect" in query["sql"] for query in queries)

    assert looked_up("/search/?q=x") == 0
    assert looked_up("/search/?q=x&organization=new") == 1


# In the admin


def add(client, **values):
    data = {"old_path": "/old-news/", "new_path": "/publications/announcements/", "note": ""} | values
    return client.post("/admin/council_portal/redirect/add/", data)


def test_the_secretariat_adds_one(client, client_of):
    add(client_of("secretariat"))

    assert client.get("/old-news/").url == "/publications/announcements/"


@pytest.mark.parametrize(
    "wrong",
    [{"old_path": "old-news"}, {"old_path": "/old news/"}, {"new_path": "https://example.org/"}, {"new_path": "/x/y/"}],
)
def test_a_mistake_is_named_beside_its_field(client_of, wrong):
    response = add(client_of("secretariat"), **wrong)

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == list(wrong)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("role", ["member", "officer", "administrator"])
def test_nobody_else_adds_one(client_of, role):
    from tests.factories import BodyFactory

    add(client_of(role, BodyFactory()))

    assert not Redirect.objects.exists()
