from procrastinate.contrib.django import app

from .models import StoredFile
from .texts import extract


@app.task
def extract_text(file_id: int) -> None:
    """Read the text of a stored file, once."""
    extract(StoredFile.objects.get(pk=file_id))
