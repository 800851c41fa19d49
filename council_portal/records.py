"""What every record of the archive has: a version that grows with each change, and history kept by the database."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

COUNT_VERSION = pgtrigger.Trigger(
    name="count_version",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange(exclude=["version"]),
    func="NEW.version = OLD.version + 1; RETURN NEW;",
)


class Record(models.Model):
    """Base of all content. `version` lets a form see that somebody else has saved since it was opened."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [COUNT_VERSION]
