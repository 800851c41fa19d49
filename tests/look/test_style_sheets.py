import re
from pathlib import Path

import pytest
from django.conf import settings

from council_portal.stylesheets import bundled

FOLDER = Path(settings.BASE_DIR, "static/css")
SITE = (FOLDER / "site.css").read_text()
OURS = sorted(FOLDER.glob("*.css"))
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\)')
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|(?:min-|max-)?(?:width|height))\s*:"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)


def test_bundle_puts_each_file_into_its_layer():
    css = bundled('@import url("a.css") layer(base);\n', {"a.css": "p { margin: 0; }\n"}.__getitem__)

    assert css == "@layer base {\np { margin: 0; }\n}\n"


def test_bundle_leaves_no_import():
    assert "@import" not in bundled(SITE, lambda name: (FOLDER / name).read_text())


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_style_sheets_know_neither_left_nor_right(path):
    without_conditions = re.sub(r"@media[^{]*", "", path.read_text())

    assert PHYSICAL.findall(without_conditions) == []


@pytest.mark.parametrize("name", sorted(set(IMPORT.findall(SITE)) - {"tokens.css", "print.css"}))
def test_colours_come_from_the_tokens(name):
    """White under a QR code and black as a mask are no part of the palette."""
    found = re.findall(r"#[0-9a-f]{3,8}\b", (FOLDER / name).read_text())

    assert set(found) <= {"#ffffff", "#000"}


def test_variables_are_all_defined():
    css = "".join(path.read_text() for path in OURS)
    used = set(re.findall(r"var\((--[\w-]+)\)", css))

    assert used - set(re.findall(r"(--[\w-]+):", css)) == set()


# What a page and a sheet of paper both have, and look the same in on purpose; of tables the sheet has its own kinds.
ON_BOTH = {"cover", "facts", "prose", "quiet", "small", "table"}


def classes_of(sheet: str) -> set[str]:
    """The blocks that the style sheets which `sheet` imports speak of."""
    imported = IMPORT.findall((FOLDER / sheet).read_text())
    rules = re.sub(r"/\*.*?\*/", "", "".join((FOLDER / name).read_text() for name in imported), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
    return {name.partition("--")[0] for name in re.findall(r"\.([a-z][a-z-]*[a-z])", selectors)}


def test_no_part_of_a_sheet_has_the_name_of_a_component_of_the_site():
    """The print pages of the browser use both, and a letter would be laid out as the letters of a directory are."""
    assert classes_of("site.css") & classes_of("paper-sheet.css") == ON_BOTH
