"""Files that were lost or altered in their store: found, said so, and whole again once they are brought again."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from council_portal.files.models import ExtractedText, StoredFile
from council_portal.files.reading import Unavailable
from council_portal.files.storing import store
from council_portal.files.tasks import extract_text
from tests import factories as make

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

    assert f"missing: {file.sha256} اساسنامه.pdf" in checked()


@pytest.mark.parametrize("content", [samples.PDF[:-1] + b"x", samples.PDF + b"x", samples.PDF[:9]])
def test_an_altered_file_is_named(file, content):
    alter(file, content)

    assert f"altered: {file.sha256}" in checked()


def test_a_lost_file_answers_with_a_page_that_says_so(client, file, caplog):
    address = make.EditionFactory(published=True, file=file).file_url
    lose(file)

    response = client.get(address)

    assert response.status_code == 503
    assert "«اساسنامه.pdf»" in response.text
    assert file.sha256 in caplog.text


def test_a_lost_file_is_whole_again_when_it_is_brought_again(file):
    lose(file)

    assert store(samples.upload(samples.PDF, "دوباره.pdf"), by=None) == file

    call_command("check_files", stdout=StringIO())


def test_a_store_that_does_not_answer_is_nothing_that_is_known_of_the_file(file):
    lose(file)

    with pytest.raises(Unavailable):
        extract_text.func(file.pk)

    assert not ExtractedText.objects.exists()
