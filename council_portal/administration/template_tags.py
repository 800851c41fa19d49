"""What the admin's templates ask for."""

from django import template
from django.db import models

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
