"""The models of the queue for long documents; what is done with them stands in `printing` and `making`."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.files.kinds import PDF
from council_portal.files.models import StoredFile
from council_portal.notices.matters import readable_q
from council_portal.persian import fields as persian
from council_portal.persian.wording import digits

from .inserts import Insert
from .papers import Paper, Variant


def path_of(job: "PrintJob", filename: str) -> str:
    return f"papers/{job.fingerprint}.pdf"


class PrintJobQuerySet(models.QuerySet):
    def ended(self):
        return self.filter(status__in=[PrintJob.Status.DONE, PrintJob.Status.FAILED])


class PrintJob(models.Model):
    """A document that the queue makes, once for all who ask for it while it stands as it does.

    `fingerprint` is of all that it is made of. Its text, files and attached pages are kept until it is made; the PDF
    for some days, outside the stored files, since it can be made again at any time.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waiting in the queue")
        MAKING = "making", gettext_lazy("Being made")
        DONE = "done", gettext_lazy("Ready")
        FAILED = "failed", gettext_lazy("Could not be made")

    fingerprint = models.CharField(gettext_lazy("fingerprint"), max_length=64, unique=True)
    title = persian.CharField(gettext_lazy("title"), max_length=250)
    name = models.CharField(gettext_lazy("file name"), max_length=250)
    variant = models.CharField(gettext_lazy("standard"), max_length=20)
    html = models.TextField(gettext_lazy("text"), blank=True)
    files = models.JSONField(gettext_lazy("pictures"), default=dict)
    inserts = models.JSONField(gettext_lazy("attached pages"), default=list)
    status = models.CharField(gettext_lazy("status"), max_length=10, choices=Status, default=Status.WAITING)
    pages_expected = models.PositiveIntegerField(gettext_lazy("pages, about"))
    pages_done = models.PositiveIntegerField(gettext_lazy("pages made"), default=0)
    attempts = models.PositiveSmallIntegerField(gettext_lazy("attempts"), default=0)
    made = models.FileField(gettext_lazy("PDF"), upload_to=path_of, max_length=150, blank=True)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    problem = models.TextField(gettext_lazy("why it could not be made"), blank=True)
    asked_at = models.DateTimeField(gettext_lazy("asked for at"), default=timezone.now)
    ended_at = models.DateTimeField(gettext_lazy("made at"), null=True, blank=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("document being made")
        verbose_name_plural = gettext_lazy("documents being made")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="done") & ~models.Q(made="") | ~models.Q(status="done") & models.Q(made=""),
                name="printjob_done_has_file",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["done", "failed"], ended_at__isnull=False)
                | ~models.Q(status__in=["done", "failed"]) & models.Q(ended_at__isnull=True),
                name="printjob_ended_has_time",
            ),
        ]
        indexes = [models.Index("ended_at", name="printjob_to_be_swept")]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)

    @property
    def percent(self) -> int:
        """How far it has come; never the whole before it is there, since the number of pages is a guess."""
        if self.status == self.Status.DONE:
            return 100
        return min(95, 100 * self.pages_done // max(1, self.pages_expected))

    @property
    def words(self) -> str:
        """How far it has come, in a sentence."""
        if self.status == self.Status.MAKING and self.pages_done:
            pages = {"done": digits(self.pages_done), "expected": digits(max(self.pages_expected, self.pages_done))}
            return _("Page %(done)s of about %(expected)s is set") % pages
        return self.get_status_display()

    @property
    def file(self) -> StoredFile:
        """The made PDF in the shape of a stored file, not saved: to be handed out like one."""
        return StoredFile(
            sha256=self.sha256, content=self.made.name, name=self.name, media_type=PDF.media_type, size=self.size
        )

    def paper(self) -> Paper:
        """The paper that it is made of, but for its template: the text is there."""
        stored = StoredFile.objects.in_bulk({*self.files.values(), *(pk for pk, *_ in self.inserts)})
        return Paper(
            template="",
            context={},
            title=self.title,
            name=self.name,
            variant=Variant(self.variant),
            files={key: stored[pk] for key, pk in self.files.items()},
            inserts=[Insert(place, stored[pk], *rest) for place, (pk, *rest) in enumerate(self.inserts)],
        )


class PrintRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, while one may read what it is about; for visitors those of visitors, which is what is public."""
        mine = models.Q(asked_by=user.pk) if user.is_authenticated else models.Q(asked_by__isnull=True)
        return self.filter(mine, readable_q(user))


class PrintRequest(models.Model):
    """That somebody, None for visitors, waits for a document; `address` is where they asked and get it.

    What is handed out there is asked for anew, with the rights that they have then.
    """

    job = models.ForeignKey(PrintJob, models.CASCADE, related_name="requests", verbose_name=gettext_lazy("document"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("asked for by"),
    )
    address = models.CharField(gettext_lazy("address"), max_length=2000)
    matter = models.CharField(gettext_lazy("kind of matter"), max_length=60, blank=True)
    matter_id = models.PositiveBigIntegerField(gettext_lazy("matter"), null=True, blank=True)
    asked_at = models.DateTimeField(gettext_lazy("asked for at"), default=timezone.now)

    objects = PrintRequestQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("request for a document")
        verbose_name_plural = gettext_lazy("requests for documents")
        constraints = [
            models.UniqueConstraint(
                fields=["job", "asked_by"], nulls_distinct=False, name="printrequest_once_per_person"
            ),
        ]

    def __str__(self):
        return str(self.job)

    def get_absolute_url(self):
        return reverse("papers:paper", args=[self.pk])
