"""Proves anew that stored files are what they were, and keeps the record of those that are not."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from council_portal.notices.telling import tell_secretariat

from .models import Damage, StoredFile
from .reading import Damaged, Unavailable, prove


def check(stored_file: StoredFile) -> str:
    """Read a file from its store; return "" if it is whole, else what is wrong (Damage.What).

    A damage is put on record and told to the secretariat once; the record is closed when the file is found whole.
    Raises Unavailable, with nothing put on record, where the store does not answer.
    """
    try:
        prove(stored_file, anew=True)
    except Damaged as damage:
        _put_on_record(stored_file, damage.what)
        return damage.what
    Damage.objects.open().filter(file=stored_file).update(whole_again_at=timezone.now())
    return ""


def problems(files: QuerySet[StoredFile] | Iterable[StoredFile]) -> Iterator[tuple[StoredFile, str]]:
    """Check files; those that are not whole, each with what is wrong. Raises Unavailable."""
    for stored_file in files:
        if what := check(stored_file):
            yield stored_file, what


def look_again(damage: Damaged) -> None:
    """Check what was found damaged in use, so that it is on record: after the transaction that this has broken off."""
    with suppress(Unavailable):
        check(damage.stored_file)


def look_again_after(run: Callable[[], Any], context, worker) -> Any:
    """Middleware of the queue: the same for what a job has failed of."""
    try:
        return run()
    except Exception as error:
        for damage in (error, error.__cause__):
            if isinstance(damage, Damaged):
                look_again(damage)
        raise


def watch_queue(app) -> None:
    """Called once the queue is set up (PROCRASTINATE_ON_APP_READY)."""
    app.worker_defaults["task_middleware"] = [look_again_after]


@transaction.atomic
def _put_on_record(stored_file: StoredFile, what: Damage.What) -> None:
    damage, is_new = Damage.objects.open().get_or_create(file=stored_file, whole_again_at=None, defaults={"what": what})
    if is_new:
        _tell(damage)
    elif damage.what != what:
        damage.what = what
        damage.save()


def _tell(damage: Damage) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        tell_secretariat(
            key=f"damage-{damage.pk}",
            title=(_("A stored file is damaged: %(name)s") % {"name": damage.file.name})[:250],
            text=_(
                "It is not handed out or used any more. Whoever brings the very same file again, on the page of the "
                "damaged files, makes it whole."
            ),
            address=reverse("files:damages"),
            about=damage,
        )
