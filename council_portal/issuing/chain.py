"""The chain of the register: each entry's hash is made of all that it says and of the hash of the entry before.

So no entry can be changed, left out, put in or moved without every later hash becoming another, and every document
bears on paper the head of the chain as it was before it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from council_portal.files.models import Damage
from council_portal.files.reading import Damaged, Unavailable, opened, prove

from .codes import is_code
from .models import NO_ENTRY, Entry
from .signing import is_of_the_council, signature_of
from .stamps import is_printed_on

FORMAT = "council-register-1"
# Every column but the key, the file's key, whose hash is there, and the hash itself.
COLUMNS = (
    *("number", "act", "code", "kind", "subject_id", "occasion", "title", "sha256", "certificate", "visibility"),
    *("body", "shows", "supersedes__number", "withdraws__number", "reason", "entered_at", "entered_by_id"),
    "previous_hash",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROWS_AT_ONCE = 2000


def hash_of(row: Mapping[str, Any]) -> str:
    """The hash of an entry, given as its COLUMNS: SHA-256 of one unambiguous text, in which a moment is a count of
    microseconds since 1970 in UTC, whatever the time zone of the session that reads it."""
    said = {name: row[name] for name in COLUMNS}
    said["entered_at"] = (said["entered_at"] - EPOCH) // timedelta(microseconds=1)
    text = json.dumps([FORMAT, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def row_of(entry: Entry) -> dict[str, Any]:
    """The COLUMNS of an entry that is not saved yet."""
    row = {name: getattr(entry, name) for name in COLUMNS if "__" not in name}
    for name in ("supersedes", "withdraws"):
        other = getattr(entry, name)
        row[f"{name}__number"] = other.number if other else None
    return row


def head() -> str:
    """The hash of the latest entry."""
    return Entry.objects.order_by("-number").values_list("entry_hash", flat=True).first() or NO_ENTRY


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry; number 0 is the register as a whole.

    `is_rewriting` says that the register itself was changed by force, so that none of it can be relied on; a lost file
    is its entry's own matter.
    """

    number: int
    why: str
    is_rewriting: bool = False


MISSING = gettext_lazy("the register jumps: the entry or entries before it are missing")
NOT_CHAINED = gettext_lazy("it does not hold the hash of the entry before it: that one was changed, or this one")
CHANGED = gettext_lazy("what it says was changed after it was entered: its hash is another")
BAD_CODE = gettext_lazy("its code is none that the portal gives")
NO_FILE = gettext_lazy("its file is not in the storage")
OTHER_FILE = gettext_lazy("its file is not the one that was issued: the bytes have another hash")
OTHER_ROW = gettext_lazy("it points to another file than the one that was issued")
UNREADABLE = gettext_lazy("its file cannot be read: %(error)s")
NOT_SIGNED = gettext_lazy("its file bears no signature of the council that holds for all of it")
OTHER_CERTIFICATE = gettext_lazy("its file is signed with another certificate than the one on record")
STRANGE_CERTIFICATE = gettext_lazy("its file is signed with a certificate that is none of the council's")
OTHER_PRINT = gettext_lazy(
    "its signed file bears another code, or another head of the register before it, than the register says: the "
    "register was rewritten"
)


def faults_of_chain() -> Iterator[Fault]:
    """Go through all entries in their order, a few thousand in memory at a time, and name each that is wrong."""
    number, previous = 0, NO_ENTRY
    rows = Entry.objects.order_by("number").values(*COLUMNS, "entry_hash", "file__sha256")
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        if why := _fault_of_row(row, number, previous):
            yield Fault(row["number"], str(why), is_rewriting=True)
        number, previous = row["number"], row["entry_hash"]


def _fault_of_row(row: Mapping[str, Any], number: int, previous: str):
    if row["number"] != number + 1:
        return MISSING
    if hash_of(row) != row["entry_hash"]:
        return CHANGED
    if row["previous_hash"] != previous:
        return NOT_CHAINED
    if row["code"] is not None and not is_code(row["code"]):
        return BAD_CODE
    return OTHER_ROW if (row["file__sha256"] or "") != row["sha256"] else None


def faults_of_files() -> Iterator[Fault]:
    """Hash every issued file again, and name the entries of those that are gone or have other bytes."""
    for entry in _documents():
        try:
            prove(entry.file, anew=True)
        except Damaged as damage:
            yield Fault(entry.number, str(NO_FILE if damage.what == Damage.What.LOST else OTHER_FILE))
        except Unavailable as error:  # whatever the disk or the store has, the other files are to be looked at
            yield Fault(entry.number, UNREADABLE % {"error": repr(error)})


def faults_of_signatures() -> Iterator[Fault]:
    """Check the signature of every issued file that is whole, as of the moment it was issued, and what it bears.

    Whoever rewrites the register, with all its hashes, or adds a document of their own, has no key to sign the files:
    each still says the head that stood before it, which is made of all entries before it and of their numbers.
    """
    for entry in _documents():
        if why := fault_of_signature(entry):
            yield Fault(entry.number, str(why), is_rewriting=True)


def fault_of_signature(entry: Entry):
    """What is wrong with the signature of an issued file, or with what it bears; None too where its bytes cannot be
    had, which is found where they are hashed."""
    try:
        with opened(entry.file) as content:
            pdf = content.read()
    except OSError:
        return None
    signature = signature_of(pdf, at=entry.entered_at)
    if signature is None or not signature.is_whole:
        return NOT_SIGNED
    if signature.fingerprint != entry.certificate:
        return OTHER_CERTIFICATE
    if not is_of_the_council(signature.fingerprint):
        return STRANGE_CERTIFICATE
    return None if is_printed_on(pdf, code=entry.code, head=entry.previous_hash) else OTHER_PRINT


def _documents() -> Iterator[Entry]:
    documents = Entry.objects.issued().order_by("number").select_related("file")
    documents = documents.only("number", "code", "previous_hash", "sha256", "certificate", "entered_at", "file")
    return documents.iterator(chunk_size=ROWS_AT_ONCE)


def is_on_record(head: str) -> bool:
    """Whether a head that was printed on a document is one of this register; a rewritten one has others."""
    return head == NO_ENTRY or Entry.objects.filter(entry_hash=head).exists()
