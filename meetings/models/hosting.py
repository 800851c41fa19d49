import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.records import Record, acting_user

from .meetings import Meeting


class HostTurnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The order of hosts is public: its fairness is the point of showing it."""
        return self.all()

    def ahead(self):
        """Turns still to come, in their order."""
        return self.filter(status__in=HostTurn.AHEAD).order_by("position", "pk")

    def latest_of_each(self):
        """Of each organisation its turn ahead; without one that which it answered, or took, last."""
        is_over = models.Case(models.When(status__in=HostTurn.AHEAD, then=0), default=1)
        latest_answer = models.F("answered_at").desc(nulls_last=True)
        return self.order_by("organization", is_over, latest_answer, "-pk").distinct("organization")

    def fulfil(self, meeting):
        """The meeting was held: its host's turn is over; that of somebody who was not the host waits on."""
        turns = self.ahead().filter(meeting=meeting)
        # Hosting is an answer too, also of somebody who was never marked as having accepted: it outdates a refusal.
        hosted = {"status": HostTurn.Status.HELD, "answered_at": Coalesce("answered_at", Now())}
        turns.filter(organization=meeting.host_id).update(**hosted)
        turns.update(meeting=None)

    def take_back(self, meeting):
        """The meeting is open again, and so is the turn, unless its organisation has got another one meanwhile."""
        turns = self.filter(meeting=meeting, status=HostTurn.Status.HELD)
        turns.exclude(organization__in=self.ahead().values("organization")).update(status=HostTurn.Status.ACCEPTED)

    def release(self, meeting):
        """The meeting was cancelled: the turn keeps its place in the order, for another meeting."""
        self.ahead().filter(meeting=meeting).update(meeting=None)


@pghistory.track()
class HostTurn(Record):
    """An organisation's turn to host the assembly (نوبت میزبانی), with the reason for its place in the order."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        DEFERRED = "deferred", _("Asked for a later turn")
        HELD = "held", _("Held")

    AHEAD = (Status.PROPOSED, Status.ACCEPTED)
    PASSED = (Status.DECLINED, Status.DEFERRED)

    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="host_turns", verbose_name=_("organisation")
    )
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, blank=True, related_name="host_turn", verbose_name=_("meeting")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    answered_at = persian.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = acting_user(_("answer recorded by"))
    position = models.PositiveIntegerField(_("order"), default=0)
    expected_on = persian.PartialDateField(_("expected in"), null=True, blank=True)
    reason = persian.CharField(_("reason"), max_length=250, blank=True, help_text=_("Why this place, or why declined."))
    not_before = persian.PartialDateField(
        _("not before"),
        null=True,
        blank=True,
        help_text=_("From when on it may be suggested again; left empty by a refusal: until it says otherwise."),
    )

    objects = HostTurnQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("host's turn")
        verbose_name_plural = _("hosts' turns")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "deferred"]) | (Q(meeting__isnull=True) & ~Q(reason="")),
                name="hostturn_passed_has_reason_and_no_meeting",
                violation_error_message=_("A turn that was declined or put off has a reason and no meeting."),
            ),
            models.CheckConstraint(
                condition=~Q(status="deferred") | Q(not_before__isnull=False),
                name="hostturn_deferred_says_until_when",
                violation_error_message=_("Say until when the turn is put off."),
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
