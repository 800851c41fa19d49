"""The directories of people and of organisations: what they have in common, who sees what is closed, and their cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.access.visibility import Visibility
from tests import factories as make
from tests.roles import ROLES

from .directories import MEMBERS, ORGANIZATIONS, PEOPLE, names_found

pytestmark = pytest.mark.django_db
MALFORMED = ["page=0", "page=x", "page=99999999999999999999", "page=-1", "page="]


@pytest.mark.parametrize("address", [PEOPLE, ORGANIZATIONS])
@pytest.mark.parametrize("page", MALFORMED)
def test_a_page_that_there_is_not_is_missing(client, address, page):
    assert client.get(f"{address}?{page}").status_code == 404


@pytest.mark.parametrize("address", [PEOPLE, ORGANIZATIONS])
def test_an_empty_directory_says_what_belongs_there(client, address):
    assert 'class="empty"' in client.get(address).text


@pytest.mark.parametrize("address", [PEOPLE, ORGANIZATIONS])
def test_null_bytes_and_bidi_overrides_do_no_harm(client, address):
    assert client.get(address, {"text": "\x00\u202eنیرو<script>"}).status_code == 200


@pytest.mark.parametrize("address", [PEOPLE, ORGANIZATIONS])
def test_a_directory_is_read_only(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("role", ROLES)
def test_closed_people_and_organisations_are_seen_by_those_who_may(client_of, role, body):
    person = make.MembershipFactory(person__visibility=Visibility.MEMBERS, body=body).person
    organization = make.OrganizationFactory(visibility=Visibility.MEMBERS)
    client, status = client_of(role, body), 200 if role in MEMBERS else 404

    assert client.get(person.get_absolute_url()).status_code == status
    assert client.get(organization.get_absolute_url()).status_code == status
    assert (str(person) in client.get(PEOPLE).text) == (role in MEMBERS)
    assert (str(organization) in client.get(ORGANIZATIONS).text) == (role in MEMBERS)


def test_an_organisation_that_is_closed_is_not_told_by_its_members(client):
    closed = make.OrganizationFactory(visibility=Visibility.SECRETARIAT, name="سازمان پنهان")
    person = make.MembershipFactory(organization=closed).person

    assert "پنهان" not in client.get(PEOPLE).text
    assert "پنهان" not in client.get(person.get_absolute_url()).text
    assert not names_found(client, {"text": "پنهان"})
    assert not names_found(client, {"branch": closed.branch})


@pytest.mark.parametrize("address", ["/members/0/", "/members/99999999999999999999/", "/organizations/no-such/"])
def test_what_is_not_there_is_missing(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["visitor", "member", "secretariat"])
def test_queries_do_not_grow_with_the_rows(client_of, role, body):
    organization = make.OrganizationFactory()
    person = make.MembershipFactory(body=body, organization=organization).person
    addresses = [PEOPLE, ORGANIZATIONS, organization.get_absolute_url(), person.get_absolute_url()]
    client = client_of(role, body)

    grow(organization, person)
    before = [queries_of(client, address) for address in addresses]
    for _ in range(4):
        grow(organization, person)

    assert [queries_of(client, address) for address in addresses] == before


def grow(organization, person):
    make.MembershipFactory(organization=organization)
    make.MembershipFactory(person=person)
    make.AssignmentFactory(organization=organization)
    make.AssignmentFactory(organization=organization, status="done")
    make.MeetingFactory(held=True, host=organization)
    make.OrganizationFactory(parent=organization)
    organization.other_names.create(name="نام پیشین")
    make.MaterialFactory(speaker=person, visibility=Visibility.PUBLIC)


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
