"""The text of attached files is found, of whatever they are attached to and however they came there."""

import pytest
from django.urls import reverse

from council_portal.files.models import ExtractedText, StoredFile
from council_portal.files.storing import store
from council_portal.files.tasks import extract_missing_texts
from council_portal.files.texts import READER_VERSION, extract
from council_portal.search.models import Paragraph
from council_portal.search.sources import all_sources
from tests import factories as make
from tests.admin.forms import open_form
from tests.files.samples import picture, upload, word_with
from tests.jobs import do_jobs, waiting_jobs
from tests.search.pages import PUBLIC, page

pytestmark = pytest.mark.django_db
ATTACHED = {
    "meetings.material": lambda file: make.MaterialFactory(file=file, **PUBLIC),
    "publications.edition": lambda file: make.EditionFactory(
        file=file, published=True, is_text_on_record=True, document__visibility="public"
    ),
    "publications.announcement": lambda file: make.AnnouncementFactory(file=file, published=True, **PUBLIC),
}


@pytest.fixture
def file() -> StoredFile:
    return store(upload(word_with("آیین چلنگران"), "a.docx"), by=None)


def test_every_source_that_rests_on_files_is_looked_at_here():
    assert {source.name for source in all_sources() if ExtractedText in source.watched.values()} == ATTACHED.keys()


@pytest.mark.parametrize("kind", ATTACHED)
def test_a_file_that_came_without_a_form_is_read_and_found(client, kind, file):
    ATTACHED[kind](file)
    assert "چلنگران</mark>" not in page(client, "چلنگران")

    extract_missing_texts.func(timestamp=0)
    do_jobs()

    assert "چلنگران</mark>" in page(client, "چلنگران")


@pytest.mark.parametrize("kind", ["edition", "announcement"])
def test_the_file_of_a_publication_is_read_when_it_is_saved(client_of, kind):
    row = make.EditionFactory() if kind == "edition" else make.AnnouncementFactory()
    client, url = client_of("secretariat"), reverse(f"admin:publications_{kind}_change", args=[row.pk])

    response = client.post(url, open_form(client, url) | {"file": upload(word_with("آیین چلنگران"), "a.docx")})
    do_jobs()

    assert response.status_code == 302
    assert ExtractedText.objects.get().text == "آیین چلنگران"


def test_what_an_older_reader_has_read_is_read_again_and_found(client, file):
    ExtractedText.objects.create(file=file, text="نارگنلچ", reader_version=READER_VERSION - 1)
    make.AnnouncementFactory(file=file, published=True, **PUBLIC)

    extract_missing_texts.func(timestamp=0)
    do_jobs()

    assert "چلنگران</mark>" in page(client, "چلنگران")


@pytest.mark.parametrize("kind", ATTACHED)
def test_that_a_file_is_read_makes_nothing_new_of_what_it_is_attached_to(kind, file):
    ATTACHED[kind](file)
    rows = Paragraph.objects.filter(source=kind).order_by().values_list("changed_at").distinct()
    before = list(rows)

    extract(file)

    assert Paragraph.objects.filter(source=kind, text__contains="چلنگران").exists()
    assert list(rows.all()) == before


def test_what_is_read_has_no_text_or_is_not_searched_is_left_alone(file):
    make.AnnouncementFactory(file=file)
    make.AnnouncementFactory(file=store(upload(picture(), "a.png"), by=None))
    store(upload(word_with("به چیزی پیوست نیست"), "b.docx"), by=None)
    extract_missing_texts.func(timestamp=0)
    do_jobs()
    before = len(waiting_jobs())

    extract_missing_texts.func(timestamp=0)

    assert ExtractedText.objects.get().file == file
    assert len(waiting_jobs()) == before
