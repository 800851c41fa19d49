"""The demo, loaded once into a database of its own, and a browser that looks at it.

A module marked `django_db` that uses `demo` runs on that database, and what one of its tests changes there is undone.
"""

import os
import shutil

import pytest
from django.core.management import call_command, get_commands
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.pages.people import PEOPLE, account_of

CHROMIUM_OPTIONS = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker):
    """The name of a copy of the test database that holds the council's record and the demo."""
    with django_db_blocker.unblock():
        connection.creation.clone_test_db(suffix="pages", verbosity=0, autoclobber=True)
        empty, name = use_database(connection.creation.get_test_db_clone_settings("pages")["NAME"])
        for command in ["load_council", "load_demo"]:
            if command in get_commands():
                call_command(command, verbosity=0)
        use_database(empty)
    yield name
    with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
        # A browser that has just closed may have left the server's thread with a connection.
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def demo(demo_database, django_db_blocker):
    """Every query of this module goes to the demo."""
    with django_db_blocker.unblock():
        before, _name = use_database(demo_database)
        yield
        use_database(before)


@pytest.fixture(scope="module")
def own_demo(demo_database, django_db_blocker, request):
    """The address of a server on a copy of the demo, so that what a module does there is in nobody's way."""
    name = f"{demo_database}_{request.module.__name__.rpartition('.')[2]}"
    with django_db_blocker.unblock():
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [demo_database])
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{demo_database}"')
        before, _name = use_database(name)
        server = LiveServer("127.0.0.1")
        server._live_server_modified_settings.enable()
        yield server.url
        server.stop()
        server._live_server_modified_settings.disable()
        use_database(before)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def use_database(name: str) -> tuple[str, str]:
    """Point this process, with the threads it starts later, to another database; return the names before and now."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    return before, name


@pytest.fixture(scope="module")
def portal(demo):
    """The address at which the demo is served."""
    server = LiveServer("127.0.0.1")
    server._live_server_modified_settings.enable()
    yield server.url
    server.stop()
    server._live_server_modified_settings.disable()


@pytest.fixture(scope="module")
def session_of(demo):
    """The session cookie of somebody of tests/pages/people.py, None for the visitor."""
    from django.test import Client

    def session_of(who: str) -> str | None:
        account = account_of(who)
        if account is None:
            return None
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client.cookies["sessionid"].value

    return session_of


@pytest.fixture(params=PEOPLE)
def who(request):
    return request.param


@pytest.fixture(scope="module")
def chromium():
    """A headless browser; CHROMIUM names another program than Debian's."""
    from playwright.sync_api import sync_playwright

    # Playwright's event loop runs in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    options = [*CHROMIUM_OPTIONS, "--no-sandbox"] if os.geteuid() == 0 else CHROMIUM_OPTIONS
    with sync_playwright() as playwright:
        # Within its event loop Django has a connection of its own, which an earlier module may have left at the demo.
        connection.close()
        browser = playwright.chromium.launch(
            executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")), args=options
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
