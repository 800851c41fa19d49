"""A form field for a foreign key to StoredFile: shows the present file, takes another, loses neither on an error."""

from functools import cached_property

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .kinds import EVERYTHING, SUFFIXES
from .models import Damage, StoredFile
from .storing import bring_again, sha256_of, store

SALT = "council_portal.files"
VALID_FOR_SECONDS = 24 * 3600


def token_of(stored_file: StoredFile) -> str:
    """A pass to a stored file for somebody who has its form before them; it is valid for a day."""
    return signing.TimestampSigner(salt=SALT).sign(str(stored_file.pk))


def file_of(token: str) -> StoredFile | None:
    """Return the file of a pass, None when it is forged or too old."""
    try:
        pk = signing.TimestampSigner(salt=SALT).unsign(token, max_age=VALID_FOR_SECONDS)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=pk).first()


class StoredFileInput(forms.ClearableFileInput):
    """The present file as a link, an input for another one, and, unless required, a box to remove it."""

    template_name = "files/stored_file_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.is_initial(value):
            token = token_of(value)
            context["widget"] |= {
                "token": token,
                "token_name": f"{name}-kept",
                "url": reverse("files:form", args=[token]),
            }
        return context

    def is_initial(self, value):
        return isinstance(value, StoredFile)

    def value_from_datadict(self, data, files, name):
        """Return the upload, False if the file is to be removed, else the pass of the file that the form showed."""
        upload = super().value_from_datadict(data, files, name)
        return data.get(f"{name}-kept") or None if upload is None else upload

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and f"{name}-kept" not in data


class StoredFileBoundField(BoundField):
    @cached_property
    def initial(self):
        """The present file: from the form's record, which may have loaded it, else by its id."""
        value = super().initial
        if value is None or isinstance(value, StoredFile):
            return value
        record = getattr(self.form, "instance", None)
        if getattr(record, f"{self.name}_id", None) == value:
            return getattr(record, self.name)
        return StoredFile.objects.filter(pk=value).first()


class StoredFileField(forms.FileField):
    """Cleans to a StoredFile or None; for a foreign key to StoredFile in any ModelForm, the admin's too.

    The upload is stored while the form is checked, so that a mistake in another field does not cost it: the form
    then shows it as the present file. `by` is the account that uploads, `allowed` the media types (see `kinds`).
    """

    widget = StoredFileInput

    def __init__(self, *, by=None, allowed=EVERYTHING, **kwargs):
        for unused in ("queryset", "to_field_name", "limit_choices_to", "blank", "empty_label", "using"):
            kwargs.pop(unused, None)
        super().__init__(**kwargs)
        self.by, self.allowed, self.stored = by, allowed, None
        endings = sorted(suffix for media_type in allowed for suffix in SUFFIXES[media_type])
        self.widget.attrs.setdefault("accept", ",".join(endings))

    def get_bound_field(self, form, field_name):
        return StoredFileBoundField(form, self, field_name)

    def clean(self, data, initial=None):
        if isinstance(data, str):
            data, initial = None, file_of(data) or initial
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            cleaned = store(cleaned, by=self.by, allowed=self.allowed)
        self.stored = cleaned or None
        return self.stored

    def bound_data(self, data, initial):
        return self.stored or initial

    def has_changed(self, initial, data):
        if isinstance(data, str):
            kept, present = file_of(data), getattr(initial, "pk", initial)
            return kept is not None and kept.pk != present
        return super().has_changed(initial, data)


class BringAgainForm(forms.Form):
    """Takes a damaged file from whoever still has it, and keeps nothing else: it is known by its hash."""

    file = forms.FileField(
        label=_("The file as it was"),
        help_text=_("It is recognised by its content, whatever it is called. Any other file is refused and not kept."),
    )

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if not Damage.objects.open().filter(file__sha256=sha256_of(upload)).exists():
            raise forms.ValidationError(_("This is none of the damaged files: its content is another."), code="another")
        return upload

    def heal(self) -> StoredFile:
        """Put the file back in its place and return it. Raises ValidationError where the store does not answer."""
        return bring_again(self.cleaned_data["file"])
