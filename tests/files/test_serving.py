from urllib.parse import quote, unquote

import pytest
from django.test import RequestFactory
from django.urls import reverse

from council_portal.files.forms import token_of
from council_portal.files.serving import disposition, respond
from council_portal.files.storing import store
from tests import factories as make

from . import samples

pytestmark = pytest.mark.django_db


def stored(content=samples.PDF, name="صورت‌جلسه.pdf"):
    return store(samples.upload(content, name), by=None)


def test_a_persian_name_reaches_the_browser():
    response = respond(RequestFactory().get("/"), stored(), name="صورت‌جلسهٔ سیزدهم", as_attachment=True)

    own_name = f"filename*=utf-8''{quote('صورت‌جلسهٔ سیزدهم.pdf')}"
    assert response["Content-Disposition"] == f'attachment; filename="file.pdf"; {own_name}'
    assert b"".join(response) == samples.PDF


@pytest.mark.parametrize(
    ("name", "for_old_clients"),
    [
        ("minutes-13.pdf", "minutes-13.pdf"),
        ("صورت‌جلسه.pdf", "file.pdf"),
        ("نشست ۱۳ ۱۴۰۴-۰۸.pdf", "13 1404-08.pdf"),
        ("گزارش ISO 15489 بایگانی.docx", "ISO 15489.docx"),
        ('بد"; x=".html\\.pdf', "x html.pdf"),
    ],
)
def test_clients_that_know_no_persian_name_get_what_ascii_has_of_it(name, for_old_clients):
    assert f'filename="{for_old_clients}"' in disposition(name, as_attachment=True)


def test_a_file_is_served_as_what_it_is_and_can_do_nothing():
    response = respond(RequestFactory().get("/"), stored(samples.picture("PNG"), "a.png"))

    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("inline")


def test_an_office_document_is_always_saved():
    assert respond(RequestFactory().get("/"), stored(samples.word(), "a.docx"))["Content-Disposition"].startswith(
        "attachment"
    )


def test_the_policy_of_the_file_is_not_replaced_by_that_of_the_pages(client_of):
    response = client_of("member").get(reverse("files:form", args=[token_of(stored())]))

    assert response["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_file_of_a_form_needs_its_pass(client_of):
    address = reverse("files:form", args=[token_of(stored())])

    assert client_of("secretariat").get(address).status_code == 200
    assert client_of("secretariat").get(address[:-3] + "xy/").status_code == 404
    assert client_of("visitor").get(address).status_code == 302


def test_the_pass_ends_after_a_day(client_of, set_clock):
    set_clock(1404, 8, 1)
    address = reverse("files:form", args=[token_of(stored())])
    client = client_of("secretariat")
    set_clock(1404, 8, 2, 13)

    assert client.get(address).status_code == 404


def test_a_public_file_does_not_bear_the_name_of_a_closed_one_with_the_same_bytes(client):
    make.MaterialFactory(visibility="secretariat", file=stored(name="پرونده محرمانه.pdf"))
    material = make.MaterialFactory(visibility="public", file=stored(name="برنامه نشست.pdf"))

    page = client.get(material.get_absolute_url())
    answer = client.get(reverse("meetings:material_file", args=[material.pk, "برنامه نشست.pdf"]))

    assert "برنامه نشست.pdf" in unquote(page.text)
    assert "محرمانه" not in unquote(page.text) + unquote(answer["Content-Disposition"])
    assert answer.status_code == 200
