"""Buttons of the admin that take a record one step on its way, by the same rules as the pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True)
class Step:
    """One button.

    `run(record, by=…, **answers)` is the rule; it may raise one of the admin's `refusals`. `possible(record)` says
    whether the button is shown. A step with a `warning` or a `form` is taken on a page of its own, where it is
    confirmed and the form asks for the answers; any other at once.
    """

    name: str
    label: str | Promise
    run: Callable
    possible: Callable[..., bool]
    done: str | Promise
    warning: str | Promise = ""
    form: type[forms.Form] | None = None

    @property
    def is_asked(self) -> bool:
        return bool(self.warning or self.form)
