import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from council_portal.search.models import Paragraph


class Command(BaseCommand):
    help = (
        "Bring the database, the search index, the catalogue and static files to what the code expects: on an upgrade."
    )

    def handle(self, **options):
        call_command("compile_catalogue")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("reindex_search", stale=Paragraph.objects.exists(), verbosity=0)
        collect_changed_static_files()


def collect_changed_static_files() -> bool:
    """Run `collectstatic`, which compresses for half a minute, unless no file has changed since; return whether."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static_files()
    if mark.exists() and mark.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(state)
    return True


def _state_of_static_files() -> str:
    state = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            state.update(f"{storage.path(name)} {file.st_size} {file.st_mtime_ns}\n".encode())
    return state.hexdigest()
