import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import RAISE_REVISION, Record

IS_PATH = RegexValidator(
    r"\A/[^\s?#]*\Z", _("Enter an address of the portal, from the first slash on: /organizations/energy/")
)


class Revision(models.Model):
    """One number for the state of the whole archive (DESIGN.md §7), in a single row.

    Triggers raise it in the transaction of every change to content or rights (see `records.RAISE_REVISION`).
    """

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="revision_single_row")]

    def __str__(self):
        return str(self.number)


class DemoData(models.Model):
    """Its one row says that this database holds the fictional council; every page then says so too."""

    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="demodata_single_row")]
        triggers = [RAISE_REVISION]

    def __str__(self):
        return str(self.loaded_at)

    @classmethod
    def is_loaded(cls) -> bool:
        return cls.objects.exists()


@pghistory.track()
class Redirect(Record):
    """That something moved: an old address, which leads on, with all below it where it ends with a slash.

    The database adds a row when a slug changes (see `moved`); the secretariat adds what else moves.
    """

    old_path = models.CharField(
        _("old address"),
        max_length=250,
        unique=True,
        validators=[IS_PATH],
        error_messages={"unique": _("This address leads elsewhere already.")},
    )
    new_path = models.CharField(_("new address"), max_length=250, validators=[IS_PATH])
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("moved address")
        verbose_name_plural = _("moved addresses")
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_path=models.F("new_path")),
                name="redirect_leads_elsewhere",
                violation_error_message=_("An address does not lead to itself."),
            ),
            models.CheckConstraint(
                condition=~models.Q(old_path__endswith="/") | models.Q(new_path__endswith="/"),
                name="redirect_of_all_below",
                violation_error_message=_("Where the old address ends with a slash, the new one does too."),
            ),
        ]

    def __str__(self):
        return self.old_path
