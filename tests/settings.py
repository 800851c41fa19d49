"""The settings under which the tests run: those of the portal, made strict and quick."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

os.environ["DEBUG"] = "1"
# Two processes share the tests (scripts/test); by this the server, the files and the database of each are told apart.
HALF = os.environ.get("TEST_HALF", "")
# A database server and files of their own, so that a portal that runs from this checkout is not disturbed.
os.environ["COUNCIL_VAR"] = str(Path(os.environ.get("COUNCIL_VAR") or BASE_DIR / "var") / f"test{HALF}")
# Data that nobody will miss: emptying a hundred tables after a test is ten times as fast without waiting for the disk,
# and without gigabytes of memory in which to look for their pages.
os.environ["EMBEDDED_SERVER_OPTIONS"] = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=128MB"
)

from council_portal.management.commands.compile_catalogue import compile_if_newer  # noqa: E402
from council_portal.settings import *  # noqa: E402, F403
from council_portal.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, TEMPLATES, VAR_DIR  # noqa: E402
from tests.strict_templates import UndefinedVariable  # noqa: E402

# Before Django reads the catalogue, so that the pages of the tests speak today's Persian.
for catalogue in BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"):
    compile_if_newer(catalogue, catalogue.with_suffix(".mo"))

# Django's test runner does this too; some settings are read before it does.
DEBUG = False
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread of the live server leaves no connection behind
DATABASES["default"]["TEST"] = {"NAME": f"test_council{HALF}"}

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()

# Made once, by tests/conftest.py.
SIGNING_CERTIFICATE, SIGNING_PASSWORD = str(VAR_DIR / "signing-since-2020.p12"), "test"

# Strong hashing takes a quarter of a second for each account.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Straight from the source folders: no `collectstatic` before each run. tests/project/test_static.py tries the real one.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A test's transaction is never committed, so the archive's revision stands still; tests/project/test_unchanged.py
# commits, and puts this back.
UNCHANGED_PAGES = "council_portal.unchanged.UnchangedPagesMiddleware"
MIDDLEWARE.remove(UNCHANGED_PAGES)

# A page that asks the database the same question again for each row fails.
INSTALLED_APPS += ["zeal"]
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
# Django itself looks again for a session that it found to be over, and keeps content types once it has met them.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}, {"model": "contenttypes.ContentType"}]

# Indexing at each save would double the time of tests that search for nothing; tests/search puts it back.
SEARCH_INDEXES_SAVES = False
