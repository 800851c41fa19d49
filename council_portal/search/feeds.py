"""The feed of a search: what a visitor finds, the newest first."""

from datetime import datetime

from django.utils.translation import gettext as _

from council_portal.notices.feeds import ENTRIES, AtomFeed, lasting_id
from council_portal.persian.calendar import start_of_day

from . import finding
from .asking import BY_DATE, Question, read
from .highlighting import passage
from .models import Paragraph
from .page import PASSAGE, address_of


class SearchFeed(AtomFeed):
    """Things with a date that a visitor finds by the question of the address."""

    name = "search"

    def get_object(self, request) -> Question:
        return Question.of(request.GET).but(order=BY_DATE)

    def title(self, question: Question) -> str:
        return _("Search: %(words)s") % {"words": question.q}

    def link(self, question: Question) -> str:
        return address_of(question)

    def feed_url(self, question: Question) -> str:
        return f"{self.link(question).replace('?', 'feed/?')}"

    def feed_guid(self, question: Question) -> str:
        return f"{super().feed_guid(None)}?{question.encoded}"

    def rows(self, question: Question) -> list[Paragraph]:
        query = read(question, user=None)
        found = finding.find(question, query, user=None, per_page=ENTRIES)
        rows = [document.passages[0] for document in found.documents if document.passages[0].day]
        for row in rows:
            row.query = query
        return rows

    def told_at(self, row: Paragraph) -> datetime:
        return start_of_day(row.day)

    def item_title(self, row: Paragraph) -> str:
        return row.document_title

    def item_link(self, row: Paragraph) -> str:
        return row.address

    def item_guid(self, row: Paragraph) -> str:
        return lasting_id(f"{self.name}/{row.document}")

    def item_description(self, row: Paragraph) -> str:
        return passage(row.text or row.heading, row.query, PASSAGE)
