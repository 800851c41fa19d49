import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.visibility import Visibility, visibility_field, visibility_q
from council_portal.moved import LEAVE_REDIRECTS, AddressField
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import NOTE_NAME_FOR_SEARCH, Record, note_for_search

from .names import OtherName, ends_after_start


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visibility_q(user))

    def alphabetical(self):
        return self.order_by(PersianKey("name"), "pk")


@pghistory.track()
class Organization(Record):
    """A ministry, institution or organisation whose secretariat takes part in the council (دستگاه)."""

    class Branch(models.TextChoices):
        EXECUTIVE = "executive", _("Executive")
        LEGISLATIVE = "legislative", _("Legislative")
        JUDICIARY = "judiciary", _("Judiciary")
        OTHER = "other", _("Other")

    class Kind(models.TextChoices):
        PRESIDENCY = "presidency", _("Presidency")
        MINISTRY = "ministry", _("Ministry")
        ORGANIZATION = "organization", pgettext_lazy("kind of organisation", "Organisation")
        INSTITUTION = "institution", _("Institution")
        COMPANY = "company", _("Company")
        COUNCIL = "council", pgettext_lazy("kind of organisation", "Council")

    slug = AddressField(_("address"), at=["/organizations/SLUG/"], max_length=80, unique=True)
    name = persian.CharField(_("name"), max_length=250, unique=True)
    branch = models.CharField(_("branch of state"), max_length=12, choices=Branch)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    joined_on = persian.PartialDateField(_("member of the council since"), null=True, blank=True)
    left_on = persian.PartialDateField(_("member of the council until"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    description = persian.TextField(_("description"), blank=True)
    visibility = visibility_field(Visibility.PUBLIC)

    objects = OrganizationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="organization_not_part_of_itself",
                violation_error_message=_("An organisation cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=~models.Q(left_on__fully_lt=models.F("joined_on")),
                name="organization_left_after_joining",
                violation_error_message=_("The end is before the start."),
            ),
        ]
        indexes = [models.Index(PersianKey("name"), name="organization_alphabetical")]
        triggers = [*Record.Meta.triggers, NOTE_NAME_FOR_SEARCH, LEAVE_REDIRECTS]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("members:organization", args=[self.slug])


@pghistory.track()
class OrganizationName(OtherName):
    """A name that an organisation bore before a merger or a renaming."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="other_names", verbose_name=_("organisation")
    )

    class Meta(OtherName.Meta):
        verbose_name = _("earlier name")
        verbose_name_plural = _("earlier names")
        ordering = ["position", "start_on"]
        constraints = [ends_after_start("organizationname_ends_after_start")]
        triggers = [*OtherName.Meta.triggers, note_for_search(of="organization")]
