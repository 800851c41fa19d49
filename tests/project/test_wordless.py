"""What Django would answer without a word, or with the wrong one; and what never reaches it."""

import io
import socket

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from tests import factories as make
from tests.web_process import server_for


@pytest.fixture
def member(client_of):
    return client_of("member")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_more_than_is_taken_is_heard_out_and_answered_in_persian(client, kind):
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10
    body = b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n' + b"a" * size + b"\r\n--x--\r\n"
    sent = io.BytesIO(body if kind.startswith("multipart") else b"code=" + b"a" * size)

    response = client.generic("POST", reverse("issuing:verify"), sent.getvalue(), kind, **{"wsgi.input": sent})

    assert response.status_code == 413
    assert "حجم آنچه فرستاده شد" in response.text
    assert sent.read() == b""


@pytest.mark.django_db
@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2)
def test_too_many_fields_are_answered_alike(client):
    assert client.post(reverse("issuing:verify"), {"a": 1, "b": 2, "c": 3}).status_code == 413


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so_to_whoever_opens_it(member):
    response = member.get(reverse("members:mail_choice"))

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "این نشانی تنها" in response.text


@pytest.mark.django_db(transaction=True)
def test_what_the_server_cannot_read_is_answered_in_persian(client_of, tmp_path):
    make.BodyFactory(assembly=True)
    requests = {
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n": b"HTTP/1.1 414 ",
        b"NONSENSE\r\n\r\n": b"HTTP/1.1 400 ",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 20000 + b"\r\n\r\n": b"HTTP/1.1 431 ",
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n": b"HTTP/1.1 400 ",
    }
    with server_for(client_of("member"), tmp_path) as server:
        for request, status in requests.items():
            answer = _answer(server.port, request)
            assert answer.startswith(status)
            assert "درخواست فهمیده نشد".encode() in answer
            assert b"request line" not in answer.lower()


def _answer(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(2**16), b""))
