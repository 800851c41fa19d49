import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the catalogues of translations that have changed, without the gettext programs."
    requires_system_checks = []

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                compile_if_newer(source, source.with_suffix(".mo"))


def compile_if_newer(source: Path, target: Path) -> None:
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    new = target.with_suffix(f".{os.getpid()}.mo")  # of two processes at once each writes its own
    polib.pofile(str(source)).save_as_mofile(str(new))
    new.rename(target)
