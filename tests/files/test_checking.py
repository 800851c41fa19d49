"""The command that checks all files; tests/files/test_damage.py tries each use of one that is damaged."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from council_portal.files.models import ExtractedText, StoredFile
from council_portal.files.reading import Unavailable
from council_portal.files.storing import store
from council_portal.files.tasks import extract_text

from . import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> StoredFile:
    return store(samples.upload(samples.PDF, "اساسنامه.pdf"), by=None)


def lose(file: StoredFile) -> None:
    file.content.storage.delete(file.content.name)


def alter(file: StoredFile, content: bytes) -> None:
    lose(file)
    file.content.storage.save(file.content.name, ContentFile(content))


def checked() -> str:
    said = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("check_files", stdout=said)
    return f"{said.getvalue()}{refusal.value}"


def test_whole_files_pass(file):
    said = StringIO()
    call_command("check_files", stdout=said)

    assert "All 1 files" in said.getvalue()


def test_a_lost_file_is_named(file):
    lose(file)

    assert f"lost: {file.sha256} اساسنامه.pdf" in checked()


@pytest.mark.parametrize("content", [samples.PDF[:-1] + b"x", samples.PDF + b"x", samples.PDF[:9]])
def test_an_altered_file_is_named(file, content):
    alter(file, content)

    assert f"changed: {file.sha256}" in checked()


def test_a_file_that_is_not_to_be_had_is_nothing_that_is_known_of_its_text(file):
    lose(file)

    with pytest.raises(Unavailable):
        extract_text.func(file.pk)

    assert not ExtractedText.objects.exists()
