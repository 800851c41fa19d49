"""How the style sheet, kept as one file per component, reaches the reader as one file."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<name>[\w-]+\.css)"\) layer\((?P<layer>[\w-]+)\);')


def bundled(style_sheet: str, read) -> str:
    """Return the style sheet with each `@import url("x.css") layer(y);` replaced by x.css inside layer y.

    `read` takes the file's name as it is written and returns its text.
    """
    return IMPORT.sub(lambda found: f"@layer {found['layer']} {{\n{read(found['name'])}}}", style_sheet)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, with the site's style sheet bundled."""

    def post_process(self, paths, dry_run=False, **options):
        if BUNDLE in paths and not dry_run:
            self._write_bundle(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _write_bundle(self, paths):
        def read(name):
            storage, path = paths[f"css/{name}"]
            with storage.open(path) as source:
                return source.read().decode()

        text = bundled(read("site.css"), read)
        self.delete(BUNDLE)
        self.save(BUNDLE, ContentFile(text.encode()))
        paths[BUNDLE] = (self, BUNDLE)
