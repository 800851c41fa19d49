"""Installs the examples' app and its table, which no migration knows."""

import pytest
from django.db import connection
from django.test import modify_settings


@pytest.fixture(scope="package", autouse=True)
def examples_installed():
    with modify_settings(INSTALLED_APPS={"append": "tests.persian.examples"}):
        yield


@pytest.fixture
def example_table(db, monkeypatch):
    """The table of Example, gone with the test's transaction."""
    from tests.persian.examples.models import Example

    monkeypatch.setattr(Example._meta, "managed", True)
    with connection.schema_editor() as editor:
        editor.create_model(Example)
    return Example


@pytest.fixture
def django_cursor(db):
    with connection.cursor() as cursor:
        yield cursor
