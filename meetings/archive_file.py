"""All materials of a meeting in one ZIP file, made while it is sent.

The first bytes leave at once, whatever the size: nothing is gathered in memory, copied to a disk, or left to the queue.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing

from django.utils.translation import gettext as _

from council_portal.files.checking import look_again
from council_portal.files.reading import Damaged, pieces, prove
from council_portal.files.serving import name_for
from council_portal.files.storing import clean_stem

from .models import Material


class _Outlet:
    """What the archive is written to: it holds what was written until that is taken."""

    def __init__(self):
        self.parts: list[bytes] = []

    def write(self, data) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def take(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken


def archive_of(materials: Sequence[Material]) -> Iterator[bytes]:
    """The pieces of a ZIP file of the materials that are given: a folder for each kind, texts as UTF-8.

    Whoever asks gives the materials that the reader may see, with their files. Files are stored as they are: most are
    compressed. In the place of a damaged one stands a text that says so. Raises Unavailable, before the first piece, if
    their store does not answer.
    """
    damages = {}
    for material in materials:
        try:
            if material.file:
                prove(material.file)
        except Damaged as damage:
            look_again(damage)
            damages[material.pk] = damage
    return _pieces(materials, damages)


def _pieces(materials: Sequence[Material], damages: dict[int, Damaged]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for number, material in enumerate(materials, start=1):
            place = f"{material.get_kind_display()}/{number:02}"
            for __ in _add(archive, material, place, damages.get(material.pk)):
                yield outlet.take()
    yield outlet.take()


def _add(archive: zipfile.ZipFile, material: Material, place: str, damage: Damaged | None) -> Iterator[None]:
    """Write a material, and stop after each piece."""
    if damage:
        missing = _("%(title)s (missing)") % {"title": clean_stem(material.title)}
        entry = _entry(place, f"{missing}.txt")
        archive.writestr(entry, f"{damage.in_words}\n".encode())
        yield
    elif material.file:
        entry = _entry(place, name_for(material.file, material.title))
        with (
            closing(pieces(material.file)) as content,
            archive.open(entry, "w", force_zip64=True) as place_in_archive,
        ):
            for piece in content:
                place_in_archive.write(piece)
                yield
    if material.text:
        entry = _entry(place, f"{clean_stem(material.title)}.txt")
        archive.writestr(entry, f"{material.title}\n\n{material.text}\n".encode())
        yield


def _entry(place: str, name: str) -> zipfile.ZipInfo:
    """A place in the archive, without a date, so that the same materials make the same bytes."""
    return zipfile.ZipInfo(f"{place} {name}")
