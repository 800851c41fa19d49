"""Where files lie, and how they come to harm there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from council_portal.files.models import StoredFile
from council_portal.files.storing import store
from tests import factories as make
from tests.issuing.pdf_files import pdf

from . import samples

CONTENT = pdf((595, 842))
BOTH = pytest.mark.parametrize("what", ["lost", "changed"])


@dataclass
class Place:
    """Where the files lie, as somebody sees it who has it before them."""

    read: Callable[[str], bytes]
    write: Callable[[str, bytes], object]
    delete: Callable[[str], object]

    def spoil(self, file: StoredFile, what: str) -> None:
        if what == "lost":
            self.delete(file.content.name)
            return
        content = bytearray(self.read(file.content.name))
        content[len(content) // 2] ^= 1
        self.write(file.content.name, bytes(content))

    def put_back(self, file: StoredFile, content: bytes) -> None:
        self.write(file.content.name, content)


def in_folder(folder: Path) -> Place:
    def write(name, content):
        (folder / name).touch()
        with (folder / name).open("r+b") as place:  # in place: the same inode, the same size
            place.write(content)

    return Place(lambda name: (folder / name).read_bytes(), write, lambda name: (folder / name).unlink())


def in_bucket(bucket) -> Place:
    return Place(
        lambda name: bucket.Object(name).get()["Body"].read(),
        lambda name, content: bucket.put_object(Key=name, Body=content),
        lambda name: bucket.Object(name).delete(),
    )


def stored(content: bytes = CONTENT, name: str = "اساسنامه.pdf") -> StoredFile:
    return store(samples.upload(content, name), by=None)


def address_of(file: StoredFile) -> str:
    return make.EditionFactory(published=True, file=file).file_url
