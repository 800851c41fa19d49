"""The bytes of a stored file, whole or a part of them, from whatever store they lie in."""

from collections.abc import Iterator

from django.core.files.base import File
from django.utils.translation import gettext as _

from .models import StoredFile

PIECE = 64 * 1024


class Unavailable(OSError):
    """The file is on record, but its bytes are not where they should be, or their store does not answer."""

    def __init__(self, stored_file: StoredFile, error: OSError):
        self.stored_file = stored_file
        lost = isinstance(error, FileNotFoundError)
        self.because = _("it is not in the store") if lost else _("the store does not answer")
        super().__init__(f"{stored_file.sha256} ({stored_file.name}): {type(error).__name__}: {error}")


def opened(stored_file: StoredFile) -> File:
    """The file, open at its beginning. Raises Unavailable."""
    try:
        return stored_file.content.storage.open(stored_file.content.name, "rb")
    except OSError as error:
        raise Unavailable(stored_file, error) from error


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


def pieces(stored_file: StoredFile, *, first: int, length: int) -> Pieces:
    """`length` bytes from the byte `first` on, fewer where the file ends; it is opened at once. Raises Unavailable.

    A store that can send a part (files/s3.py) is asked for that alone.
    """
    storage = stored_file.content.storage
    if not hasattr(storage, "open_part"):
        file = opened(stored_file)
        file.seek(first)
        return Pieces(file, length)
    try:
        return Pieces(storage.open_part(stored_file.content.name, first=first, length=length), length)
    except OSError as error:
        raise Unavailable(stored_file, error) from error
