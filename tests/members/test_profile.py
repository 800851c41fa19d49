"""The profile in which those who have an account keep their contact details."""

import pytest
from django.urls import reverse

from council_portal.access.visibility import Visibility
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"


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
    client.force_login(user, backend=ACCOUNTS)

    response = client.get(PROFILE)

    assert (user.person.get_absolute_url() in response.text) == is_linked


def test_telephone_and_e_mail_are_typed_from_left_to_right(client_of, body):
    page = client_of("body_member", body).get(PROFILE).text

    assert page.count('dir="ltr"') == 2


def test_members_keep_their_own_contact_details(client, body):
    user = user_of("member", body)
    client.force_login(user, backend=ACCOUNTS)

    response = client.post(PROFILE, {"email": "new@example.org", "phone": "۰۲۱", "family_name": "دیگر"})

    assert response.status_code == 302
    user.refresh_from_db()
    person = type(user.person).objects.get(pk=user.person_id)
    assert (user.email, person.email, person.phone) == ("new@example.org", "new@example.org", "۰۲۱")
    assert person.family_name != "دیگر"


def test_an_account_without_a_person_keeps_its_e_mail(client):
    user = user_of("administrator")
    client.force_login(user, backend=ACCOUNTS)

    client.post(PROFILE, {"email": "new@example.org"})

    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_a_wrong_e_mail_is_refused_beside_its_field(client_of):
    response = client_of("member").post(PROFILE, {"email": "rubbish"})

    assert response.status_code == 200
    assert "email" in response.context["form"].errors
