"""The admin in a browser without script: empty rows come with the page, and what is chosen can be typed.

The rows are asked for by the address, `?rows=3`. The form is posted to the same address, so they stay through an error.
"""

import copy
from functools import partial

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from .widgets import MOST_OFFERED, LoadedAutocompleteSelect

ROWS = "rows"
MOST_EMPTY_ROWS = 20


def rows_asked(request: HttpRequest) -> int:
    """How many empty rows of each kind the address asks for; 0 if it says nothing, or nonsense."""
    asked = request.GET.get(ROWS, "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 4
    return min(int(asked), MOST_EMPTY_ROWS) if is_number else 0


def let_names_be_typed(form: type[forms.BaseForm], request: HttpRequest) -> None:
    """Let the fields of a form class that are completed by script find what is typed beside them, for this request."""
    for name, field in form.base_fields.items():
        widget = field.widget
        inner = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
        if isinstance(inner, LoadedAutocompleteSelect):
            own = copy.deepcopy(field)  # that of a declared field belongs to the class, for everybody
            own.search = partial(_rows_named, request=request, link=inner.field, site=inner.admin_site)
            form.base_fields[name] = own


def _rows_named(name: str, choices: models.QuerySet, *, request: HttpRequest, link: models.Field, site) -> list:
    """Those of the choices that the completion of `link` offers for a name, in its order; one more than are shown."""
    admin = site.get_model_admin(link.remote_field.model)
    if not admin.has_view_permission(request):
        return []
    rows = admin.get_queryset(request).complex_filter(link.get_limit_choices_to())
    rows = rows.filter(pk__in=choices.order_by().values("pk"))
    found, may_repeat = admin.get_search_results(request, rows, name)
    return list((found.distinct() if may_repeat else found)[: MOST_OFFERED + 1])
