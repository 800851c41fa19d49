"""A request whose encoding is none of text, or another than the portal's."""

import io

import pytest
from django.test import RequestFactory

from council_portal import wsgi
from council_portal.encoding import UnicodeRequest

CHARSETS = ["hex", "zlib", "idna", "utf-16", "nonsense", "utf-8"]
KINDS = ["text/html", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
WORD = "%D9%85%D8%AA%D9%86"


def environ(kind: str, charset: str, body: bytes = f"q={WORD}".encode()) -> dict:
    values = {"QUERY_STRING": f"q={WORD}", "CONTENT_TYPE": f"{kind}; charset={charset}", "wsgi.input": io.BytesIO(body)}
    return RequestFactory()._base_environ(REQUEST_METHOD="POST", CONTENT_LENGTH=str(len(body)), **values)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_read_as_utf_8_whatever_it_claims(kind, charset):
    request = UnicodeRequest(environ(kind, charset))

    assert request.GET["q"] == "متن"
    if "urlencoded" in kind:
        assert request.POST["q"] == "متن"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (KINDS[1], f"q=%00{WORD}%00&q=a&other=%00".encode()),
        (
            KINDS[2],
            b"".join(
                b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (name, value)
                for name, value in [(b"q", "\0متن\0".encode()), (b"q", b"a"), (b"other", b"\0")]
            )
            + b"--x--\r\n",
        ),
    ],
)
def test_no_form_sees_a_null_byte(kind, body):
    request = UnicodeRequest(environ(kind, "utf-8", body))

    assert dict(request.POST.lists()) == {"q": ["متن", "a"], "other": [""]}
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["q"] = "b"


def test_the_server_makes_such_requests():
    assert wsgi.application.request_class is UnicodeRequest
