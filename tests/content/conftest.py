"""The demo, entered once into a database of its own, beside the one in which all other tests find nothing."""

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine as clock
from django.db import connection, transaction

from council_portal.content.demo.load import load_demo

# 20 Aban 1404, ten in the morning in Tehran.
NOW = datetime(2025, 11, 11, 6, 30, tzinfo=UTC)


def pytest_collection_modifyitems(items):
    """The demo before all others: a test that commits leaves nothing of what the migrations entered to be copied."""
    here = Path(__file__).parent
    items.sort(key=lambda item: not ("demo_database" in item.fixturenames and item.path.is_relative_to(here)))


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker):
    """The name of a database that holds the demo as it is loaded at NOW."""
    name = f"{connection.settings_dict['NAME']}_dated"
    with django_db_blocker.unblock():
        connection.creation.clone_test_db(suffix="dated", verbosity=0, autoclobber=True)
        with connected_to(name), clock.travel(NOW, tick=False):
            load_demo()
        yield name
        connection.creation.destroy_test_db(suffix="dated", verbosity=0, keepdb=False)


@pytest.fixture
def demo(demo_database, django_db_blocker):
    """A test in the demo, on its day; what the test changes is undone."""
    with django_db_blocker.unblock(), connected_to(demo_database), clock.travel(NOW, tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def connected_to(name: str):
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
