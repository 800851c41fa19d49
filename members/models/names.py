from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.records import Record


class OtherName(Record):
    """A name that something bore earlier (Popolo's other name); the present one is its `name`."""

    name = persian.CharField(_("name"), max_length=250)
    start_on = persian.PartialDateField(_("from"), null=True, blank=True)
    end_on = persian.PartialDateField(_("until"), null=True, blank=True)
    note = persian.CharField(_("note"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Where no dates are known: 1 for the first name, 2 for the next.")
    )

    class Meta(Record.Meta):
        abstract = True

    def __str__(self):
        return self.name


def ends_after_start(name: str) -> models.CheckConstraint:
    """A constraint that a period given by two partial dates cannot end before it began."""
    return models.CheckConstraint(
        condition=~Q(end_on__fully_lt=models.F("start_on")),
        name=name,
        violation_error_message=_("The end is before the start."),
    )
