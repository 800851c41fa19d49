"""Which edition of a document counts on a day, and how the others stand to it."""

from collections.abc import Iterable, Set
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.issuing.models import Entry
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.wording import digits, long_date
from meetings.models import Meeting

from .models import Document, Edition

KIND = "edition"  # as the register of issued documents names it
STANDINGS = {
    "draft": gettext_lazy("Draft"),
    "coming": gettext_lazy("Not yet in force"),
    "in_force": gettext_lazy("In force"),
    "replaced": gettext_lazy("Replaced"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


def begins_on_of(edition: Edition) -> PartialDate | None:
    """From when an edition is in force: as it says, else from when it was adopted; None where neither is on record."""
    return edition.in_force_from or edition.adopted_on


def edition_in_force(editions: Iterable[Edition], *, on: date) -> Edition | None:
    """Of the editions of one document: the published one with the highest number that has begun by the day `on`."""
    return max(_begun(editions, on=on), key=attrgetter("number"), default=None)


def _begun(editions: Iterable[Edition], *, on: date) -> list[Edition]:
    """The published ones that may have come into force by the Gregorian day `on`."""
    return [edition for edition in editions if edition.published_at and _first_day_of(edition) <= on]


def _first_day_of(edition: Edition) -> date:
    """The first day on which a published edition may have been in force.

    With no date on record it is that of its publication, as it was meant to hold from then on; but the first edition of
    all counts for whatever was before.
    """
    if begins_on := begins_on_of(edition):
        return begins_on.first
    return date.min if edition.number == 1 else localdate(edition.published_at)


def edition_to_show(editions: Iterable[Edition], *, on: date) -> Edition | None:
    """The edition in force; before there is one, the first that will be; before that, the latest draft."""
    editions = sorted(editions, key=lambda edition: edition.number)
    published = [edition for edition in editions if edition.published_at]
    return edition_in_force(published, on=on) or (published[:1] or editions[-1:] or [None])[0]


def shown_as_documents(*, on: date) -> list[int]:
    """The keys of the published editions that a visitor reads at their documents' own addresses on the day `on`."""
    editions = Edition.objects.published().only("document_id", "number", "published_at", "adopted_on", "in_force_from")
    by_document = groupby(editions.order_by("document_id"), key=attrgetter("document_id"))
    return [edition_to_show(of_one, on=on).pk for _document, of_one in by_document]


def mark_standings(editions: Iterable[Edition], *, on: date, withdrawn: Set[int] = frozenset()) -> None:
    """Give each edition of one document its `standing`, a key of STANDINGS, `standing_words`, and what is to be said of
    its `replacement`, if it has one. `withdrawn` are the keys of those whose issued document was withdrawn."""
    editions = [*editions]
    current = edition_in_force(editions, on=on)
    for edition in editions:
        standing = standing_beside(current, edition)
        edition.standing = "withdrawn" if edition.pk in withdrawn else standing
        edition.standing_words = STANDINGS[edition.standing]
        edition.replacement = _replacement(edition, editions, on=on) if standing == "replaced" else ""


def standing_beside(current: Edition | None, edition: Edition) -> str:
    """How an edition stands beside the one in force, if any, as a key of STANDINGS; of its issued document the register
    tells."""
    if not edition.published_at:
        return "draft"
    if edition == current:
        return "in_force"
    # Also one that was to begin later than the edition after it: it never will be in force.
    return "replaced" if current and edition.number < current.number else "coming"


def _replacement(edition: Edition, editions: list[Edition], *, on: date) -> str:
    """Which edition came next, and from when on; that it may be replaced itself is said on its own page."""
    later = [other for other in _begun(editions, on=on) if other.number > edition.number]
    following = min(later, key=lambda other: (_first_day_of(other), other.number))
    since = begins_on_of(following) or following.published_at
    said = {"number": digits(following.number), "date": long_date(since)}
    return _("Edition %(number)s has taken the place of this one since %(date)s.") % said


def mark_own_standing(edition: Edition, *, on: date) -> None:
    """Give one edition its standing among all of its document, as `mark_standings` does."""
    others = edition.document.editions.exclude(pk=edition.pk).defer("text")
    mark_standings([edition, *others], on=on)


def with_editions(documents, *, user):
    """Documents with the editions that `user` may see in `seen_editions`, the newest first, and their meetings."""
    meetings = Prefetch("adopted_in", Meeting.objects.visible_to(user).select_related("body"))
    editions = Edition.objects.visible_to(user).select_related("file", "cover", "cover_thumbnail").defer("text")
    editions = editions.prefetch_related(meetings).order_by("-number")
    report_of = Prefetch("meeting", Meeting.objects.visible_to(user).select_related("body"))
    return documents.prefetch_related(
        Prefetch("editions", editions, to_attr="seen_editions"),
        report_of,
    )


def mark_current(documents: Iterable[Document], *, on: date) -> None:
    """Give each document, loaded by `with_editions`, its `current` edition and the standings of all."""
    documents = [*documents]
    withdrawn = _withdrawn([edition.pk for document in documents for edition in document.seen_editions])
    for document in documents:
        mark_standings(document.seen_editions, on=on, withdrawn=withdrawn)
        document.current = edition_to_show(document.seen_editions, on=on)


def _withdrawn(editions: list[int]) -> set[int]:
    """Of these editions, the keys of those whose document is withdrawn, and was not issued anew since."""
    latest = Entry.objects.issued().filter(kind=KIND, subject_id__in=editions, superseded_by=None)
    return set(latest.filter(withdrawn_by_entry__isnull=False).values_list("subject_id", flat=True))
