"""The directory of people, and a person's own page."""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from members.models import Organization
from tests import factories as make
from tests.roles import ROLES

from .directories import MEMBERS, PEOPLE, names_found

pytestmark = pytest.mark.django_db


def test_people_are_listed_by_the_alphabet_under_their_letters(client):
    for family_name in ("یزدانی", "پارسا", "آذری", "گلستانی"):
        make.MembershipFactory(person__family_name=family_name)

    directory = client.get(PEOPLE).context["directory"]

    assert [person.family_name for person in directory.page] == ["آذری", "پارسا", "گلستانی", "یزدانی"]
    assert [letter.letter for letter in directory.letters] == ["آ", "پ", "گ", "ی"]


def test_a_letter_leads_to_the_page_on_which_it_begins(client):
    for number in range(30):
        make.MembershipFactory(person__family_name=f"آذری {number}")
    make.MembershipFactory(person__family_name="یزدانی")

    directory = client.get(PEOPLE).context["directory"]

    assert [(letter.letter, letter.page) for letter in directory.letters] == [("آ", 1), ("ی", 2)]
    assert "یزدانی" in client.get(PEOPLE, {"page": directory.letters[1].page}).text


def test_the_directory_is_of_those_who_serve_today_unless_everybody_is_asked_for(client):
    make.MembershipFactory(person__family_name="کنونی")
    make.MembershipFactory(person__family_name="پیشین", start_on=PartialDate.year(1380), end_on=PartialDate.year(1385))
    make.PersonFactory(family_name="سخنران")

    assert names_found(client, {}) == {"کنونی"}
    assert names_found(client, {"service": "any"}) == {"کنونی", "پیشین", "سخنران"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "پارسا"}, {"پارسا"}),
        ({"text": "مریم پارسا"}, {"پارسا"}),
        ({"text": "پارسا نیرو"}, {"پارسا"}),
        ({"text": "وزارت نيرو"}, {"پارسا"}),  # as an Arabic keyboard writes it
        ({"text": "گمرک"}, {"یزدانی"}),
        ({"text": "گمرک پارسا"}, set()),
        ({"text": "%"}, set()),
        ({"body": "training"}, {"یزدانی"}),
        ({"branch": "judiciary"}, {"یزدانی"}),
        ({"branch": "executive", "body": "training"}, set()),
    ],
)
def test_people_are_found_by_name_organisation_body_and_branch(client, query, found):
    make.MembershipFactory(person__given_name="مریم", person__family_name="پارسا", organization__name="وزارت نیرو")
    make.MembershipFactory(
        body__slug="training",
        person__family_name="یزدانی",
        organization__name="گمرک",
        organization__branch=Organization.Branch.JUDICIARY,
    )

    assert names_found(client, query) == found


@pytest.mark.parametrize("query", [{"body": "nothing"}, {"branch": "x"}, {"text": "ا" * 101}, {"service": "0"}])
def test_a_filter_that_is_not_understood_says_so_and_narrows_nothing(client, query):
    make.MembershipFactory(person__family_name="پارسا")

    response = client.get(PEOPLE, query)

    assert response.context["form"].errors
    assert len(response.context["directory"].page) == 1


# One person


def test_a_persons_page_shows_services_over_time_the_latest_first(client):
    person = make.PersonFactory()
    past = {"start_on": PartialDate.year(1380), "end_on": PartialDate.year(1385)}
    old = make.MembershipFactory(person=person, **past)
    now = make.MembershipFactory(person=person)

    assert [*client.get(person.get_absolute_url()).context["services"]] == [now, old]


@pytest.mark.parametrize("role", ROLES)
def test_contact_details_are_for_members(client_of, role, body):
    person = make.PersonFactory(email="nemuneh@example.org", phone="021-123")

    shown = "nemuneh@example.org" in client_of(role, body).get(person.get_absolute_url()).text

    assert shown == (role in MEMBERS)


@pytest.mark.parametrize("role", ROLES)
def test_speeches_are_listed_for_those_who_may_read_them(client_of, role, body):
    speech = make.MaterialFactory(speaker=make.PersonFactory(), title="سخنرانی بسته", meeting__body=body)
    withdrawn = make.MaterialFactory(
        speaker=speech.speaker, title="پس‌گرفته", visibility=Visibility.PUBLIC,
        withdrawn_at="2024-05-01T10:00Z", withdrawn_because="خطا",
    )  # fmt: skip

    page = client_of(role, body).get(speech.speaker.get_absolute_url()).text

    assert ("سخنرانی بسته" in page) == (role in MEMBERS)
    assert withdrawn.title not in page


def test_a_person_leads_to_the_neighbours_in_the_alphabet(client):
    first, second, third = (make.PersonFactory(family_name=name) for name in ("پارسا", "چمران", "گلستانی"))
    make.PersonFactory(family_name="ژاله", visibility=Visibility.SECRETARIAT)

    context = client.get(second.get_absolute_url()).context

    assert (context["previous_url"], context["next_url"]) == (first.get_absolute_url(), third.get_absolute_url())
    assert client.get(first.get_absolute_url()).context["previous_url"] == ""
