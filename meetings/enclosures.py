"""The files that belong to a book – a report, a pack – as what stands on its pages: pictures, pages of PDF files."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from council_portal.files.checking import look_again
from council_portal.files.kinds import PDF, PICTURES
from council_portal.files.models import StoredFile
from council_portal.files.reading import Damaged, prove
from council_portal.issuing.inserts import Insert, Unreadable, pages_of

from .models import Material


@dataclass(slots=True)
class Enclosure:
    """A material as a book shows it: its picture by the key of it in the paper, or its pages, or why it has none."""

    material: Material
    picture: str = ""
    pages: list[Insert] = field(default_factory=list)
    why_apart: str = ""

    @property
    def anchor(self) -> str:
        return f"material-{self.material.pk}"

    @property
    def address(self) -> str:
        return settings.PORTAL_URL + self.material.get_absolute_url()


class Enclosures:
    """Gives each picture of a book its key, and each page of an attached file its place: what Paper wants to know.

    Whose files they are has been asked before. In the place of one that is damaged stands a word of that; what is
    damaged is in `lacks`.
    """

    def __init__(self):
        self.files: dict[str, StoredFile] = {}
        self.inserts: list[Insert] = []
        self.lacks: list[Damaged] = []

    def of(self, materials: Iterable[Material]) -> list[Enclosure]:
        return [self._of(material) for material in materials]

    def _of(self, material: Material) -> Enclosure:
        file = material.file
        if file is None:
            return Enclosure(material)
        if file.media_type not in (*PICTURES, PDF.media_type):
            return Enclosure(material, why_apart=_("This file cannot be printed here; it is on the portal."))
        try:
            if file.media_type == PDF.media_type:
                return Enclosure(material, pages=self._pages(file))
            return Enclosure(material, picture=self._picture(file))
        except Unreadable as refusal:
            return Enclosure(material, why_apart=REASONS[refusal.reason]())
        except Damaged as damage:
            look_again(damage)
            self.lacks.append(damage)
            return Enclosure(material, why_apart=damage.in_words)

    def _picture(self, file: StoredFile) -> str:
        prove(file)
        key = f"file-{file.pk}"
        self.files[key] = file
        return key

    def _pages(self, file: StoredFile) -> list[Insert]:
        pages = pages_of(file, first_place=len(self.inserts))
        self.inserts += pages
        return pages


REASONS = {
    "locked": lambda: _("This file is locked by a password; it is on the portal."),
    "broken": lambda: _("The pages of this file cannot be read; it is on the portal."),
    "undrawn": lambda: _("What was filled in in this form cannot be printed here; it is on the portal."),
    "long": lambda: _("This file has too many pages to be printed here; it is on the portal."),
}
