"""Documents to issue in tests: announcements on a plain paper, and what can be done to a register by force."""

from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from council_portal.files.kinds import PDF
from council_portal.files.storing import keep
from council_portal.issuing import chain, register
from council_portal.issuing.codes import new_code
from council_portal.issuing.kinds import Kind
from council_portal.issuing.models import NO_ENTRY, Entry, Order
from council_portal.issuing.papers import Paper
from publications.models import Announcement
from tests import factories as make

CONTENT = b"%PDF-1.7 a sample %%EOF"


def paper_of(announcement, *, user=None) -> Paper:
    return Paper(template="paper/base.html", context={}, title=announcement.title, name="sample")


SAMPLE = Kind(
    name="sample",
    label="نمونه",
    model=Announcement,
    paper=paper_of,
    visibility=lambda announcement: announcement.visibility,
    shows=lambda announcement: [Announcement.objects.filter(title="پیوست")],
)


def subject(**values) -> Announcement:
    return make.AnnouncementFactory(**{"published": True, "visibility": "public", "title": "سند نمونه"} | values)


def issue(record: Announcement | None = None, **values) -> Entry:
    return register.issue(record or subject(), SAMPLE, **{"by": None} | values)


def ordered(record: Announcement | None = None, **values) -> Order:
    """A document that waits to be issued; no job sees to it."""
    record = record or subject()
    row = {"kind": SAMPLE.name, "subject_id": record.pk, "occasion": "publication", "title": record.title}
    return Order.objects.create(**row | values)


def known(entry: Entry) -> Entry:
    """An entry as it stands now, with what became of it."""
    return Entry.objects.with_fate().get(pk=entry.pk)


@contextmanager
def by_force():
    """What only the owner of the tables can do: change what the triggers guard."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


def rewrite() -> None:
    """Give each entry the hashes that fit what it says now."""
    previous = NO_ENTRY
    with by_force() as cursor:
        for entry in Entry.objects.order_by("number"):
            entry.previous_hash = previous
            previous = chain.hash_of(chain.row_of(entry))
            hashes = [entry.previous_hash, previous, entry.pk]
            cursor.execute("UPDATE issuing_entry SET previous_hash = %s, entry_hash = %s WHERE id = %s", hashes)


def entered(count: int, *, first: int = 1) -> list[Entry]:
    """So many documents put on record at once, each with the same small file that is no PDF: for what asks about the
    chain, the codes and the hashes alone."""
    file = keep(ContentFile(CONTENT), PDF, name="sample.pdf", by=None)
    previous, entries = chain.head(), []
    for number in range(first, first + count):
        entry = Entry(
            number=number,
            act=Entry.Act.ISSUED,
            code=new_code(),
            kind=SAMPLE.name,
            subject_id=number,
            occasion="publication",
            title=f"سند {number}",
            file=file,
            sha256=file.sha256,
            certificate="c" * 64,
            visibility="public",
            entered_at=timezone.now(),
            previous_hash=previous,
        )
        previous = entry.entry_hash = chain.hash_of(chain.row_of(entry))
        entries.append(entry)
    return Entry.objects.bulk_create(entries, batch_size=1000)
