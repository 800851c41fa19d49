"""A stored file whose bytes were lost or changed in its store: nothing of it is used, in whichever way it is asked for.
In a folder and in an S3 store alike.
"""

import io
import zipfile

import pytest
from procrastinate.contrib.django import app

from council_portal.files.forms import token_of
from council_portal.files.models import Damage, ExtractedText, StoredFile
from council_portal.files.reading import Damaged
from council_portal.files.tasks import extract_text
from council_portal.issuing import register
from council_portal.issuing.inserts import pages_of, put
from council_portal.issuing.models import Entry, PrintJob
from council_portal.issuing.papers import Paper, pdf_of
from council_portal.issuing.tasks import make_paper
from council_portal.issuing.waiting import NotIssued
from meetings.archive_file import archive_of
from meetings.issuing import REPORT
from meetings.models import Material
from tests import factories as make
from tests.jobs import do_jobs

from . import samples
from .places import BOTH, CONTENT, address_of, stored

pytestmark = pytest.mark.django_db


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
