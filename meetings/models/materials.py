import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.visibility import Visibility, editable_q, visibility_field, visibility_q
from council_portal.files.models import StoredFile, lacks_picture
from council_portal.persian import fields as persian
from council_portal.records import NOTE_FOR_SEARCH, Record, Withdrawable

from .agenda import ITEM_OF_ITS_MEETING, AgendaItem, readable_item_q
from .meetings import Meeting
from .minutes import Minutes


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Materials that neither themselves, nor by their meeting or agenda item, are closed to this user.

        The signed paper of the minutes says what they say: it is read only by those who may read them, as they stand.
        """
        readable = visibility_q(user, body="meeting__body") & readable_item_q(user, of="agenda_item")
        minutes = Minutes.objects.visible_to(user)
        with_minutes = models.Q(is_authoritative=False) | models.Q(meeting__in=minutes.values("meeting"))
        own = editable_q(user, body="meeting__body")
        return self.filter(readable, with_minutes | own, meeting__in=Meeting.objects.visible_to(user))

    def pictures(self):
        return self.filter(kind=Material.Kind.PICTURE)

    def without_thumbnail(self):
        return self.pictures().filter(lacks_picture("thumbnail", of="file"))

    def not_withdrawn(self):
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self):
        """By their meeting's day, the undated last; within a meeting in its order."""
        return self.order_by(models.F("meeting__sort_on").desc(nulls_last=True), "-meeting", "kind", "position", "pk")

    def in_order(self):
        return self.order_by("kind", "position", "pk")


@pghistory.track()
class Material(Withdrawable, Record):
    """Something that was said, shown or made at a meeting: a speech, an article, pictures, a programme."""

    class Kind(models.TextChoices):
        SPEECH = "speech", _("Speech")
        ARTICLE = "article", pgettext_lazy("kind of material", "Article")
        PRESENTATION = "presentation", _("Presentation")
        PICTURE = "picture", _("Picture")
        PROGRAMME = "programme", _("Programme")
        SCAN = "scan", _("Scan")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="materials", verbose_name=_("meeting"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("agenda item")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = persian.CharField(_("title"), max_length=250)
    speaker = models.ForeignKey(
        "members.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=pgettext_lazy("of a material", "by"),
    )
    speaker_name = persian.CharField(pgettext_lazy("of a material", "by (not on record)"), max_length=200, blank=True)
    text = persian.TextField(_("text"), blank=True)
    alt_text = persian.CharField(
        _("description of the picture"), max_length=250, blank=True, help_text=_("For readers who cannot see it.")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("file")
    )
    thumbnail = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("thumbnail")
    )
    is_authoritative = models.BooleanField(
        _("authoritative"), default=False, help_text=_("The signed paper counts before the typed text.")
    )
    visibility = visibility_field(Visibility.MEMBERS)

    objects = MaterialQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            *Withdrawable.constraints("material"),
            models.CheckConstraint(
                condition=~models.Q(text="") | models.Q(file__isnull=False),
                name="material_has_text_or_file",
                violation_error_message=_("Give a text or a file."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="picture") | models.Q(file__isnull=False) & ~models.Q(alt_text=""),
                name="material_picture_is_described",
                violation_error_message=_("A picture needs a file and a description for readers who cannot see it."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_authoritative=False) | models.Q(kind="scan"),
                name="material_scan_is_authoritative",
                violation_error_message=_("Only the scan of a signed paper can count before the typed text."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(is_authoritative=True, withdrawn_at__isnull=True),
                name="material_one_authoritative",
                violation_error_message=_("The meeting has a signed paper that counts already."),
            ),
        ]
        indexes = [models.Index("meeting", "kind", "position", name="material_of_meeting")]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            ITEM_OF_ITS_MEETING,
            pgtrigger.Trigger(
                name="forget_thumbnail",
                operation=pgtrigger.UpdateOf("file_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__file__df=pgtrigger.F("new__file")),
                func="NEW.thumbnail_id = NULL; RETURN NEW;",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """The description is asked for beside its field; the constraint says it of the whole row."""
        if self.kind == self.Kind.PICTURE and not self.alt_text:
            raise ValidationError({"alt_text": _("Describe the picture for readers who cannot see it.")})

    def get_absolute_url(self):
        return reverse("meetings:material", args=[self.pk])
