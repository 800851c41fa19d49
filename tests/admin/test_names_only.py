"""An administrator opens accounts, and for that reads the names of people, and no more of them."""

import pytest
from django.urls import reverse

from tests import factories as make


@pytest.fixture
def person(db):
    return make.MembershipFactory(
        post="مدیرکل نمونه",
        person=make.PersonFactory(family_name="نمونه‌ای", email="x@example.org", phone="۰۲۱", biography="سوابق نهان"),
    ).person


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_an_administrator_reads_names_only(client_of, person, page):
    url = reverse(f"admin:members_person_{page}", args=[person.pk] if page == "change" else [])

    text = client_of("administrator").get(url).text

    assert "نمونه‌ای" in text
    assert not [secret for secret in ("x@example.org", "۰۲۱", "سوابق نهان", "مدیرکل نمونه") if secret in text]


def test_the_history_and_the_services_of_people_are_not_the_administrators(client_of, person):
    administrator = client_of("administrator")
    body = person.memberships.get().body_id

    history = administrator.get(reverse("admin:members_person_history", args=[person.pk]))
    by_body = administrator.get(reverse("admin:members_person_changelist"), {"memberships__body__id__exact": body})

    assert (history.status_code, by_body.status_code) == (403, 400)
