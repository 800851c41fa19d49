"""The static files as production serves them: hashed, compressed, and complete."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from council_portal.management.commands.prepare import collect_changed_static_files

REAL = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "council_portal.stylesheets.StaticFilesStorage"},
}


@pytest.fixture
def static_root(settings, tmp_path):
    settings.STORAGES = REAL
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.STATIC_ROOT


def test_static_files_are_collected_once(static_root):
    # Fails on a style sheet that names a file which is not there.
    assert collect_changed_static_files() is True
    style_sheet = staticfiles_storage.stored_name("css/site.css")

    assert (static_root / style_sheet).exists()
    assert (static_root / f"{style_sheet}.br").exists()
    assert collect_changed_static_files() is False


def test_changed_catalogue_is_compiled(settings, tmp_path):
    folder = tmp_path / "fa/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "a"\nmsgstr "ب"\n'
    )
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_catalogue")

    assert "ب".encode() in (folder / "django.mo").read_bytes()
