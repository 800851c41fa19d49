import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from council_portal.files.models import StoredFile


class Covered(models.Model):
    """A record with a picture in front; the queue makes the small one of it (publications/covers.py)."""

    cover = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    cover_thumbnail = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("thumbnail of the cover"),
    )

    class Meta:
        abstract = True


FORGET_THUMBNAIL = pgtrigger.Trigger(
    name="forget_thumbnail",
    operation=pgtrigger.UpdateOf("cover_id"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__cover__df=pgtrigger.F("new__cover")),
    func="NEW.cover_thumbnail_id = NULL; RETURN NEW;",
)
