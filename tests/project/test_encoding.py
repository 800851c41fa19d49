"""A request whose encoding is none of text, or another than the portal's."""

import io

import pytest
from django.test import RequestFactory
from django.urls import reverse

from council_portal import wsgi
from council_portal.encoding import UnicodeRequest

CHARSETS = ["hex", "zlib", "idna", "utf-16", "nonsense", "utf-8"]
KINDS = ["text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
WORD = "%D9%85%D8%AA%D9%86"


def environ(kind: str, charset: str) -> dict:
    body = f"q={WORD}".encode()
    values = {"QUERY_STRING": f"q={WORD}", "CONTENT_TYPE": f"{kind}; charset={charset}", "wsgi.input": io.BytesIO(body)}
    return RequestFactory()._base_environ(REQUEST_METHOD="POST", CONTENT_LENGTH=str(len(body)), **values)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_read_as_utf_8_whatever_it_claims(kind, charset):
    request = UnicodeRequest(environ(kind, charset))

    assert request.GET["q"] == "متن"
    if "urlencoded" in kind:
        assert request.POST["q"] == "متن"


@pytest.mark.django_db
def test_a_refused_form_shows_no_null_byte_and_no_override_of_direction(client):
    text = client.post(reverse("issuing:verify"), {"code": "پیش\0\u202eپس\u2066"}).text

    assert 'value="پیشپس"' in text


def test_the_server_makes_such_requests():
    assert wsgi.application.request_class is UnicodeRequest
