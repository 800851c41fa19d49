"""The words of Persian with what may be attached to them, boiled down from the spelling dictionary Lilak.

`data/lexicon.txt.gz` is made by `scripts/build_lexicon`; its licence stands beside it. A line is a word, folded,
spelled and without ZWNJ, and the letters of its classes:

    N  takes the plural ها          A  is compared: تر, ترین          J  takes the plural ان
    P  takes clitics only, as plurals do          V  a verb with می          C  is written with a ZWNJ
"""

import gzip
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

_HEAD = frozenset("NAJ")


@cache
def lexicon() -> dict[str, str]:
    """Return the classes of each word; "" for a word that takes nothing."""
    return dict(line.split("\t") for line in read_lines("lexicon.txt.gz"))


def read_lines(name: str) -> list[str]:
    """Return the lines of one of the files in `data/`, without remarks and empty lines."""
    opened = gzip.open if name.endswith(".gz") else open
    with opened(DATA / name, "rt", encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line and not line.startswith("#")]


def is_known(word: str) -> bool:
    """Whether the dictionary has this spelled word."""
    return word in lexicon()


def is_head(word: str) -> bool:
    """Whether it is a word that others are formed of: a noun or an adjective, not a plural."""
    return not _HEAD.isdisjoint(lexicon().get(word, ""))


def takes_endings(word: str) -> bool:
    """Whether it is a word that possessives may follow: all but verbs and what takes nothing."""
    return lexicon().get(word, "") not in ("", "V")


def has_class(word: str, letter: str) -> bool:
    """Whether the word is of a class: N, A, J, P, V or C, see above."""
    return letter in lexicon().get(word, "")
