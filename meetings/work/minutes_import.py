"""The page that takes minutes from a Word file: choose the file, look at what goes where, and only then store it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from council_portal import rich_text
from council_portal.files.kinds import WORD_FILES
from council_portal.files.storing import check
from council_portal.persian import forms as persian
from council_portal.persian.wording import count

from .. import word_import
from ..holding import Refused
from ..models import Meeting
from ..word_import import CLOSING, MOST_SECTIONS, NOWHERE, OPENING, Section, Unreadable
from ..writing import Part, parts_of
from .access import works_on_meeting
from .minutes import TEMPLATES, minutes_for
from .pages import work_page


class WordField(forms.FileField):
    """A Word file; cleans to its sections."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        check(file, allowed=WORD_FILES)
        try:
            return word_import.read(file)
        except Unreadable as error:
            raise ValidationError(str(error), code="unreadable") from error


class WordForm(forms.Form):
    file = WordField(
        label=gettext_lazy("Word file"),
        help_text=gettext_lazy("A file that ends in docx. Its headings tell which text belongs to which item."),
        widget=forms.FileInput({"accept": ".docx"}),
    )


class SectionForm(forms.Form):
    """Where one section goes; it carries its text from the preview to the storing, where it is cleaned again."""

    heading = persian.CharField(required=False, widget=forms.HiddenInput)
    html = forms.CharField(required=False, widget=forms.HiddenInput)
    target = forms.ChoiceField(
        label=gettext_lazy("goes to"), required=False, widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = places
        shown = self["html"].value() or ""
        self.preview = rich_text.clean(shown)
        self.shown_heading = self["heading"].value()
        self.is_matched = bool(self["target"].value())

    @property
    def section(self) -> Section:
        answers = self.cleaned_data
        return Section(answers["heading"], rich_text.clean(answers["html"]), answers["target"])


Sections = forms.formset_factory(SectionForm, extra=0, max_num=MOST_SECTIONS, absolute_max=MOST_SECTIONS)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def word(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Ask for a Word file, show where its text would go, and store it when that is confirmed."""
    own = minutes_for(request, meeting)
    if own is None or own.is_frozen:
        return redirect("meetings:work_minutes", meeting.pk)
    parts = parts_of(meeting, to=request.user)
    places = {"places": _places(parts)}
    if request.method == "POST" and "sections-TOTAL_FORMS" in request.POST:
        sections = Sections(request.POST, prefix="sections", form_kwargs=places)
        if sections.is_valid() and _store(request, own, [form.section for form in sections]):
            return redirect("meetings:work_minutes", meeting.pk)
        return _page(request, meeting, {"found": sections})
    form = WordForm(request.POST, request.FILES) if request.method == "POST" else WordForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, meeting, {"form": form})
    found = word_import.matched(form.cleaned_data["file"], parts)
    initial = [{"heading": one.heading, "html": one.html, "target": one.target} for one in found]
    return _page(request, meeting, {"found": Sections(prefix="sections", initial=initial, form_kwargs=places)})


def _places(parts: list[Part]) -> list[tuple[str, str]]:
    items = [(str(part.item.pk), f"{part.number}. {part.title}") for part in parts if part.item and not part.closed]
    return [(NOWHERE, _("Leave it out")), (OPENING, _("opening")), *items, (CLOSING, _("closing"))]


def _store(request: HttpRequest, own, sections: list[Section]) -> bool:
    try:
        changed = word_import.store(own, sections, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    text = _("The text of the file was added in %(count)s places.") if changed else _("Nothing was taken over.")
    messages.success(request, text % {"count": count(len(changed))} if changed else text)
    return True


def _page(request: HttpRequest, meeting: Meeting, context: dict) -> HttpResponse:
    return work_page(request, meeting, "minutes", f"{TEMPLATES}_import.html", context)
