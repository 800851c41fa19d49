import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from council_portal.persian import fields as persian
from council_portal.records import Record


@pghistory.track()
class Holiday(Record):
    """A day off that the calendar's rule does not know (`meetings.holidays`), or one of the rule's that is worked."""

    day = persian.DateField(
        _("day"),
        unique=True,
        error_messages={"unique": _("This day is on the list already.")},
    )
    name = persian.CharField(_("occasion"), max_length=150)
    is_worked = models.BooleanField(
        _("a working day all the same"),
        default=False,
        help_text=_("For a fixed holiday of the calendar on which meetings may be held after all."),
    )

    class Meta(Record.Meta):
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["-day"]

    def __str__(self):
        return self.name
