"""Asking /verify/ about a document, by its code and by its file."""

from django.core.files.uploadedfile import SimpleUploadedFile

from council_portal.issuing.models import Entry


def by_code(client, document: Entry):
    return client.get(document.get_absolute_url())


def by_file(client, document: Entry):
    """As a browser without script sends it."""
    with document.file.content.open("rb") as content:
        return client.post("/verify/", {"file": SimpleUploadedFile("sent.pdf", content.read())})


def by_hash(client, document: Entry):
    """As a browser with script asks: it keeps the file and sends its hash."""
    return client.post("/verify/", {"sha256": document.sha256})


def verdict_of(answer) -> str:
    return str(answer.context["answer"].verdict)
