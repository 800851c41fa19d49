import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import standing_of
from council_portal.access.visibility import editable_q
from council_portal.persian import fields as persian
from council_portal.records import Record, acting_user

from .meetings import Meeting


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own invitations, and all of them for those who run the meeting."""
        own = Q(person__user=user.pk) if standing_of(user).is_member else Q(pk__in=[])
        return self.filter(own | editable_q(user, body="meeting__body"))

    def awaiting(self, person, *, on):
        """What a person still has to answer, for announced meetings that are not over on the day `on`."""
        ahead = Meeting.objects.announced().upcoming(on=on)
        return self.filter(person=person, answer="", meeting__in=ahead)


@pghistory.track()
class Invitation(Record):
    """One person's invitation to one meeting, and the answer."""

    class Answer(models.TextChoices):
        ATTEND = "attend", _("Will attend")
        APOLOGISE = "apologise", _("Sends apologies")
        SUBSTITUTE = "substitute", _("Sends a substitute")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name=_("meeting"))
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="invitations", verbose_name=_("person"))
    sent_at = persian.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    sent_by = acting_user(_("sent by"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = persian.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = acting_user(_("answered by"))
    reason = persian.CharField(_("reason"), max_length=250, blank=True)
    substitute_name = persian.CharField(_("substitute"), max_length=200, blank=True)
    substitute_post = persian.CharField(_("substitute's post"), max_length=200, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="invitation_once_per_person",
                violation_error_message=_("This person is already invited."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="apologise") | ~Q(reason=""),
                name="invitation_apology_has_reason",
                violation_error_message=_("Give the reason for the apology."),
            ),
            models.CheckConstraint(
                condition=Q(answer="substitute") & ~Q(substitute_name="")
                | ~Q(answer="substitute") & Q(substitute_name=""),
                name="invitation_substitute_has_name",
                violation_error_message=_("Name the substitute."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="invitation_answer_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.meeting}"
