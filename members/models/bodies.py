import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.moved import LEAVE_REDIRECTS, AddressField
from council_portal.persian import fields as persian
from council_portal.records import NOTE_OPEN_NAME_FOR_SEARCH, Record, note_for_search

from .names import OtherName, ends_after_start


class BodyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bodies are known to everybody; what they do carries its own visibility."""
        return self.all()

    def assembly(self):
        return self.filter(kind=Body.Kind.ASSEMBLY)

    def committees(self):
        return self.filter(kind=Body.Kind.COMMITTEE)


@pghistory.track(exclude=["last_meeting_number", "last_decision_number"])
class Body(Record):
    """One of the council's organs (رکن): the assembly, its board or a committee."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("Assembly")
        BOARD = "board", _("Presiding board")
        COMMITTEE = "committee", _("Committee")

    slug = AddressField(
        _("address"), at=["/committees/SLUG/", "/feeds/SLUG/", "/calendar/SLUG.ics"], max_length=40, unique=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = persian.CharField(_("name"), max_length=250)
    short_name = persian.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("As the references of its decisions begin.")
    )
    motto = persian.CharField(_("motto"), max_length=250, blank=True)
    purpose = persian.TextField(_("purpose"), blank=True)
    aims = persian.TextField(_("aims"), blank=True, help_text=_("One aim a line."))
    home = persian.CharField(_("seat"), max_length=250, blank=True)
    quorum = models.PositiveSmallIntegerField(
        _("quorum"), null=True, blank=True, help_text=_("Members who must be present or represented.")
    )
    member_count_stated = models.PositiveSmallIntegerField(
        _("number of members on record"),
        null=True,
        blank=True,
        help_text=_("Where the members are not on record by name."),
    )
    meetings_per_month = models.DecimalField(
        _("meetings expected a month"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    follows_up = models.BooleanField(
        _("follows up decisions"), default=False, help_text=_("Its officers follow up the decisions of every body.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    last_meeting_number = models.PositiveIntegerField(_("last meeting number given"), default=0, editable=False)
    last_decision_number = models.PositiveIntegerField(_("last decision number given"), default=0, editable=False)

    objects = BodyQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["assembly", "board"]),
                name="body_one_assembly_one_board",
                violation_error_message=_("There is one assembly and one presiding board."),
            ),
            models.UniqueConstraint(
                fields=["follows_up"],
                condition=Q(follows_up=True),
                name="body_one_follows_up",
                violation_error_message=_("One body follows up decisions, and there is one already."),
            ),
            models.CheckConstraint(
                condition=Q(meetings_per_month__isnull=True) | Q(meetings_per_month__gt=0),
                name="body_expects_meetings",
                violation_error_message=_("Leave it empty or give a number above zero."),
            ),
        ]
        triggers = [*Record.Meta.triggers, NOTE_OPEN_NAME_FOR_SEARCH, LEAVE_REDIRECTS]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        if self.kind == self.Kind.ASSEMBLY:
            return reverse("about")
        return reverse("committees:committee", args=[self.slug])


@pghistory.track()
class BodyName(OtherName):
    """A name that a body bore before; the council itself was renamed at its third meeting."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="other_names", verbose_name=_("body"))

    class Meta(OtherName.Meta):
        verbose_name = _("earlier name")
        verbose_name_plural = _("earlier names")
        ordering = ["position", "start_on"]
        constraints = [ends_after_start("bodyname_ends_after_start")]
        triggers = [*OtherName.Meta.triggers, note_for_search(of="body")]
