"""What Django says in the admin and in forms is Persian, as long as its own catalogue is not."""

from pathlib import Path

import django
import polib
import pytest
from django.utils.translation import gettext, ngettext

# Said nowhere here: no words, Django's own mail, how a password is kept, and a validator of ASCII names.
UNUSED = (
    *("%(class_name)s %(instance)s", "In case you’ve forgotten", "salt", "hash"),
    "Enter a valid username. This value may contain only un",
)

# Of Django's own pages of a forgotten password; here they are allauth's.
RESETS = ("You're receiving this", "Password reset sent")


@pytest.mark.parametrize("part", ["contrib/admin", "contrib/auth"])
def test_django_says_nothing_in_english(part):
    source = Path(django.__file__).parent / part / "locale/en/LC_MESSAGES/django.po"
    entries = [one for one in polib.pofile(str(source)) if not one.msgid.startswith(UNUSED)]

    english = [one.msgid for one in entries if said(one) == one.msgid]

    assert english == []


@pytest.mark.parametrize("part", ["contrib/admin", "contrib/auth"])
def test_a_password_has_one_name(part):
    source = Path(django.__file__).parent / part / "locale/en/LC_MESSAGES/django.po"
    entries = [one for one in polib.pofile(str(source)) if "assword" in one.msgid and not one.msgid.startswith(RESETS)]

    assert [one.msgid for one in entries if "گذرواژه" not in said(one)] == []


def test_what_is_saved_or_deleted_is_named_in_persian_quotation_marks():
    source = Path(django.__file__).parent / "contrib/admin/locale/en/LC_MESSAGES/django.po"
    entries = [one for one in polib.pofile(str(source)) if "successfully" in one.msgid and "“" in one.msgid]

    assert entries
    assert [one.msgid for one in entries if "«" not in said(one)] == []


def test_an_email_address_is_asked_for_in_good_persian():
    assert "رایانامه" in gettext("Enter a valid email address.")


def said(entry) -> str:
    return ngettext(entry.msgid, entry.msgid_plural, 1) if entry.msgid_plural else gettext(entry.msgid)
