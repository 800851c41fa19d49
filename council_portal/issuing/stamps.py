"""What an issued paper shows of its entry in the register of issued documents."""

from dataclasses import dataclass
from datetime import date

import segno
from pypdfium2 import PdfiumError

from council_portal.files.texts import pages_of_pdf

from .codes import grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """`number` and `code` of the entry; `address` where the code is checked, in the QR code too; `issued_on` a
    Gregorian day; `head` the hash of the entry before it, printed so that a rewritten register shows on paper;
    `supersedes` the number of the entry that this one takes the place of, if any."""

    number: int
    code: str
    address: str
    issued_on: date
    head: str
    supersedes: int | None = None

    @property
    def qr(self) -> str:
        """The address as a QR code, an SVG as a data: URI; a telephone still reads it when a tenth of it is smudged."""
        return segno.make(self.address, error="m", micro=False).svg_data_uri(border=2, svgns=True)

    @property
    def site(self) -> str:
        """Where a code is typed: the address without the code."""
        return self.address.rstrip("/").rpartition("/")[0] + "/"

    @property
    def head_in_groups(self) -> list[str]:
        """The head in groups of eight, which the eye compares one by one."""
        return groups_of(self.head)


def is_printed_on(pdf: bytes, *, code: str, head: str) -> bool:
    """Whether the first page of a PDF bears this code and this head, as its stamp does, however its lines break."""
    try:
        page = "".join(pages_of_pdf(pdf, most=1)[0].split())
    except PdfiumError:
        return False
    return grouped(code) in page and head in page


def groups_of(hash_in_hex: str) -> list[str]:
    """A hash in groups of eight, as it is printed and shown."""
    return [hash_in_hex[start : start + 8] for start in range(0, len(hash_in_hex), 8)]
