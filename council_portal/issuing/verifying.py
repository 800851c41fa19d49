"""Whether a document is genuine: by its code, by the hash of a file, or by a file itself.

Where the register was changed by force, anywhere in it, nothing can be said of any: what was taken out may have been
the entry of this one, or its withdrawal.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from .chain import fault_of_signature
from .codes import codes_in, is_code, read_code
from .fate import Fate, Verdict, fate_of
from .inspecting import is_reliable
from .models import Entry
from .reading import may_read
from .signing import fingerprints_in

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Answer:
    """What is said of a code or a file. `document` is the entry that it belongs to, if any; `is_open` whether the one
    who asks may read it, and so learns more than that it was issued; `fate`, of a genuine one, what has become of it.
    `by_file` says that a file was compared, not only a code; `was_seen` that the file itself was looked into."""

    verdict: Verdict
    document: Entry | None = None
    is_open: bool = False
    fate: Fate | None = None
    by_file: bool = False
    was_seen: bool = False

    @property
    def is_genuine(self) -> bool:
        return self.fate is not None


def answer_to_code(typed: str, *, user) -> Answer:
    """What is said of a code, however it was typed."""
    code = read_code(typed)
    if not is_code(code):
        return Answer(Verdict.MISTYPED)
    if not is_reliable():
        return Answer(Verdict.BROKEN)
    document = _documents().filter(code=code).first()
    if document is None:
        return Answer(Verdict.UNKNOWN)
    return _answer_of(document, user=user)


def answer_to_hash(sha256: str, *, user, codes: Sequence[str] = (), was_seen: bool = False) -> Answer:
    """What is said of a file of this SHA-256 that names `codes` somewhere in its bytes.

    A file that the portal never issued in this form, and that yet bears the code of a document, was altered. Of which
    one is not said where it names several.
    """
    told = {"by_file": True, "was_seen": was_seen}
    if not is_reliable():
        return Answer(Verdict.BROKEN, **told)
    document = _documents().filter(sha256=sha256).first() if is_sha256(sha256) else None
    if document is not None:
        return _answer_of(document, user=user, **told)
    named = _documents().filter(code__in=codes)[:2]
    if len(named) == 1:
        return Answer(Verdict.ALTERED, named[0], may_read(named[0], user), **told)
    if named:
        return Answer(Verdict.ALTERED, **told)
    return Answer(Verdict.UNKNOWN, **told)


def answer_to_file(file: BinaryIO, *, user) -> Answer:
    """What is said of a file, which is read and forgotten."""
    content = file.read()
    sha256 = hashlib.sha256(content).hexdigest()
    answer = answer_to_hash(sha256, user=user, codes=codes_in(content), was_seen=True)
    if answer.verdict is Verdict.UNKNOWN and _bears_our_signature(content):
        return Answer(Verdict.ALTERED, by_file=True, was_seen=True)
    return answer


def _answer_of(document: Entry, *, user, **told) -> Answer:
    """How a document of a register that is_reliable stands. One that the council did not sign was never issued, nor
    was what is said to have taken its place."""
    fate = fate_of(document, user=user)
    if any(map(fault_of_signature, [document, *(other.document for other in fate.successors if other.document)])):
        return Answer(Verdict.BROKEN, **told)
    return Answer(fate.verdict, document, may_read(document, user), fate, **told)


def is_sha256(text: str) -> bool:
    return _SHA256.fullmatch(text) is not None


def _documents():
    return Entry.objects.issued().with_fate()


def _bears_our_signature(content: bytes) -> bool:
    found = fingerprints_in(content)
    return bool(found) and Entry.objects.issued().filter(certificate__in=found).exists()
