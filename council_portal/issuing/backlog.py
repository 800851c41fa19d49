"""What was published and is not on record: from before there was a register, or because a job was lost."""

from dataclasses import dataclass

from django.db import models

from . import register
from .kinds import Kind, all_kinds
from .models import Entry, Order


@dataclass(frozen=True, slots=True)
class Due:
    """A document that is to be issued of the row `pk`."""

    kind: Kind
    pk: int

    @property
    def subject(self) -> models.Model:
        return self.kind.model.objects.get(pk=self.pk)

    def issue(self) -> Entry:
        """Put it on record, on nobody's account."""
        return register.issue(self.subject, self.kind, by=None)

    def issue_later(self) -> None:
        register.issue_later(self.subject, self.kind, by=None)


def documents_due(*names: str) -> list[Due]:
    """What is published and was not issued as it stands, of each kind the oldest first; `names` are of kinds, and
    none means all.

    What was withdrawn has been issued. Each is found by its key, so that a long list takes little room.
    """
    kinds = [kind for kind in all_kinds() if not names or kind.name in names]
    return [Due(kind, pk) for kind in kinds for pk in _due(kind)]


def _due(kind: Kind) -> list[int]:
    done = set(Entry.objects.issued().filter(kind=kind.name).values_list("subject_id", "occasion"))
    rows = filter(kind.has_paper, kind.rows_published())
    return [subject.pk for subject in rows if (subject.pk, kind.occasion(subject)) not in done]


@dataclass(frozen=True, slots=True)
class Unissued:
    """A document that is published and not on record; `order` is what was asked for and waits, if it was."""

    kind: Kind
    pk: int
    order: Order | None


def unissued(subject: models.Model, kind: Kind, *, user) -> Unissued | None:
    """What the page of a row tells of its document that is not on record, to whoever may issue it; None for others, and
    where there is nothing to issue."""
    if not user.has_perm("issuing.change_entry"):
        return None
    published = kind.rows_published().filter(pk=subject.pk).first()
    if published is None or not kind.has_paper(published):
        return None
    occasion = kind.occasion(published)
    if Entry.objects.of(published, kind.name).filter(occasion=occasion).exists():
        return None
    orders = Order.objects.filter(kind=kind.name, subject_id=subject.pk, occasion=occasion)
    return Unissued(kind, subject.pk, orders.first())
