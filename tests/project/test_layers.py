"""Imports point one way: the contract of pyproject.toml, which covers every module."""

import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import council_portal

ROOT = Path(__file__).resolve().parents[2]

WRONG = [
    ("members.roster", "meetings.models"),
    ("meetings.minutes", "committees.models"),
    ("council_portal.access.visibility", "members.models"),
    ("council_portal.persian.text", "council_portal.access.visibility"),
    ("council_portal.records", "members.models"),
    ("publications.rules", "council_portal.urls"),
]


def lint_imports(folder):
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    """A copy of the project's packages and contract, to break."""
    for package in ["council_portal", "members", "meetings", "committees", "publications"]:
        for file in (ROOT / package).rglob("*.py"):
            target = tmp_path / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.read_text())
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    return tmp_path


def test_imports_point_one_way():
    done = lint_imports(ROOT)

    assert done.returncode == 0, done.stdout


def test_imports_the_wrong_way_are_found(copy):
    for module, imported in WRONG:
        file = copy / (module.replace(".", "/") + ".py")
        file.write_text(f"{file.read_text()}\n\ndef wrong():\n    import {imported}\n")

    done = lint_imports(copy)

    assert done.returncode == 1, done.stdout + done.stderr
    for module, imported in WRONG:
        assert f"{module} -> {imported}" in done.stdout


def test_every_module_has_its_layer():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    placed = set(re.findall(r"council_portal\.(\w+)", " ".join(contract["layers"])))
    modules = {module.name for module in pkgutil.iter_modules(council_portal.__path__)} - {"migrations"}

    assert modules - placed == set(), "give them a layer in pyproject.toml"
