"""Which article of one edition continues which of the edition before, whatever its number is by now.

Nobody records that: an article is known again by its heading, else by its words. So editions that were typed from old
papers are compared as well as those that began as a copy of the one before.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from council_portal.rich_text import reading_form

from .models import Article, Document, Edition

ALIKE = 0.5  # of the words of both articles, this share must be common
SAME_NUMBER = 0.15  # the same number is worth so much of them
SAME_HEADING = 1.0


def paragraphs_of(article: Article) -> list[str]:
    """What an article says with its notes, of one that is loaded with them: a note begins with its name."""
    notes = [paragraph for note in article.notes.all() for paragraph in _of_note(note)]
    return [*reading_form(article.text), *notes]


def _of_note(note) -> list[str]:
    first, *others = reading_form(note.text) or [""]
    return [f"{note}: {first}", *others]


def words_of(article: Article) -> Counter:
    return Counter(" ".join([article.heading, *paragraphs_of(article)]).split())


def partners(old: Iterable[Article], new: Iterable[Article]) -> list[tuple[Article, Article]]:
    """The pairs of articles of which the one continues the other, the most alike first; each stands in one at most."""
    old, new = [(article, words_of(article)) for article in old], [(article, words_of(article)) for article in new]
    pairs = [(_likeness(*before, *after), before[0], after[0]) for before in old for after in new]
    alike = [pair for pair in pairs if pair[0] >= ALIKE]
    alike.sort(key=lambda pair: (-pair[0], abs(pair[1].number - pair[2].number), pair[2].number))
    taken, found = set(), []
    for _likeness_of_both, before, after in alike:
        if not {before.pk, after.pk} & taken:
            taken |= {before.pk, after.pk}
            found.append((before, after))
    return found


def _likeness(one: Article, words: Counter, other: Article, other_words: Counter) -> float:
    common = 2 * (words & other_words).total() / max(1, words.total() + other_words.total())
    if one.heading and one.heading.split() == other.heading.split():
        common += SAME_HEADING
    return common + SAME_NUMBER * (one.number == other.number)


class Lineage:
    """How the articles of one document's editions continue each other.

    `editions` are those whose text is on record and may be read, loaded `with_articles`; one without articles says
    nothing of them and is passed over.
    """

    def __init__(self, editions: Iterable[Edition]):
        ordered = sorted(editions, key=lambda edition: edition.number)
        self.editions = [edition for edition in ordered if edition.articles.all()]

    @cached_property
    def _pairs(self) -> list[tuple[Article, Article]]:
        articles = [edition.articles.all() for edition in self.editions]
        return [pair for one, other in pairwise(articles) for pair in partners(one, other)]

    @cached_property
    def _before(self) -> dict[int, Article]:
        return {after.pk: before for before, after in self._pairs}

    @cached_property
    def _after(self) -> dict[int, Article]:
        return {before.pk: after for before, after in self._pairs}

    def line_of(self, article: Article) -> list[Article]:
        """The article in every edition that has it, oldest first."""
        line = [article]
        while line[0].pk in self._before:
            line.insert(0, self._before[line[0].pk])
        while line[-1].pk in self._after:
            line.append(self._after[line[-1].pk])
        return line

    def in_edition(self, article: Article, edition: Edition) -> Article | None:
        """The article as `edition` has it; None where it has it no more, or not yet."""
        return next((one for one in self.line_of(article) if one.edition_id == edition.pk), None)


def lineage_of_seen(document: Document) -> Lineage:
    """The lineage of the editions that a document was loaded with (editions.with_editions); three queries."""
    seen = [edition.pk for edition in document.seen_editions if edition.is_text_on_record]
    return Lineage(Edition.objects.filter(pk__in=seen).select_related("document").defer("text").with_articles())
