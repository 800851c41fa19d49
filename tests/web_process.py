"""A real web server of the portal on the database of the test, which can be killed."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from tests.mail_server import free_port

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 120


def database_url() -> str:
    """The database of this test as another process names it."""
    database = connection.settings_dict
    user, password = database["USER"], database.get("PASSWORD") or ""
    host, port = quote(database["HOST"] or "", safe=""), database["PORT"] or "5432"
    return f"postgresql://{quote(user)}:{quote(password)}@{host}:{port}/{database['NAME']}"


class Server:
    """A browser of one signed-in person at a server of its own."""

    def __init__(self, port: int, session: str, process: subprocess.Popen):
        self.port, self.cookies, self.process = port, f"{settings.SESSION_COOKIE_NAME}={session}", process
        self.connections = []

    def kill(self) -> None:
        """As `kill -9` does it, with all that the server began."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def form(self, path: str) -> tuple[str, dict]:
        """Ask for a page with a form; return its token and the headers that go with it."""
        with self._ask("GET", path, {"Cookie": self.cookies}).getresponse() as response:
            page = response.read().decode()
        cookie = re.search(r"csrftoken=[^;]+", response.headers["Set-Cookie"]).group()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        content_type = "application/x-www-form-urlencoded"
        return token, {"Cookie": f"{self.cookies}; {cookie}", "Content-Type": content_type}

    def post(self, path: str, form: tuple[str, dict], **values) -> HTTPConnection:
        """Send a form, and do not wait for the answer."""
        token, headers = form
        return self._ask("POST", path, headers, urlencode({"csrfmiddlewaretoken": token} | values))

    def _ask(self, method, path, headers, body=None) -> HTTPConnection:
        asked = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connections.append(asked)
        asked.request(method, path, body, headers)
        return asked

    def close(self) -> None:
        """Let go of the server, and kill it if that has not been done."""
        for asked in self.connections:
            asked.close()
        if self.process.poll() is None:
            self.kill()


@contextmanager
def server_for(client, folder: Path):
    """Yield a Server for the person whom the test client has signed in; it is killed in the end."""
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "council_portal.settings",
        "DATABASE_URL": database_url(),
        "COUNCIL_VAR": str(folder),
        "DEBUG": "1",
        "SIGNING_CERTIFICATE": settings.SIGNING_CERTIFICATE,
        "SIGNING_PASSWORD": settings.SIGNING_PASSWORD,
    }
    program = [sys.executable, "-m", "gunicorn", "council_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*program, "--no-control-socket", "--log-level", "error"], cwd=ROOT, env=environment, start_new_session=True
    )
    server = Server(port, client.cookies[settings.SESSION_COOKIE_NAME].value, process)
    try:
        _wait_until(lambda: _answers(port), SECONDS_TO_START)
        yield server
    finally:
        server.close()


def _answers(port: int) -> bool:
    asked = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()


@contextmanager
def halting_at(table: str):
    """Let whoever writes to `table` wait; yields a function that returns once somebody does."""
    import psycopg

    with psycopg.connect(**connection.get_connection_params() | {"context": None}) as other:
        other.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        yield lambda: _wait_until(lambda: _count("SELECT count(*) FROM pg_locks WHERE NOT granted"), 60)
        other.rollback()


def wait_until_nothing_is_under_way() -> None:
    """Until the database has noticed that those who were killed are gone."""
    under_way = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
    """
    _wait_until(lambda: not _count(under_way), 60)


def _count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _wait_until(happened, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
