"""The feed of a search: what its reader finds, what was published or changed last first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max
from django.utils.translation import gettext as _

from council_portal.notices.feeds import ENTRIES, AtomFeed, lasting_id
from council_portal.persian.wording import digits

from .asking import BY_DATE, Question, name_of, read
from .finding import WEIGHTS, Document, documents_of, narrowed, rank_for, rows_for
from .highlighting import passage
from .models import Kind, Paragraph
from .naming import named_by
from .page import PASSAGE, address_of, chosen_of
from .query import Query

MOST = 5_000  # matches, the last changed, among which things are looked for


@dataclass(frozen=True, slots=True)
class Search:
    """What a feed asks, for whom (None: a visitor), and its own path."""

    question: Question
    reader: object
    path: str


class SearchFeed(AtomFeed):
    """What a visitor finds by the question of the address, as it is published and changed."""

    name = "search"

    def get_object(self, request, **address) -> Search:
        question = Question.of(request.GET).but(order=BY_DATE)
        return Search(question, self.reader(address), f"{request.path}?{Question.of(request.GET).encoded}")

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
        documents, changes = _changed_last(search.question, query, user=search.reader)
        for row in (document.passages[0] for document in documents):
            row.query, row.told_at = query, changes[row.document]
        return [document.passages[0] for document in documents]

    def told_at(self, row: Paragraph) -> datetime:
        return row.told_at

    def item_pubdate(self, row: Paragraph) -> None:
        """When it was published is not told: a reader would sort by that what has changed since."""

    def item_title(self, row: Paragraph) -> str:
        return row.document_title

    def item_link(self, row: Paragraph) -> str:
        return row.address

    def item_guid(self, row: Paragraph) -> str:
        return lasting_id(f"{self.name}/{row.document}")

    def item_description(self, row: Paragraph) -> str:
        return passage(row.text or row.heading, row.query, PASSAGE)


def _changed_last(question: Question, query: Query, *, user) -> tuple[list[Document], dict[str, datetime]]:
    """What answers a question, or is named by it, and has changed last, by its best passage; and when each has changed.

    A thing changes with each part of it that `user` may read, such as a report on a decision. What was entered at one
    moment comes the newest first.
    """
    paragraphs = Paragraph.objects.visible_to(user)
    named = named_by(question, query, user=user)
    rows = rows_for(question, query, user=user) | paragraphs.filter(pk__in=named.rows)
    matches = narrowed(rows, question, user=user).filter(changed_at__isnull=False)
    found = matches.order_by("-changed_at", F("day").desc(nulls_last=True)).values_list("document", flat=True)[:MOST]
    names = paragraphs.titles().filter(document__in=set(found)).values("document")
    dated = names.annotate(changed=Max("changed_at"), newest=Max("day"))
    dated = dated.order_by(F("changed").desc(), F("newest").desc(nulls_last=True), "document")
    changes = dict(dated.values_list("document", "changed")[:ENTRIES])
    passages: dict[str, list[int]] = {document: [] for document in changes}
    best = matches.filter(document__in=changes).order_by(rank_for(query, WEIGHTS).desc(), "ordinal", "pk")
    for document, key in best.values_list("document", "pk"):
        passages[document].append(key)
    return documents_of([keys[:1] for keys in passages.values()], user=user), changes
