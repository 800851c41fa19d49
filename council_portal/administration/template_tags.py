"""What the admin's templates ask for."""

from django import template
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from council_portal import rich_text
from council_portal.administration.history import shown

register = template.Library()


@register.filter
def readonly_contents(field):
    """The contents of an AdminReadonlyField: rich text as it reads, digits of the page, yes and no."""
    row, name = field.form.instance, field.field["field"]
    model_field = next((one for one in row._meta.fields if one.name == name), None)
    if isinstance(model_field, rich_text.RichTextField | models.IntegerField | models.BooleanField):
        return shown(model_field, row)
    return field.contents()


@register.filter
def named_by(cells, headers) -> list[SafeString]:
    """The cells of a row of a list, `<td …>…</td>` as Django writes them, each with the name of its column inside."""
    return [_named(cell, header["text"]) for cell, header in zip(cells, headers, strict=True)]


def _named(cell: SafeString, name) -> SafeString:
    opening, __, rest = cell.partition(">")
    # Django has escaped both parts, and the name is escaped here.
    return mark_safe(opening + format_html('><span class="column-name">{}</span>', capfirst(name)) + rest)
