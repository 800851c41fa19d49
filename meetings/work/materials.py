"""Materials of a meeting: bring many files at once, describe them, change one, take one back."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council_portal.administration.forms import RecordForm
from council_portal.files.forms import StoredFileField, token_of
from council_portal.persian import forms as persian
from members.models import Person

from .. import materials as rules
from ..holding import Refused
from ..models import AgendaItem, Material, Meeting, Upload
from .access import works_on_meeting
from .pages import work_page


class MaterialForm(RecordForm):
    """A material with all that is said of it."""

    class Meta:
        model = Material
        fields = [
            *("kind", "title", "file", "text", "alt_text", "speaker", "speaker_name"),
            *("agenda_item", "visibility", "position", "is_authoritative"),
        ]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"] = StoredFileField(label=gettext_lazy("file"), required=False, by=by)
        people = Person.objects.visible_to(by) | Person.objects.filter(pk=self.instance.speaker_id)
        self.fields["speaker"].queryset = people.alphabetical()
        if self.instance.file is not None and not self.instance.file.is_picture:
            without_picture(self)
        items = AgendaItem.objects.visible_to(by).filter(meeting=self.instance.meeting)
        self.fields["agenda_item"].queryset = items.in_order()


def without_picture(form: forms.ModelForm) -> None:
    """Ask nothing about a picture in the form of a file that is none."""
    del form.fields["alt_text"]
    kind = form.fields["kind"]
    kind.choices = [choice for choice in kind.choices if choice[0] != Material.Kind.PICTURE]


class DescriptionForm(forms.ModelForm):
    """What is said of a file that was brought; a picture needs words for those who cannot see it."""

    is_dropped = forms.BooleanField(label=gettext_lazy("Do not take this file"), required=False)

    class Meta:
        model = Material
        fields = ["kind", "title", "alt_text", "visibility"]

    def __init__(self, *args, upload: Upload, **kwargs):
        self.upload = upload
        super().__init__(
            *args,
            prefix=f"upload-{upload.pk}",
            instance=Material(meeting=upload.meeting, file=upload.file),
            initial={"kind": upload.kind, "title": upload.title},
            **kwargs,
        )
        if not upload.file.is_picture:
            without_picture(self)

    @classmethod
    def of(cls, upload: Upload, data) -> "DescriptionForm":
        """The form of an upload, bound to what was posted where that is about this upload."""
        form = cls(upload=upload)
        return cls(data, upload=upload) if form.add_prefix("kind") in data else form

    @property
    def preview_token(self) -> str:
        """A pass to the picture, for whoever has this form before them; "" for any other file."""
        return token_of(self.upload.file) if self.upload.file.width else ""

    def full_clean(self):
        """Nothing is asked of a file that is dropped."""
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("is_dropped"):
            self._errors.clear()


class WithdrawForm(forms.Form):
    because = persian.CharField(label=gettext_lazy("withdrawn because"), max_length=250)


@require_safe
@works_on_meeting
def materials(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What the meeting has, and the place to bring more."""
    rows = _materials(request, meeting).select_related("file", "thumbnail", "speaker").in_order()
    context = {"materials": list(rows), "upload_count": meeting.uploads.count()}
    return work_page(request, meeting, "materials", "meetings/work/materials.html", context)


@require_POST
@works_on_meeting
def bring(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Take the posted files, each by itself: what is refused is named with the reason, the others are kept.

    A script that sends one file after the other asks for JSON: `{"problems": ["…"]}`.
    """
    files = request.FILES.getlist("files")
    problems = rules.bring(meeting, files, by=request.user) if files else [_("Choose at least one file.")]
    if request.accepts("text/html"):
        for problem in problems:
            messages.error(request, problem)
        return redirect("meetings:work_uploads" if meeting.uploads.exists() else "meetings:work_materials", meeting.pk)
    return JsonResponse({"problems": problems})


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
@transaction.atomic
def uploads(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Describe the files that were brought; saved together, or not at all while something is missing.

    A form that is sent twice takes each file once, and a file that somebody has brought meanwhile goes on waiting.
    """
    waiting = meeting.uploads.select_related("file", "meeting")
    if request.method == "POST":
        waiting = waiting.select_for_update(of=["self"])
    described = [DescriptionForm.of(upload, request.POST) for upload in waiting]
    answered = [form for form in described if form.is_bound]
    if request.method == "POST" and forms.all_valid(answered):
        take_up_described(answered)
        messages.success(request, _("The files are among the meeting's materials."))
        return redirect("meetings:work_materials", meeting.pk)
    return work_page(request, meeting, "materials", "meetings/work/uploads.html", {"forms": described})


def take_up_described(described: list[DescriptionForm]) -> None:
    """Take files among the meeting's materials as these valid forms describe them, or drop them."""
    for form in described:
        if form.cleaned_data["is_dropped"]:
            form.upload.delete()
        else:
            rules.take_up(form.instance, form.upload)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def new(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Enter a material by its text, such as a speech."""
    return _edit(request, meeting, Material(meeting=meeting, position=meeting.materials.count() + 1))


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def change(request: HttpRequest, meeting: Meeting, material_pk: int) -> HttpResponse:
    """Change what is said of a material."""
    return _edit(request, meeting, get_object_or_404(_materials(request, meeting), pk=material_pk))


@transaction.atomic
def _edit(request: HttpRequest, meeting: Meeting, material: Material) -> HttpResponse:
    if material.pk and request.method == "POST":
        material = Material.objects.select_for_update(of=["self"]).select_related("meeting").get(pk=material.pk)
    form = MaterialForm(request.POST or None, request.FILES or None, instance=material, by=request.user)
    if request.method == "POST" and form.is_valid():
        rules.prepare([form.save()])
        messages.success(request, _("The material is saved."))
        return redirect("meetings:work_materials", meeting.pk)
    return work_page(request, meeting, "materials", "meetings/work/material.html", {"form": form, "material": material})


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def withdraw(request: HttpRequest, meeting: Meeting, material_pk: int) -> HttpResponse:
    """Take a material back, with the reason that its address will give."""
    material = get_object_or_404(_materials(request, meeting).not_withdrawn(), pk=material_pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _withdraw(request, material, **form.cleaned_data):
        return redirect("meetings:work_materials", meeting.pk)
    context = {"form": form, "material": material}
    return work_page(request, meeting, "materials", "meetings/work/material_withdraw.html", context)


def _materials(request: HttpRequest, meeting: Meeting):
    """What this person may see of the meeting's materials: an officer works on a body, but reads no closed paper."""
    return meeting.materials.visible_to(request.user)


def _withdraw(request: HttpRequest, material: Material, *, because: str) -> bool:
    try:
        rules.withdraw(material, by=request.user, because=because)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("The material is withdrawn; its address says so."))
    return True
