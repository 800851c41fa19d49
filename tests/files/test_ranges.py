"""Parts of files, and copies that are still good: over a page that hands files out, and of the headers alone."""

import pytest
from django.test import RequestFactory

from council_portal.files.models import StoredFile
from council_portal.files.ranges import NotSatisfiable, part_asked
from council_portal.files.serving import respond
from council_portal.files.storing import store
from tests import factories as make

from . import samples

SIZE = 10


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=2-5", 2, 5),
        ("bytes=2-", 2, 9),
        ("bytes=2-999", 2, 9),
        ("bytes=-3", 7, 9),
        ("bytes=-999", 0, 9),
        ("Bytes = 2-5 ", 2, 5),
    ],
)
def test_a_range_of_bytes_is_a_part(header, first, last):
    part = part_asked(header, SIZE)

    assert (part.first, part.last, part.size) == (first, last, SIZE)


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=0-1", "bytes=0-1,4-5", "bytes=" + "9" * 99 + "-"],
)
def test_what_is_no_single_range_is_answered_with_the_whole(header):
    assert part_asked(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_what_lies_beyond_the_end_cannot_be_had(header):
    with pytest.raises(NotSatisfiable):
        part_asked(header, SIZE)


# Through an address


@pytest.fixture
def file(db) -> StoredFile:
    return store(samples.upload(samples.PDF, "اساسنامه.pdf"), by=None)


@pytest.fixture
def address(file) -> str:
    return make.EditionFactory(published=True, file=file).file_url


def body_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_whole_says_that_parts_can_be_had_and_bears_its_hash(client, file, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{file.sha256}"'
    assert response["Cache-Control"] == "private, no-cache"
    assert int(response["Content-Length"]) == len(samples.PDF)
    assert body_of(response) == samples.PDF


def test_a_part_is_sent_with_its_place(client, address):
    response = client.get(address, headers={"range": "bytes=5-7"})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes 5-7/{len(samples.PDF)}"
    assert response["Content-Length"] == "3"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body_of(response) == samples.PDF[5:8]


def test_the_end_of_a_file_is_a_part(client, address):
    assert body_of(client.get(address, headers={"range": "bytes=-6"})) == samples.PDF[-6:]


def test_beyond_the_end_there_is_nothing(client, address):
    response = client.get(address, headers={"range": f"bytes={len(samples.PDF)}-"})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(samples.PDF)}"
    assert not response.content


@pytest.mark.parametrize("several", ["bytes=0-1,3-4", "bytes=x"])
def test_several_parts_are_answered_with_the_whole(client, address, several):
    response = client.get(address, headers={"range": several})

    assert response.status_code == 200
    assert body_of(response) == samples.PDF


@pytest.mark.parametrize(
    ("tag", "status"), [("its own", 206), ('"another"', 200), ("Tue, 01 Jan 2030 00:00:00 GMT", 200)]
)
def test_a_part_of_another_file_is_of_no_use(client, file, address, tag, status):
    if_range = f'"{file.sha256}"' if tag == "its own" else tag

    response = client.get(address, headers={"range": "bytes=0-1", "if-range": if_range})

    assert response.status_code == status
    assert len(body_of(response)) == (2 if status == 206 else len(samples.PDF))


def test_of_a_file_its_head_can_be_asked(client, address):
    response = client.head(address, headers={"range": "bytes=0-1"})

    assert response.status_code == 200
    assert int(response["Content-Length"]) == len(samples.PDF)
    assert response["Accept-Ranges"] == "bytes"
    assert response.content == b""


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_a_copy_that_is_still_good_is_not_sent_again(client, file, address, known):
    response = client.get(address, headers={"if-none-match": known.format(file.sha256), "range": "bytes=0-1"})

    assert response.status_code == 304
    assert response["ETag"] == f'"{file.sha256}"'
    assert not response.content


def test_another_copy_is_sent_again(client, address):
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_knowing_the_hash_opens_no_closed_file(client, file):
    closed = make.EditionFactory(published=True, file=file, document__visibility="members")

    assert client.get(closed.file_url, headers={"if-none-match": f'"{file.sha256}"'}).status_code == 404


def test_a_file_that_nobody_reads_is_closed_again(file):
    response = respond(RequestFactory().get("/"), file)

    response.close()

    assert body_of(response) == b""
