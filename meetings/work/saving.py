"""Saving what was typed on a page, all of it or nothing."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.db import IntegrityError, transaction


class Savable(Protocol):
    """A form, or several that are saved together."""

    def is_valid(self) -> bool: ...

    def save(self) -> object: ...


Saved = TypeVar("Saved", bound=Savable)


def save_whole(open_form: Callable[[], Saved], *, refused: Callable[[], Saved]) -> Saved | None:
    """Save what `open_form` gives if it is valid; None when that is done, else the form that says why not.

    `open_form` is called within the transaction, so that it can lock the rows that it is about; `refused` gives what to
    show where the database refuses, as it does what somebody else froze or changed at the same moment.
    """
    try:
        with transaction.atomic():
            form = open_form()
            if not form.is_valid():
                return form
            form.save()
    except IntegrityError:
        return refused()
    return None
