"""What is posted to a form of the admin by hand, or pasted into it, is answered with a message or cleaned."""

import re

import pytest
from django.urls import reverse

from meetings.models import AgendaItem, Meeting
from tests import factories as make
from tests.admin.forms import open_form

ADD = "admin:meetings_meeting_add"


@pytest.fixture
def secretariat(client_of):
    make.BodyFactory(assembly=True)
    return client_of("secretariat")


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "row-0", "۱۲"])
@pytest.mark.parametrize("field", ["host", "agenda_items-0-presenter", "decisions-0-lead"])
def test_a_choice_that_names_no_record_is_refused_with_all_that_was_typed(secretariat, field, value):
    values = open_form(secretariat, reverse(ADD)) | {"title": "متن ماندنی", field: value}

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 200
    assert "متن ماندنی" in response.text
    assert not Meeting.objects.exists()


def test_what_is_pasted_into_the_editor_is_stored_clean(secretariat):
    values = open_form(secretariat, reverse(ADD)) | {"agenda_items-0-title": "بند\0 \u202eنخست"}
    values["agenda_items-0-discussion"] = "<p onclick='x()'>گفت\0\u202eوگو<script>alert(1)</script></p>"

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 302, response.context["errors"]
    item = AgendaItem.objects.get()
    assert (item.title, item.discussion) == ("بند نخست", "<p>گفتوگو</p>")


def test_more_rows_than_any_page_has_are_refused(secretariat):
    service = make.MembershipFactory()
    url = reverse("admin:members_person_change", args=[service.person_id])

    response = secretariat.post(url, open_form(secretariat, url) | {"memberships-TOTAL_FORMS": "99999"})

    assert response.status_code == 200
    assert "حداکثر ۴۰۰ ردیف" in response.text
    assert len(response.context["inline_admin_formsets"][0].formset.forms) == 400


def test_rows_beyond_number_are_not_counted_one_by_one(secretariat):
    service = make.MembershipFactory()
    url = reverse("admin:members_person_change", args=[service.person_id])
    beyond = {"memberships-TOTAL_FORMS": "9" * 40, "memberships-INITIAL_FORMS": "9" * 40}

    assert secretariat.post(url, open_form(secretariat, url) | beyond).status_code == 200


def test_a_form_that_came_back_without_its_count_of_rows_says_so(secretariat):
    service = make.MembershipFactory()
    url = reverse("admin:members_person_change", args=[service.person_id])

    text = secretariat.post(url, open_form(secretariat, url) | {"memberships-TOTAL_FORMS": ""}).text

    assert "ناقص رسیده است" in text
    assert "ManagementForm" not in text


def test_what_a_form_refuses_is_said_in_persian_and_in_its_digits(secretariat):
    values = open_form(secretariat, reverse(ADD)) | {"title": "م" * 300}

    text = secretariat.post(reverse(ADD), values).text

    assert "خطای زیر را برطرف کنید." in text
    assert "حداکثر ۲۵۰ کاراکتر" in text


def test_what_is_deleted_is_counted_in_persian_digits(secretariat):
    person = make.PersonFactory()

    assert "<li>اشخاص: ۱</li>" in secretariat.get(reverse("admin:members_person_delete", args=[person.pk])).text


def test_each_cell_of_a_table_of_rows_has_its_label(secretariat):
    service = make.MembershipFactory()

    text = secretariat.get(reverse("admin:members_person_change", args=[service.person_id])).text

    for field in ("body", "role", "organization", "post", "start_on", "end_on", "DELETE"):
        assert f'for="id_memberships-0-{field}"' in text


def test_the_page_of_a_password_is_persian(client_of):
    client, user = client_of("administrator"), make.UserFactory()
    url = f"/admin/members/user/{user.pk}/password/"

    text = client.post(url, {"password1": "abc", "password2": "abc", "usable_password": "true"}).text

    assert "گذرواژه باید دست‌کم ۱۲ نویسه داشته باشد." in text
    assert not re.search(r">[^<]*\b(password|disabled|authentication)\b[^<]*<", text.partition("<main")[2], re.I)
