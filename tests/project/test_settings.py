"""The settings refuse what is unsafe, and production's raise no warning."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database_url(db) -> str:
    """The address of the test's own server, as a production machine would name it."""
    name = connection.settings_dict
    host = name["HOST"].replace("/", "%2F")
    return f"postgresql://{name['USER']}:{name['PASSWORD']}@{host}:{name['PORT']}/{name['NAME']}"


def manage(*arguments, **environment):
    kept = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    command = [sys.executable, "-W", "error", "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False)


def test_nothing_starts_without_a_secret_key():
    done = manage("check")

    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr


PRODUCTION = {"SECRET_KEY": "k" * 30 + "0123456789abcdefghij+-", "ALLOWED_HOSTS": "portal.example"}


def test_production_passes_the_deployment_check(database_url, settings):
    signing = {"SIGNING_CERTIFICATE": settings.SIGNING_CERTIFICATE, "SIGNING_PASSWORD": settings.SIGNING_PASSWORD}

    done = manage("check", "--deploy", "--fail-level", "WARNING", DATABASE_URL=database_url, **PRODUCTION, **signing)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("certificate", "problem"), [("", "issuing.E001"), ("/nonexistent.p12", "issuing.E002"), (__file__, "issuing.E002")]
)
def test_production_without_a_certificate_is_told_that_nothing_can_be_issued(database_url, certificate, problem):
    done = manage("check", "--deploy", DATABASE_URL=database_url, SIGNING_CERTIFICATE=certificate, **PRODUCTION)

    assert done.returncode == 1
    assert problem in done.stderr


def test_no_migration_is_missing(database_url):
    done = manage("makemigrations", "--check", "--dry-run", DATABASE_URL=database_url, DEBUG="1")

    assert done.returncode == 0, done.stdout
