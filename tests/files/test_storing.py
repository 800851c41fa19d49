import re
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from council_portal.files.kinds import EVERYTHING, PICTURES, WORD_FILES
from council_portal.files.models import StoredFile
from council_portal.files.storing import safe_name, store
from tests.factories import UserFactory

from . import samples
from .samples import upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "media_type", "suffix"),
    [
        (samples.PDF, "application/pdf", ".pdf"),
        (samples.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        (samples.open_document(), samples.ODT, ".odt"),
        (samples.picture("JPEG"), "image/jpeg", ".jpg"),
        (samples.picture("PNG"), "image/png", ".png"),
        (samples.picture("WEBP"), "image/webp", ".webp"),
    ],
    ids=["pdf", "docx", "odt", "jpeg", "png", "webp"],
)
def test_a_file_is_what_its_content_says(content, media_type, suffix):
    stored = store(upload(content, "فایل.html", "text/html"), by=None)

    assert (stored.media_type, stored.name) == (media_type, f"فایل.html{suffix}")
    assert stored.content.open("rb").read() == content


@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        samples.SVG,
        samples.EXE,
        b"\x7fELF" + b"\x00" * 100,
        b"#!/bin/sh\nrm -rf /",
        "متن ساده".encode(),
        b"GIF89a" + b"\x00" * 50,
        samples.HTML + samples.PDF,
        samples.zip_of({"a.txt": b"x"}),
        samples.zip_of({"META-INF/MANIFEST.MF": b"x", "Main.class": b"\xca\xfe\xba\xbe"}),
        samples.open_document("text/html"),
        bytes(range(256)),
    ],
    ids=["html", "svg", "exe", "elf", "script", "text", "gif", "html-pdf", "zip", "jar", "false-odf", "bytes"],
)
@pytest.mark.parametrize("name", ["صورت‌جلسه.pdf", "picture.jpg", "letter.docx"])
def test_other_kinds_are_refused_whatever_their_name(content, name):
    with pytest.raises(ValidationError) as refusal:
        store(upload(content, name, "application/pdf"), by=None)

    assert refusal.value.code == "kind"
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (samples.picture("PNG")[:-30], "broken"),
        (samples.picture("JPEG", size=(400, 300))[:400], "broken"),
        (samples.PDF[:-8], "broken"),
        (samples.word()[:-10], "broken"),
        (samples.word(**{"word/vbaProject.bin": b"macro"}), "macros"),
        (samples.word(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}), "macros"),
        (samples.word(**{"word/media/zeros": bytes(3_000_000)}), "bomb"),
        (b"", "empty"),
    ],
    ids=["png", "jpeg", "pdf", "zip", "vba", "macro-type", "bomb", "empty"],
)
def test_broken_and_dangerous_files_are_refused(content, reason):
    with pytest.raises(ValidationError) as refusal:
        store(upload(content), by=None)

    assert refusal.value.code == reason


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(settings):
    settings.FILES_MAX_PIXELS = 1000

    with pytest.raises(ValidationError) as refusal:
        store(upload(samples.picture(size=(100, 11))), by=None)

    assert refusal.value.code == "bomb"


def test_a_picture_that_pillow_itself_calls_a_bomb_is_refused():
    with pytest.raises(ValidationError) as refusal:
        store(upload(samples.huge_png()), by=None)

    assert refusal.value.code == "bomb"


def test_a_file_above_the_limit_is_refused(settings):
    settings.FILES_MAX_BYTES = 10

    with pytest.raises(ValidationError) as refusal:
        store(upload(samples.PDF), by=None)

    assert refusal.value.code == "too_large"


def test_a_document_is_refused_where_a_picture_is_asked_for():
    with pytest.raises(ValidationError) as refusal, translation.override("en"):
        store(upload(samples.PDF, "a.jpg"), by=None, allowed=PICTURES)

    assert "JPEG, PNG or WebP" in refusal.value.message


@pytest.mark.parametrize("allowed", [EVERYTHING, PICTURES, WORD_FILES])
def test_what_is_taken_is_named_in_persian_words(allowed):
    with pytest.raises(ValidationError) as refusal:
        store(upload(samples.HTML), by=None, allowed=allowed)

    assert not re.search("[A-Z]", refusal.value.message)


def test_the_same_file_is_kept_once():
    first = store(upload(samples.PDF, "اول.pdf"), by=UserFactory())

    assert store(upload(samples.PDF, "اول.pdf"), by=None) == first
    assert StoredFile.objects.count() == 1


def test_the_same_bytes_under_another_name_are_another_file_and_are_kept_once():
    """The name of the first may say what is closed to those who read the second."""
    first = store(upload(samples.PDF, "محرمانه.pdf"), by=None)
    second = store(upload(samples.PDF, "برنامه.pdf"), by=None)

    assert (first.name, second.name) == ("محرمانه.pdf", "برنامه.pdf")
    assert first.content.name == second.content.name
    folder = first.content.name.partition("/")[0]
    _folders, files = first.content.storage.listdir(folder)
    assert [name for name in files if name.startswith(first.sha256)] == [first.sha256]


def test_a_half_written_copy_that_a_crash_has_left_is_made_whole():
    path = f"{sha256(samples.PDF).hexdigest()[:2]}/{sha256(samples.PDF).hexdigest()}"
    StoredFile.content.field.storage.save(path, upload(samples.PDF[:10]))

    stored = store(upload(samples.PDF), by=None)

    assert stored.content.name == path
    assert stored.content.open("rb").read() == samples.PDF


def test_a_picture_knows_its_size():
    stored = store(upload(samples.picture(size=(40, 30))), by=None)

    assert (stored.width, stored.height) == (40, 30)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("گزارش.pdf", "گزارش.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("C:\\مدارك\\نامه.PDF", "C -مدارک-نامه.pdf"),
        ("مصوبه اجلاس/۸۳", "مصوبه اجلاس-۸۳.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("a\x00b\u202ecod.pdf", "abcod.pdf"),
        ('x"; filename="y.html', "x filename= y.html.pdf"),
        ("ن" * 400 + ".pdf", "ن" * 150 + ".pdf"),
    ],
)
def test_names_are_safe_to_hand_out(given, kept):
    assert safe_name(given, "application/pdf") == kept
