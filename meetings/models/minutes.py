import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.standing import standing_of
from council_portal.access.visibility import NOTHING, Visibility, editable_q, visibility_field, visibility_q
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.persian.wording import digits
from council_portal.records import NOTE_FOR_SEARCH, Record, acting_user, note_for_search
from council_portal.rich_text import RichTextField

from .agenda import AgendaItem
from .frozen import frozen_when, kept_when
from .meetings import Meeting

APPROVED = pgtrigger.Q(old__status__in=["approved", "published"])


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Published minutes by their visibility; circulated ones for the body's members; drafts for their writers."""
        bodies = standing_of(user).body_ids
        circulated = Q(status__in=["circulated", "approved"], meeting__body__in=bodies) if bodies else NOTHING
        readable = visibility_q(user, body="meeting__body") & visibility_q(user, of="meeting", body="meeting__body")
        return self.filter(
            readable & (Q(status="published") | circulated) | readable & editable_q(user, body="meeting__body")
        )

    def published(self):
        return self.filter(status=Minutes.Status.PUBLISHED)

    def latest_first(self):
        return self.order_by("-published_at", "-pk")


@matter
@pghistory.track()
class Minutes(Record):
    """The minutes of one meeting (صورت‌جلسه). The text of each item stands on the item; here is what frames them."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CIRCULATED = "circulated", _("Circulated")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")

    FROZEN = (Status.APPROVED, Status.PUBLISHED)

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    visibility = visibility_field(Visibility.MEMBERS)
    opening = RichTextField(_("opening"), blank=True)
    closing = RichTextField(_("closing"), blank=True)
    comments_due_on = persian.DateField(_("comments until"), null=True, blank=True)
    circulated_at = persian.DateTimeField(_("circulated at"), null=True, blank=True, editable=False)
    circulated_by = acting_user(_("circulated by"))
    approved_at = persian.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_by = acting_user(_("approval entered by"))
    approved_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="approved_minutes", verbose_name=_("approved in")
    )
    published_at = persian.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = acting_user(_("published by"))

    objects = MinutesQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("minutes")
        verbose_name_plural = pgettext_lazy("of many meetings", "minutes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "published"]) | Q(approved_at__isnull=False),
                name="minutes_approved_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False)
                | ~Q(status="published") & Q(published_at__isnull=True),
                name="minutes_published_has_time",
            ),
        ]
        indexes = [models.Index(fields=["-published_at"], name="minutes_newest_first")]
        triggers = [
            *Record.Meta.triggers,
            note_for_search(of="meeting"),
            frozen_when(APPROVED, "opening", "closing", "meeting", "approved_at"),
            pgtrigger.Trigger(
                name="no_way_back",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=APPROVED & ~pgtrigger.Q(new__status__in=["approved", "published"])
                | pgtrigger.Q(old__status="published") & ~pgtrigger.Q(new__status="published"),
                func="RAISE EXCEPTION 'approved minutes stay approved' USING ERRCODE = 'restrict_violation';",
            ),
            kept_when(APPROVED),
        ]

    def __str__(self):
        return str(_("Minutes of %(meeting)s") % {"meeting": self.meeting})

    @property
    def is_frozen(self) -> bool:
        return self.status in self.FROZEN

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#minutes"


class CorrigendumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Corrections of minutes that this user may read, but for those of items that are closed to them."""
        readable = Q(agenda_item__isnull=True) | Q(agenda_item__in=AgendaItem.objects.visible_to(user))
        return self.filter(readable, minutes__in=Minutes.objects.visible_to(user))


@matter
@pghistory.track()
class Corrigendum(Record):
    """A numbered correction of approved minutes (اصلاحیه); what it corrects stays readable."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="corrigenda", verbose_name=_("minutes"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    agenda_item = models.ForeignKey(
        "meetings.AgendaItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrigenda",
        verbose_name=_("agenda item"),
    )
    text = persian.TextField(_("text"))
    reason = persian.CharField(_("reason"), max_length=250)
    published_at = persian.DateTimeField(_("published at"), editable=False)
    published_by = acting_user(_("published by"))

    objects = CorrigendumQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("corrigendum")
        verbose_name_plural = _("corrigenda")
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="corrigendum_number_once"),
        ]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        words = _("%(minutes)s, corrigendum %(number)s")
        return str(words % {"minutes": self.minutes, "number": digits(self.number)})

    def get_absolute_url(self):
        return f"{self.minutes.meeting.get_absolute_url()}#corrigendum-{self.number}"
