"""What notices are about. The apps above name the models; a notice is shown while its reader may read its matter."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

_labels: set[str] = set()


def matter(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: notices may be about rows of this model, whose manager has `visible_to(user)`."""
    _labels.add(model._meta.label_lower)
    return model


def readable_q(user) -> Q:
    """Notices about nothing in particular, or about something that `user` may read now."""
    readable = Q(matter="")
    for label in sorted(_labels):
        rows = apps.get_model(label).objects.visible_to(user)
        readable |= Q(Exists(rows.filter(pk=OuterRef("matter_id"))), matter=label)
    return readable


def withdrawn_q() -> Q:
    """Notices about something that was taken back: the inbox leads to where this is said, no letter tells of it."""
    withdrawn = Q(pk__in=[])
    for label in sorted(_labels):
        model = apps.get_model(label)
        if any(field.name == "withdrawn_at" for field in model._meta.concrete_fields):
            rows = model._base_manager.filter(pk=OuterRef("matter_id"), withdrawn_at__isnull=False)
            withdrawn |= Q(Exists(rows), matter=label)
    return withdrawn
