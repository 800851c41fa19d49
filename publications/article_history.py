"""How an article read in each edition, and when it changed."""

from dataclasses import dataclass

from .comparing import ArticleChange
from .lineage import Lineage
from .models import Article, Edition


@dataclass(frozen=True)
class Version:
    """The article in one edition: against the edition before, if that had it."""

    edition: Edition
    change: ArticleChange
    is_first: bool = False

    @property
    def article(self) -> Article | None:
        return self.change.new


def versions_of(article: Article, lineage: Lineage) -> list[Version]:
    """Every edition from the one that brought the article to the one that left it out, if any; the newest first."""
    line = lineage.line_of(article)
    by_edition = {one.edition_id: one for one in line}
    versions, before = [], None
    for edition in lineage.editions:
        now = by_edition.get(edition.pk)
        if before is None and now is None:
            continue
        versions.append(Version(edition, ArticleChange(before, now), is_first=edition == lineage.editions[0]))
        if now is None:
            break
        before = now
    return versions[::-1]
