"""Minutes to be issued, and what was issued of them."""

import io

import pypdfium2

from council_portal.issuing.models import Entry
from meetings import minutes as rules
from tests import factories as make
from tests.issuing.pdf_files import opened
from tests.jobs import do_jobs


def approved_minutes(*, of="public", meeting="public", item="public", more=(), body=None):
    """Minutes of the assembly that wait for their publication, with one decision; each of such a visibility."""
    meeting = make.MeetingFactory(body=body or make.BodyFactory(assembly=True), held=True, visibility=meeting)
    about = make.AgendaItemFactory(meeting=meeting, position=1, title="گزارش نمونه", visibility=item)
    for position, values in enumerate(more, start=2):
        make.AgendaItemFactory(meeting=meeting, position=position, **values)
    decision = make.DecisionFactory(meeting=meeting, agenda_item=about, numbered=True, visibility="public")
    make.AssignmentFactory(decision=decision)
    return make.MinutesFactory(meeting=meeting, approved=True, visibility=of)


def issue(minutes):
    """Publish minutes, and let the queue do what there is to do."""
    rules.publish(minutes, by=make.UserFactory(secretariat=True))
    do_jobs()


def issued(kind) -> Entry:
    """The latest document of a kind, with what became of it."""
    return Entry.objects.issued().filter(kind=kind.name).newest_first().with_fate().first()


def page(client, record) -> str:
    return client.get(record.get_absolute_url()).content.decode()


def words_in(document: Entry) -> str:
    with document.file.content.open("rb") as content:
        pages = pypdfium2.PdfDocument(io.BytesIO(content.read()))
        return " ".join(page.get_textpage().get_text_bounded() for page in pages)


def source_of(content: bytes) -> str:
    """The text that an archival document is made of, which it carries: what is read out of its pages is in disorder."""
    with opened(content) as document:
        return document.attachments["source.html"].get_file().read_bytes().decode()


def file_at(client, address) -> bytes:
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def bytes_of(document: Entry) -> bytes:
    with document.file.content.open("rb") as content:
        return content.read()


def papers_of(minutes) -> tuple[str, str]:
    decision = minutes.meeting.decisions.get()
    return f"{minutes.meeting.get_absolute_url()}minutes.pdf", f"{decision.get_absolute_url()}excerpt.pdf"
