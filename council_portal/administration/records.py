"""The base of every admin of a record: what they all keep, so that an admin of an app says only what is its own."""

from collections.abc import Callable

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, connection, models, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media

from council_portal.files.forms import StoredFileField
from council_portal.files.kinds import EVERYTHING, PICTURES
from council_portal.files.models import StoredFile
from council_portal.persian import forms as persian
from council_portal.persian.admin import JalaliAdminMixin

from .columns import yes_no_column
from .forms import RecordForm
from .history import History, with_relations
from .scriptless import let_names_be_typed
from .site import Due, Group
from .steps import LOOK, Step
from .widgets import LoadedAutocompleteSelect, LoadedModelChoiceField, is_key

FROZEN = gettext_lazy("What is approved or published stays as it is. Nothing was saved.")
REFUSED = gettext_lazy("The database refused this, and nothing was saved: two entries contradict each other.")
SAVES_ON_A_PAGE = 50
# The editor puts one style sheet into the page, and offers no way to give it a nonce.
STYLE_OF_EDITOR = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class LoadedChoices:
    """Mixin: files are taken by their content, links chosen by fields that a page loads at once, digits are Persian."""

    picture_fields: tuple[str, ...] = ()
    formfield_overrides = {
        models.IntegerField: {"form_class": persian.IntegerField, "widget": persian.NumberInput},
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is StoredFile:
            allowed = PICTURES if db_field.name in self.picture_fields else EVERYTHING
            return db_field.formfield(form_class=StoredFileField, by=request.user, allowed=allowed)
        kwargs.setdefault("form_class", LoadedModelChoiceField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", LoadedAutocompleteSelect(db_field, self.admin_site))
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if isinstance(formfield, LoadedModelChoiceField):
            formfield.loaded = request.__dict__.setdefault("loaded_choices", {}).setdefault(db_field, {})
        return formfield

    def get_fieldsets(self, request, obj=None):
        """Those that are declared, and the hidden version that the form of an existing record remembers."""
        if obj is None:
            return super().get_fieldsets(request, obj)
        fieldsets = [(name, {**options}) for name, options in super().get_fieldsets(request, obj)]
        first = fieldsets[0][1]
        if "opened_version" not in first["fields"]:
            first["fields"] = [*first["fields"], "opened_version"]
        return fieldsets


class WorkFilter(SimpleListFilter):
    """Narrows a list to what waits for somebody; the index page links here."""

    title = gettext_lazy("what is due")
    parameter_name = "due"

    def __init__(self, request, params, model, model_admin):
        self.work = model_admin.work
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(name, work.label) for name, work in self.work.items()]

    def queryset(self, request, queryset):
        work = self.work.get(self.value())
        return work.narrow(queryset) if work else queryset


class Work:
    """A kind of work that waits: its name, the QuerySet verb that finds it, and whether it is late already."""

    def __init__(self, label, narrow: Callable[[models.QuerySet], models.QuerySet], *, is_urgent=False):
        self.label, self.narrow, self.is_urgent = label, narrow, is_urgent


class RecordAdmin(LoadedChoices, JalaliAdminMixin, ModelAdmin):
    """The admin of a record.

    `group` and `order` place it on the index page, `work` says what is due there, `steps` are its buttons,
    `label_relations` what its rows' names need, `history_parts` the models whose changes belong to its history.
    """

    form = RecordForm
    group: Group
    order = 0
    work: dict[str, Work] = {}
    steps: tuple[Step, ...] = ()
    refusals: tuple[type[Exception], ...] = ()
    label_relations: tuple[str, ...] = ()
    list_select_related: tuple[str, ...] = ()
    history_parts: tuple[tuple[type[models.Model], str], ...] = ()
    frozen_because = ""

    # An archive is not deleted by the list: whoever deletes, looks at what it is.
    actions = None
    list_per_page = 25
    show_full_result_count = False
    save_on_top = False
    change_form_template = "admin/record_change_form.html"
    object_history_template = "admin/record_history.html"

    class Media:
        js = ["js/admin-editor.js"]

    # Rows

    def get_queryset(self, request):
        return with_relations(super().get_queryset(request), {*self.label_relations, *self.list_select_related})

    def get_list_display(self, request):
        switches = {field.name: field for field in self.opts.fields if isinstance(field, models.BooleanField)}
        names = super().get_list_display(request)
        return [yes_no_column(switches[name]) if name in switches else name for name in names]

    def get_changeform_initial_data(self, request):
        """What the address fills in, without the links that name no record: a widget would fail to look them up."""
        given = super().get_changeform_initial_data(request)
        links = {field.name: field for field in self.opts.fields if field.remote_field}
        return {
            name: value for name, value in given.items() if name not in links or is_key(links[name].target_field, value)
        }

    def get_object(self, request, object_id, from_field=None):
        """The record; while it is being saved locked, so that no other save slips in between check and write."""
        if request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return super().get_object(request, object_id, from_field)
        record = super().get_object(request, object_id, from_field)
        if record is None:
            return None
        # Read again under the lock: the first reading may be of what another save is just replacing.
        rows = self.get_queryset(request).select_for_update(of=["self"])
        return rows.filter(pk=record.pk).first()

    def get_field_queryset(self, db, db_field, request):
        queryset = super().get_field_queryset(db, db_field, request)
        related = self.admin_site._registry.get(db_field.remote_field.model)
        relations = getattr(related, "label_relations", ())
        if not relations:
            return queryset
        queryset = db_field.remote_field.model._default_manager.all() if queryset is None else queryset
        return queryset.select_related(*relations)

    # What may be done

    def is_frozen(self, record) -> bool:
        """Whether the record can be read only; `frozen_because` then says why, and what can be done instead."""
        return False

    def note_on(self, record) -> str:
        """What whoever opens the record should know first."""
        return self.frozen_because if self.is_frozen(record) else ""

    def is_kept(self, record) -> bool:
        """Whether the database refuses to delete the record."""
        return self.is_frozen(record)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj is not None and self.is_frozen(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj is not None and self.is_kept(obj))

    def has_module_permission(self, request):
        """Whether the index page lists it: for those who may read it."""
        return self.has_view_permission(request)

    # The index page

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural, **(extra_context or {})})

    def get_list_filter(self, request):
        return [WorkFilter, *super().get_list_filter(request)] if self.work else super().get_list_filter(request)

    def due(self, request):
        """What waits here; one query for each kind of work."""
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        rows = self.get_queryset(request)
        for name, work in self.work.items():
            count = work.narrow(rows).count()
            label = f"{work.label} ({self.opts.verbose_name_plural})"
            yield Due(count=count, label=label, url=f"{url}?due={name}", is_urgent=work.is_urgent)

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        let_names_be_typed(form, request)
        form.refusal = getattr(request, "database_refusal", None)
        return form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """As Django's, with one button beside a choice, to add what is missing; the rest has its own place."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            widget = formfield.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return formfield

    @method_decorator(csp_update({"style-src": [SELF, STYLE_OF_EDITOR]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What only the database can refuse comes back as a message in the form, with all that was typed."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            if request.method != "POST" or hasattr(request, "database_refusal"):
                raise
            request.database_refusal = self._reason(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # Let what is checked at the end of the transaction be refused here, before anybody is told that it is saved.
        connection.check_constraints()

    def delete_view(self, request, object_id, extra_context=None):
        try:
            with transaction.atomic():
                return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            self.message_user(request, self._reason(error), messages.ERROR)
            return redirect(self.change_url(object_id))

    def _reason(self, error: IntegrityError) -> str:
        """What the database means, in the words of the constraint that it names."""
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "sqlstate", "") == "23001":
            return str(FROZEN)
        inline_models = [inline.model for inline in self.inlines]
        for model in [self.model, *inline_models]:
            for constraint in model._meta.constraints:
                if constraint.name == getattr(diagnosis, "constraint_name", None):
                    return str(constraint.get_violation_error_message())
        return str(REFUSED)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # Without the nonce on its import map the editor silently becomes a bare text box.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        context["steps"] = [] if obj is None else [step for step in self.steps if step.is_open(obj, to=request.user)]
        context["may_step"] = super().has_change_permission(request)
        context["note"] = "" if obj is None else self.note_on(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def change_url(self, pk) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])

    # Steps

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        view = self.admin_site.admin_view(self.step_view)
        return [path("<path:object_id>/steps/<slug:name>/", view, name=name), *super().get_urls()]

    def response_change(self, request, obj):
        """After saving by a step's button the step is taken, or the page opened that asks about it."""
        step = next((step for step in self.steps if step.name == request.POST.get("_step")), None)
        if step is None:
            return super().response_change(request, obj)
        if step.is_asked:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", obj.pk, step.name)
        self._take(request, step, obj, {})
        return self._after(request, obj)

    def step_view(self, request, object_id, name):
        """Ask whether to take a step, and for what it needs to know; take it by POST."""
        record = self.get_object(request, unquote(object_id))
        step = next((step for step in self.steps if step.name == name), None)
        if record is None or step is None:
            raise Http404
        if not super().has_change_permission(request):
            raise PermissionDenied
        if not step.is_open(record, to=request.user):
            self.message_user(request, _("This step is not possible, or has been taken already."), messages.WARNING)
            return redirect(self.change_url(record.pk))
        form = step.form_for(record, request.POST)
        is_answered = request.method == "POST" and (form is None or form.is_valid()) and LOOK not in request.POST
        note = step.look_at(record, form, by=request.user)
        if is_answered:
            refusal = self._take(request, step, record, form.cleaned_data if form else {})
            if refusal is None:
                for warning in note.warnings if note else ():
                    self.message_user(request, warning, messages.WARNING)
            if form is None or refusal is None:
                return self._after(request, record)
        return self._step_page(request, step, record, form, note)

    def _take(self, request, step, record, answers) -> str | None:
        """Take a step; return why it was refused, which is also shown, or None."""
        try:
            result = step.take(record, by=request.user, **answers)
        except self.refusals as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return str(refusal)
        self.log_change(request, record, str(step.label))
        self.message_user(request, step.done, messages.SUCCESS)
        request.opened_by_step = result if step.opens_result else None
        return None

    def _after(self, request, record):
        """The page of the record, or of the one that the step has made."""
        made = getattr(request, "opened_by_step", None) or record
        return redirect(f"admin:{made._meta.app_label}_{made._meta.model_name}_change", made.pk)

    def _step_page(self, request, step, record, form, note):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": step.label,
            "subtitle": str(record),
            "step": step,
            "warnings": step.warnings(record),
            "form": form,
            "note": note,
            "original": record,
            "change_url": self.change_url(record.pk),
            "media": self.media + (form.media if form else Media()),
        }
        return TemplateResponse(request, "admin/step.html", context)

    # History

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what, and when: the database's own history of the record and of its parts."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        pages = Paginator(History(record, self.history_parts, self.steps), SAVES_ON_A_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(record),
            "page": pages.get_page(request.GET.get("p")),
            "opts": self.opts,
            "original": record,
            "change_url": self.change_url(record.pk),
        }
        return TemplateResponse(request, self.object_history_template, context)
