"""The Persian catalogue is complete and says what the code says now."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = "locale/fa/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
ARABIC_LETTERS = re.compile(r"[يىكة]")
SOURCES = ["council_portal", "members", "meetings", "committees", "publications", "templates"]


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ROOT / CATALOGUE))


def messages(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def keys(entries) -> set:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural or "") for entry in entries}


def test_catalogue_holds_what_the_code_says(catalogue, tmp_path, monkeypatch):
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=["fa"], verbosity=0)

    said = keys(polib.pofile(str(tmp_path / CATALOGUE)))
    assert said - keys(catalogue) == set(), "not in the catalogue"
    assert keys(catalogue) - said == set(), "no longer in the code"


def test_every_message_is_translated_and_sure(catalogue):
    unsure = [entry.msgid for entry in catalogue if entry.obsolete or entry.fuzzy or not all(messages(entry))]

    assert unsure == []


def test_placeholders_are_those_of_the_original(catalogue):
    wrong = []
    for entry in catalogue:
        allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        for message in messages(entry):
            found = set(PLACEHOLDER.findall(message))
            # A singular may leave its number out: «یک روز».
            if found - allowed or (not entry.msgid_plural and found != allowed):
                wrong.append((entry.msgid, message))

    assert wrong == []


def test_persian_is_written_with_persian_letters(catalogue):
    assert [m for entry in catalogue for m in messages(entry) if ARABIC_LETTERS.search(m)] == []


# Where «همه» stands by itself. Before what it counts it is written with its ending: «همهٔ اعضا».
ALL_ALONE = [
    *("وضعیت همه ثبت", "این همه", "بیش از همه", "همه دعوت شدند"),
    *("همه منصفانه", "همه پیش‌تر", "همه خوانده", "همه حاضر"),
]


def test_all_of_something_is_written_in_one_way(catalogue):
    said = {message: message for entry in catalogue for message in messages(entry)}
    for words in ALL_ALONE:
        said = {message: rest.replace(words, "") for message, rest in said.items()}

    assert [message for message, rest in said.items() if re.search(r"\bهمه ", rest)] == []
