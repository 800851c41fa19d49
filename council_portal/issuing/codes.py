"""The short code that an issued document bears, and reading it from whatever a person typed.

Fifteen random symbols and one that checks them. 23 symbols, which is a prime: so the check finds every single wrong
symbol and every two that changed places. 23^15 is 2^67: with the attempts that are allowed, a guess is hopeless.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable

from council_portal.persian.text import to_latin_digits

# Without B and 8, I, L and 1, O, Q, D's round sister 0, S and 5, U (V), Z and 2.
ALPHABET = "34679ACDEFGHJKMNPRTVWXY"
LENGTH = 16
GROUP = 4
_RANDOM = LENGTH - 1
_WORTH = {symbol: place for place, symbol in enumerate(ALPHABET)}
_IN_AN_ADDRESS = re.compile(r"/verify/([^/?#]+)", re.IGNORECASE)
# As it stands in a PDF: as it is, or with what is no letter or digit written as octal numbers.
_IN_BYTES = re.compile(rb"verify(?:/|\\057)((?:[0-9A-Z]{4}(?:-|\\055)){3}[0-9A-Z]{4})")


def new_code() -> str:
    """A code that nobody can guess."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return symbols + _check_of(symbols)


def read_code(typed: str) -> str:
    """The symbols of what somebody typed, pasted or scanned: the case, spaces, dashes, direction marks, sets of
    digits and a Persian word before it are nothing, and of an address only its code counts.

    What remains need be no code: see `is_code`.
    """
    in_address = _IN_AN_ADDRESS.search(typed)
    text = to_latin_digits(unicodedata.normalize("NFKC", in_address[1] if in_address else typed))
    return "".join(symbol for symbol in text.upper() if symbol.isascii() and symbol.isalnum())[: 4 * LENGTH]


def is_code(symbols: str) -> bool:
    """Whether these symbols can be a code at all; a slip of the finger is found here."""
    return len(symbols) == LENGTH and set(symbols) <= set(ALPHABET) and _check_of(symbols[:-1]) == symbols[-1]


def grouped(code: str) -> str:
    """A code as it is printed and stands in addresses: CDEF-GHJK-…"""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def codes_in(content: bytes) -> list[str]:
    """What the bytes of a file name in addresses of this portal's kind that can be a code."""
    return only_codes(match[1].replace(rb"\055", b"-").decode() for match in _IN_BYTES.finditer(content))


def only_codes(found: Iterable[str]) -> list[str]:
    """Of what may be codes, what can be; each once."""
    return [*dict.fromkeys(filter(is_code, map(read_code, found)))]


def _check_of(symbols: str) -> str:
    return ALPHABET[sum(weight * _WORTH[symbol] for weight, symbol in enumerate(symbols, start=2)) % len(ALPHABET)]
