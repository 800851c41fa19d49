"""Who carries a decision out, and what is heard of it."""

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.standing import standing_of
from council_portal.access.visibility import visibility_q
from council_portal.files.models import StoredFile
from council_portal.persian import fields as persian
from council_portal.persian.calendar import start_of_day
from council_portal.records import NOTE_FOR_SEARCH, Record, acting_user, note_for_search

from .decisions import Decision
from .frozen import frozen_when, kept_when
from .meetings import Meeting

ALWAYS = pgtrigger.Q(old__id__isnull=False)


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of readable decisions, to organisations that this person may know of or serves for."""
        return self.of_known_organizations(user).filter(decision__in=Decision.objects.visible_to(user))

    def of_known_organizations(self, user):
        """Those to organisations that this person may know of or serves for, whatever the decision."""
        own = Q(organization__in=standing_of(user).organization_ids)
        return self.filter(visibility_q(user, of="organization") | own)

    def open(self):
        """What is still owed."""
        return self.filter(status__in=Assignment.OPEN)

    def overdue(self, *, on):
        """Open, with a due date that has passed by the day `on`."""
        return self.open().filter(due_on__lt=on)

    def with_is_late(self, *, on):
        """With `is_late`: whether it is overdue on the day `on`."""
        late = Q(status__in=Assignment.OPEN, due_on__lt=on)
        return self.annotate(is_late=models.Case(models.When(late, then=True), default=False))

    def lead_first(self):
        return self.order_by("decision", models.Case(models.When(role="lead", then=0), default=1), "pk")

    def settled(self):
        """What is no longer owed: done, stopped or referred."""
        return self.exclude(status__in=Assignment.OPEN)

    def soonest_due_first(self):
        """By due date, what is overdue first; without a due date last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def latest_due_first(self):
        return self.order_by(F("due_on").desc(nulls_last=True), "-pk")

    def waiting_for_review(self):
        """Those of which a report waits for the follow-up committee."""
        return self.filter(Exists(FollowUp.objects.waiting().filter(assignment=OuterRef("pk"))))

    def with_last_report(self):
        """With `last_review` of its latest report, None where there is none, and `reported_at`."""
        latest = FollowUp.objects.filter(assignment=OuterRef("pk"), kind=FollowUp.Kind.REPORT).order_by("-pk")
        return self.annotate(
            last_review=Subquery(latest.values("review")[:1]), reported_at=Subquery(latest.values("recorded_at")[:1])
        )

    def with_referral(self):
        """With `referred_to`: whom it was referred to; None where that is not on record, or it is not referred."""
        named = (
            FollowUp.objects.filter(assignment=OuterRef("pk")).exclude(referred_to="").order_by("-recorded_at", "-pk")
        )
        referred = models.When(status=Assignment.Status.REFERRED, then=Subquery(named.values("referred_to")[:1]))
        return self.annotate(referred_to=models.Case(referred, default=None))

    def returned(self):
        """Open ones whose latest report was returned, so that another is expected."""
        return self.open().with_last_report().filter(last_review=FollowUp.Review.RETURNED)

    def with_last_word(self):
        """With `last_word_at`: when last something was heard of it, at first the publication of its decision."""
        latest = FollowUp.objects.filter(assignment=OuterRef("pk")).order_by("-recorded_at").values("recorded_at")[:1]
        return self.annotate(
            last_word_at=Greatest("decision__published_at", Subquery(latest))  # PostgreSQL leaves out what is null
        )

    def silent(self, *, on, days: int):
        """Open ones of published decisions of which nothing was heard in the `days` before the day `on`."""
        since = start_of_day(on - timedelta(days=days))
        published = self.open().filter(decision__published_at__isnull=False)
        return published.with_last_word().filter(last_word_at__lt=since)

    def with_stage(self):
        """With `stage`: the last step of its escalation for the due date as it stands, None before the first."""
        from .escalations import Escalation

        taken = Escalation.objects.filter(assignment=OuterRef("pk"), due_on=OuterRef("due_on"))
        return self.annotate(stage=Subquery(taken.order_by("-at", "-pk").values("step")[:1]))

    def escalated_to(self, step: str):
        """Open ones of which this step of the escalation was taken for the due date as it stands."""
        return self.open().filter(escalations__step=step, escalations__due_on=F("due_on"))

    def of_bodies(self, bodies):
        """Those for decisions of bodies, given as rows or ids."""
        return self.filter(decision__meeting__body__in=bodies)


@pghistory.track()
class Assignment(Record):
    """What one organisation owes for a decision (مسئولیت اجرا): leading or supporting, by when, and how it stands."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        SUPPORT = "support", _("Support")

    class Status(models.TextChoices):
        NOT_BEGUN = "not_begun", _("Not begun")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")
        DONE_LATE = "done_late", _("Done late")
        STOPPED = "stopped", _("Stopped")
        REFERRED = "referred", _("Referred")

    OPEN = (Status.NOT_BEGUN, Status.IN_PROGRESS)

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="assignments", verbose_name=_("decision"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="assignments", verbose_name=_("organisation")
    )
    role = models.CharField(pgettext_lazy("in an assignment", "role"), max_length=8, choices=Role, default=Role.LEAD)
    due_on = persian.DateField(_("due on"), null=True, blank=True)
    original_due_on = persian.DateField(_("first due on"), null=True, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NOT_BEGUN)
    percent_done = models.PositiveSmallIntegerField(_("per cent done"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "organization"],
                name="assignment_once_per_organization",
                violation_error_message=_("This organisation already has a part in the decision."),
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(role="lead"),
                name="assignment_one_lead",
                violation_error_message=_("A decision has one lead organisation."),
            ),
            models.CheckConstraint(
                condition=Q(percent_done__isnull=True) | Q(percent_done__lte=100),
                name="assignment_percent_up_to_100",
                violation_error_message=_("Give a number from 0 to 100."),
            ),
        ]
        indexes = [
            models.Index("due_on", condition=Q(status__in=["not_begun", "in_progress"]), name="assignment_open_by_due"),
            models.Index("organization", "status", "due_on", name="assignment_of_organization"),
        ]
        triggers = [
            *Record.Meta.triggers,
            note_for_search(of="decision"),
            pgtrigger.Trigger(
                name="remember_first_due",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__original_due_on__isnull=True, new__due_on__isnull=False),
                func="NEW.original_due_on = NEW.due_on; RETURN NEW;",
            ),
            frozen_when(pgtrigger.Q(old__original_due_on__isnull=False), "original_due_on"),
        ]

    def __str__(self):
        return f"{self.organization} – {self.decision}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_taken_back(self) -> bool:
        """Whether nothing is expected of the organisation any more, although it has not carried it out."""
        return self.status in (self.Status.STOPPED, self.Status.REFERRED)

    def is_overdue(self, *, on) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(assignment__in=Assignment.objects.visible_to(user)).outside_drafts(user)

    def outside_drafts(self, user):
        """Without what was said in a meeting whose minutes are not published, unless this user may read them."""
        from .minutes import Minutes

        readable = Minutes.objects.visible_to(user).values("pk")
        drafts = Minutes.objects.exclude(status=Minutes.Status.PUBLISHED).exclude(pk__in=readable)
        return self.exclude(kind=FollowUp.Kind.REVIEW, reviewed_in__in=drafts.values("meeting"))

    def oldest_first(self):
        return self.order_by("recorded_at", "pk")

    def waiting(self):
        """Reports that nobody has reviewed yet."""
        return self.filter(review=FollowUp.Review.SUBMITTED)


@pghistory.track()
class FollowUp(Record):
    """A dated entry in an assignment's history (پیگیری). Entries are added, never changed."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report of the organisation")
        REVIEW = "review", _("Review in a meeting")
        EXTENSION = "extension", _("Extension of the due date")
        NOTE = "note", _("Note of the follow-up committee")

    class Review(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for review")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="follow_ups", verbose_name=_("assignment"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NOTE)
    text = persian.TextField(_("text"))
    new_status = models.CharField(_("new status"), max_length=12, choices=Assignment.Status, blank=True)
    percent_done = models.PositiveSmallIntegerField(_("per cent done"), null=True, blank=True)
    new_due_on = persian.DateField(_("new due date"), null=True, blank=True)
    referred_to = persian.CharField(_("referred to"), max_length=250, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    reviewed_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("reviewed in")
    )
    recorded_at = persian.DateTimeField(_("recorded at"), editable=False)
    recorded_by = acting_user(_("recorded by"))
    review = models.CharField(_("review"), max_length=10, choices=Review, blank=True, editable=False)
    reviewed_at = persian.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    reviewed_by = acting_user(_("reviewed by"))
    returned_because = persian.TextField(_("returned because"), blank=True, editable=False)

    # Entries and escalations stand in one timeline.
    is_escalation = False

    objects = FollowUpQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="extension", new_due_on__isnull=False)
                | ~Q(kind="extension") & Q(new_due_on__isnull=True),
                name="followup_extension_has_due_date",
                violation_error_message=_("An extension, and only an extension, gives a new due date."),
            ),
            models.CheckConstraint(
                condition=Q(kind="report") & ~Q(review="") | ~Q(kind="report") & Q(review=""),
                name="followup_reports_are_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(review="returned") & ~Q(returned_because="")
                | ~Q(review="returned") & Q(returned_because=""),
                name="followup_returned_has_reason",
                violation_error_message=_("Say why the report is returned."),
            ),
            models.CheckConstraint(
                condition=Q(percent_done__isnull=True) | Q(percent_done__lte=100),
                name="followup_percent_up_to_100",
                violation_error_message=_("Give a number from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(referred_to="") | Q(new_status="referred"),
                name="followup_referred_to_somebody",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(review="submitted"),
                name="followup_one_report_waits",
                violation_error_message=_("A report waits for review already."),
            ),
        ]
        indexes = [models.Index("assignment", "recorded_at", name="followup_of_assignment")]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            frozen_when(
                ALWAYS,
                *("assignment", "kind", "text", "new_status", "percent_done"),
                *("new_due_on", "referred_to", "file", "recorded_at"),
            ),
            frozen_when(pgtrigger.Q(old__reviewed_at__isnull=False), "review", "returned_because", name="review_stays"),
            kept_when(ALWAYS),
        ]

    def __str__(self):
        return self.text[:60]
