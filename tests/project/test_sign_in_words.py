import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_who_signs_in_is_greeted_by_name(client):
    user = make.UserFactory(person=make.PersonFactory(given_name="سارا", family_name="احمدی"))
    user.set_password("گذرواژه-نمونه-۱")
    user.save()

    page = client.post("/accounts/login/", {"login": user.username, "password": "گذرواژه-نمونه-۱"}, follow=True)

    assert "با نام سارا احمدی وارد شدید" in page.text
    assert f"با نام {user.username}" not in page.text
