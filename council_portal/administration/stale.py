"""What to show somebody whose row was changed by somebody else since the form was opened: both texts."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from .history import author_of, shown


@dataclass(frozen=True)
class Difference:
    """One field that they changed: what it is called, what stands there now, and what you typed."""

    label: str
    theirs: str
    yours: str


def stale_message(form) -> str:
    """HTML for the form's errors that says who saved meanwhile, and sets both texts of each changed field side by side.

    `form` is a bound RecordForm after cleaning; its `stored` is the row as the database has it.
    """
    events = type(form.stored).pgh_event_model.objects.filter(pgh_obj_id=form.stored.pk)
    latest = events.select_related("pgh_context").order_by("-pgh_id").first()
    opened = events.filter(version=form.cleaned_data.get("opened_version")).order_by("-pgh_id").first()
    return render_to_string(
        "admin/includes/stale.html",
        {
            "at": latest and latest.pgh_created_at,
            "by": latest and author_of(latest),
            "differences": list(differences(form, opened)),
        },
    )


def differences(form, opened):
    """Yield a Difference for each field that they changed since `opened`, an event of the history; for each that
    differs from yours when the history does not know what you had opened."""
    for name in form.fields:
        field = _field(form._meta.model, name)
        if field is None:
            continue
        theirs = getattr(form.stored, field.attname)
        if opened is not None and getattr(opened, field.attname, theirs) == theirs:
            continue
        if opened is None and name not in form.changed_data:
            continue
        yield Difference(form.fields[name].label, shown(field, form.stored), _yours(form, name, field))


def _yours(form, name: str, field) -> str:
    """What was typed: as it will be shown if it can be read, else as it stands in the form."""
    return shown(field, form.instance) if name in form.cleaned_data else str(form[name].value() or "—")


def _field(model, name: str):
    return next((field for field in model._meta.fields if field.name == name), None)
