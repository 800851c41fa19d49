import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import standing_of
from council_portal.access.visibility import NOTHING, Visibility, editable_q, visibility_field, visibility_q
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.persian.text import to_persian_digits
from council_portal.records import NOTE_FOR_SEARCH, Record, acting_user
from members.models import Body

from .agenda import ITEM_OF_ITS_MEETING, AgendaItem, readable_item_q
from .frozen import frozen_when, frozen_with_minutes, kept_when
from .meetings import Meeting

PUBLISHED = pgtrigger.Q(old__published_at__isnull=False)


def _charged_q(user) -> Q:
    """What is published for its body alone, and an organisation that `user` serves for is charged with.

    Who is to carry a decision out can read it; its meeting and its agenda item stay as closed as they are.
    """
    organizations = standing_of(user).organization_ids
    if not organizations:
        return NOTHING
    # The model of the assignments stands on this one.
    assignments = Decision._meta.get_field("assignments").related_model.objects
    charged = assignments.filter(organization__in=organizations).values("decision")
    return Q(visibility=Visibility.BODY, published_at__isnull=False, pk__in=charged)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Published decisions that neither themselves, nor by their meeting or agenda item, are closed to this user."""
        return self.open_to(user).filter(Q(published_at__isnull=False) | editable_q(user, body="meeting__body"))

    def open_to(self, user):
        """Those that nothing around them closes to this user, drafts among them: for readers of their minutes alone."""
        return self.filter(
            visibility_q(user, body="meeting__body") | _charged_q(user),
            visibility_q(user, of="meeting", body="meeting__body") & readable_item_q(user, of="agenda_item"),
        )

    def published(self):
        return self.filter(published_at__isnull=False)

    def newest_first(self):
        """By the meeting's day, the undated last; within a meeting in the order of their numbers."""
        return self.order_by(
            F("meeting__sort_on").desc(nulls_last=True),
            F("meeting__number").desc(nulls_last=True),
            "-meeting",
            F("number").asc(nulls_last=True),
            "pk",
        )


@matter
@pghistory.track()
class Decision(Record):
    """What a body decided (مصوبه). Its reference is given with its number and lasts for ever."""

    # What stays as it is once the minutes are approved, or the decision is published.
    FROZEN_FIELDS = frozenset({"meeting", "agenda_item", "title", "text"})

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("agenda item")
    )
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, editable=False, help_text=_("Given when the meeting is held.")
    )
    reference = models.CharField(_("reference"), max_length=60, null=True, blank=True, unique=True, editable=False)
    label = persian.CharField(
        _("reference in words"), max_length=60, blank=True, editable=False, help_text=_("As readers see and cite it.")
    )
    title = persian.CharField(_("title"), max_length=250, blank=True)
    text = persian.TextField(_("text"))
    visibility = visibility_field(Visibility.MEMBERS)
    published_at = persian.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = acting_user(_("published by"))
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        through="DecisionLink",
        through_fields=("decision", "other"),
        verbose_name=_("related decisions"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, reference__isnull=True, label="")
                | Q(number__isnull=False, number__gt=0, reference__isnull=False) & ~Q(label=""),
                name="decision_number_with_reference",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(number__isnull=False),
                name="decision_published_has_number",
                violation_error_message=_("A decision gets its number before it is published."),
            ),
        ]
        indexes = [models.Index("meeting", "number", name="decision_of_meeting")]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            ITEM_OF_ITS_MEETING,
            frozen_when(PUBLISHED, "meeting", "agenda_item", "title", "text", "published_at"),
            frozen_with_minutes("meeting_id", "meeting_id", "agenda_item_id", "title", "text"),
            frozen_when(pgtrigger.Q(old__number__isnull=False), "number", "reference", "label", name="number_stays"),
            kept_when(pgtrigger.Q(old__number__isnull=False)),
        ]

    def __str__(self):
        return self.label or self.text[:60]

    @property
    def is_frozen(self) -> bool:
        """Whether its text stays as it is: published, or part of approved minutes. Asks for the meeting's minutes."""
        minutes = getattr(self.meeting, "minutes", None)
        return self.published_at is not None or (minutes is not None and minutes.is_frozen)

    def give_number(self, number: int, *, body: Body) -> None:
        """Take the number that `body` gives, and with it the address and the words that last; saves nothing."""
        self.number = number
        self.reference = f"{body.slug}-{number}"
        self.label = f"{body.short_name or body.name}/{to_persian_digits(number)}"

    def get_absolute_url(self):
        """The decision's lasting address; one without a number yet is found on its meeting's page."""
        if self.reference:
            return reverse("meetings:decision", args=[self.reference])
        return self.meeting.get_absolute_url()


@pghistory.track()
class DecisionLink(Record):
    """How one decision stands to an earlier one."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("Amends")
        REPLACES = "replaces", _("Replaces")
        CARRIES_OUT = "carries_out", _("Carries out")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="links", verbose_name=_("decision"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    other = models.ForeignKey(Decision, models.PROTECT, related_name="backlinks", verbose_name=_("other decision"))

    class Meta(Record.Meta):
        verbose_name = _("link between decisions")
        verbose_name_plural = _("links between decisions")
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind", "other"], name="decisionlink_once"),
            models.CheckConstraint(
                condition=~Q(decision=F("other")),
                name="decisionlink_to_another",
                violation_error_message=_("A decision cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.decision} {self.get_kind_display()} {self.other}"
