"""Which article a rule of the portal follows from, in the edition in force on a day (see members/by_article.py).

The rows are entered in the admin and name an article of some edition. In the edition in force on that day
the rule follows the article wherever it stands; where that edition has it not, or none was in force yet, it names none.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from council_portal.persian.calendar import today
from members.by_article import Basis, Rule

from .editions import edition_in_force
from .lineage import Lineage
from .models import Article, ArticleRule, Document, Edition


def bases_of(rules: Iterable[Rule], *, body_kind: str, user, on: date | None) -> dict[str, Basis]:
    """The article of each rule that has one which `user` may read, as it stood on the day `on`, else today.

    Two queries, a few more after a new edition.
    """
    rows = ArticleRule.objects.filter(rule__in=rules, body_kind__in=["", body_kind])
    rows = rows.filter(article__edition__document__in=Document.objects.visible_to(user))
    # The row for this kind of body last, so that it counts before the one for all.
    found = {row.rule: row.article for row in rows.select_related("article__edition__document").order_by("body_kind")}
    current = articles_in_force(found.values(), user=user, on=on or today())
    return {rule: _basis(current[article.pk]) for rule, article in found.items() if current[article.pk]}


def articles_in_force(articles: Iterable[Article], *, user, on: date) -> dict[int, Article | None]:
    """Each article as the edition in force on the day `on` has it, by the ids of the articles that are given."""
    articles = list(articles)
    if not articles:
        return {}
    documents = {article.edition.document_id for article in articles}
    editions = Edition.objects.visible_to(user).published().filter(document__in=documents).defer("text")
    by_document: dict[int, list[Edition]] = {}
    for edition in editions:
        by_document.setdefault(edition.document_id, []).append(edition)
    current = {pk: edition_in_force(rows, on=on) for pk, rows in by_document.items()}
    if all(current.get(one.edition.document_id) == one.edition for one in articles):
        return {article.pk: article for article in articles}
    return _carried_on(articles, current)


def _carried_on(articles: list[Article], current: dict[int, Edition | None]) -> dict[int, Article | None]:
    """The same where another edition is in force than the one that a rule was entered with, or none."""
    texts = Edition.objects.published().filter(document__in=list(current), is_text_on_record=True)
    editions = list(texts.select_related("document").defer("text").with_articles())
    lineages = {pk: Lineage(edition for edition in editions if edition.document_id == pk) for pk in current}
    found = {}
    for article in articles:
        document_id = article.edition.document_id
        edition = current.get(document_id)
        found[article.pk] = lineages[document_id].in_edition(article, edition) if edition else None
    return found


def _basis(article: Article) -> Basis:
    document = article.edition.document
    name = document.get_kind_display() if document.is_charter_or_bylaws else document.title
    words = _("%(article)s of the %(document)s") % {"article": article.name, "document": name}
    return Basis(words, article.get_absolute_url())
