"""What each inspection of the register has found; how it is done stands in `inspecting`."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from council_portal.persian import fields as persian
from council_portal.persian.wording import date_and_time, digits

from .guards import NEVER_CHANGED, NEVER_EMPTIED

# What the first entry has for the hash of the entry before it.
NO_ENTRY = "0" * 64
OLD_AFTER = timedelta(hours=36)


class Inspection(models.Model):
    """One night's look at the whole register: how far it reached then, its head, and what was broken.

    Rows are only added, as to the register itself: the head of each night is held against the register ever after.
    """

    began_at = persian.DateTimeField(_("inspected at"))
    ended_at = persian.DateTimeField(_("ended at"))
    entries = models.PositiveIntegerField(_("number of the last entry"))
    head = models.CharField(_("hash of the last entry"), max_length=64)
    findings = models.JSONField(_("findings"), default=list, blank=True)
    was_rewritten = models.BooleanField(_("the register was rewritten"), default=False)

    class Meta:
        verbose_name = _("inspection of the register")
        verbose_name_plural = _("inspections of the register")
        ordering = ["pk"]
        triggers = [NEVER_CHANGED, NEVER_EMPTIED]

    def __str__(self):
        return date_and_time(self.began_at)

    @property
    def outcome(self) -> str:
        """What was found, in a few words."""
        if not self.findings:
            return _("the register is whole")
        found = ngettext("broken: %(count)s finding", "broken: %(count)s findings", len(self.findings))
        return found % {"count": digits(len(self.findings))}

    @property
    def is_old(self) -> bool:
        """Whether a night has passed since without another."""
        return self.began_at < timezone.now() - OLD_AFTER
