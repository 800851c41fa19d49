"""What an issued paper shows of its entry in the register of issued documents."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """`number` and `code` of the entry; `address` where the code is checked, in the QR code too; `issued_on` a
    Gregorian day; `head` the hash of the entry before it, printed so that a rewritten register shows on paper."""

    number: int
    code: str
    address: str
    issued_on: date
    head: str
