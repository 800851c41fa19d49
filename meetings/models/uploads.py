import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council_portal.files.models import StoredFile
from council_portal.persian import fields as persian
from council_portal.records import Record, acting_user

from .materials import Material
from .meetings import Meeting


@pghistory.track()
class Upload(Record):
    """A file that was brought for a meeting and waits to be described, before it becomes a material of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="uploads", verbose_name=_("meeting"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    kind = models.CharField(_("kind"), max_length=12, choices=Material.Kind)
    title = persian.CharField(_("title"), max_length=250)
    uploaded_at = persian.DateTimeField(_("brought at"), default=timezone.now, editable=False)
    uploaded_by = acting_user(_("brought by"))

    class Meta(Record.Meta):
        verbose_name = _("file to be described")
        verbose_name_plural = _("files to be described")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "file"], name="upload_once_per_meeting")]

    def __str__(self):
        return self.title
