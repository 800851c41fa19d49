"""The harness keeps its promises: what should fail does fail."""

import socket
import warnings
from datetime import date

import pytest
from django.template import Context, Engine, Origin
from django.template.base import Template
from django.utils import timezone, translation

from tests.conftest import NetworkError
from tests.strict_templates import BASE_DIR, UndefinedVariable, UndefinedVariableError


def render(source, *, file):
    engine = Engine(string_if_invalid=UndefinedVariable())
    return Template(source, origin=Origin(str(file)), engine=engine).render(Context())


@pytest.mark.parametrize("source", ["{{ nothing }}", "{% if 1 %}{{ nothing.at_all }}{% endif %}"])
def test_undefined_variable_fails_in_our_templates(source):
    with pytest.raises(UndefinedVariableError, match="nothing"):
        render(source, file=BASE_DIR / "templates/home.html")


def test_undefined_variable_is_empty_in_a_librarys_template():
    file = BASE_DIR / ".venv/lib/python3.11/site-packages/library/templates/page.html"

    assert render("[{{ nothing }}][{{ nothing|default:'-' }}]", file=file) == "[][-]"


def test_testing_for_an_undefined_variable_is_allowed():
    assert render("{% if nothing %}a{% else %}b{% endif %}", file=BASE_DIR / "templates/home.html") == "b"


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_nothing_reaches_a_network(address):
    with pytest.raises(NetworkError):
        socket.create_connection(address)


def test_persian_is_the_language_of_a_test():
    assert translation.get_language() == "fa"


def test_clock_is_set_in_jalali(set_clock):
    set_clock(1404, 8, 1, 0, 30)

    assert timezone.localdate() == date(2025, 10, 23)
