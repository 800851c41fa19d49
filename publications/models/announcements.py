import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import Visibility, editable_q, visibility_field, visibility_q
from council_portal.files.models import StoredFile
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.records import NOTE_FOR_SEARCH, Record, Withdrawable, acting_user
from council_portal.rich_text import RichTextField
from meetings.models.frozen import kept_when

from .covers import FORGET_THUMBNAIL, Covered


class AnnouncementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visibility_q(user, body="body") & (Q(published_at__isnull=False) | editable_q(user)))

    def current(self, *, on):
        """Published, not withdrawn and not yet over on the day `on`."""
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=on), published_at__isnull=False, withdrawn_at__isnull=True
        )

    def not_withdrawn(self):
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self):
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")


@matter
@pghistory.track()
class Announcement(Covered, Withdrawable, Record):
    """Something that the secretariat tells the members or everybody (اطلاعیه)."""

    title = persian.CharField(_("title"), max_length=250)
    text = RichTextField(_("text"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    body = models.ForeignKey(
        "members.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="announcements",
        verbose_name=_("of body"),
        help_text=_("Empty: of the whole council."),
    )
    visibility = visibility_field(Visibility.MEMBERS)
    expires_on = persian.DateField(
        _("on the home page until"), null=True, blank=True, help_text=_("Afterwards it stays in the archive.")
    )
    published_at = persian.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = acting_user(_("published by"))

    objects = AnnouncementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = Withdrawable.constraints("announcement")
        indexes = [models.Index(fields=["-published_at"], name="announcement_newest_first")]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            kept_when(pgtrigger.Q(old__published_at__isnull=False)),
            FORGET_THUMBNAIL,
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("publications:announcement", args=[self.pk])

    @property
    def file_url(self) -> str:
        """Where the file is read, of an announcement loaded with it; empty if there is none."""
        return reverse("publications:announcement_file", args=[self.pk, self.file.name]) if self.file_id else ""

    @property
    def cover_url(self) -> str:
        return reverse("publications:announcement_cover", args=[self.pk]) if self.cover_id else ""

    @property
    def cover_thumbnail_url(self) -> str:
        """The cover made small, for lists; the cover itself while the queue has not made it."""
        if not self.cover_thumbnail_id:
            return self.cover_url
        return reverse("publications:announcement_cover_thumbnail", args=[self.pk])
