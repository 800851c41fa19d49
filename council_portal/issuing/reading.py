"""Who may read an issued file, and what pages say of the documents that were issued of a record."""

from collections.abc import Iterable

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from council_portal.files.serving import respond

from .kinds import Kind, are_open, kinds_of
from .models import Entry, Order


def may_read(document: Entry, user) -> bool:
    """Whether `user` may read the file of a document: it was made for them, its subject is open to them today, and so
    is everything that it shows. What was closed after it was issued closes the file."""
    return Entry.objects.visible_to(user).filter(pk=document.pk).exists() and are_open(document.shows, to=user)


def issued_of(subject: models.Model, *, user, kinds: Iterable[Kind] | None = None) -> Entry | None:
    """The document issued last of a record, for its page; None where there is none that `user` may read."""
    names = [kind.name for kind in (kinds_of(type(subject)) if kinds is None else kinds)]
    latest = _latest(Entry.objects.of(subject, *names))
    return latest if latest is not None and may_read(latest, user) else None


def _latest(documents: models.QuerySet) -> Entry | None:
    return documents.newest_first().with_fate().first()


def issued_response(
    request: HttpRequest, subject: models.Model, kind: Kind, *, is_made_anew: bool = False
) -> HttpResponseBase | None:
    """The file that was issued of `subject` as it stands, for whoever may read it; of a withdrawn one the way to the
    page that says so, whatever is asked for, since a paper made anew would hold no more than the issued one.

    None where there is none for this reader, where another is about to be issued or what was published since is not in
    it, and where the paper `is_made_anew`.
    """
    documents = Entry.objects.of(subject, kind.name)
    latest = _latest(documents)
    if latest is None:
        return None
    if latest.withdrawal:
        is_awaited = Order.objects.filter(kind=kind.name, subject_id=subject.pk).exists()
        return None if is_awaited else redirect(latest)
    is_of_today = documents.filter(occasion=kind.occasion(subject)).exists()
    if is_made_anew or not is_of_today or not may_read(latest, request.user):
        return None
    return respond(request, latest.file, name=latest.title)
