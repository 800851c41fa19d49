"""Which articles a decision rests on (استناد), and which decisions an article is cited by."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.holding import Refused
from meetings.models import Decision
from meetings.resting_on import Ground, Grounds
from members.models import User

from .lineage import Lineage
from .models import Article, Citation, Edition


@transaction.atomic
def cite(decision: Decision, article: Article, *, by: User) -> Citation:
    """Say that `decision` rests on `article`; what is said already stays as it is.

    The decision's text is not touched, so one that is frozen can be given its article too. Raises Refused for an
    article that `by` may not read or whose edition is not published.
    """
    editions = Edition.objects.visible_to(by).published().filter(is_text_on_record=True)
    if not editions.filter(pk=article.edition_id).exists():
        raise Refused(_("Only an article of a published edition can be cited."))
    return Citation.objects.get_or_create(decision=decision, article=article)[0]


@transaction.atomic
def uncite(decision: Decision, pk: int) -> None:
    """Take back that a decision rests on an article; one that is gone already changes nothing."""
    Citation.objects.filter(decision=decision, pk=pk).delete()


def grounds_of(decision: Decision, *, user) -> Grounds:
    """The articles that a decision rests on, as far as `user` may read them, for the decision's own page."""
    cited = Citation.objects.visible_to(user).filter(decision=decision).in_order()
    rows = cited.select_related("article__edition__document")
    grounds = [Ground(str(row.article), row.article.heading, row.article.get_absolute_url()) for row in rows]
    return Grounds(grounds, reverse("publications:cite", args=[decision.pk]))


def cited_by(articles: Iterable[Article], lineage: Lineage, *, user) -> dict[int, list[Citation]]:
    """The citations of each of `articles`, in whichever edition it was cited, by the articles' ids; one query."""
    lines = {article.pk: [one.pk for one in lineage.line_of(article)] for article in articles}
    every = {pk for line in lines.values() for pk in line}
    rows = Citation.objects.visible_to(user).filter(article__in=every)
    rows = rows.select_related("decision__meeting__body", "article__edition").order_by(
        "-decision__meeting__sort_on", "-decision__number", "pk"
    )
    found = list(rows)
    return {pk: [row for row in found if row.article_id in line] for pk, line in lines.items()}
