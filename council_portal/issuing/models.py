import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import Visibility, visibility_field, visibility_q
from council_portal.files.models import StoredFile
from council_portal.persian import fields as persian

from .print_jobs import PrintJob, PrintRequest  # noqa: F401 - models of this app, in a file of their own


class IssuedDocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visibility_q(user))


class IssuedDocument(models.Model):
    """One entry in the register of documents that left the portal (سند صادرشده).

    Entries are only added. `previous_hash` is the hash of the entry before, so that a changed register shows.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    title = persian.CharField(_("title"), max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="issued_as", verbose_name=_("file"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    visibility = visibility_field(Visibility.SECRETARIAT)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    entry_hash = models.CharField(_("hash of this entry"), max_length=64, unique=True)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number=1, previous_hash="") | Q(number__gt=1) & ~Q(previous_hash=""),
                name="issueddocument_chained",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="issueddocument_supersedes_another"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.number} – {self.title}"
