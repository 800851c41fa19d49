"""Installs the examples' app and its table, which no migration knows."""

import pytest
from django.apps import AppConfig, apps
from django.db import connection


@pytest.fixture(scope="package", autouse=True)
def examples_installed():
    """Enter the app among the installed ones. Changing INSTALLED_APPS would run every app's `ready` a second time."""
    config = AppConfig.create("tests.persian.examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(apps.app_configs, config.label, config)
        config.apps = apps
        config.import_models()
        apps.clear_cache()
        yield
    apps.clear_cache()


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
