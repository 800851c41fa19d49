"""What is asked on the page of verification: a code, or a file."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian.wording import file_size

from .codes import is_code, only_codes, read_code
from .verifying import Answer, answer_to_file, answer_to_hash, is_sha256

MOST_TYPED = 500


class CodeForm(forms.Form):
    """A code as somebody typed it; cleans to its symbols."""

    use_required_attribute = True
    code = forms.CharField(
        label=gettext_lazy("Code of the document"),
        max_length=MOST_TYPED,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=gettext_lazy(
            "Sixteen letters and digits beside the square on the first page. Capitals, spaces and dashes do not matter."
        ),
        error_messages={"required": gettext_lazy("Type the code that stands on the document.")},
    )

    def clean_code(self):
        symbols = read_code(self.cleaned_data["code"])
        if not is_code(symbols):
            raise forms.ValidationError(
                _(
                    "This is no code of a document: a symbol is missing or mistaken. Compare it once more with the "
                    "paper; the letters B, I, L, O, Q, S, U and Z and the digits 0, 1, 2, 5 and 8 never occur."
                ),
                code="mistyped",
            )
        return symbols


class FileForm(forms.Form):
    """A file, or instead of it what the browser has found: its SHA-256, and what may be the codes that it names."""

    file = forms.FileField(
        label=gettext_lazy("File of the document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=MOST_TYPED, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        # Beside the form that asks for a code, whose field has the same name.
        super().__init__(*args, auto_id="id_of_file_%s", **kwargs)

    @classmethod
    def too_large(cls) -> "FileForm":
        """The form that says that a file was too large to be looked at."""
        form = cls({})
        form.errors.clear()  # which say that none was chosen
        message = _("The file is too large: at most %(limit)s are looked at.")
        form.add_error("file", message % {"limit": file_size(settings.FILES_MAX_BYTES)})
        return form

    def clean_code(self):
        return only_codes(self.cleaned_data["code"].split())

    def clean(self):
        is_told = self.cleaned_data.get("file") or is_sha256(self.cleaned_data.get("sha256", ""))
        if not is_told and not self.errors:
            self.add_error("file", _("Choose the file that is to be checked."))
        return self.cleaned_data

    def answer(self, *, user) -> Answer:
        """What is said of the file of a valid form."""
        if self.cleaned_data["file"]:
            return answer_to_file(self.cleaned_data["file"], user=user)
        return answer_to_hash(self.cleaned_data["sha256"], user=user, codes=self.cleaned_data["code"])
