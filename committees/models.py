import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.visibility import Visibility, editable_q, visibility_field, visibility_q
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.records import NOTE_FOR_SEARCH, Record, acting_user
from council_portal.rich_text import RichTextField
from meetings.models import AgendaItem, Decision, Meeting
from meetings.models.frozen import frozen_when, kept_when
from meetings.models.meetings import MeetingQuerySet
from members.models import Body
from members.models.bodies import BodyQuerySet


class CommitteeManager(models.Manager.from_queryset(BodyQuerySet)):
    def get_queryset(self):
        return super().get_queryset().committees()


class Committee(Body):
    """One of the standing committees: the bodies of that kind."""

    objects = CommitteeManager()

    class Meta:
        proxy = True
        verbose_name = _("committee")
        verbose_name_plural = _("committees")


class SessionManager(models.Manager.from_queryset(MeetingQuerySet)):
    def get_queryset(self):
        return super().get_queryset().exclude(body__kind=Body.Kind.ASSEMBLY)


class Session(Meeting):
    """A meeting of the board or of a committee (جلسه)."""

    objects = SessionManager()

    class Meta:
        proxy = True
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for the committee's officers; from its submission on by the proposal's visibility."""
        submitted = ~Q(status=Proposal.Status.DRAFT)
        return self.filter(visibility_q(user, body="committee") & (submitted | editable_q(user, body="committee")))

    def editable_by(self, user):
        """Those of the committees that this person runs; for the secretariat all."""
        return self.filter(editable_q(user, body="committee"))

    def waiting(self):
        return self.filter(status=Proposal.Status.SUBMITTED)

    def newest_first(self):
        """Drafts first, then by the day of their submission."""
        return self.order_by(models.F("submitted_at").desc(nulls_first=True), "-pk")


IS_SUBMITTED = ~pgtrigger.Q(old__status="draft")


@matter
@pghistory.track()
class Proposal(Record):
    """What a committee puts to the assembly or the board (پیشنهاد).

    `visibility` speaks of the committee that puts it: «members of the body» are the committee's. The other body reads
    the title on its agenda, not this text; see docs/decisions/proposals.md.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        ON_AGENDA = "on_agenda", _("On the agenda")
        ADOPTED = "adopted", _("Adopted")
        NOTED = "noted", _("Noted")
        POSTPONED = "postponed", _("Postponed")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a proposal", "Withdrawn")

    # What an agenda item says by its outcome, once the meeting is closed.
    OUTCOMES = (Status.ADOPTED, Status.NOTED, Status.POSTPONED, Status.RETURNED)
    # Where it has come to an end, and a new one may be drafted from it.
    ENDS = (Status.NOTED, Status.RETURNED, Status.WITHDRAWN)

    committee = models.ForeignKey(Body, models.PROTECT, related_name="proposals", verbose_name=_("committee"))
    prepared_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="prepared_proposals", verbose_name=_("prepared in")
    )
    addressee = models.ForeignKey(Body, models.PROTECT, related_name="received_proposals", verbose_name=_("put to"))
    title = persian.CharField(_("title"), max_length=300)
    text = RichTextField(_("text"))
    visibility = visibility_field(Visibility.MEMBERS)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    submitted_at = persian.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = acting_user(_("submitted by"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("agenda item")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("decision")
    )
    returned_because = persian.CharField(_("returned because"), max_length=250, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(submitted_at__isnull=False), name="proposal_submitted_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["on_agenda", "adopted", "noted", "postponed"]) | Q(agenda_item__isnull=False),
                name="proposal_on_agenda_has_item",
                violation_error_message=_("Choose the agenda item that took the proposal up."),
            ),
            models.CheckConstraint(
                condition=~Q(status="adopted") | Q(decision__isnull=False),
                name="proposal_adopted_has_decision",
                violation_error_message=_("Choose the decision by which the proposal was adopted."),
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(returned_because=""),
                name="proposal_returned_has_reason",
                violation_error_message=_("Say why the proposal is returned."),
            ),
            models.CheckConstraint(
                condition=~Q(committee=models.F("addressee")),
                name="proposal_to_another_body",
                violation_error_message=_("A proposal is put to another body."),
            ),
        ]
        indexes = [models.Index(fields=["committee", "-submitted_at"], name="proposal_of_committee")]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            frozen_when(IS_SUBMITTED, "committee", "addressee", "title", "text"),
            kept_when(IS_SUBMITTED),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("committees:proposal", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT
