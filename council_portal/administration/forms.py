"""Forms of the admin that never lose a text: stale ones are refused, what the database refuses becomes a message."""

import copy

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .history import rows_with_labels
from .stale import stale_message
from .widgets import LoadedModelChoiceField

GONE = gettext_lazy(
    "Somebody has deleted this row since you opened the page. Copy your text into a new row if it should stay, "
    "and mark this one for deletion."
)


class RecordForm(forms.ModelForm):
    """A form of one record, which remembers the version that was opened."""

    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # What the database said when these very data were to be saved; set on the class by RecordAdmin.
    refusal = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = copy.copy(self.instance) if self.instance.pk else None
        self.initial["opened_version"] = self.stored and self.stored.version
        self._know_the_links()

    def _know_the_links(self):
        """Give the choices that the row has already made to their fields, so that showing them asks nothing."""
        for name, field in self.fields.items():
            if isinstance(field, LoadedModelChoiceField) and self.instance.pk:
                chosen = self.instance._state.fields_cache.get(name)
                if chosen is not None:
                    _load(field, {str(chosen.pk): chosen})

    @property
    def is_stale(self) -> bool:
        """Whether somebody saved the row since this form was opened."""
        return self.stored is not None and self.cleaned_data.get("opened_version") != self.stored.version

    @property
    def is_gone(self) -> bool:
        """Whether somebody deleted the row since this form was opened."""
        return self.stored is None and bool(self.cleaned_data.get("opened_version"))

    def _post_clean(self):
        super()._post_clean()
        if self.is_stale:
            self.add_error(None, ValidationError(stale_message(self), code="stale"))
            self._open_present_version()
        elif self.is_gone:
            self.add_error(None, ValidationError(GONE, code="gone"))
        elif self.refusal:
            self.add_error(None, self.refusal)

    def _open_present_version(self):
        """Whoever has read both texts and saves again means it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_version")] = str(self.stored.version)


def _load(field: LoadedModelChoiceField, rows: dict) -> None:
    if isinstance(field.loaded, dict):
        field.loaded.update(rows)
    else:
        field.loaded = dict(rows)


class Gone:
    """Stands in an inline list for a row that somebody deleted meanwhile, so that what was typed can still be shown."""

    pk = 0

    def __str__(self):
        return _("deleted meanwhile")


class RecordInlineFormSet(BaseInlineFormSet):
    """Rows of a record, with the choices of all of them loaded at once."""

    default_error_messages = {
        "missing_management_form": gettext_lazy(
            "The form came back incomplete and was not saved. Open the page again and repeat."
        ),
    }

    def get_queryset(self):
        """The rows as they stand; for posted data in the order of the forms, with `Gone` where a row is no more."""
        if not self.is_bound:
            return super().get_queryset()
        if not hasattr(self, "_aligned"):
            self._rows = {str(row.pk): row for row in super().get_queryset()}
            # How many there were says the browser; the number of all forms has a limit.
            count = min(self.initial_form_count(), self.total_form_count())
            posted = [self.data.get(f"{self.add_prefix(i)}-id") for i in range(count)]
            self._aligned = [self._rows.get(key, Gone()) for key in posted]
        return self._aligned

    @property
    def present_rows(self) -> dict[str, models.Model]:
        """The rows as they stand while data are posted, by their ids as text."""
        self.get_queryset()
        return self._rows

    def _existing_object(self, pk):
        return self.present_rows.get(str(pk))

    def add_fields(self, form, index):
        """Django's, with a key that is read from the rows at hand instead of by a query for each row."""
        super().add_fields(form, index)
        key = form.fields.get("id")
        if isinstance(key, forms.ModelChoiceField):
            form.fields["id"] = LoadedModelChoiceField(
                key.queryset, initial=key.initial, required=False, widget=forms.HiddenInput
            )
            form.fields["id"].loaded = {str(form.instance.pk): form.instance}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        self._give_loaded(form)
        return form

    @property
    def empty_form(self):
        form = super().empty_form
        self._give_loaded(form)
        return form

    def _give_loaded(self, form):
        for name, rows in self.loaded_choices.items():
            if isinstance(form.fields.get(name), LoadedModelChoiceField):
                _load(form.fields[name], rows)

    @cached_property
    def loaded_choices(self) -> dict[str, dict]:
        """The rows that the posted forms choose: {field: {id as text: row}}; one query a field."""
        if not self.is_bound:
            return {}
        fields = [name for name, field in self.form.base_fields.items() if isinstance(field, LoadedModelChoiceField)]
        return {name: self._posted_choices(name) for name in fields}

    def _posted_choices(self, name: str) -> dict:
        posted = (self.data.get(f"{self.add_prefix(i)}-{name}", "") for i in range(self.total_form_count()))
        ids = {int(value) for value in posted if value.isascii() and value.isdecimal() and len(value) < 19}
        field = self.form.base_fields[name]
        rows = rows_with_labels(field.queryset.model).filter(pk__in=field.queryset.filter(pk__in=ids).values("pk"))
        return {str(row.pk): row for row in (rows if ids else [])}

    def clean(self):
        super().clean()
        for form in self.initial_forms:
            if self.can_delete and self._should_delete_form(form) and form.is_stale:
                raise ValidationError(
                    _("“%(row)s” was changed since you opened the page: look at it again before it is deleted."),
                    code="stale",
                    params={"row": form.stored},
                )
