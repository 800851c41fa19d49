"""The order of the Persian alphabet, in the database."""

from django.db.models import Func, TextField

# As migration 0001 ranks them, after the ten digits; a rank is one ASCII character.
_DIGITS = 10
_LETTERS = "آاءبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
OTHER_INITIAL = "#"


class PersianKey(Func):
    """What a text is sorted by: `order_by(PersianKey("name"))`, `Index(PersianKey("name"), name="…")`.

    آ ا ب پ ت … ی, with ي ك and أ where ی ک and ا stand; ZWNJ, vowel signs and quotation marks do not count;
    digits come before letters, Persian letters before Latin ones. Compared as bytes, so the order is the same on
    every server, with or without ICU. The SQL function comes with persian's migration 0001: a migration that
    makes such an index depends on it.
    """

    function = "persian_sort_key"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    arity = 1
    output_field = TextField()


def initial_of(key: str) -> str:
    """Return the letter under which a directory lists what has this PersianKey; "#" for digits and Latin letters."""
    rank = ord(key[0]) - ord("0") - _DIGITS if key else -1
    return _LETTERS[rank] if 0 <= rank < len(_LETTERS) else OTHER_INITIAL
