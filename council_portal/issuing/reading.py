"""Who may read an issued file, and what pages say of the documents that were issued of a record."""

from collections.abc import Iterable

from django.db import models

from .kinds import Kind, are_open, kinds_of
from .models import Entry


def may_read(document: Entry, user) -> bool:
    """Whether `user` may read the file of a document: it was made for them, its subject is open to them today, and so
    is everything that it shows. What was closed after it was issued closes the file."""
    return Entry.objects.visible_to(user).filter(pk=document.pk).exists() and are_open(document.shows, to=user)


def issued_of(subject: models.Model, *, user, kinds: Iterable[Kind] | None = None) -> Entry | None:
    """The document issued last of a record, for its page; None where there is none that `user` may read."""
    names = [kind.name for kind in (kinds_of(type(subject)) if kinds is None else kinds)]
    latest = Entry.objects.of(subject, *names).newest_first().with_fate().first()
    return latest if latest is not None and may_read(latest, user) else None
