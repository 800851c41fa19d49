import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import editable_q
from council_portal.files.models import StoredFile
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import Record

from .documents import Edition


class RecipientQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The distribution list is the secretariat's."""
        return self.filter(editable_q(user))

    def alphabetical(self):
        return self.order_by(PersianKey("name"), "pk")


@pghistory.track()
class Recipient(Record):
    """Somebody to whom the council sends its documents: a manager or official concerned, or an organisation."""

    name = persian.CharField(_("name"), max_length=250)
    post = persian.CharField(_("post"), max_length=250, blank=True)
    organization = models.ForeignKey(
        "members.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recipients",
        verbose_name=_("organisation"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    address = persian.TextField(_("postal address"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = RecipientQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self):
        return self.name


class DispatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(editable_q(user))


@pghistory.track()
class Dispatch(Record):
    """Which edition was sent to whom, how and when, and that it arrived."""

    class Medium(models.TextChoices):
        PRINT = "print", _("Printed")
        DISC = "disc", _("Disc")
        EMAIL = "email", _("E-mail")
        NETWORK = "network", _("Government network")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="dispatches", verbose_name=_("edition"))
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="dispatches", verbose_name=_("recipient"))
    medium = models.CharField(_("medium"), max_length=8, choices=Medium, default=Medium.PRINT)
    sent_on = persian.DateField(_("sent on"))
    received_on = persian.DateField(_("received on"), null=True, blank=True)
    receipt = persian.CharField(_("receipt"), max_length=250, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        constraints = [
            models.UniqueConstraint(fields=["edition", "recipient", "medium", "sent_on"], name="dispatch_once_a_day"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
                name="dispatch_received_after_sent",
                violation_error_message=_("It cannot have arrived before it was sent."),
            ),
        ]

    def __str__(self):
        return f"{self.edition} ← {self.recipient}"


class DiscQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(editable_q(user))


@pghistory.track()
class Disc(Record):
    """An offline edition of the archive (لوح فشرده)."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = persian.CharField(_("title"), max_length=250)
    issued_on = persian.PartialDateField(_("issued on"), null=True, blank=True)
    covers = persian.PartialDateField(_("covers"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    note = persian.TextField(_("note"), blank=True)

    objects = DiscQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("disc")
        verbose_name_plural = _("discs")
        ordering = ["number"]

    def __str__(self):
        return self.title
