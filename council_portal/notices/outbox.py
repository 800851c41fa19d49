"""The outbox: letters are written into it with the change that they tell of, and sent by the queue."""

from collections.abc import Iterable

from django.db import transaction

from council_portal.jobs import defer

from .models import Mail
from .tasks import deliver


@transaction.atomic
def post(letters: Iterable[Mail]) -> list[Mail]:
    """Enter unsaved `letters` and have the queue send them once the transaction is committed.

    One whose `key` is there already is left out: it was written before. Returns those that are new.
    """
    letters = Mail.objects.bulk_create(letters, ignore_conflicts=True)
    new = list(Mail.objects.filter(uid__in=[letter.uid for letter in letters]).order_by("pk"))
    if new:
        defer(deliver.configure(), *({"mail_id": letter.pk} for letter in new))
    return new


@transaction.atomic
def send_again(letter: Mail) -> None:
    """Send a letter that failed or is in doubt once more, because somebody has decided so; any other is left alone."""
    given_up = Mail.objects.failed() | Mail.objects.in_doubt()
    if given_up.filter(pk=letter.pk).update(status=Mail.Status.WAITING, attempts=0, error=""):
        defer(deliver.configure(), {"mail_id": letter.pk})
