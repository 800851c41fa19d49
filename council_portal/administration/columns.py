"""Columns of the admin's lists."""

from django.contrib.admin import display

from council_portal.persian import wording


def number_column(name: str, label, *, empty="—"):
    """A column of the integer field `name`, in the digits of the page."""

    @display(description=label, ordering=name)
    def column(self, row):
        value = getattr(row, name)
        return empty if value is None else wording.digits(value)

    return column
