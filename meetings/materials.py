"""Materials of a meeting: bringing files, describing them, taking one back."""

from collections.abc import Iterable
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from council_portal.files.kinds import PDF, PICTURES, SUFFIXES
from council_portal.files.models import StoredFile
from council_portal.files.storing import store
from council_portal.files.tasks import read_soon
from council_portal.jobs import defer
from council_portal.persian.text import to_persian_digits
from members.models import User

from .holding import Refused
from .models import Material, Meeting, Upload
from .tasks import make_thumbnail

SLIDES = {media_type for media_type, endings in SUFFIXES.items() if {".pptx", ".odp"} & {*endings}}


def bring(meeting: Meeting, files: Iterable[UploadedFile], *, by: User) -> list[str]:
    """Store files that were brought for `meeting`; they wait to be described. The same file twice waits once.

    Their kinds are guessed by what they are, their titles by their names. Each is taken by itself: returns a line for
    each that is not, with its name and why.
    """
    uploads, problems = [], []
    for file in files:
        try:
            uploads.append(_upload(meeting, file, by))
        except ValidationError as refusal:
            problems.append(f"{file.name}: {' '.join(refusal.messages)}")
    Upload.objects.bulk_create(uploads, ignore_conflicts=True)
    return problems


def _upload(meeting: Meeting, file: UploadedFile, by: User) -> Upload:
    stored = store(file, by=by)
    return Upload(meeting=meeting, file=stored, kind=kind_for(stored), title=_title_of(file), uploaded_by=by)


def _title_of(file: UploadedFile) -> str:
    """What the name of a file says, as a title on a Persian page; the word for a file where it says nothing."""
    words = PurePath(file.name).stem.replace("_", " ").strip()
    return to_persian_digits(words)[:250] or _("file")


def kind_for(stored_file: StoredFile) -> Material.Kind:
    """What a file most likely is to a meeting."""
    if stored_file.media_type in PICTURES:
        return Material.Kind.PICTURE
    if stored_file.media_type in SLIDES:
        return Material.Kind.PRESENTATION
    return Material.Kind.SCAN if stored_file.media_type == PDF.media_type else Material.Kind.ARTICLE


@transaction.atomic
def take_up(material: Material, upload: Upload) -> Material:
    """Make a described, unsaved `material` of the file of an upload, which waits no longer; last in its kind."""
    material.meeting, material.file = upload.meeting, upload.file
    material.position = Material.objects.filter(meeting=upload.meeting, kind=material.kind).count() + 1
    material.save()
    upload.delete()
    prepare([material])
    return material


def prepare(materials: Iterable[Material]) -> None:
    """Let the queue make the small pictures and read the texts of saved materials, once the change is committed."""
    for material in materials:
        if material.file is None:
            continue
        if material.kind == Material.Kind.PICTURE:
            defer(make_thumbnail.configure(), {"material_id": material.pk})
        read_soon(material.file)


@transaction.atomic
def withdraw(material: Material, *, by: User, because: str) -> Material:
    """Take a material back; its address then says so, with the reason. Raises Refused without one."""
    material = Material.objects.select_for_update(of=["self"]).get(pk=material.pk)
    if material.withdrawn_at:
        return material
    if not because.strip():
        raise Refused(_("Say why it is withdrawn."))
    material.take_back(by=by, because=because)
    return material
