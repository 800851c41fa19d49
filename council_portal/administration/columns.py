"""Columns of the admin's lists."""

from django.contrib.admin import display
from django.db import models

from council_portal.persian import wording

from .history import shown


def number_column(name: str, label, *, empty="—"):
    """A column of the integer field `name`, in the digits of the page."""

    @display(description=label, ordering=name)
    def column(self, row):
        value = getattr(row, name)
        return empty if value is None else wording.digits(value)

    return column


def yes_no_column(field: models.BooleanField):
    """A column of a boolean field in words: Django's icon for it is read aloud as «True»."""

    @display(description=field.verbose_name, ordering=field.name)
    def column(row):
        return shown(field, row)

    column.__name__ = field.name
    return column
