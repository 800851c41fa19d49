"""Form fields and widgets of the admin that ask the database once for a whole page, not once for each row."""

from collections.abc import Mapping
from types import MappingProxyType

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.utils.html import format_html


def is_key(field: models.Field, value) -> bool:
    """Whether `value` could be a key in `field`, so that the database may be asked for it."""
    try:
        field.get_prep_value(value or None)
    except ValueError:
        return False
    return True


class LoadedModelChoiceField(forms.ModelChoiceField):
    """A choice among rows, some of which are `loaded` already, by their primary key as text."""

    # Nothing, until somebody gives the field a dictionary of this request.
    loaded: Mapping = MappingProxyType({})

    def to_python(self, value):
        if isinstance(value, str) and value in self.loaded:
            return self.loaded[value]
        row = super().to_python(value)
        if row is not None and isinstance(self.loaded, dict):
            self.loaded[str(row.pk)] = row
        return row


class LoadedAutocompleteSelect(AutocompleteSelect):
    """Django's, without a query for a choice that its field has loaded, nor for one that is no key of any row."""

    def optgroups(self, name, value, attr=None):
        value = [key for key in value if is_key(self.choices.field.queryset.model._meta.pk, key)]
        chosen = [key for key in value if key]
        loaded = getattr(self.choices.field, "loaded", {})
        if not all(key in loaded for key in chosen):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in chosen:
            label = self.choices.field.label_from_instance(loaded[key])
            options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


class FixedText(forms.Widget):
    """Shows what stands there and cannot be changed in this place."""

    def render(self, name, value, attrs=None, renderer=None):
        return format_html('<span class="fixed-text">{}</span>', value or "—")


def fixed_field(label) -> forms.Field:
    """A field that shows its initial value, an object or text, and hands it back whatever is posted."""
    return forms.Field(label=label, required=False, disabled=True, widget=FixedText)
