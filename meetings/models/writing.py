import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import Record
from members.models import Body

from ..placeholders import UnknownPlaceholder, check
from .agenda import AgendaItem
from .meetings import Meeting


class MinutesDraft(models.Model):
    """One person at one part of a meeting's minutes: since when they have it open, and what they have not saved yet.

    It is no record: saving the part removes it, and the history of the minutes knows nothing of it. Without an
    `agenda_item` it is about the texts that frame the minutes.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="drafts")
    agenda_item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, related_name="drafts")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    data = models.JSONField(null=True)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "meeting", "agenda_item"], nulls_distinct=False, name="minutesdraft_once"
            ),
            models.CheckConstraint(
                condition=models.Q(data__isnull=True, kept_at__isnull=True)
                | models.Q(data__isnull=False, kept_at__isnull=False),
                name="minutesdraft_data_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.agenda_item or self.meeting}"


def known_placeholders(text: str) -> None:
    """Validate a text module: raises ValidationError that names the placeholders nobody knows."""
    try:
        check(text)
    except UnknownPlaceholder as error:
        raise ValidationError(str(error), code="placeholder") from error


class TextModuleQuerySet(models.QuerySet):
    def for_body(self, body: Body):
        """Those that the minutes of this body may use."""
        return self.filter(body_kind__in=["", body.kind])

    def in_order(self):
        return self.order_by("position", PersianKey("name"), "pk")


@pghistory.track()
class TextModule(Record):
    """A sentence that returns in minutes after minutes; what differs stands in braces and is filled from the data."""

    name = persian.CharField(_("name"), max_length=120, unique=True)
    text = persian.TextField(_("text"), validators=[known_placeholders])
    body_kind = models.CharField(
        _("used by"),
        max_length=10,
        choices=Body.Kind,
        blank=True,
        help_text=_("The kind of body whose minutes use it; empty for all."),
    )
    position = models.PositiveSmallIntegerField(_("number"), default=1)

    objects = TextModuleQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("text module")
        verbose_name_plural = _("text modules")

    def __str__(self):
        return self.name
