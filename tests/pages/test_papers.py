"""Every kind of document on paper, made of the demo: whole, marked as made up, and as its standard asks."""

import pytest

from council_portal.issuing.papers import Variant
from tests.issuing.pdf_files import opened
from tests.issuing.standards import faults_of
from tests.jobs import do_jobs
from tests.pages.addresses import PAPERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def content_at(client, address: str) -> bytes:
    """The file at an address; a long one once the queue has made it."""
    answer = client.get(address)
    if answer.status_code == 302:
        do_jobs()
        answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def variant_of(document) -> Variant:
    with document.open_metadata() as metadata:
        return Variant.ACCESSIBLE if metadata.get("pdfuaid:part") == "1" else Variant.ARCHIVAL


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_the_demo_is_whole(client_of, name):
    content = content_at(client_of("secretariat"), PAPERS[name]())

    with opened(content) as document:
        fonts = [page.resources.get("/Font", {}) for page in document.pages]
        assert all(fonts), "an empty page"
        assert str(document.Root.Lang) == "fa"
        assert document.docinfo["/Title"]
        assert faults_of(content, variant_of(document)) == []
