"""The bytes of a stored file, from whatever store they lie in. None of them leaves before all of them are proved.

Whoever uses a stored file opens it here. It is hashed first; as long as the store shows that nothing was written in its
place since, it is not hashed again for an hour, so that a reader's many requests for parts cost one look each.
"""

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from io import UnsupportedOperation
from tempfile import SpooledTemporaryFile

from django.core.cache import caches
from django.core.files.base import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Damage, StoredFile

PIECE = 64 * 1024
IN_MEMORY = 32 * PIECE
# Two writes within one tick of a disk's clock leave the same time on a file; the coarsest clocks tick each two seconds.
TICK_NS = 2 * 10**9


class Unavailable(OSError):
    """The bytes of a file that is on record cannot be had just now. That says nothing of the file itself."""

    because = _("the store does not answer")

    def __init__(self, stored_file: StoredFile, why: object):
        super().__init__(f"{stored_file.sha256} ({stored_file.name}): {why}")
        self.stored_file = stored_file

    @property
    def in_words(self) -> str:
        return gettext("“%(name)s” is on record, but %(because)s.") % {
            "name": self.stored_file.name,
            "because": self.because,
        }


class Damaged(Unavailable):
    """They are lost, or others by now."""

    def __init__(self, stored_file: StoredFile, what: Damage.What):
        super().__init__(stored_file, what.value)
        self.what, self.because = what, BECAUSE[what]


BECAUSE = {
    Damage.What.LOST: _("it is not in the store"),
    Damage.What.CHANGED: _("its bytes in the store are others than those that came in, so it is not handed out"),
}


class Pieces:
    """The next `length` bytes of something readable, in pieces; it is closed at their end, or by `close`."""

    def __init__(self, readable, length: int):
        self.readable, self.left = readable, length

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self.readable.read(min(PIECE, self.left)) if self.left > 0 else b""
        if not piece:
            self.close()
            raise StopIteration
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.left = 0
        self.readable.close()


def prove(stored_file: StoredFile, *, anew: bool = False) -> None:
    """Raises Damaged unless the file is what it was when it came in, Unavailable where its store does not answer.

    `anew` relies on nothing that was seen before.
    """
    with _problems_of(stored_file), closing(_from_store(stored_file, first=0, length=1)) as readable:
        _prove(stored_file, readable, anew=anew)


def pieces(stored_file: StoredFile, *, first: int = 0, length: int | None = None) -> Pieces:
    """`length` bytes from the byte `first` on, else all; proved and opened at once. Raises what `prove` does."""
    length = stored_file.size if length is None else length
    with _problems_of(stored_file):
        return Pieces(_proved(stored_file, first=first, length=length), length)


def opened(stored_file: StoredFile) -> File:
    """The file, proved and open at its beginning, for whoever reads to and fro in it. Raises what `prove` does."""
    with _problems_of(stored_file):
        readable = _proved(stored_file, first=0, length=stored_file.size)
        if hasattr(readable, "seek"):
            return readable
        with ExitStack() as unless_whole:
            spool = unless_whole.enter_context(SpooledTemporaryFile(IN_MEMORY))
            for piece in Pieces(readable, stored_file.size):
                spool.write(piece)
            spool.seek(0)
            unless_whole.pop_all()
        return File(spool)


@contextmanager
def _problems_of(stored_file: StoredFile) -> Iterator[None]:
    """What goes wrong in the store, said of the file. One on a sector that cannot be read is as good as lost."""
    try:
        yield
    except Unavailable:
        raise
    except OSError as error:
        if isinstance(error, FileNotFoundError) or error.errno == errno.EIO:
            raise Damaged(stored_file, Damage.What.LOST) from error
        raise Unavailable(stored_file, repr(error)) from error


def _proved(stored_file: StoredFile, *, first: int, length: int):
    readable = _from_store(stored_file, first=first, length=length)
    try:
        _prove(stored_file, readable)
        if hasattr(readable, "seek"):
            readable.seek(first)
    except OSError:
        readable.close()
        raise
    return readable


def _from_store(stored_file: StoredFile, *, first: int, length: int):
    """These bytes, to be read once, of a store that can send a part (files/s3.py); else the whole file."""
    storage, name = stored_file.content.storage, stored_file.content.name
    if hasattr(storage, "open_part"):
        return storage.open_part(name, first=first, length=length)
    return storage.open(name, "rb")


def _prove(stored_file: StoredFile, readable, *, anew: bool = False) -> None:
    """Hash the file that `readable` is, or is a part of, unless that was done since it was last written."""
    state = _state_of(readable)
    proof = f"{stored_file.sha256}-{state}"
    if state and not anew and caches["proofs"].get(proof):
        return
    digest = hashlib.sha256()
    # One byte more than it has, so that a file to which something was added is another.
    with closing(_from_store(stored_file, first=0, length=stored_file.size + 1)) as whole:
        while piece := whole.read(PIECE):
            digest.update(piece)
        if not state == _state_of(whole) == _state_of(readable):
            raise Unavailable(stored_file, "it was written to meanwhile")
    if digest.hexdigest() != stored_file.sha256:
        raise Damaged(stored_file, Damage.What.CHANGED)
    if state:
        caches["proofs"].set(proof, True)


def _state_of(readable) -> str:
    """What becomes another whenever something is written in the place of these bytes; "" where none can be told."""
    if hasattr(readable, "state"):
        return readable.state
    try:
        seen = os.fstat(readable.fileno())
    except (AttributeError, UnsupportedOperation):  # it lies in memory
        return ""
    if time.time_ns() - seen.st_ctime_ns < TICK_NS:
        return ""
    return f"{seen.st_dev}-{seen.st_ino}-{seen.st_size}-{seen.st_mtime_ns}-{seen.st_ctime_ns}"
