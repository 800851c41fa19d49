"""A stored file whose bytes were lost or changed in its store: nothing of it is used, in whichever way it is asked for,
and it is noticed, told and put on record once. In a folder and in an S3 store alike.
"""

import io
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.utils.timezone import now
from procrastinate.contrib.django import app

from council_portal.files.checking import check
from council_portal.files.forms import token_of
from council_portal.files.kinds import PDF
from council_portal.files.models import Damage, ExtractedText, StoredFile
from council_portal.files.reading import PIECE, Damaged, Unavailable, opened, pieces
from council_portal.files.storing import keep, store
from council_portal.files.tasks import check_all_files, extract_text
from council_portal.issuing import register
from council_portal.issuing.inserts import pages_of, put
from council_portal.issuing.models import Entry, PrintJob
from council_portal.issuing.papers import Paper, pdf_of
from council_portal.issuing.tasks import make_paper
from council_portal.issuing.waiting import NotIssued
from council_portal.notices.models import Notice
from council_portal.stores import files_in
from meetings.archive_file import archive_of
from meetings.issuing import REPORT
from meetings.models import Material
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.issuing.pdf_files import pdf
from tests.jobs import do_jobs
from tests.roles import ROLES, user_of

from . import samples

pytestmark = pytest.mark.django_db
CONTENT = pdf((595, 842))
BOTH = pytest.mark.parametrize("what", ["lost", "changed"])


@dataclass
class Place:
    """Where the files lie, as somebody sees it who has it before them."""

    read: Callable[[str], bytes]
    write: Callable[[str, bytes], object]
    delete: Callable[[str], object]

    def spoil(self, file: StoredFile, what: str) -> None:
        if what == "lost":
            self.delete(file.content.name)
            return
        content = bytearray(self.read(file.content.name))
        content[len(content) // 2] ^= 1
        self.write(file.content.name, bytes(content))

    def put_back(self, file: StoredFile, content: bytes) -> None:
        self.write(file.content.name, content)


def in_folder(folder: Path) -> Place:
    def write(name, content):
        (folder / name).touch()
        with (folder / name).open("r+b") as place:  # in place: the same inode, the same size
            place.write(content)

    return Place(lambda name: (folder / name).read_bytes(), write, lambda name: (folder / name).unlink())


def in_bucket(bucket) -> Place:
    return Place(
        lambda name: bucket.Object(name).get()["Body"].read(),
        lambda name, content: bucket.put_object(Key=name, Body=content),
        lambda name: bucket.Object(name).delete(),
    )


@pytest.fixture(params=["folder", "bucket"])
def place(request) -> Place:
    where = request.getfixturevalue(request.param)
    return in_folder(where) if request.param == "folder" else in_bucket(where)


def stored(content: bytes = CONTENT, name: str = "اساسنامه.pdf") -> StoredFile:
    return store(samples.upload(content, name), by=None)


def address_of(file: StoredFile) -> str:
    return make.EditionFactory(published=True, file=file).file_url


# Each use


@BOTH
@pytest.mark.parametrize(
    ("method", "headers", "status", "sent"),
    [
        ("get", {}, 200, CONTENT),
        ("head", {}, 200, b""),
        ("get", {"range": "bytes=0-3"}, 206, CONTENT[:4]),
        ("get", {"if-none-match": '"{}"'}, 304, b""),
    ],
    ids=["whole", "head", "part", "known"],
)
def test_nothing_of_it_is_handed_out(client, place, what, method, headers, status, sent):
    file = stored()
    address = address_of(file)
    headers = {name: value.format(file.sha256) for name, value in headers.items()}
    usual = getattr(client, method)(address, headers=headers)
    assert b"".join(usual) == sent

    place.spoil(file, what)
    response = getattr(client, method)(address, headers=headers)

    assert (usual.status_code, response.status_code) == (status, 503)
    assert not response.streaming
    assert b"%PDF" not in response.content


@pytest.mark.parametrize(("what", "why"), [("lost", "در مخزن فایل‌ها نیست"), ("changed", "عوض شده است")])
def test_the_page_says_what_is_wrong(client, place, what, why, caplog):
    file = stored()
    address = address_of(file)
    place.spoil(file, what)

    text = client.get(address).text

    assert "«اساسنامه.pdf»" in text
    assert why in text
    assert file.sha256 in caplog.text


def test_a_form_does_not_show_it(client_of, place):
    file = stored(samples.picture(), "تصویر.png")
    place.spoil(file, "changed")

    assert client_of("secretariat").get(f"/files/form/{token_of(file)}/").status_code == 503


@BOTH
def test_the_files_of_a_meeting_are_packed_with_a_word_in_its_place(client, place, what):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True))
    for content, name in ((CONTENT, "a.pdf"), (samples.picture(), "b.png")):
        make.MaterialFactory(meeting=meeting, visibility="public", text="", title=name, file=stored(content, name))
    address = f"{meeting.get_absolute_url()}materials.zip"

    place.spoil(Material.objects.get(title="b.png").file, what)
    packed = zipfile.ZipFile(io.BytesIO(client.get(address).getvalue()))

    whole, missing = packed.namelist()
    assert packed.read(whole) == CONTENT
    assert missing.endswith("b.png (ناموجود).txt")
    assert "«b.png» ثبت شده است، اما" in packed.read(missing).decode()
    assert Damage.objects.open().get().file.name == "b.png"


def test_one_that_changes_while_it_is_packed_breaks_the_pack_off(place):
    material = make.MaterialFactory(text="", file=stored())
    pieces = archive_of([material])
    place.spoil(material.file, "changed")

    with pytest.raises(Damaged):
        b"".join(pieces)


HTML = '<html lang="fa"><head><title>نمونه</title></head><body><img src="paper:1" alt="نمونه"></body></html>'


def with_picture(file: StoredFile) -> bytes:
    return pdf_of(Paper(template="", context={}, title="نمونه", name="نمونه", files={"1": file}), html=HTML)


@BOTH
def test_no_paper_is_made_with_its_picture_or_without(place, what):
    file = stored(samples.picture(), "تصویر.png")
    assert with_picture(file).startswith(b"%PDF")

    place.spoil(file, what)

    with pytest.raises(Damaged):
        with_picture(file)


@BOTH
def test_no_page_of_it_is_put_into_a_paper(place, what):
    file = stored()
    inserts = pages_of(file, first_place=0)
    html = f'<html lang="fa"><head><title>نمونه</title></head><body><img src="{inserts[0].image}"></body></html>'
    made = pdf_of(Paper(template="", context={}, title="نمونه", name="نمونه"), html=html)

    place.spoil(file, what)

    with pytest.raises(Damaged):
        pages_of(file, first_place=0)
    with pytest.raises(Damaged):
        put(made, inserts)


@BOTH
def test_its_text_is_not_read_and_the_job_has_it_put_on_record(place, what):
    file = stored()
    place.spoil(file, what)
    extract_text.defer(file_id=file.pk)

    with pytest.raises(Damaged):
        do_jobs(extract_text)

    assert not ExtractedText.objects.exists()
    assert Damage.objects.get().what == what


@BOTH
def test_no_small_picture_is_made_of_it(place, what):
    material = make.MaterialFactory(kind="picture", alt_text="تصویر", text="", file=stored(samples.picture(), "a.png"))
    place.spoil(material.file, what)
    app.tasks["meetings.tasks.make_thumbnail"].defer(material_id=material.pk)

    with pytest.raises(Damaged):
        do_jobs(app.tasks["meetings.tasks.make_thumbnail"])

    material.refresh_from_db()
    assert material.thumbnail is None
    assert Damage.objects.get().file == material.file


@BOTH
def test_no_document_is_issued_with_it(place, what):
    """The record of the damage outlives the transaction of the register, which is taken back."""
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), visibility="public")
    make.MinutesFactory(meeting=meeting, published=True, visibility="public")
    picture = {"kind": "picture", "alt_text": "تصویر", "text": "", "file": stored(samples.picture(), "a.png")}
    material = make.MaterialFactory(meeting=meeting, visibility="public", **picture)
    register.issue_later(meeting, REPORT, by=None)

    place.spoil(material.file, what)
    with pytest.raises(NotIssued, match="«a.png» ثبت شده است"):
        do_jobs()

    assert not Entry.objects.exists()
    assert Damage.objects.get().file == material.file


# What is put on record and told


@BOTH
def test_it_is_put_on_record_and_told_to_the_secretariat_once(client, place, what):
    readers = {role: user_of(role) for role in ROLES if role not in ("visitor", "body_member", "officer")}
    file = stored()
    address = address_of(file)
    place.spoil(file, what)

    client.get(address), client.get(address), check_all_files.func(0)

    damage = Damage.objects.get()
    assert (damage.file, damage.what, damage.whole_again_at) == (file, what, None)
    notice = Notice.objects.get()
    assert notice.recipient == readers["secretariat"]
    assert "اساسنامه.pdf" in notice.title
    assert client_as(client, readers["secretariat"]).get(notice.address).status_code == 200


def test_what_was_changed_and_is_lost_later_says_so(client, place):
    file = stored()
    for what in ("changed", "lost"):
        place.spoil(file, what)
        check(file)

        assert Damage.objects.get().what == what


@BOTH
def test_whoever_brings_it_again_makes_it_whole(client, place, what):
    file = stored()
    address = address_of(file)
    place.spoil(file, what)
    client.get(address)

    stored(name="دوباره.pdf")

    assert b"".join(client.get(address).streaming_content) == CONTENT
    assert Damage.objects.get().whole_again_at


@BOTH
def test_what_nobody_has_opened_is_noticed_when_it_is_brought_again(place, what):
    file = stored()
    place.spoil(file, what)

    stored()

    assert Damage.objects.get().whole_again_at
    with opened(file) as content:
        assert content.read() == CONTENT


@BOTH
def test_the_nightly_check_notices_what_nobody_opens_and_that_it_is_whole_again(place, what):
    file, other = stored(), stored(samples.picture(), "a.png")
    place.spoil(file, what)

    check_all_files.func(0)
    noticed = Damage.objects.get()
    place.put_back(file, CONTENT)
    check_all_files.func(0)

    assert (noticed.file, noticed.whole_again_at) == (file, None)
    assert Damage.objects.get().whole_again_at
    assert not other.damages.exists()


def test_a_second_damage_is_another_and_told_again(place):
    user_of("secretariat")
    file = stored()
    for __ in range(2):
        place.spoil(file, "changed")
        check(file)
        stored()

    assert Damage.objects.filter(whole_again_at__isnull=False).count() == Notice.objects.count() == 2


def test_it_is_told_that_a_document_could_not_be_made(place):
    """A long document with a damaged picture; it can be made once the picture is whole again."""
    file = stored(samples.picture(), "a.png")
    place.spoil(file, "changed")
    job = PrintJob.objects.create(
        fingerprint="f",
        title="نمونه",
        name="نمونه",
        variant="pdf/ua-1",
        html=HTML,
        files={"1": file.pk},
        pages_expected=9,
    )

    make_paper.func(job.pk)

    job.refresh_from_db()
    assert job.status == PrintJob.Status.FAILED
    assert Damage.objects.get().file == file


# What says nothing of a file


def test_a_store_that_is_down_is_no_damage(client, bucket, server):
    file = stored()
    address = address_of(file)
    bucket.object_versions.delete()
    bucket.delete()
    try:
        assert client.get(address).status_code == 503
        with pytest.raises(Unavailable):
            check_all_files.func(0)
        with pytest.raises(CommandError, match="does not answer"):
            call_command("check_files")
    finally:
        bucket.create()

    assert not Damage.objects.exists()


def test_a_store_that_nothing_answers_for_is_no_damage(client, settings, db):
    address = address_of(stored())
    settings.STORAGES = settings.STORAGES | {"default": files_in(f"http://key:secret@127.0.0.1:{free_port()}/council")}

    assert client.get(address).status_code == 503
    assert not Damage.objects.exists()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# What is not hashed again


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


def client_as(client, user):
    client.force_login(user, backend=ACCOUNTS)
    return client
