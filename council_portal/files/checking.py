"""Proves that every stored file is in its store, and is what it was when it came in."""

import hashlib
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from .models import StoredFile
from .reading import Unavailable, pieces

MISSING, ALTERED = "missing", "altered"


def problem_of(stored_file: StoredFile) -> str:
    """ "" for a file that is whole; MISSING where its bytes cannot be read, ALTERED where they are others by now."""
    digest = hashlib.sha256()
    try:
        for piece in pieces(stored_file, first=0, length=stored_file.size + 1):
            digest.update(piece)
    except Unavailable:
        return MISSING
    except OSError:  # it broke off on the way
        return MISSING
    return "" if digest.hexdigest() == stored_file.sha256 else ALTERED


def problems(files: QuerySet[StoredFile] | Iterable[StoredFile]) -> Iterator[tuple[StoredFile, str]]:
    """The files that are not whole, each with what is wrong."""
    for stored_file in files:
        problem = problem_of(stored_file)
        if problem:
            yield stored_file, problem
