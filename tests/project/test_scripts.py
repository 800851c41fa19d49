"""What `make run` and `make stop` ask for, with a stand-in for Python that only notes it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def checkout():
    """A checkout, open to other users, whose Python writes its arguments into `asked`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(settings.BASE_DIR / "scripts", folder / "scripts")
        (folder / "council_portal/management/commands").mkdir(parents=True)
        (folder / "council_portal/management/commands/load_demo.py").touch()
        (folder / "var").mkdir()
        python = folder / ".venv/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text('#!/bin/sh\necho "$*" >>asked\n')
        python.chmod(0o755)
        yield folder


@pytest.fixture
def bystander():
    """A program that has nothing to do with the portal."""
    with subprocess.Popen(["sleep", "60"]) as program:
        yield program
        program.kill()


def script(checkout: Path, name: str, **environment: str) -> str:
    """Run one of the scripts and return what has been asked of Python in this run."""
    (checkout / "asked").write_text("")
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    command = ["bash", checkout / "scripts" / name]
    subprocess.run(command, check=True, env={**inherited, "SECRET_KEY": "x", **environment})
    return (checkout / "asked").read_text()


def test_the_first_run_enters_the_record_and_the_demo_and_the_next_ones_only_serve(checkout):
    first, second = script(checkout, "run"), script(checkout, "run")

    assert "load_council" in first
    assert "load_demo" in first
    assert "load_" not in second
    assert "gunicorn" in second


def test_a_portal_that_was_started_empty_is_left_as_it_is_by_the_next_run(checkout):
    assert "load_" not in script(checkout, "run", DEMO="0")
    assert "load_" not in script(checkout, "run")
    assert "load_demo" in script(checkout, "run", DEMO="1")


@pytest.mark.parametrize("name", ["run", "stop"])
def test_a_program_that_has_a_dead_servers_process_id_is_left_alone(checkout, bystander, name):
    pid_file = checkout / "var/server-8000.pid"
    pid_file.write_text(str(bystander.pid))

    script(checkout, name)

    assert bystander.poll() is None
    assert not pid_file.exists()
