"""The register of issued documents: putting a document on record, and withdrawing one."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from council_portal.files.storing import keep_bytes
from council_portal.jobs import defer
from council_portal.persian.calendar import today
from council_portal.refusing import Refused

from . import chain, signing
from .codes import grouped, new_code
from .kinds import Kind, kind_named
from .models import NO_ENTRY, Entry, Order
from .papers import pdf_of
from .stamps import Stamp

# One entry after the other: the number of this lock means nothing, and is nobody else's.
LOCK = 7_301_387
PERSIAN_REASON = "صدور سند"


@transaction.atomic
def issue_later(subject: models.Model, kind: Kind, *, by, occasion: str = "", reason: str = "") -> None:
    """Have the queue issue the document of `subject` once this transaction is committed.

    `occasion` says what it is issued for, "publication" or "corrigendum-2"; left out, the kind knows. For one occasion
    it is issued once, however often this is asked for. `reason` says why it takes the place of the one before. What is
    asked for of one subject is done in that order, and is not forgotten: see Order. Raises NoCertificate.
    """
    signing.require_certificate()
    with translation.override(settings.LANGUAGE_CODE):
        said = {"title": str(subject)[:250], "reason": reason, "asked_by": by}
    occasion = occasion or kind.occasion(subject)
    order = Order(kind=kind.name, subject_id=subject.pk, occasion=occasion, **said)
    Order.objects.bulk_create([order], ignore_conflicts=True)  # which asks nothing of the one that may be there
    issue_in_queue([(kind.name, subject.pk)])


def issue_in_queue(subjects: Sequence[tuple[str, int]], *, at_once: bool = False) -> None:
    """Enter a job for what waits of each of these rows, given as the name of the kind and the key.

    `at_once` goes before an attempt that is planned for later, which would hold it up: they have one lock.
    """
    from .tasks import issue_document

    for kind, subject_id in subjects:
        call = {"kind": kind, "subject_id": subject_id}
        defer(issue_document.configure(lock=f"issue-{kind}-{subject_id}", priority=int(at_once)), call)


def reissue_later(document: Entry, *, by, because: str) -> None:
    """Have the queue issue the record of a document anew, as it stands now, in the place of that document, once.

    Raises Refused without a reason, for a document that another has taken the place of, and where there is nothing any
    more to issue it of; NoCertificate.
    """
    kind = kind_named(document.kind)
    subject = kind and kind.model.objects.filter(pk=document.subject_id).first()
    if subject is None or Entry.objects.filter(supersedes=document).exists():
        raise Refused(_("Only the latest document of a record can be issued anew."))
    if not because.strip():
        raise Refused(_("Say why it is issued anew."))
    issue_later(subject, kind, by=by, occasion=f"again-{document.number}", reason=because)


@transaction.atomic
def issue(subject: models.Model, kind: Kind, *, by, occasion: str = "", reason: str = "") -> Entry:
    """Freeze the document of `subject` as a file, sign it, give it its number and code, and enter it.

    It takes the place of the document that was issued of the subject before, which stays readable. The same occasion
    again returns what was issued then. The order that asked for it goes. Raises NoCertificate, Damaged for a paper
    that lacks a file, and whatever the paper raises; then nothing is entered.
    """
    certificate, occasion = signing.certificate(), occasion or kind.occasion(subject)
    _lock()
    Order.objects.filter(kind=kind.name, subject_id=subject.pk, occasion=occasion).delete()
    earlier = Entry.objects.of(subject, kind.name)
    if done := earlier.filter(occasion=occasion).first():
        return done
    previous = earlier.order_by("-number").first()
    entry = _next_entry(by=by, reason=reason)
    entry.act, entry.code, entry.supersedes, entry.occasion = Entry.Act.ISSUED, new_code(), previous, occasion
    entry.kind, entry.subject_id = kind.name, subject.pk
    entry.visibility, entry.body = kind.visibility(subject), kind.body(subject)
    entry.shows, entry.certificate = kind.rows_shown(subject), certificate.fingerprint
    stamp = _stamp_of(entry)
    paper = replace(kind.paper(subject, user=kind.reader_of(subject)), stamp=stamp)
    for damage in paper.lacks:
        raise damage
    entry.title = paper.title[:250]
    signed = signing.sign(pdf_of(paper), by=certificate, address=stamp.address, reason=PERSIAN_REASON)
    entry.file = keep_bytes(signed, name=f"{paper.name}.pdf", by=None)
    entry.sha256 = entry.file.sha256
    return _enter(entry)


@transaction.atomic
def withdraw(document: Entry, *, by, because: str) -> Entry:
    """Enter that an issued document no longer holds, and why; its file stays, and checking it says so.

    Withdrawing twice changes nothing. Raises Refused without a reason, and for what is no document.
    """
    if document.act != Entry.Act.ISSUED:
        raise Refused(_("Only a document can be withdrawn."))
    if not because.strip():
        raise Refused(_("Say why it is withdrawn."))
    _lock()
    if done := Entry.objects.filter(withdraws=document).first():
        return done
    entry = _next_entry(by=by, reason=because)
    entry.act, entry.withdraws, entry.title = Entry.Act.WITHDRAWN, document, document.title
    entry.kind, entry.subject_id, entry.occasion = document.kind, document.subject_id, document.occasion
    entry.visibility, entry.body = document.visibility, document.body
    return _enter(entry)


def _lock() -> None:
    """Let nobody else enter anything until this transaction ends: a lock on the rows would need the right to change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _next_entry(*, by, reason: str) -> Entry:
    last = Entry.objects.order_by("-number").first()
    return Entry(
        number=last.number + 1 if last else 1,
        previous_hash=last.entry_hash if last else NO_ENTRY,
        entered_at=timezone.now(),
        entered_by=by,
        reason=reason,
    )


def _stamp_of(entry: Entry) -> Stamp:
    return Stamp(
        number=entry.number,
        code=grouped(entry.code),
        address=settings.PORTAL_URL + reverse("issuing:document", args=[grouped(entry.code)]),
        issued_on=today(),
        head=entry.previous_hash,
        supersedes=entry.supersedes.number if entry.supersedes else None,
    )


def _enter(entry: Entry) -> Entry:
    """Add the last link of the chain. Texts get the form in which they are stored first: that is what is hashed."""
    for name in ("title", "reason"):
        setattr(entry, name, Entry._meta.get_field(name).to_python(getattr(entry, name)))
    entry.entry_hash = chain.hash_of(chain.row_of(entry))
    entry.save(force_insert=True)
    return entry
