"""Undefined variables fail in our own templates; those of the libraries are left as their authors mean them."""

import sys
from pathlib import Path

from django.template.base import Node

BASE_DIR = Path(__file__).resolve().parent.parent


class UndefinedVariableError(AssertionError):
    """One of our templates printed a variable that the view never gave it."""


class UndefinedVariable(str):
    """For the template engine's `string_if_invalid`.

    Django asks it first whether it is true, then whether it holds "%s", and then formats the variable's name into it.
    In a library's template it is false and empty, which is Django's default.
    """

    def __bool__(self):
        return _template_in_our_folders() is not None

    def __contains__(self, text):
        return text == "%s" or super().__contains__(text)

    def __mod__(self, variable):
        raise UndefinedVariableError(f"{variable!s} is not defined in {_template_in_our_folders()}")


def _template_in_our_folders() -> str | None:
    """The file of the template node that is being rendered, when it is one of ours."""
    frame = sys._getframe(1)
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and isinstance(node, Node):
            return _ours(node.origin.name)
        frame = frame.f_back
    return None


def _ours(file: str) -> str | None:
    path = Path(file)
    if path.is_relative_to(BASE_DIR) and "site-packages" not in path.parts:
        return str(path.relative_to(BASE_DIR))
    return None
