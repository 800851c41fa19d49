"""Which records a stored file belongs to, whatever the apps above are."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Model

from .models import StoredFile


def records_of(files: Collection[StoredFile], *, user) -> dict[int, list[Model]]:
    """The records with pages of their own that `user` may see, by the id of the file that they show or hand out.

    A query for each kind of use, however many files there are.
    """
    found: dict[int, list[Model]] = defaultdict(list)
    for use in StoredFile._meta.get_fields(include_hidden=True):
        model = use.related_model
        if not use.one_to_many or not hasattr(model, "get_absolute_url"):
            continue
        rows = model.objects.visible_to(user).filter(**{f"{use.field.name}__in": files}).select_related()
        for record in rows.order_by("pk"):
            records = found[getattr(record, use.field.attname)]
            if record not in records:  # its file and its cover may be the same
                records.append(record)
    return found
