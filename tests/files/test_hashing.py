"""What is handed out is hashed first: once for many parts, and in pieces."""

import tracemalloc
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils.timezone import now

from council_portal.files.kinds import PDF
from council_portal.files.reading import PIECE, opened, pieces
from council_portal.files.storing import keep

from .places import CONTENT, address_of, stored

pytestmark = pytest.mark.django_db


class CountedFolder(FileSystemStorage):
    """Counts how often a file is opened: once to hand it out, once more to hash it."""

    opened = 0

    def open(self, name, mode="rb"):
        type(self).opened += 1
        return super().open(name, mode)


def test_a_file_in_a_folder_is_hashed_once_for_many_parts(client, settings, tmp_path, time_machine):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.CountedFolder", "OPTIONS": {"location": tmp_path}}
    }
    address = address_of(stored())
    time_machine.move_to(
        now() + timedelta(minutes=1), tick=False
    )  # a file of this very moment could be written again unseen

    def opens() -> int:
        CountedFolder.opened = 0
        assert b"".join(client.get(address, headers={"range": "bytes=0-3"}).streaming_content) == CONTENT[:4]
        return CountedFolder.opened

    assert [opens(), opens(), opens()] == [2, 1, 1]
    time_machine.shift(timedelta(hours=2))
    assert opens() == 2


def test_an_object_of_a_bucket_is_hashed_once_for_many_parts(client, bucket):
    file = stored()
    address = address_of(file)
    asked = []
    file.content.storage.bucket.meta.client.meta.events.register(
        "before-send.s3.GetObject", lambda request, **kwargs: asked.append(request.headers["Range"])
    )

    for __ in range(3):
        assert b"".join(client.get(address, headers={"range": "bytes=0-3"}).streaming_content) == CONTENT[:4]

    part, whole = b"bytes=0-3", f"bytes=0-{len(CONTENT)}".encode()
    assert asked == [part, whole, part, part]


@pytest.mark.usefixtures("folder")  # the server of the bucket lies in the memory of the tests
def test_a_large_file_is_never_held_in_memory():
    size = 20 * 1024**2
    file = keep(ContentFile(bytes(size)), PDF, name="a.pdf", by=None)
    tracemalloc.start()
    try:
        with opened(file) as content:
            assert sum(len(piece) for piece in iter(lambda: content.read(PIECE), b"")) == size
        sent = sum(len(piece) for piece in pieces(file))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert sent == size
    assert peak < size / 2
