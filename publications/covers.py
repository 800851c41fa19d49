"""The small pictures of covers, made by the queue."""

from council_portal.files.models import lacks_picture
from council_portal.files.thumbnails import thumbnail_of
from council_portal.jobs import defer

from .models import Announcement, Edition

LACKING = lacks_picture("cover_thumbnail", of="cover")
COVERED = {"edition": Edition, "announcement": Announcement}


def prepare(record: Edition | Announcement) -> None:
    """Let the queue make the small picture of a saved record's cover, once the change is committed."""
    from .tasks import make_cover_thumbnail

    if record.cover_id and not record.cover_thumbnail_id:
        defer(make_cover_thumbnail.configure(), {"name": record._meta.model_name, "pk": record.pk})


def make_thumbnail(name: str, pk: int) -> None:
    """Make the small picture of a cover that has none, or a damaged one; `name` is a key of COVERED.

    Doing so twice changes nothing.
    """
    rows = COVERED[name].objects
    record = rows.filter(LACKING, pk=pk).select_related("cover").first()
    if record:
        rows.filter(pk=pk, cover=record.cover).update(cover_thumbnail=thumbnail_of(record.cover))


def without_thumbnail() -> list[tuple[str, int]]:
    """The covers that have no whole small picture, each as the arguments of `make_thumbnail`."""
    return [
        (name, pk)
        for name, model in COVERED.items()
        for pk in model.objects.filter(LACKING).values_list("pk", flat=True)
    ]
