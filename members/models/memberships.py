import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import visibility_q
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import Record, note_for_search

from .bodies import Body
from .names import ends_after_start
from .organizations import Organization
from .people import Person


class CertainPeriod(models.Func):
    """The days on which a service surely lasted, where its ends may be known to the month or year only.

    Takes two partial dates, the first and the last day of service; an unknown end leaves that side open.
    """

    template = (
        "(CASE WHEN upper(%(start)s) - 1 > lower(%(end)s) THEN 'empty'::daterange"
        " ELSE daterange(upper(%(start)s) - 1, lower(%(end)s) + 1) END)"
    )
    output_field = DateRangeField()

    def as_sql(self, compiler, connection, **context):
        (start, start_params), (end, end_params) = (compiler.compile(part) for part in self.source_expressions)
        sql = self.template % {"start": start, "end": end}
        return sql, [*start_params, *end_params, *start_params, *end_params]


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visibility_q(user, of="person"))

    def in_service(self, *, on):
        return self.filter(certain_period__contains=on)

    def officers(self):
        return self.exclude(role=Membership.Role.MEMBER)

    def latest_first(self, *, on):
        """Services of the day `on` before those that are over or not yet sure; of each, the latest to begin first."""
        over = models.Case(models.When(certain_period__contains=on, then=0), default=1)
        return self.order_by(over, models.F("start_on").desc(nulls_last=True), "-pk")

    def by_rank(self):
        """Chair, vice-chair, secretary, members; each by the Persian alphabet."""
        rank = models.Case(*(models.When(role=role, then=n) for n, role in enumerate(Membership.Role.values)))
        return self.order_by(rank, PersianKey("person__family_name"), PersianKey("person__given_name"), "pk")


@pghistory.track(exclude=["certain_period"])
class Membership(Record):
    """A person's service on a body, for an organisation, in a role, from one day to another (عضویت).

    A successor is a new row: nothing is overwritten.
    """

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("body"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    post = persian.CharField(_("post"), max_length=200, blank=True, help_text=_("Post in the organisation."))
    start_on = persian.PartialDateField(_("from"), null=True, blank=True)
    end_on = persian.PartialDateField(_("last day"), null=True, blank=True)
    certain_period = models.GeneratedField(
        expression=CertainPeriod("start_on", "end_on"), output_field=DateRangeField(), db_persist=True
    )

    objects = MembershipQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            ends_after_start("membership_ends_after_start"),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("body", RangeOperators.EQUAL),
                    ("certain_period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already serves on this body at that time."),
            ),
            ExclusionConstraint(
                name="membership_one_chair_at_a_time",
                expressions=[("body", RangeOperators.EQUAL), ("certain_period", RangeOperators.OVERLAPS)],
                condition=Q(role="chair"),
                violation_error_message=_("This body already has a chair at that time."),
            ),
        ]
        indexes = [GistIndex(fields=["certain_period"], name="membership_period")]
        triggers = [*Record.Meta.triggers, note_for_search(of="person")]

    def __str__(self):
        return f"{self.person} – {self.get_role_display()}, {self.body}"

    def validate_constraints(self, exclude=None):
        """As Django's, and with the period that the database computes, which no form has and each would leave out."""
        excluded = set(exclude or ())
        if not excluded & {"person", "body", "role", "start_on", "end_on"}:
            excluded.discard("certain_period")
        super().validate_constraints(exclude=excluded)
