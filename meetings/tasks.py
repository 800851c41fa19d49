"""What the queue does for meetings."""

from procrastinate.contrib.django import app

from council_portal.files.thumbnails import thumbnail_of

from .models import Material


@app.task
def make_thumbnail(material_id: int) -> None:
    """Make the small picture of a picture that has none."""
    picture = Material.objects.without_thumbnail().select_related("file").filter(pk=material_id).first()
    if picture:
        Material.objects.filter(pk=picture.pk, file=picture.file).update(thumbnail=thumbnail_of(picture.file))


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="make_missing_thumbnails")
def make_missing_thumbnails(timestamp: int) -> None:
    """See to the pictures that came in some other way than by a form."""
    for material_id in Material.objects.without_thumbnail().values_list("pk", flat=True):
        make_thumbnail.defer(material_id=material_id)
