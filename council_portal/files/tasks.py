"""What the queue does for stored files. Each of these can be done again without harm."""

from procrastinate.contrib.django import app

from council_portal.jobs import defer

from .models import StoredFile
from .texts import extract, has_text, unread


@app.task
def extract_text(file_id: int) -> None:
    """Read the text of a stored file, once."""
    extract(StoredFile.objects.get(pk=file_id))


def read_soon(stored_file: StoredFile | None) -> None:
    """Have the text of a saved record's file read, if it has one, once the change is committed."""
    if has_text(stored_file):
        defer(extract_text.configure(), {"file_id": stored_file.pk})


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="extract_missing_texts")
def extract_missing_texts(timestamp: int) -> None:
    """See to the files that came in some other way than by a form, to lost jobs, and to what is to be read again."""
    for file_id in unread().order_by("pk").values_list("pk", flat=True):
        extract_text.defer(file_id=file_id)


@app.periodic(cron="47 22 * * *")  # in UTC: at night in Tehran
@app.task(queueing_lock="check_all_files")
def check_all_files(timestamp: int) -> None:
    """Check every stored file, so that the damage of one that nobody opens is noticed too."""
    from .checking import check

    for stored_file in StoredFile.objects.order_by("pk").iterator():
        check(stored_file)
