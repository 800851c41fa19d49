"""The ZIP file of a meeting's materials."""

import io
import tracemalloc
import zipfile

import pytest

from council_portal.access.visibility import Visibility
from council_portal.files.storing import store
from meetings.archive_file import archive_of
from meetings.models import Material
from tests import factories as make
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db
MEGABYTE = 1024**2


def with_file(meeting, content: bytes, **fields) -> Material:
    described = {"text": "", "visibility": Visibility.PUBLIC} | fields
    return make.MaterialFactory(meeting=meeting, file=store(upload(content, "نمونه.png"), by=None), **described)


def rows():
    return list(Material.objects.select_related("file").in_order())


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_it_holds_files_and_texts_in_folders_and_is_the_same_each_time():
    meeting = make.MeetingFactory()
    with_file(meeting, picture(), kind="picture", title="گشایش/نشست", alt_text="تصویر")
    make.MaterialFactory(meeting=meeting, title="سخنرانی نمونه", text="متن")

    content, same = (b"".join(archive_of(rows())) for __ in range(2))

    with opened(content) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["تصویر/01 گشایش-نشست.png", "سخنرانی/02 سخنرانی نمونه.txt"]
        assert archive.read("تصویر/01 گشایش-نشست.png") == picture()
        assert archive.read("سخنرانی/02 سخنرانی نمونه.txt").decode() == "سخنرانی نمونه\n\nمتن\n"
    assert same == content


def test_a_large_one_is_never_held_in_memory():
    meeting, size = make.MeetingFactory(), 20 * MEGABYTE
    for n in range(2):
        # What follows a picture's end belongs to no picture, and is kept.
        with_file(meeting, picture() + bytes([n]) * size, kind="picture", title=f"تصویر {n}", alt_text="تصویر")
    materials = rows()

    tracemalloc.start()
    length = sum(len(piece) for piece in archive_of(materials))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert length > 2 * size
    assert most < MEGABYTE


def test_a_large_one_comes_whole(client):
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True)
    large = picture() + b"x" * 10 * MEGABYTE
    with_file(meeting, large, kind="picture", title="بزرگ", alt_text="تصویر")
    closed = {"title": "بسته", "visibility": Visibility.BODY}
    with_file(meeting, picture(colour="blue"), kind="picture", alt_text="تصویر", **closed)

    answer = client.get(f"/meetings/{meeting.number}/materials.zip")

    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    with opened(answer.getvalue()) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [large]
