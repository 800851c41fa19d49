"""What the queue does for publications. Each of these can be done again without harm."""

from procrastinate.contrib.django import app

from . import covers


@app.task
def make_cover_thumbnail(name: str, pk: int) -> None:
    """Make the small picture of a cover that has none."""
    covers.make_thumbnail(name, pk)


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="make_missing_cover_thumbnails")
def make_missing_cover_thumbnails(timestamp: int) -> None:
    """See to the covers that came in some other way than by a form, and to small ones that were damaged since."""
    for name, pk in covers.without_thumbnail():
        make_cover_thumbnail.defer(name=name, pk=pk)
