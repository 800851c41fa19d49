"""Letters by e-mail in the admin: read, and sent again when they did not arrive."""

import pytest

from council_portal.notices.models import Mail
from tests.admin import rows
from tests.jobs import waiting_jobs

pytestmark = pytest.mark.django_db
LIST = "/admin/notices/mail/"


def letter(status: str, error: str = "") -> Mail:
    row = rows.one(Mail)
    Mail.objects.filter(pk=row.pk).update(status=status, error=error)
    return Mail.objects.get(pk=row.pk)


def test_what_failed_comes_first():
    waiting, failed, in_doubt = letter("waiting"), letter("failed"), letter("in_doubt")

    assert list(Mail.objects.trouble_first()) == [failed, in_doubt, waiting]


def test_the_index_says_what_did_not_arrive(client_of):
    letter("failed")

    assert f"{LIST}?due=failed" in client_of("secretariat").get("/admin/").text


def test_the_list_is_narrowed_to_what_failed(client_of):
    letter("waiting"), letter("failed", "550 no such user")

    response = client_of("secretariat").get(f"{LIST}?due=failed")

    assert [row.status for row in response.context["cl"].result_list] == ["failed"]
    assert "550 no such user" in response.text


@pytest.mark.parametrize("status", ["failed", "in_doubt"])
def test_a_letter_in_trouble_is_sent_again_by_its_button(client_of, status):
    row, client = letter(status), client_of("secretariat")
    assert f"{LIST}{row.pk}/again/" in client.get(f"{LIST}{row.pk}/change/").text

    client.post(f"{LIST}{row.pk}/again/")

    assert Mail.objects.get().status == Mail.Status.WAITING
    assert len(waiting_jobs()) == 1


def test_a_letter_that_waits_has_no_such_button(client_of):
    row = letter("waiting")

    assert "/again/" not in client_of("secretariat").get(f"{LIST}{row.pk}/change/").text


@pytest.mark.parametrize("role", ["visitor", "member", "administrator"])
def test_nobody_but_the_secretariat_sends_again(client_of, role):
    row = letter("failed")

    client_of(role).post(f"{LIST}{row.pk}/again/")

    assert Mail.objects.get().status == Mail.Status.FAILED


@pytest.mark.parametrize("page", ["change", "delete"])
def test_letters_are_not_changed(client_of, page):
    row = letter("waiting")

    client_of("secretariat").post(f"{LIST}{row.pk}/{page}/", {"subject": "دیگر", "post": "yes"})

    assert Mail.objects.get().subject == row.subject
