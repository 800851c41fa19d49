"""Which part of a file a reader asks for (RFC 9110, section 14): one range of bytes, or the whole."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*", re.IGNORECASE)


class NotSatisfiable(Exception):
    """The range lies beyond the end of the file."""


@dataclass(frozen=True)
class Part:
    """Bytes `first` to `last`, both of them included, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


def part_asked(header: str, size: int) -> Part | None:
    """The part that a Range header asks for, of a file of `size` bytes; None where the whole is to be sent.

    That is where the header is no range of bytes, is written wrongly, or asks for several: RFC 9110 lets a server
    ignore it. Raises NotSatisfiable for a range that begins behind the end.
    """
    asked = _ONE_RANGE.fullmatch(header)
    if asked is None or asked[0].strip().endswith("=-"):
        return None
    first, last = asked.groups()
    if first and last and int(first) > int(last):
        return None
    part = _from_the_end(int(last), size) if not first else _from(int(first), last, size)
    if part.length <= 0:
        raise NotSatisfiable
    return part


def _from(first: int, last: str, size: int) -> Part:
    return Part(first, min(int(last), size - 1) if last else size - 1, size)


def _from_the_end(length: int, size: int) -> Part:
    return Part(max(0, size - length), size - 1, size)
