from django.db import models

from .records import RAISE_REVISION


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
