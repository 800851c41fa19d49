"""What changed between two editions, article by article."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from council_portal.differences import difference, difference_of_line
from council_portal.persian.wording import digits
from council_portal.rich_text import reading_form

from .lineage import paragraphs_of, partners
from .models import Article, Edition

WORDS = {
    "added": _("New"),
    "removed": _("Left out"),
    "changed": _("Changed"),
    "renumbered": _("Another number"),
    "same": _("As before"),
}
COUNTS = {
    "changed": ngettext_lazy(
        "%(number)s article says something else", "%(number)s articles say something else", "count"
    ),
    "added": ngettext_lazy("%(number)s article is new", "%(number)s articles are new", "count"),
    "removed": ngettext_lazy("%(number)s article is left out", "%(number)s articles are left out", "count"),
    "renumbered": ngettext_lazy(
        "%(number)s article has another number only", "%(number)s articles have another number only", "count"
    ),
}


@dataclass(frozen=True)
class ArticleChange:
    """One article in two editions; `old` or `new` is None where that edition has it not."""

    old: Article | None
    new: Article | None

    @property
    def kind(self) -> str:
        """A key of WORDS."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if self.old.heading != self.new.heading or paragraphs_of(self.old) != paragraphs_of(self.new):
            return "changed"
        return "renumbered" if self.is_renumbered else "same"

    @property
    def words(self) -> str:
        return WORDS[self.kind]

    @property
    def is_renumbered(self) -> bool:
        return bool(self.old and self.new) and self.old.number != self.new.number

    @property
    def article(self) -> Article:
        return self.new or self.old

    @property
    def heading(self) -> SafeString:
        return difference_of_line(*(article.heading if article else "" for article in (self.old, self.new)))

    @property
    def text(self) -> SafeString:
        return difference(*(paragraphs_of(article) if article else [] for article in (self.old, self.new)))


@dataclass(frozen=True)
class Comparison:
    """Two editions side by side: their opening texts, and every article of either in its place."""

    old: Edition
    new: Edition
    articles: list[ArticleChange]

    @property
    def opening(self) -> SafeString:
        """The difference of the texts that stand before the articles; empty where there is none."""
        before, after = reading_form(self.old.text), reading_form(self.new.text)
        return difference(before, after) if before != after else SafeString()

    @property
    def changed(self) -> list[ArticleChange]:
        return [change for change in self.articles if change.kind != "same"]

    @property
    def same(self) -> list[Article]:
        return [change.new for change in self.articles if change.kind == "same"]

    @property
    def counts(self) -> list[tuple[str, str]]:
        """How many articles changed, and how: a key of COUNTS and the words."""
        kinds = [change.kind for change in self.articles]
        numbers = {kind: kinds.count(kind) for kind in COUNTS}
        found = {kind: number for kind, number in numbers.items() if number}
        return [(kind, COUNTS[kind] % {"count": n, "number": digits(n)}) for kind, n in found.items()]


def can_be_compared(edition: Edition) -> bool:
    """Whether its words are on record here, and not in a file alone; of an edition loaded `with_articles`."""
    return edition.is_text_on_record and bool(edition.text or edition.articles.all())


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions loaded `with_articles`. Articles stand as in `new`, each that is left out after the one
    that it followed."""
    return Comparison(old, new, changes_between([*old.articles.all()], [*new.articles.all()]))


def changes_between(old: list[Article], new: list[Article]) -> list[ArticleChange]:
    before = {after.pk: earlier for earlier, after in partners(old, new)}
    changes = [ArticleChange(before.get(article.pk), article) for article in new]
    kept = {article.pk for article in before.values()}
    for article in old:
        if article.pk not in kept:
            changes.insert(_place_of(article, changes), ArticleChange(article, None))
    return changes


def _place_of(article: Article, changes: Iterable[ArticleChange]) -> int:
    """Behind the last of those that stood before it in its own edition."""
    places = [n for n, change in enumerate(changes, start=1) if change.old and change.old.number < article.number]
    return max(places, default=0)
