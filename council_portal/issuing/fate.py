"""What has become of an issued document: whether it still holds, and what stands in its place today.

Two things say so. The register: a document that was issued again of the same row, or the withdrawal of one. And the row
itself, by the `standing` of its kind: a later edition that is in force, a decision that replaces another. Both are
followed to their end, so that nothing is said to hold that was itself superseded or withdrawn.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from council_portal.persian.partial_date import PartialDate

from .kinds import Standing, kind_named, kinds_of
from .models import Entry
from .reading import may_read


class Verdict(StrEnum):
    """What checking a document can say."""

    VALID = "valid"
    AMENDED = "amended"
    COMING = "coming"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ALTERED = "altered"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A row that stands in the place of a document's, or that amends it, as one reader is told of it.

    `document` is what was issued of it last, if anything was, and `verdict` how that stands. `name` and `url` lead to
    the row; they are empty where this reader may not read it: then the document's number is all that is told. `reason`
    says why `document` was issued again, where it is of the same row.
    """

    name: str
    url: str
    document: Entry | None
    verdict: Verdict | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """How a document stands. `successors` is what has taken its place in the end, `amended_by` what is to be read
    beside it, `begins_on` from when it holds, where that day is still to come."""

    verdict: Verdict
    successors: tuple[Other, ...] = ()
    amended_by: tuple[Other, ...] = ()
    begins_on: PartialDate | None = None


class _Place:
    """A row of which documents are issued: with the last of them, and with how the row stands today."""

    def __init__(self, row: models.Model | None, kind_name: str, key: int):
        kind = kind_named(kind_name)
        documents = Entry.objects.issued().filter(kind=kind_name, subject_id=key)
        self.row, self.latest = row, documents.newest_first().with_fate().first()
        issued_at = self.latest.entered_at if self.latest else None
        self.standing = kind.standing(row, issued_at) if kind and row else Standing()

    @classmethod
    def of_document(cls, document: Entry) -> "_Place":
        kind = kind_named(document.kind)
        row = kind.model._base_manager.filter(pk=document.subject_id).first() if kind else None
        return cls(row, document.kind, document.subject_id)

    @classmethod
    def of_row(cls, row: models.Model) -> "_Place":
        """The same of a row; one of which no documents are issued has none."""
        kinds = kinds_of(type(row))
        return cls(row, kinds[0].name if kinds else "", row.pk)

    def verdict_on(self, document: Entry) -> Verdict:
        """How one of its documents stands."""
        if document.withdrawal:
            return Verdict.WITHDRAWN
        if self.standing.replaced_by or document != self.latest:
            return Verdict.SUPERSEDED
        if self.standing.begins_on:
            return Verdict.COMING
        return Verdict.AMENDED if self.standing.amended_by else Verdict.VALID

    def ends(self) -> list["_Place"]:
        """What is in its place in the end: of all that replaces it, however often over, what nothing replaces."""
        ends, seen, ahead = [], {self.row}, [self]
        while ahead:
            place = ahead.pop(0)
            if place is not self and not place.standing.replaced_by:
                ends.append(place)
            for row in place.standing.replaced_by:
                if row not in seen:
                    seen.add(row)
                    ahead.append(_Place.of_row(row))
        return ends

    def told_to(self, user, *, with_reason: bool = False) -> Other:
        """What a reader is told of it: its name and where it is read only if they may read it."""
        document = self.latest
        is_open = self.row is not None and type(self.row).objects.visible_to(user).filter(pk=self.row.pk).exists()
        is_file_open = document is not None and may_read(document, user)
        return Other(
            name=document.title if is_file_open else str(self.row) if is_open else "",
            url=self.row.get_absolute_url() if is_open else "",
            document=document,
            verdict=self.verdict_on(document) if document else None,
            reason=document.reason if with_reason and is_file_open else "",
        )


def fate_of(document: Entry, *, user) -> Fate:
    """What has become of a document, loaded `with_fate`, as `user` may learn it.

    Of one whose file is closed to them: how it stands, and the last document of the same row. What other row has taken
    its place, or amends it, and from when it holds would tell of what is closed.
    """
    place = _Place.of_document(document)
    verdict, is_open = place.verdict_on(document), may_read(document, user)
    if is_open and place.standing.replaced_by:
        successors = tuple(end.told_to(user) for end in place.ends())
    else:
        successors = (place.told_to(user, with_reason=True),) if document != place.latest else ()
    if not is_open:
        return Fate(verdict, successors)
    amended_by = tuple(_Place.of_row(row).told_to(user) for row in place.standing.amended_by)
    return Fate(verdict, successors, amended_by, place.standing.begins_on)
