"""The static files as production serves them: hashed, compressed, and complete."""

from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string

from council_portal.management.commands.prepare import collect_changed_static_files
from tests import factories as make

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


def test_the_page_that_says_that_all_has_failed_finds_its_style(static_root, settings):
    collect_changed_static_files()
    page = Wanted()
    page.feed(render_to_string("500.html"))

    assert page.addresses
    assert all((static_root / address.removeprefix(settings.STATIC_URL)).exists() for address in page.addresses)


def test_changed_catalogue_is_compiled(settings, tmp_path):
    folder = tmp_path / "fa/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "a"\nmsgstr "ب"\n'
    )
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_catalogue")

    assert "ب".encode() in (folder / "django.mo").read_bytes()


class Wanted(HTMLParser):
    """The files that a browser fetches with a page: style sheets, fonts, icons, scripts and pictures at once."""

    def __init__(self):
        super().__init__()
        self.addresses = set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        is_fetched = tag in ("script", "img") or (tag == "link" and attributes["rel"] not in ("canonical", "alternate"))
        if is_fetched and (address := attributes.get("src") or attributes.get("href")):
            self.addresses.add(address)


@pytest.mark.django_db
def test_first_visit_of_the_home_page_is_light(static_root, settings, client):
    collect_changed_static_files()
    make.BodyFactory(assembly=True)
    page = client.get("/").content
    wanted = Wanted()
    wanted.feed(page.decode())

    sizes = {address: sent_size(static_root, address.removeprefix(settings.STATIC_URL)) for address in wanted.addresses}

    assert any(address.endswith(".css") for address in sizes)
    # The full page of the demo is 20 kB of markup, which is sent as it is.
    assert sum(sizes.values()) + max(len(page), 30_000) < 150_000, sizes


def sent_size(root, name: str) -> int:
    """How many bytes a browser receives: those of the compressed file where there is one."""
    compressed = root / f"{name}.br"
    return (compressed if compressed.exists() else root / name).stat().st_size
