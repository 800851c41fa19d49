"""The outbox: letters are written into it with the change that they tell of, and sent by the queue."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from council_portal.jobs import defer

from .models import Mail
from .tasks import deliver

FORGOTTEN_AFTER = timedelta(minutes=10)


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
def send_again(letter: Mail, *, address: str = "") -> bool:
    """Send a letter that failed or is in doubt once more, because somebody has decided so; return whether it was one.

    It goes to `address`, if one is given, as does one that still waits. What was sent keeps the address it went to.
    """
    given_up, new = Mail.objects.failed() | Mail.objects.in_doubt(), {"address": address} if address else {}
    if given_up.filter(pk=letter.pk).update(status=Mail.Status.WAITING, attempts=0, error="", **new):
        defer(deliver.configure(), {"mail_id": letter.pk})
        return True
    if new:
        Mail.objects.waiting().filter(pk=letter.pk).update(**new)
    return False


def take_back(letters: Iterable[Mail]) -> None:
    """Take letters out of the outbox that newer ones have made wrong and that nobody has begun to send."""
    Mail.objects.waiting().filter(pk__in=[letter.pk for letter in letters]).delete()


@transaction.atomic
def see_to_forgotten(*, now: datetime | None = None) -> None:
    """Enter a job again for each letter that waits, or is said to be on its way, though no job is left for it.

    A job ends without its letter when the database goes away under it. `mail.send` then leaves a letter that was on
    its way in doubt, as after any interruption.
    """
    old = Mail.objects.unfinished().filter(created_at__lt=(now or timezone.now()) - FORGOTTEN_AFTER)
    if not old.exists():
        return
    jobs = ProcrastinateJob.objects.filter(task_name=deliver.name, status__in=["todo", "doing"])
    cared_for = {job.args.get("mail_id") for job in jobs.only("args")}
    forgotten = [pk for pk in old.values_list("pk", flat=True) if pk not in cared_for]
    if forgotten:
        defer(deliver.configure(), *({"mail_id": pk} for pk in forgotten))
