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


def test_production_passes_the_deployment_check(database_url):
    production = {"SECRET_KEY": "k" * 30 + "0123456789abcdefghij+-", "ALLOWED_HOSTS": "portal.example"}

    done = manage("check", "--deploy", "--fail-level", "WARNING", DATABASE_URL=database_url, **production)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert done.stderr == ""


def test_no_migration_is_missing(database_url):
    done = manage("makemigrations", "--check", "--dry-run", DATABASE_URL=database_url, DEBUG="1")

    assert done.returncode == 0, done.stdout
