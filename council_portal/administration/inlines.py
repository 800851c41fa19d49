"""The base of the rows of a record on its admin page."""

from django.contrib.admin import StackedInline, TabularInline
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from .forms import RecordForm, RecordInlineFormSet
from .history import with_relations
from .records import LoadedChoices
from .scriptless import let_names_be_typed, rows_asked

# Of one kind on a page: far more than the largest assembly has members, and few enough to be shown again in time.
MOST_ROWS = 400


class RecordInline(LoadedChoices):
    """Mixin: rows of a record on its page; see `Rows` and `Blocks`.

    `rows_of_new` says how many empty ones the page of a new record begins with.
    """

    form = RecordForm
    formset = RecordInlineFormSet
    rows_of_new = 0
    max_num = MOST_ROWS

    def get_formset(self, request, obj=None, **kwargs):
        """Django's, which would build a thousand rows more than `max_num` for whoever posts such a number."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.absolute_max = MOST_ROWS
        let_names_be_typed(formset.form, request)
        return formset

    def get_extra(self, request, obj=None, **kwargs):
        return rows_asked(request) or (0 if obj else self.rows_of_new)

    def get_queryset(self, request):
        """All rows with what they link to; locked while they are being saved."""
        links = [field.name for field in self.model._meta.fields if field.many_to_one and field.editable]
        rows = with_relations(super().get_queryset(request), links)
        return rows.select_for_update(of=["self"]) if request.method == "POST" else rows

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget = formfield.widget.widget
        return formfield

    def is_frozen(self, record) -> bool:
        """Whether the rows of this record can be read only."""
        return False

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not (obj is not None and self.is_frozen(obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj is not None and self.is_frozen(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj is not None and self.is_frozen(obj))


class Rows(RecordInline, TabularInline):
    """A table of short rows."""


class Blocks(RecordInline, StackedInline):
    """Rows that need room."""
