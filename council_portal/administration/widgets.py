"""Form fields and widgets of the admin that ask the database once for a whole page, not once for each row."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from council_portal.persian.text import unify
from council_portal.persian.wording import digits

# Of what a name may mean: as many as can be looked through in a list.
MOST_OFFERED = 100
LONGEST_NAME = 200


def is_key(field: models.Field, value) -> bool:
    """Whether `value` could be a key in `field`, so that the database may be asked for it."""
    try:
        field.get_prep_value(value or None)
    except ValueError:
        return False
    return True


class Typed(str):
    """What was typed beside a choice, in a browser without script, instead of choosing."""


class LoadedModelChoiceField(forms.ModelChoiceField):
    """A choice among rows, some of which are `loaded` already, by their primary key as text.

    `search(name, rows)` returns those of the rows that a typed name may mean. If it means one, that one is chosen;
    otherwise those that it may mean are `offered` beside what was typed, which stays.
    """

    default_error_messages = {
        "unknown": _("Nothing is called “%(typed)s”. Type another part of the name, or fewer letters."),
        "several": _("“%(typed)s” may mean any of %(count)s: choose one of them in the list beside it."),
        "too_many": _("“%(typed)s” may mean more than %(count)s: type more of the name, or choose one of the first."),
    }
    # Nothing, until somebody gives the field a dictionary of this request.
    loaded: Mapping = MappingProxyType({})
    search: Callable[[str, models.QuerySet], list[models.Model]] | None = None
    offered: tuple = ()

    def to_python(self, value):
        if isinstance(value, Typed):
            return self._meant(value)
        if isinstance(value, str) and value in self.loaded:
            return self.loaded[value]
        row = super().to_python(value)
        if row is not None and isinstance(self.loaded, dict):
            self.loaded[str(row.pk)] = row
        return row

    def _meant(self, name: Typed) -> models.Model:
        found = self.search(name, self.queryset) if self.search and len(name) <= LONGEST_NAME else []
        same = [row for row in found if self.label_from_instance(row) == name]
        self.offered = tuple(found if len(same) != 1 else same)[:MOST_OFFERED]
        if len(self.offered) == 1:
            return self.offered[0]
        code = "too_many" if len(found) > MOST_OFFERED else "several" if found else "unknown"
        about = {"typed": name[:LONGEST_NAME], "count": digits(len(self.offered))}
        raise ValidationError(self.error_messages[code], code=code, params=about)


class LoadedAutocompleteSelect(AutocompleteSelect):
    """Django's, without a query for a choice that its field has loaded, nor for one that is no key of any row.

    Without script it is a field for a name beside a list of what that may mean.
    """

    template_name = "admin/typed_choice.html"

    def value_from_datadict(self, data, files, name):
        chosen = super().value_from_datadict(data, files, name)
        typed = unify(data.get(f"{name}-typed", ""))
        is_answered = chosen and typed == data.get(f"{name}-offered")
        return Typed(typed) if typed and not is_answered else chosen

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        offered = self.choices.field.offered
        is_open = isinstance(value, Typed) and len(offered) != 1
        return context | {"typed": value if is_open else "", "is_offered": bool(is_open and offered)}

    def optgroups(self, name, value, attr=None):
        field = self.choices.field
        if field.offered:
            return self._offer(name, field.offered, chosen=field.offered[0] if len(field.offered) == 1 else None)
        value = [key for key in value if is_key(field.queryset.model._meta.pk, key)]
        chosen = [key for key in value if key]
        if not all(key in field.loaded for key in chosen):
            return super().optgroups(name, value, attr)
        rows = [field.loaded[key] for key in chosen]
        return self._offer(name, rows, chosen=rows[0] if rows else None)

    def _offer(self, name, rows, *, chosen):
        is_blank_there = not self.is_required or chosen is None
        options = [self.create_option(name, "", "", False, 0)] if is_blank_there else []
        for row in rows:
            label = self.choices.field.label_from_instance(row)
            options.append(self.create_option(name, row.pk, label, row is chosen, len(options)))
        return [(None, options, 0)]


class FixedText(forms.Widget):
    """Shows what stands there and cannot be changed in this place."""

    def render(self, name, value, attrs=None, renderer=None):
        return format_html('<span class="fixed-text">{}</span>', value or "—")


def fixed_field(label) -> forms.Field:
    """A field that shows its initial value, an object or text, and hands it back whatever is posted."""
    return forms.Field(label=label, required=False, disabled=True, widget=FixedText)
