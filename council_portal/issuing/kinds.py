"""Which documents are issued: the apps above declare them, each in its `issuing.py`.

kind("minutes", _("Minutes"), model=Minutes, paper=minutes_paper, visibility=…, body=…, shows=…)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import Reader
from council_portal.access.visibility import Visibility, reader_under
from council_portal.persian.partial_date import PartialDate

from .papers import Paper

# What a document is issued for unless its kind says more.
FIRST = "publication"


def _nothing(*subject) -> tuple:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How what stands in a row holds today, whatever the register has of its documents; with nothing said, it holds.

    `replaced_by` are the rows of the same kind that hold in its place, `amended_by` rows of any model that are to be
    read beside it, `begins_on` is from when it holds, of what is not in force yet.
    """

    replaced_by: tuple[models.Model, ...] = ()
    amended_by: tuple[models.Model, ...] = ()
    begins_on: PartialDate | None = None


def _holds(subject, issued_at: datetime | None) -> Standing:
    return Standing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of issued document.

    `model` is what it is made of, whose manager has `visible_to(user)`; `paper(subject, user=…)` makes it, as `user`
    may read it. `visibility(subject)` says who may read the file, `body(subject)` the id of the body that
    Visibility.BODY speaks of. `shows(subject)` are the rows that the paper shows besides the subject, as QuerySets
    that have `visible_to`: when one of them is closed later, the file is closed with it. `occasion(subject)` says what
    it is issued for as it stands, "corrigendum-2": for one occasion it is issued once. `published()` are the rows that
    are to be on record, the oldest first, but for those that `has_paper(subject)` says have no text to be printed.
    `standing(subject, issued_at)` says how it holds today, of which the last document was issued at that moment, if any
    was; drafts count for nothing there.
    """

    name: str
    label: str | Promise
    model: type[models.Model]
    paper: Callable[..., Paper]
    visibility: Callable[..., str] = lambda subject: Visibility.PUBLIC
    body: Callable[..., int | None] = lambda subject: None
    shows: Callable[..., Iterable[models.QuerySet]] = _nothing
    occasion: Callable[..., str] = lambda subject: FIRST
    published: Callable[[], models.QuerySet] | None = None
    has_paper: Callable[..., bool] = lambda subject: True
    standing: Callable[..., Standing] = _holds

    def reader_of(self, subject) -> Reader | None:
        """Stands for everybody who may read the document made of `subject`; None is the public."""
        return reader_under(self.visibility(subject), body=self.body(subject))

    def rows_published(self) -> models.QuerySet:
        """The rows that are to be on record; none of a kind that is issued only when somebody asks for it."""
        return self.published() if self.published else self.model._default_manager.none()

    def rows_shown(self, subject) -> dict[str, list[int]]:
        """The keys of the rows that the paper of `subject` shows to its readers, by their models."""
        reader = self.reader_of(subject)
        shown: dict[str, set[int]] = {}
        for rows in self.shows(subject):
            shown.setdefault(rows.model._meta.label_lower, set()).update(
                rows.visible_to(reader).values_list("pk", flat=True)
            )
        return {label: sorted(keys) for label, keys in shown.items()}


_kinds: dict[str, Kind] = {}


def kind(name: str, label: str | Promise, **values) -> Kind:
    """Declare that documents of this kind are issued. `name` stands in the register for ever."""
    _kinds[name] = Kind(name=name, label=label, **values)
    return _kinds[name]


def kind_named(name: str) -> Kind | None:
    """The kind of this name; None for one that is no longer issued, whose documents stay on record."""
    return _kinds.get(name)


def label_of(name: str) -> str | Promise:
    """What documents of the kind of this name are called."""
    kind = kind_named(name)
    return kind.label if kind else _("Document")


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def kinds_of(model: type[models.Model]) -> list[Kind]:
    return [kind for kind in _kinds.values() if kind.model is model]


def are_open(rows: Mapping[str, list[int]], *, to) -> bool:
    """Whether `to` may read every one of these rows today; one query for each model."""
    return all(
        apps.get_model(label).objects.visible_to(to).filter(pk__in=keys).count() == len(keys)
        for label, keys in rows.items()
        if keys
    )
