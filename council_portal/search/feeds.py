"""The feed of a search: what its reader finds, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from council_portal.notices.feeds import ENTRIES, AtomFeed, lasting_id
from council_portal.persian.calendar import start_of_day, today
from council_portal.persian.wording import digits
from council_portal.records import last_change_of

from . import finding
from .asking import BY_DATE, Question, name_of, read
from .highlighting import passage
from .models import Kind, Paragraph
from .page import PASSAGE, address_of, chosen_of
from .sources import source_named


@dataclass(frozen=True, slots=True)
class Search:
    """What a feed asks, for whom (None: a visitor), and its own path."""

    question: Question
    reader: object
    path: str


class SearchFeed(AtomFeed):
    """Things with a date that a visitor finds by the question of the address."""

    name = "search"

    def get_object(self, request, **address) -> Search:
        question = Question.of(request.GET).but(order=BY_DATE)
        return Search(question, self.reader(address), f"{request.path}?{question.encoded}")

    def reader(self, address: dict[str, str]):
        """Who is to find it, by what else the address says: a visitor. Raises Http404 where that is nobody."""

    def title(self, search: Search) -> str:
        asked = [
            digits(search.question.q),
            *(words for words, _address in chosen_of(search.question, user=search.reader)),
        ]
        return _("Search: %(words)s") % {"words": _(", ").join(filter(None, asked))}

    def link(self, search: Search) -> str:
        return address_of(search.question)

    def feed_url(self, search: Search) -> str:
        return search.path

    def feed_guid(self, search: Search) -> str:
        """By the keys of what the question names by a slug: slugs change."""
        slugs = {name: getattr(search.question, name) for name in (Kind.BODY, Kind.ORGANIZATION)}
        named = {name: slug and name_of(name, slug, user=search.reader) for name, slug in slugs.items()}
        keys = {name: str(row.object_id) for name, row in named.items() if row}
        return f"{super().feed_guid(None)}?{search.question.but(**keys).encoded}"

    def rows(self, search: Search) -> list[Paragraph]:
        query = read(search.question, user=search.reader)
        found = finding.find(search.question, query, user=search.reader, per_page=ENTRIES)
        dated = [document for document in found.documents if document.name.day]
        plans = _changes_of([document.name for document in dated if document.name.day > today()])
        for document in dated:
            row, name = document.passages[0], document.name
            row.query, row.told_at = query, plans.get((name.source, name.object_id)) or start_of_day(name.day)
        return [document.passages[0] for document in dated]

    def told_at(self, row: Paragraph) -> datetime:
        return row.told_at

    def item_title(self, row: Paragraph) -> str:
        return row.document_title

    def item_link(self, row: Paragraph) -> str:
        return row.address

    def item_guid(self, row: Paragraph) -> str:
        return lasting_id(f"{self.name}/{row.document}")

    def item_description(self, row: Paragraph) -> str:
        return passage(row.text or row.heading, row.query, PASSAGE)


def _changes_of(rows: list[Paragraph]) -> dict[tuple[str, int], datetime]:
    """When the records of these rows were last changed: what is still to come was told then, not on its day."""
    found: dict[tuple[str, int], datetime] = {}
    for name in {row.source for row in rows}:
        records = source_named(name).model._base_manager.filter(
            pk__in=[row.object_id for row in rows if row.source == name]
        )
        changes = records.order_by().values_list("pk", last_change_of(records.model))
        found |= {(name, key): changed_at for key, changed_at in changes}
    return found
