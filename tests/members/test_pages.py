"""The directories of people and organisations, their single pages, and one's own profile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from members.models import Membership, Organization
from tests import factories as make
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db

PEOPLE, ORGANIZATIONS, PROFILE = "/members/", "/organizations/", "/accounts/profile/"
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}
MALFORMED = ["page=0", "page=x", "page=99999999999999999999", "page=-1", "page="]


@pytest.fixture
def body():
    return make.BodyFactory()


def text_of(response) -> str:
    return response.content.decode()


# The directory of people


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
    assert "یزدانی" in text_of(client.get(PEOPLE, {"page": directory.letters[1].page}))


def test_the_directory_is_of_those_who_serve_today_unless_everybody_is_asked_for(client):
    make.MembershipFactory(person__family_name="کنونی")
    make.MembershipFactory(person__family_name="پیشین", start_on=PartialDate.year(1380), end_on=PartialDate.year(1385))
    make.PersonFactory(family_name="سخنران")

    assert names_found(client, {}) == {"کنونی"}
    assert names_found(client, {"service": "any"}) == {"کنونی", "پیشین", "سخنران"}


def names_found(client, query) -> set[str]:
    return {person.family_name for person in client.get(PEOPLE, query).context["directory"].page}


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


@pytest.mark.parametrize("address", [PEOPLE, ORGANIZATIONS])
@pytest.mark.parametrize("page", MALFORMED)
def test_a_page_that_there_is_not_is_missing(client, address, page):
    assert client.get(f"{address}?{page}").status_code == 404


@pytest.mark.parametrize("address", [PEOPLE, ORGANIZATIONS])
def test_an_empty_directory_says_what_belongs_there(client, address):
    assert 'class="empty"' in text_of(client.get(address))


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
    assert (str(person) in text_of(client.get(PEOPLE))) == (role in MEMBERS)
    assert (str(organization) in text_of(client.get(ORGANIZATIONS))) == (role in MEMBERS)


def test_an_organisation_that_is_closed_is_not_told_by_its_members(client):
    closed = make.OrganizationFactory(visibility=Visibility.SECRETARIAT, name="سازمان پنهان")
    person = make.MembershipFactory(organization=closed).person

    assert "پنهان" not in text_of(client.get(PEOPLE))
    assert "پنهان" not in text_of(client.get(person.get_absolute_url()))
    assert not names_found(client, {"text": "پنهان"})
    assert not names_found(client, {"branch": closed.branch})


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

    shown = "nemuneh@example.org" in text_of(client_of(role, body).get(person.get_absolute_url()))

    assert shown == (role in MEMBERS)


@pytest.mark.parametrize("role", ROLES)
def test_speeches_are_listed_for_those_who_may_read_them(client_of, role, body):
    speech = make.MaterialFactory(speaker=make.PersonFactory(), title="سخنرانی بسته", meeting__body=body)
    withdrawn = make.MaterialFactory(
        speaker=speech.speaker, title="پس‌گرفته", visibility=Visibility.PUBLIC,
        withdrawn_at="2024-05-01T10:00Z", withdrawn_because="خطا",
    )  # fmt: skip

    page = text_of(client_of(role, body).get(speech.speaker.get_absolute_url()))

    assert ("سخنرانی بسته" in page) == (role in MEMBERS)
    assert withdrawn.title not in page


def test_a_person_leads_to_the_neighbours_in_the_alphabet(client):
    first, second, third = (make.PersonFactory(family_name=name) for name in ("پارسا", "چمران", "گلستانی"))
    make.PersonFactory(family_name="ژاله", visibility=Visibility.SECRETARIAT)

    context = client.get(second.get_absolute_url()).context

    assert (context["previous_url"], context["next_url"]) == (first.get_absolute_url(), third.get_absolute_url())
    assert client.get(first.get_absolute_url()).context["previous_url"] == ""


@pytest.mark.parametrize("address", ["/members/0/", "/members/99999999999999999999/", "/organizations/no-such/"])
def test_what_is_not_there_is_missing(client, address):
    assert client.get(address).status_code == 404


# Organisations


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "نيرو"}, {"وزارت نیرو"}),
        ({"text": "برق"}, {"وزارت نیرو"}),  # by a name that it once bore
        ({"branch": "judiciary"}, {"قوه قضاییه"}),
        ({"kind": "ministry"}, {"وزارت نیرو"}),
        ({"kind": "ministry", "branch": "judiciary"}, set()),
        ({"kind": "rubbish"}, {"وزارت نیرو", "قوه قضاییه"}),
    ],
)
def test_organisations_are_found_by_name_branch_and_kind(client, query, found):
    energy = make.OrganizationFactory(name="وزارت نیرو", kind=Organization.Kind.MINISTRY)
    energy.other_names.create(name="وزارت آب و برق")
    make.OrganizationFactory(name="قوه قضاییه", branch=Organization.Branch.JUDICIARY)

    page = client.get(ORGANIZATIONS, query).context["directory"].page

    assert {organization.name for organization in page} == found


def test_organisations_are_listed_with_what_the_reader_may_count(client):
    organization = make.OrganizationFactory()
    make.MembershipFactory.create_batch(2, organization=organization)
    make.MembershipFactory(organization=organization, person__visibility=Visibility.SECRETARIAT)
    assembly = make.BodyFactory(assembly=True)
    make.MeetingFactory(body=assembly, held=True, host=organization)
    make.MeetingFactory(body=assembly, held=True, host=organization, visibility=Visibility.SECRETARIAT)
    make.MeetingFactory(body=assembly, host=organization)

    (row,) = client.get(ORGANIZATIONS).context["directory"].page

    assert (row.member_count, row.hosting_count) == (2, 1)


def test_an_organisation_shows_its_names_parts_members_and_hostings(client):
    parent = make.OrganizationFactory(name="وزارت نیرو")
    child = make.OrganizationFactory(name="شرکت آب", parent=parent)
    hidden = make.OrganizationFactory(name="شرکت پنهان", parent=parent, visibility=Visibility.SECRETARIAT)
    parent.other_names.create(name="وزارت آب و برق")
    member = make.MembershipFactory(organization=parent).person
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True, host=parent, venue="تالار نور")

    page = text_of(client.get(parent.get_absolute_url()))

    for text in (child.name, "وزارت آب و برق", str(member), meeting.get_absolute_url(), "تالار نور"):
        assert text in page
    assert hidden.name not in page
    assert parent.get_absolute_url() in text_of(client.get(child.get_absolute_url()))


def test_somebody_who_serves_on_two_bodies_is_one_member_of_their_organisation(client):
    organization = make.OrganizationFactory()
    member = make.MembershipFactory(organization=organization, body=make.BodyFactory(assembly=True)).person
    chair = make.MembershipFactory(organization=organization, person=member, role=Membership.Role.CHAIR)

    response = client.get(organization.get_absolute_url())

    ((person, services),) = response.context["members"]
    assert (person, services[0], len(services)) == (member, chair, 2)
    assert text_of(response).count(str(member)) == 1


def test_of_an_organisation_whose_members_are_not_on_record_none_are_counted(client, settings):
    settings.LANGUAGE_CODE = "en"
    organization = make.OrganizationFactory()

    assert "0 member" not in text_of(client.get(ORGANIZATIONS))
    assert "members today" not in text_of(client.get(organization.get_absolute_url()))


@pytest.mark.parametrize(("role", "is_told"), [("visitor", True), ("member", False)])
def test_a_visitor_is_told_that_members_see_more_decisions(client_of, role, is_told):
    organization = make.OrganizationFactory()
    public = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)
    make.AssignmentFactory(organization=organization, decision=public)
    client = client_of(role)

    for address in (organization.get_absolute_url(), reverse("meetings:decisions")):
        with translation.override("fa"):
            words = translation.gettext("Most decisions are for members: sign in to see them.")
        assert (words in text_of(client.get(address))) == is_told


def test_what_an_organisation_owes_comes_with_the_most_overdue_first(client_of):
    organization = make.OrganizationFactory()
    soon = duty(organization, due_on=today() + timedelta(days=3))
    undated = duty(organization, due_on=None)
    late = duty(organization, due_on=today() - timedelta(days=40))
    done = duty(organization, status="done")

    duties = client_of("secretariat").get(organization.get_absolute_url()).context["duties"]

    assert duties.owed == [late, soon, undated]
    assert [each.is_late for each in duties.owed] == [True, False, False]
    assert (duties.overdue_count, duties.settled, duties.settled_count) == (1, [done], 1)


@pytest.mark.parametrize("role", ROLES)
def test_its_numbers_are_those_of_the_register_and_lead_there(client_of, role, body):
    organization, another = make.OrganizationFactory(), make.OrganizationFactory()
    for n, visibility in enumerate(Visibility.values * 3):
        decision = make.DecisionFactory(published=n % 5 > 0, meeting__body=body, visibility=visibility)
        due_on = today() + timedelta(days=n - 5)
        status = ["not_begun", "in_progress", "done", "stopped", "referred"][n % 5]
        duty(organization, decision=decision, status=status, due_on=due_on)
        duty(another, decision=decision, role="support", status="in_progress", due_on=today() - timedelta(days=9))
    client = client_of(role, body)

    response = client.get(organization.get_absolute_url())
    duties = response.context["duties"]
    numbers = {
        "status=open": len(duties.owed),
        "overdue=on": duties.overdue_count,
        "status=settled": duties.settled_count,
    }

    for question, number in numbers.items():
        address = f"{reverse('meetings:decisions')}?organization={organization.slug}&{question}"
        assert client.get(address).context["page"].paginator.count == number
        assert (address.replace("&", "&amp;") in response.text) or question == "status=settled" or not number


def duty(organization, **fields):
    return make.AssignmentFactory(organization=organization, **fields)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", ["in_progress", "done"])
def test_duties_of_closed_decisions_are_neither_listed_nor_counted(client_of, role, status, body):
    organization = make.OrganizationFactory()
    decision = make.DecisionFactory(published=True, meeting__body=body, visibility=Visibility.BODY, title="مصوبه بسته")
    make.AssignmentFactory(decision=decision, organization=organization, status=status)

    response = client_of(role, body).get(organization.get_absolute_url())

    readable = role in {"body_member", "officer", "secretariat"}
    assert ("مصوبه بسته" in text_of(response)) == readable
    assert response.context["duties"].count == readable


# Profile


def test_a_profile_is_for_the_signed_in(client):
    response = client.get(PROFILE)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_everybody_with_an_account_has_a_profile(client_of, role, body):
    assert client_of(role, body).get(PROFILE).status_code == 200


@pytest.mark.parametrize(("visibility", "is_linked"), [(Visibility.PUBLIC, True), (Visibility.SECRETARIAT, False)])
def test_a_profile_leads_to_the_page_that_its_owner_may_open(client, body, visibility, is_linked):
    user = user_of("member", body)
    type(user.person).objects.filter(pk=user.person_id).update(visibility=visibility)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    response = client.get(PROFILE)

    assert (user.person.get_absolute_url() in text_of(response)) == is_linked


def test_telephone_and_e_mail_are_typed_from_left_to_right(client_of, body):
    page = text_of(client_of("body_member", body).get(PROFILE))

    assert page.count('dir="ltr"') == 2


def test_members_keep_their_own_contact_details(client, body):
    user = user_of("member", body)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    response = client.post(PROFILE, {"email": "new@example.org", "phone": "۰۲۱", "family_name": "دیگر"})

    assert response.status_code == 302
    user.refresh_from_db()
    person = type(user.person).objects.get(pk=user.person_id)
    assert (user.email, person.email, person.phone) == ("new@example.org", "new@example.org", "۰۲۱")
    assert person.family_name != "دیگر"


def test_an_account_without_a_person_keeps_its_e_mail(client):
    user = user_of("administrator")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    client.post(PROFILE, {"email": "new@example.org"})

    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_a_wrong_e_mail_is_refused_beside_its_field(client_of):
    response = client_of("member").post(PROFILE, {"email": "rubbish"})

    assert response.status_code == 200
    assert "email" in response.context["form"].errors


# Queries


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
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
