"""Addresses last: what moved is found at its old address, by those who may see it, and by nobody else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
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


# What was moved keeps its old address


def saved(client, record=None, **values):
    """The answer of the admin's form of organisations, sent with `values` by somebody of the secretariat."""
    data = {
        **{"name": "سازمان دیگر", "slug": "other", "branch": "executive", "kind": "organization"},
        **{"visibility": "public", "opened_version": record.version if record else ""},
        **{f"other_names-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }
    page = f"{record.pk}/change/" if record else "add/"
    return client.post(f"/admin/members/organization/{page}", data | values)


WITH_SLUG = pytest.mark.parametrize("factory", [make.OrganizationFactory, make.BodyFactory, make.DocumentFactory])


@pytest.mark.parametrize("is_new", [True, False])
def test_an_address_that_leads_on_is_taken_by_nothing_else(client, client_of, organization, is_new):
    other = None if is_new else make.OrganizationFactory(slug="other", visibility=Visibility.MEMBERS)

    response = saved(client_of("secretariat"), other, slug="old")

    (mistake,) = response.context["adminform"].form.errors["slug"]
    assert mistake.startswith("آنچه در این نشانی بود")
    assert "/organizations/new/" in mistake
    assert client.get("/organizations/old/").url == "/organizations/new/"


def test_a_record_takes_back_an_address_of_its_own(client, client_of, organization):
    rename(organization, "newest")
    organization.refresh_from_db()

    assert saved(client_of("secretariat"), organization, slug="old").status_code == 302
    assert client.get("/organizations/old/").status_code == 200
    assert client.get("/organizations/new/").url == client.get("/organizations/newest/").url == "/organizations/old/"


@WITH_SLUG
def test_whatever_moved_may_move_back_and_all_its_addresses_with_it(factory):
    record = factory(slug="first")
    for slug in ("second", "third", "first", "second", "first"):
        rename(record, slug)

    leads = dict(Redirect.objects.values_list("old_path", "new_path"))
    assert {path.replace("second", "first").replace("third", "first") for path in leads} == set(leads.values())
    assert not [path for path in leads if "first" in path]
    assert not [path for path in leads.values() if "second" in path or "third" in path]


def test_an_address_that_was_freed_is_taken(client, client_of, organization):
    secretariat = client_of("secretariat")
    secretariat.post(f"/admin/council_portal/redirect/{Redirect.objects.get().pk}/delete/", {"post": "yes"})

    assert saved(secretariat, slug="old").status_code == 302
    assert client.get("/organizations/old/").status_code == 200


@WITH_SLUG
def test_the_database_keeps_it_whoever_writes(factory):
    rename(factory(slug="old"), "new")
    other = factory()

    for write in (lambda: factory(slug="old"), lambda: rename(other, "old")):
        with pytest.raises(IntegrityError, match=r"old\S* leads elsewhere"), transaction.atomic():
            write()


@WITH_SLUG
def test_every_record_with_a_slug_says_so_beside_it(factory):
    rename(factory(slug="old"), "new")

    with pytest.raises(ValidationError) as mistakes:
        factory.build(slug="old").full_clean()

    assert [mistake.code for mistake in mistakes.value.error_dict["slug"]] == ["moved"]


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


def test_a_slug_that_something_has_means_that(client):
    make.OrganizationFactory(slug="old"), make.OrganizationFactory(slug="new")
    make.RedirectFactory(old_path="/organizations/old/", new_path="/organizations/new/")

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
    [
        {"old_path": "old-news"},
        {"old_path": "/old news/"},
        {"old_path": "/about/"},
        {"new_path": "https://example.org/"},
        {"new_path": "/x/y/"},
    ],
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
