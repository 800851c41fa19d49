"""Which release of the program this process runs."""

from hashlib import blake2b

from django.conf import settings

SUFFIXES = {".py", ".html", ".txt", ".mo", ".css", ".js", ".svg"}
FOLDERS = ("council_portal", "members", "meetings", "committees", "publications", "templates", "static", "locale")


def _digest() -> str:
    """Return a digest of the program's own files, so that every process of one release finds the same."""
    digest = blake2b(digest_size=16)
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


RELEASE = _digest()
