"""The register of issued documents, and how often an address has asked about a code."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import Visibility, visibility_field, visibility_q
from council_portal.files.models import StoredFile
from council_portal.persian import fields as persian
from council_portal.persian.wording import digits
from council_portal.records import RAISE_REVISION

from .codes import grouped
from .guards import NEVER_CHANGED, NEVER_EMPTIED, Guard
from .inspections import NO_ENTRY, Inspection  # noqa: F401 - a model of this app, in a file of its own
from .kinds import all_kinds, label_of
from .orders import Order  # noqa: F401 - another
from .print_jobs import PrintJob, PrintRequest  # noqa: F401 - and two more


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents whose file was made for this user, and whose subject is still open to them; see `reading.may_read`
        for what such a file shows besides."""
        subject_is_open = Q(pk__in=[])
        for kind in all_kinds():
            subjects = kind.model.objects.visible_to(user).filter(pk=OuterRef("subject_id"))
            subject_is_open |= Q(Exists(subjects), kind=kind.name)
        return self.filter(visibility_q(user, body="body"), subject_is_open)

    def issued(self):
        """The documents: entries of the kind that puts one on record."""
        return self.filter(act=Entry.Act.ISSUED)

    def of(self, subject, *kinds: str):
        """What was issued of one row, as one of these kinds."""
        return self.issued().filter(kind__in=kinds, subject_id=subject.pk)

    def newest_first(self):
        return self.order_by("-number")

    def with_fate(self):
        """Loaded with the file, and with what became of each document, which its `state` asks for."""
        return self.select_related("file", "superseded_by", "withdrawn_by_entry")


class Entry(models.Model):
    """One entry in the register of documents that left the portal (سند صادرشده): a document, or the withdrawal of one.

    Entries are only added. Each holds the hash of the entry before it, so that a changed register shows (`chain`).
    """

    class Act(models.TextChoices):
        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.PositiveIntegerField(_("number"), unique=True)
    act = models.CharField(_("entry"), max_length=10, choices=Act)
    code = models.CharField(_("code"), max_length=16, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=30)
    subject_id = models.PositiveBigIntegerField(_("made of"))
    occasion = models.CharField(_("occasion"), max_length=60)
    title = persian.CharField(_("title"), max_length=250)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="issued_as", verbose_name=_("file")
    )
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    certificate = models.CharField(_("SHA-256 of the certificate"), max_length=64, blank=True)
    visibility = visibility_field(Visibility.SECRETARIAT)
    body = models.PositiveBigIntegerField(_("of body"), null=True, blank=True)
    shows = models.JSONField(_("rows shown"), default=dict, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by_entry", verbose_name=_("withdraws")
    )
    reason = persian.CharField(_("reason"), max_length=250, blank=True)
    entered_at = persian.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, unique=True)
    entry_hash = models.CharField(_("hash of this entry"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in the register of issued documents")
        verbose_name_plural = _("register of issued documents")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, previous_hash=NO_ENTRY) | Q(number__gt=1) & ~Q(previous_hash=NO_ENTRY),
                name="entry_chained",
            ),
            models.CheckConstraint(
                condition=Q(act="issued", code__isnull=False, file__isnull=False, withdraws__isnull=True)
                & ~Q(sha256="")
                & ~Q(certificate="")
                | Q(act="withdrawn", code__isnull=True, file__isnull=True, supersedes__isnull=True, sha256="")
                & Q(withdraws__isnull=False)
                & ~Q(reason=""),
                name="entry_whole",
                violation_error_message=_("A withdrawal has a reason."),
            ),
            models.CheckConstraint(
                condition=(Q(supersedes__isnull=True) | ~Q(supersedes=F("id")))
                & (Q(withdraws__isnull=True) | ~Q(withdraws=F("id"))),
                name="entry_about_another",
            ),
            # One line of versions for each subject: a first one, and each later one in the place of one before.
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(act="issued", supersedes__isnull=True),
                name="entry_first_version_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id", "occasion"], condition=Q(act="issued"), name="entry_occasion_once"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="entry_by_file")]
        triggers = [
            RAISE_REVISION,
            NEVER_CHANGED,
            NEVER_EMPTIED,
            Guard(name="chained", calls="issuing_require_chain", operation=pgtrigger.Insert, when=pgtrigger.Before),
        ]

    def __str__(self):
        return f"{digits(self.number)} – {self.title}"

    def get_absolute_url(self):
        """Where a document is checked; an entry of withdrawal is read with what it withdraws."""
        document = self if self.code else self.withdraws
        return reverse("issuing:document", args=[grouped(document.code)])

    @property
    def printed_code(self) -> str:
        return grouped(self.code) if self.code else ""

    @property
    def file_url(self) -> str:
        """The address of this very file, which lasts; empty for a withdrawal."""
        return reverse("issuing:document_file", args=[self.number]) if self.code else ""

    @property
    def kind_in_words(self):
        return label_of(self.kind)

    @property
    def withdrawal(self) -> "Entry | None":
        """The entry that withdraws this document, if one does; loaded by `with_fate`."""
        return getattr(self, "withdrawn_by_entry", None)

    @property
    def successor(self) -> "Entry | None":
        """The document that took this one's place, if one did; loaded by `with_fate`."""
        return getattr(self, "superseded_by", None)

    @property
    def state(self) -> str:
        """How the register has a document: "withdrawn", "superseded" or "valid"; whether that holds, `fate` knows."""
        if self.withdrawal:
            return "withdrawn"
        return "superseded" if self.successor else "valid"


class Attempts(models.Model):
    """How often somebody has asked for what is not there, since a moment; kept so that guessing is slow (`limits`)."""

    asker = models.CharField(_("who asks"), max_length=64, unique=True)
    since = models.DateTimeField(_("since"))
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("attempts")
        verbose_name_plural = _("attempts")

    def __str__(self):
        return self.asker[:8]
