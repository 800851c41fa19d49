"""Takes files in: checked by content, kept once under their SHA-256, under a name that is safe to hand out again."""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian.calendar import is_persian
from council_portal.persian.text import to_persian_digits, unify
from council_portal.persian.wording import file_size

from .checking import check as check_stored
from .kinds import EVERYTHING, PICTURES, SUFFIXES, WORD_FILES, Kind, NotTaken, kind_of
from .models import Damage, StoredFile, path_by_hash
from .reading import Damaged, prove

logger = logging.getLogger(__name__)

MAX_STEM = 150
_PATH = re.compile(r"[/\\]")
_UNSAFE = re.compile(r'[<>:"|?*%#;\x00-\x1f\x7f]+')

REFUSALS = {
    "kind": gettext_lazy("This is none of the kinds of file that are taken here: %(kinds)s."),
    "broken": gettext_lazy("The file is damaged or incomplete: it cannot be opened."),
    "bomb": gettext_lazy("The file is far larger unpacked than it looks, so it is not taken."),
    "macros": gettext_lazy("The document holds macros. Save it without them and try again."),
    "locked": gettext_lazy("The document is locked with a password. Save it without one and try again."),
}
NOT_KEPT = gettext_lazy("The file could not be kept: the store of the files does not answer. Try again in a moment.")
PICTURES_IN_WORDS = gettext_lazy("a picture (JPEG, PNG or WebP)")
WORD_IN_WORDS = gettext_lazy("a Word file that ends in docx")
EVERYTHING_IN_WORDS = gettext_lazy(
    "PDF, an office document (Word, Excel, PowerPoint or OpenDocument), a picture (JPEG, PNG or WebP)"
)


def store(upload: File, *, by, allowed: frozenset[str] = EVERYTHING) -> StoredFile:
    """Keep an uploaded file and return it; the same bytes are kept once, whatever names they come with.

    `by` is the account that brings it, None for the portal's own. `allowed` are media types of `kinds`.
    Raises ValidationError, in words for the person who uploads, for a file that is empty, too large, broken or of
    another kind by its content, whatever its name says.
    """
    kind = check(upload, allowed=allowed)
    with _refused_where_the_store_fails():
        return keep(upload, kind, name=upload.name or "", by=by)


def bring_again(upload: File) -> StoredFile:
    """Put lost or changed bytes back in their place, whatever the upload is called, and return the file that has them.

    Raises ValidationError where the store does not answer.
    """
    with _refused_where_the_store_fails():
        return _heal(upload, sha256_of(upload))[0]


@contextmanager
def _refused_where_the_store_fails() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        logger.exception("An uploaded file could not be kept.")
        raise ValidationError(NOT_KEPT, code="store") from error


def check(upload: File, *, allowed: frozenset[str] = EVERYTHING) -> Kind:
    """Return what an uploaded file is, without keeping it. Raises ValidationError as `store` does."""
    _check_size(upload.size)
    return _checked_kind(upload, allowed)


def keep(file: File, kind: Kind, *, name: str, by) -> StoredFile:
    """Keep a file whose kind is known and allowed: see `store`. Raises OSError where its store does not answer."""
    sha256, name = sha256_of(file), safe_name(name, kind.media_type)
    if same := [known for known in _heal(file, sha256) if known.name == name]:
        return same[0]
    stored = StoredFile(
        sha256=sha256,
        name=name,
        media_type=kind.media_type,
        size=file.size,
        width=kind.width,
        height=kind.height,
        stored_by=by,
    )
    stored.content = _write(stored, file)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except IntegrityError:  # somebody has stored the same file just now
        return StoredFile.objects.get(sha256=sha256, name=name)
    return stored


def keep_bytes(content: bytes, *, name: str, by) -> StoredFile:
    """Keep what the portal itself has made: a thumbnail, a generated document."""
    file = ContentFile(content, name=name)
    return keep(file, kind_of(file), name=name, by=by)


def safe_name(name: str, media_type: str) -> str:
    """A file name that can be handed out: one line of unified letters, no path, the ending that the content has.

    Of an upload's name Django has left what stands after the path; a slash in a title, as of a reference, is a dash.
    """
    stem, suffix = _split(_one_line(unify(name)), SUFFIXES[media_type])
    return clean_stem(stem) + suffix


def clean_stem(text: str) -> str:
    """A file name without its ending, made of any text."""
    return _one_line(_PATH.sub("-", text))[:MAX_STEM].strip(" .-") or "file"


def _one_line(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split()).strip(" .")


def _split(name: str, suffixes: tuple[str, ...]) -> tuple[str, str]:
    for suffix in suffixes:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)], suffix
    if name.lower() in {suffix.lstrip(".") for suffix in suffixes}:
        return "", suffixes[0]
    return name, suffixes[0]


def _check_size(size: int) -> None:
    if not size:
        raise ValidationError(_("The file is empty."), code="empty")
    if size > settings.FILES_MAX_BYTES:
        message = _("The file is too large: %(size)s, where at most %(limit)s are taken.")
        limits = {"size": file_size(size), "limit": file_size(settings.FILES_MAX_BYTES)}
        raise ValidationError(_in_digits_of_the_page(message % limits), code="too_large")


def _in_digits_of_the_page(text: str) -> str:
    return to_persian_digits(text) if is_persian() else text


def _checked_kind(upload: BinaryIO, allowed: frozenset[str]) -> Kind:
    try:
        kind = kind_of(upload)
        if kind.media_type not in allowed:
            raise NotTaken("kind")
    except NotTaken as refusal:
        raise ValidationError(
            REFUSALS[refusal.reason] % {"kinds": _in_words(allowed)}, code=refusal.reason
        ) from refusal
    return kind


def _in_words(allowed: frozenset[str]) -> str:
    if allowed == WORD_FILES:
        return WORD_IN_WORDS
    return PICTURES_IN_WORDS if allowed <= PICTURES else EVERYTHING_IN_WORDS


def sha256_of(file: File) -> str:
    """The hash of all of a file, which stands at its beginning afterwards."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _heal(file: File, sha256: str) -> list[StoredFile]:
    """Bytes that were lost or changed are again what they were once somebody brings the file again; return the files
    that have them, under each of their names."""
    files = list(StoredFile.objects.filter(sha256=sha256).order_by("pk"))
    for known in files:
        if what := check_stored(known):
            _put(known, file, in_place_of=what)
            check_stored(known)
    return files


def _write(stored: StoredFile, file: File) -> str:
    """Write the bytes to their place in the storage and return it; a copy left there by a crash is made whole."""
    stored.content = path_by_hash(stored, "")
    try:
        prove(stored, anew=True)
    except Damaged as damage:
        return _put(stored, file, in_place_of=damage.what)
    return stored.content.name


def _put(stored: StoredFile, file: File, *, in_place_of: str) -> str:
    storage, path = stored.content.storage, stored.content.name
    if in_place_of == Damage.What.CHANGED:
        storage.delete(path)
    return storage.save(path, file)
