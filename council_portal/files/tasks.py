"""What the queue does for stored files. Each of these can be done again without harm."""

from procrastinate.contrib.django import app

from .models import StoredFile
from .texts import extract


@app.task
def extract_text(file_id: int) -> None:
    """Read the text of a stored file, once."""
    extract(StoredFile.objects.get(pk=file_id))


@app.periodic(cron="47 22 * * *")  # in UTC: at night in Tehran
@app.task(queueing_lock="check_all_files")
def check_all_files(timestamp: int) -> None:
    """Check every stored file, so that the damage of one that nobody opens is noticed too."""
    from .checking import check

    for stored_file in StoredFile.objects.order_by("pk").iterator():
        check(stored_file)
