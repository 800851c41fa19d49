import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import standing_of
from council_portal.access.visibility import editable_q
from council_portal.persian import fields as persian
from council_portal.records import Record, acting_user

from .agenda import AgendaItem
from .meetings import Meeting


class ItemProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own organisations, and for those who keep a body's agenda all that were put to it."""
        organizations = standing_of(user).organization_ids
        return self.filter(Q(organization__in=organizations) | editable_q(user, body="body"))

    def waiting(self):
        return self.filter(status=ItemProposal.Status.SUBMITTED)

    def oldest_first(self):
        return self.order_by("submitted_at", "pk")

    def newest_first(self):
        return self.order_by(F("submitted_at").desc(), "-pk")


@pghistory.track()
class ItemProposal(Record):
    """What an organisation would have on a body's agenda (پیشنهاد بند)."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    body = models.ForeignKey("members.Body", models.PROTECT, related_name="item_proposals", verbose_name=_("put to"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="item_proposals", verbose_name=_("organisation")
    )
    title = persian.CharField(_("title"), max_length=300)
    text = persian.TextField(_("text"), blank=True, help_text=_("Why it should be dealt with, and what is asked for."))
    presenter = models.ForeignKey(
        "members.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("presenter"),
    )
    presenter_name = persian.CharField(_("presenter who is not on record"), max_length=200, blank=True)
    wished_meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wished meeting")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED, editable=False)
    submitted_at = persian.DateTimeField(_("submitted at"), editable=False)
    submitted_by = acting_user(_("submitted by"))
    answered_at = persian.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = acting_user(_("answered by"))
    declined_because = persian.CharField(_("declined because"), max_length=250, blank=True)
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="item_proposals", verbose_name=_("agenda item")
    )

    objects = ItemProposalQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("proposed item")
        verbose_name_plural = _("proposed items")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "organization", "title"],
                condition=Q(status="submitted"),
                name="itemproposal_waits_once",
                violation_error_message=_("Your organisation has proposed this already; it waits for an answer."),
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", agenda_item__isnull=False)
                | ~Q(status="accepted") & Q(agenda_item__isnull=True),
                name="itemproposal_accepted_has_item",
            ),
            models.CheckConstraint(
                condition=Q(status="declined") & ~Q(declined_because="")
                | ~Q(status="declined") & Q(declined_because=""),
                name="itemproposal_declined_has_reason",
                violation_error_message=_("Say why it is declined."),
            ),
            models.CheckConstraint(
                condition=Q(status="submitted", answered_at__isnull=True)
                | ~Q(status="submitted") & Q(answered_at__isnull=False),
                name="itemproposal_answer_has_time",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-submitted_at"], name="itemproposal_of_organization")]

    def __str__(self):
        return self.title
