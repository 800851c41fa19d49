"""What the queue does for a long document: it makes it, says how far it has come, and tells those who wait for it."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from council_portal.files.checking import look_again
from council_portal.files.reading import Damaged
from council_portal.notices.telling import tell

from .models import PrintJob, PrintRequest
from .papers import Unfetchable, pdf_of

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
MOST_ATTEMPTS = 3
SECONDS_BETWEEN_WORDS = 0.5


def make(job_id: int) -> None:
    """Make a document of the queue, and tell those who wait for it that it is there, or that it could not be made.

    Done twice it changes nothing; one whose worker was killed again and again is given up.
    """
    job = _begun(job_id)
    if job is None:
        return
    try:
        _finish(job, _pdf_of(job))
    except (Exception, Unfetchable) as error:  # which is no Exception, so that WeasyPrint passes it on
        logger.exception("The document %s could not be made.", job.fingerprint)
        if isinstance(error, Damaged):
            look_again(error)
        _give_up(job, repr(error))


def _begun(job_id: int) -> PrintJob | None:
    """The job, begun once more; None if it is over or gone."""
    with transaction.atomic():
        job = PrintJob.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.is_over:
            return None
        job.status, job.attempts, job.pages_done = PrintJob.Status.MAKING, job.attempts + 1, 0
        job.save(update_fields=["status", "attempts", "pages_done"])
    if job.attempts > MOST_ATTEMPTS:
        _give_up(job, "interrupted again and again")
        return None
    return job


def _pdf_of(job: PrintJob) -> bytes:
    with pages_counted(lambda pages: PrintJob.objects.filter(pk=job.pk).update(pages_done=pages)):
        return pdf_of(job.paper(), html=job.html)


def _finish(job: PrintJob, pdf: bytes) -> None:
    """Keep the PDF; what it was made of is not needed any more."""
    job.made.save("", ContentFile(pdf), save=False)
    job.size, job.sha256 = len(pdf), hashlib.sha256(pdf).hexdigest()
    job.html, job.files, job.inserts = "", {}, []
    _end(job, PrintJob.Status.DONE)


def _give_up(job: PrintJob, problem: str) -> None:
    job.problem, job.made = problem, ""
    _end(job, PrintJob.Status.FAILED)


@transaction.atomic
def _end(job: PrintJob, status: str) -> None:
    job.status, job.ended_at = status, timezone.now()
    job.pages_done = PrintJob.objects.values_list("pages_done", flat=True).get(pk=job.pk)
    job.save()
    for request in job.requests.filter(asked_by__isnull=False).select_related("asked_by"):
        _tell(request, job)


def _tell(request: PrintRequest, job: PrintJob) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Ready to open: %(title)s") if job.status == job.Status.DONE else _("Could not be made: %(title)s")
        tell(
            [request.asked_by],
            key=f"paper-{request.pk}-{job.ended_at.isoformat()}",
            title=(words % {"title": job.title})[:250],
            address=request.get_absolute_url(),
            about=_matter_of(request),
        )


def _matter_of(request: PrintRequest):
    if not request.matter:
        return None
    return apps.get_model(request.matter)._base_manager.filter(pk=request.matter_id).first()


@contextmanager
def pages_counted(say: Callable[[int], object]) -> Iterator[None]:
    """Call `say` with the number of pages that WeasyPrint has set in this thread, now and then while it works."""
    ear = _Ear(say)
    progress = logging.getLogger("weasyprint.progress")
    progress.addHandler(ear)
    try:
        yield
    finally:
        progress.removeHandler(ear)


class _Ear(logging.Handler):
    """Hears WeasyPrint say «Step 5 - Creating layout - Page 12»."""

    def __init__(self, say: Callable[[int], object]):
        super().__init__()
        self.say, self.its_thread, self.said_at, self.most = say, threading.get_ident(), 0.0, 0

    def emit(self, record: logging.LogRecord) -> None:
        is_page = record.msg.endswith("Page %d") and record.args
        if not is_page or record.thread != self.its_thread or record.args[0] <= self.most:
            return
        self.most = record.args[0]
        if time.monotonic() - self.said_at >= SECONDS_BETWEEN_WORDS:
            self.said_at = time.monotonic()
            self.say(self.most)


def sweep() -> int:
    """Throw away what was made, or could not be made, some days ago; return how many there were."""
    old = list(PrintJob.objects.ended().filter(ended_at__lt=timezone.now() - KEPT_FOR))
    for job in old:
        place, storage = job.made.name, job.made.storage
        job.delete()
        if place:
            storage.delete(place)
    return len(old)
