import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian

from .matters import readable_q, withdrawn_q


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, but for those about something that this user may not, or may no longer, read."""
        return self.filter(readable_q(user), recipient=user.pk) if user.is_authenticated else self.none()

    def for_letters_to(self, account):
        """What a letter may tell an account: what it may read now, and what was not taken back."""
        return self.visible_to(account).exclude(withdrawn_q())

    def unread(self):
        return self.filter(read_at__isnull=True)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Notice(models.Model):
    """One thing that one person was told, in their inbox on the site."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("recipient")
    )
    key = models.CharField(_("occasion"), max_length=200, help_text=_("Nobody is told of one occasion twice."))
    title = persian.CharField(_("title"), max_length=250)
    text = persian.TextField(_("text"), blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    matter = models.CharField(_("kind of matter"), max_length=60, blank=True, help_text=_("The model it is about."))
    matter_id = models.PositiveBigIntegerField(_("matter"), null=True, blank=True)
    by_mail = models.BooleanField(_("told by e-mail too"), default=False)
    letter = models.ForeignKey(
        "Mail", models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("letter")
    )
    created_at = models.DateTimeField(_("told at"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_per_occasion"),
            models.CheckConstraint(
                condition=models.Q(matter="", matter_id__isnull=True)
                | ~models.Q(matter="") & models.Q(matter_id__isnull=False),
                name="notice_matter_with_number",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_newest_first"),
            models.Index(fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(by_mail=True, letter__isnull=True, read_at__isnull=True),
                name="notice_waiting_for_letter",
            ),
        ]

    def __str__(self):
        return self.title


class MailQuerySet(models.QuerySet):
    def waiting(self):
        """What nobody has begun to send."""
        return self.filter(status=Mail.Status.WAITING)

    def unfinished(self):
        """What is waiting, or being sent."""
        return self.filter(status__in=[Mail.Status.WAITING, Mail.Status.SENDING])

    def failed(self):
        """What did not reach its address, for sure."""
        return self.filter(status=Mail.Status.FAILED)

    def in_doubt(self):
        """What was being handed to the mail server when the program stopped: nobody knows whether it arrived."""
        return self.filter(status=Mail.Status.IN_DOUBT)

    def trouble_first(self):
        """What failed, what is in doubt, what is still to be sent, then the rest; each the newest first."""
        order = ("failed", "in_doubt", "sending", "waiting")
        rank = models.Case(*(models.When(status=status, then=n) for n, status in enumerate(order)), default=len(order))
        return self.order_by(rank, "-created_at", "-pk")


class Mail(models.Model):
    """One letter by e-mail to one address: the outbox, and the record of what became of it.

    It is sent at most once. `SENDING` is written before the mail server is spoken to, so a letter that was on its
    way when the program was killed is `IN_DOUBT` afterwards and waits for somebody to decide.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        IN_DOUBT = "in_doubt", _("Not known whether it arrived")

    key = models.CharField(
        _("occasion"), max_length=200, unique=True, help_text=_("No letter is written twice for one occasion.")
    )
    uid = models.UUIDField(_("message number"), default=uuid.uuid4, unique=True, editable=False)
    name = persian.CharField(_("recipient"), max_length=250, blank=True)
    address = models.EmailField(_("e-mail"))
    subject = persian.CharField(_("subject of the letter"), max_length=250)
    text = persian.TextField(_("text"))
    calendar = models.TextField(_("calendar entry"), blank=True, help_text=_("iTIP, RFC 5546."))
    calendar_method = models.CharField(_("method of the calendar entry"), max_length=10, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("what the mail server said"), blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter by e-mail")
        verbose_name_plural = _("letters by e-mail")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="sent", sent_at__isnull=False)
                | ~models.Q(status="sent") & models.Q(sent_at__isnull=True),
                name="mail_sent_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(calendar="", calendar_method="")
                | ~models.Q(calendar="") & ~models.Q(calendar_method=""),
                name="mail_calendar_has_method",
            ),
        ]
        indexes = [
            models.Index(fields=["status"], condition=~models.Q(status="sent"), name="mail_not_sent"),
        ]

    def __str__(self):
        return f"{self.subject} – {self.address}"
