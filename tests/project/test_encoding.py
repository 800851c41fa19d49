"""A request whose encoding is none of text, or another than the portal's."""

import io

import pytest
from django.test import RequestFactory

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


def test_the_server_makes_such_requests():
    assert wsgi.application.request_class is UnicodeRequest
