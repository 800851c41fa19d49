"""Uploads in the admin. Stored files have no list of their own there: each is seen with the record that uses it."""

from django.db import models

from .forms import StoredFileField
from .kinds import EVERYTHING
from .models import StoredFile


class StoredFileUploads:
    """Mixin for ModelAdmins and inlines: a foreign key to StoredFile is an upload.

    `allowed_files` narrows it by the field's name: `{"cover": kinds.PICTURES}`.
    """

    allowed_files: dict[str, frozenset[str]] = {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.ForeignKey) and db_field.remote_field.model is StoredFile:
            allowed = self.allowed_files.get(db_field.name, EVERYTHING)
            return db_field.formfield(form_class=StoredFileField, by=request.user, allowed=allowed)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
