"""The admin in a browser without script: empty rows come with the page, and choices are whole lists.

Both are asked for by the address, `?rows=3`. The form is posted to the same address, so they stay through an error.
"""

import copy

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest

from .widgets import LoadedAutocompleteSelect

ROWS = "rows"
MOST_EMPTY_ROWS = 20
# A longer list is no help in a page that holds it for each of its rows.
MOST_CHOICES = 500


def rows_asked(request: HttpRequest) -> int:
    """How many empty rows of each kind the address asks for; 0 if it says nothing, or nonsense."""
    asked = request.GET.get(ROWS, "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 4
    return min(int(asked), MOST_EMPTY_ROWS) if is_number else 0


def give_whole_lists(form: type[forms.BaseForm], request: HttpRequest, site) -> None:
    """Where rows are asked for, let the fields of a form class that are completed by script be plain lists.

    `site` is the admin site, whose admins say what can be chosen and in which order; each list is read once a request.
    One that is too long stays as it is.
    """
    if not rows_asked(request):
        return
    for name, field in form.base_fields.items():
        widget = field.widget
        inner = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
        choices = _choices(field, request, site) if isinstance(inner, LoadedAutocompleteSelect) else None
        if choices is not None:
            plain = copy.deepcopy(field)  # that of a declared field belongs to the class, for everybody
            plain.widget = forms.Select()
            plain.choices = choices
            form.base_fields[name] = plain


def _choices(field: forms.ModelChoiceField, request: HttpRequest, site) -> list[tuple] | None:
    model = field.queryset.model
    lists = request.__dict__.setdefault("whole_lists", {})
    if model not in lists:
        admin = site.get_model_admin(model)
        rows = admin.get_queryset(request).order_by(*admin.get_ordering(request))[: MOST_CHOICES + 1]
        found = [(row.pk, field.label_from_instance(row)) for row in rows]
        lists[model] = found if len(found) <= MOST_CHOICES else None
    return None if lists[model] is None else [("", "—"), *lists[model]]
