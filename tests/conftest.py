"""The harness: strict where a mistake would otherwise pass in silence. Fixtures here serve every test.

Warnings are errors (pyproject.toml); undefined template variables and N+1 queries fail (tests/settings.py);
nothing reaches a network (below). The demo and the browser are in tests/pages/.
"""

import sys
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation
from persiantools.jdatetime import JalaliDateTime
from pgtrigger.migrations import AddTrigger, RemoveTrigger

TEHRAN = ZoneInfo("Asia/Tehran")
ACCOUNTS = "allauth.account.auth_backends.AuthenticationBackend"


class NetworkError(AssertionError):
    """A test tried to reach another machine."""


def pytest_configure(config):
    sys.addaudithook(_refuse_network)


def _refuse_network(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise NetworkError(f"connection to {address}")
    elif event == "socket.getaddrinfo" and not _is_loopback(arguments[0]):
        raise NetworkError(f"look-up of {arguments[0]}")


def _is_loopback(host) -> bool:
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost"):
        return True
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _language_and_time_zone_of_the_portal(settings):
    """Each test begins in Persian and on Tehran's clock, whatever the one before it has chosen."""
    timezone.deactivate()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Before the migrations are run: a trigger changes nothing in the models of the past, and to render them anew for
    each of four hundred, with all that is related to them, is two thirds of the migrations' time."""
    with pytest.MonkeyPatch.context() as patch:
        for operation in (AddTrigger, RemoveTrigger):
            patch.setattr(operation, "state_forwards", _without_rendering(operation.state_forwards))
        yield


def _without_rendering(state_forwards):
    def state_forwards_alone(operation, app_label, state):
        rendered = state.__dict__.pop("apps", None)
        state_forwards(operation, app_label, state)
        if rendered is not None:
            state.apps = rendered

    return state_forwards_alone


@pytest.fixture(scope="session", autouse=True)
def _certificate_to_sign_with():
    """What publishing asks for; a new one is made when there is none, or none that lasts. Of its key each signature
    checks the numbers again, so it is a short one."""
    from django.conf import settings
    from django.core.management import call_command

    from council_portal.issuing import signing

    try:
        signing.certificate()
    except signing.NoCertificate:
        Path(settings.SIGNING_CERTIFICATE).unlink(missing_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(signing, "KEY_BITS", 2048)
            call_command("make_certificate", settings.SIGNING_CERTIFICATE, verbosity=0)


@pytest.fixture
def set_clock(time_machine):
    """Stop the clock at a Jalali moment in Tehran: `set_clock(1404, 8, 1, 10, 30)` → that moment, aware."""

    def set_clock(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
        moment = JalaliDateTime(year, month, day, hour, minute).to_gregorian().replace(tzinfo=TEHRAN)
        time_machine.move_to(moment, tick=False)
        return moment

    return set_clock


@pytest.fixture
def client_of(db):
    """A browser of somebody in a role: `client_of("officer", body)`; see tests/roles.py for the roles."""

    def client_of(role: str, body=None) -> Client:
        from tests.roles import user_of

        client, user = Client(), user_of(role, body)
        if user is not None:
            client.force_login(user, backend=ACCOUNTS)
        return client

    return client_of
