"""The embedded server starts once, comes back after a crash, and copes with the folders that people have."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from council_portal import embedded

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder():
    """A folder that the server's user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="council-"))
    folder.chmod(0o755)
    yield folder
    for data in folder.rglob("PG_VERSION"):
        embedded.stop(data.parent)
    shutil.rmtree(folder)


def ask(settings: dict, question: str):
    name = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "dbname": settings["NAME"]}
    with psycopg.connect(**name) as connection:
        return connection.execute(question).fetchone()[0]


def kill(data: Path) -> None:
    pid = int((data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{pid}").exists():
        time.sleep(0.01)


@pytest.mark.parametrize("name", ["with space and 'quote'", "پوشه", "long-" * 30])
def test_any_folder_will_do(folder, name):
    data = folder / name / "postgresql"

    assert ask(embedded.database(data), "SELECT 1") == 1
    assert embedded.stop(data) is True
    assert embedded.stop(data) is False


def test_killed_server_comes_back_with_its_data(folder):
    data = folder / "postgresql"
    with psycopg.connect(host=embedded.database(data)["HOST"], user="postgres", dbname="postgres") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    kill(data)

    assert ask(embedded.database(data), "SELECT n FROM kept") == 7


def test_reused_process_id_is_not_taken_for_the_server(folder):
    data = folder / "postgresql"
    embedded.database(data)
    kill(data)
    left_behind = (data / "postmaster.pid").read_text().split("\n")
    (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left_behind[1:]]))

    assert ask(embedded.database(data), "SELECT 1") == 1


def test_processes_that_start_together_share_a_server(folder):
    data = folder / "postgresql"
    code = f"from pathlib import Path; from council_portal import embedded; embedded.database(Path({str(data)!r}))"

    both = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) for _process in range(2)]

    assert [process.wait() for process in both] == [0, 0]
    assert ask(embedded.database(data), "SELECT 1") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")
def test_root_is_refused_below_a_private_folder_which_stays_private(folder):
    folder.chmod(0o700)

    with pytest.raises(ImproperlyConfigured, match="closed to other users"):
        embedded.database(folder / "var/postgresql")

    assert folder.stat().st_mode & 0o777 == 0o700
