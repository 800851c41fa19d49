"""What was asked to be issued and is not on record yet; what is done with it stands in `waiting`."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.records import RAISE_REVISION, acting_user

from .kinds import label_of

LATE_AFTER = timedelta(hours=1)


class OrderQuerySet(models.QuerySet):
    def late(self):
        """What waits longer than it ever takes."""
        return self.filter(asked_at__lt=timezone.now() - LATE_AFTER)

    def in_turn(self):
        """In the order in which it was asked for, in which what belongs to one subject is issued."""
        return self.order_by("pk")


class Order(models.Model):
    """A document that is to be issued: made in the transaction that asks for it, gone in the one that enters it.

    So whatever becomes of the job that issues it, what was published and is not on record yet stands here. `problem`
    says why the last attempt failed, in the portal's language.
    """

    kind = models.CharField(_("kind"), max_length=30)
    subject_id = models.PositiveBigIntegerField(_("made of"))
    occasion = models.CharField(_("occasion"), max_length=60)
    title = persian.CharField(_("title"), max_length=250)
    reason = persian.CharField(_("reason"), max_length=250, blank=True)
    asked_at = persian.DateTimeField(_("asked for at"), default=timezone.now)
    asked_by = acting_user(_("asked for by"))
    failed_at = persian.DateTimeField(_("last attempt"), null=True, blank=True)
    problem = models.CharField(_("why it failed"), max_length=250, blank=True)
    told_at = models.DateTimeField(_("secretariat told at"), null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("document waiting to be issued")
        verbose_name_plural = _("documents waiting to be issued")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "occasion"], name="order_once_per_occasion"),
        ]
        triggers = [RAISE_REVISION]

    def __str__(self):
        return self.title

    @property
    def kind_in_words(self):
        return label_of(self.kind)

    @property
    def problem_in_words(self):
        return self.problem or _("It was not tried yet, or the attempt was cut short. Does the queue's worker run?")
