import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.persian.wording import digits
from council_portal.records import Record

from .assignments import ALWAYS, Assignment
from .frozen import frozen_when, kept_when


class Step(models.TextChoices):
    """Who is told of a duty as its due date comes and goes, one after the other."""

    LEAD = "lead", _("The organisation, before the due date")
    CHAIR = "chair", _("The chair of the body, when it is due")
    FOLLOW_UP = "follow_up", _("The follow-up committee")
    BOARD = "board", _("The presiding board and the next assembly")


# What belongs to no due date: nothing was heard for so long.
SILENT = "silent"
NAMES = [*Step.choices, (SILENT, _("Listed as silent"))]


class EscalationStepQuerySet(models.QuerySet):
    def in_order(self):
        """The steps of the escalation as they are taken, then the silence."""
        return self.order_by(models.Case(*(models.When(name=name, then=n) for n, (name, _label) in enumerate(NAMES))))

    def days_of_silence(self) -> int | None:
        """After how many days without a word a duty is listed as silent; None where that is not set."""
        return self.filter(name=SILENT).values_list("days", flat=True).first()


@pghistory.track()
class EscalationStep(Record):
    """By how many days a step of the follow-up is taken: a setting of the council (پله‌های پیگیری)."""

    name = models.CharField(_("step"), max_length=10, choices=NAMES, unique=True, editable=False)
    days = models.PositiveSmallIntegerField(_("days"))

    objects = EscalationStepQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("step of the follow-up")
        verbose_name_plural = _("steps of the follow-up")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__lte=365) & (~Q(name=SILENT) | Q(days__gt=0)),
                name="escalationstep_days",
                violation_error_message=_("Give a number of days up to 365."),
            ),
        ]

    def __str__(self):
        return str(WHEN[self.name]) % {"days": digits(self.days)}

    @property
    def offset(self) -> int:
        """Days after the due date; below zero before it."""
        return -self.days if self.name == Step.LEAD else self.days


WHEN = {
    Step.LEAD: _("%(days)s days before the due date: the organisation, and the one that leads"),
    Step.CHAIR: _("%(days)s days after the due date: the chair of the body that decided"),
    Step.FOLLOW_UP: _("%(days)s days after the due date: the follow-up committee"),
    Step.BOARD: _("%(days)s days after the due date: the presiding board and the next assembly"),
    SILENT: _("%(days)s days without a word: listed as silent"),
}


class EscalationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def oldest_first(self):
        return self.order_by("at", "pk")


@pghistory.track()
class Escalation(Record):
    """That a step was taken for an assignment, once for each due date that it had.

    A step whose day had passed unnoticed, so that a later one was due already, is on record and was not `told`.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="escalations", verbose_name=_("assignment"))
    step = models.CharField(_("step"), max_length=10, choices=Step)
    due_on = persian.DateField(_("due on"))
    at = persian.DateTimeField(_("taken at"))
    told = models.BooleanField(_("told"), default=True, db_default=True, editable=False)

    is_escalation = True

    objects = EscalationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = [models.UniqueConstraint(fields=["assignment", "due_on", "step"], name="escalation_once")]
        indexes = [models.Index("step", "due_on", name="escalation_by_step")]
        triggers = [
            *Record.Meta.triggers,
            frozen_when(ALWAYS, "assignment", "step", "due_on", "at", "told"),
            kept_when(ALWAYS),
        ]

    def __str__(self):
        return self.get_step_display()
