import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.records import Record

from .meetings import Meeting


class HostTurnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The order of hosts is public: its fairness is the point of showing it."""
        return self.all()

    def ahead(self):
        """Turns still to come, in their order."""
        return self.filter(status__in=[HostTurn.Status.PROPOSED, HostTurn.Status.ACCEPTED]).order_by("position", "pk")


@pghistory.track()
class HostTurn(Record):
    """An organisation's turn to host the assembly (نوبت میزبانی), with the reason for its place in the order."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        HELD = "held", _("Held")

    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="host_turns", verbose_name=_("organisation")
    )
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, blank=True, related_name="host_turn", verbose_name=_("meeting")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    position = models.PositiveIntegerField(_("order"), default=0)
    expected_on = persian.PartialDateField(_("expected in"), null=True, blank=True)
    reason = persian.CharField(_("reason"), max_length=250, blank=True, help_text=_("Why this place, or why declined."))

    objects = HostTurnQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("host's turn")
        verbose_name_plural = _("hosts' turns")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="declined") | (Q(meeting__isnull=True) & ~Q(reason="")),
                name="hostturn_declined_has_reason_and_no_meeting",
                violation_error_message=_("A declined turn has a reason and no meeting."),
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(meeting__isnull=False),
                name="hostturn_held_has_meeting",
                violation_error_message=_("A turn that was held names its meeting."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(status__in=["proposed", "accepted"]),
                name="hostturn_one_ahead_per_organization",
                violation_error_message=_("This organisation already has a turn ahead."),
            ),
        ]

    def __str__(self):
        return f"{self.organization} ({self.get_status_display()})"
