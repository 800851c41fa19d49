"""Buttons that take a record one step on its way, in the admin and on other pages, by the same rules."""

from collections.abc import Callable
from dataclasses import dataclass

import pghistory
from django import forms
from django.db import transaction
from django.utils.functional import Promise


class Question(forms.Form):
    """The form of a step whose choices depend on the `record`."""

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record


LOOK = "look"  # the name of the button that takes no step


@dataclass(frozen=True)
class Look:
    """What is to be known of the answers to a step before it is taken.

    `note(record, form, by=…)` returns it, or None while nothing is answered; it has `warnings`, sentences that are told
    again after the step, and a `template_name` that shows it as `note`.
    """

    label: str | Promise
    note: Callable


@dataclass(frozen=True)
class Step:
    """One button.

    `run(record, by=…, **answers)` is the rule; it may raise one of the admin's `refusals`. `possible(record)` says
    whether the button is shown, `permission` names what the person needs beyond the right to change the record.
    A step with a `warning` or a `form` is taken on a page of its own, where it is confirmed and the form asks for the
    answers, beginning with those that `initial(record)` knows; any other at once. A form that derives from `Question`
    knows the record that it asks about. One with a `look` offers to look at the answers first. One that `opens_result`
    leads to the record that its rule returns. `reminder(record)` is said beside the warning, of what this record lacks.
    """

    name: str
    label: str | Promise
    run: Callable
    possible: Callable[..., bool]
    done: str | Promise
    warning: str | Promise = ""
    reminder: Callable[..., str | Promise] = lambda record: ""
    form: type[forms.Form] | None = None
    permission: str = ""
    initial: Callable[..., dict] = lambda record: {}
    opens_result: bool = False
    look: Look | None = None

    @property
    def is_asked(self) -> bool:
        return bool(self.warning or self.form)

    def warnings(self, record) -> list[str | Promise]:
        """What is to be known before this step is taken with a record."""
        return [words for words in (self.warning, self.reminder(record)) if words]

    def is_open(self, record, *, to) -> bool:
        """Whether the person `to` may take this step with `record` now."""
        return self.possible(record) and (not self.permission or to.has_perm(self.permission, record))

    def form_for(self, record, data=None) -> forms.Form | None:
        """The form of this step for a record, bound to what was posted, if anything was; None for one without."""
        if self.form is None:
            return None
        known = {"record": record} if issubclass(self.form, Question) else {}
        return self.form(data or None, initial=self.initial(record), **known)

    def look_at(self, record, form, *, by):
        """What `look` notes of the answers in `form`; None where there is nothing to look at."""
        return self.look.note(record, form, by=by) if self.look else None

    def take(self, record, *, by, **answers):
        """Take the step as a whole or not at all; the history of the record names it. Raises what the rule raises."""
        with transaction.atomic(), pghistory.context(step=self.name):
            return self.run(record, by=by, **answers)
