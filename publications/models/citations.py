import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from council_portal.records import Record
from meetings.models import Decision
from members.by_article import Rule
from members.models import Body

from .documents import Article, Edition

OF_PUBLISHED = {"edition__published_at__isnull": False, "edition__is_text_on_record": True}
# A draft's articles come and go; what is cited stays.
ONLY_PUBLISHED = pgtrigger.Trigger(
    name="only_published",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("article_id"),
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (
            SELECT FROM publications_article AS article
            JOIN publications_edition AS edition ON edition.id = article.edition_id
            WHERE article.id = NEW.article_id AND edition.published_at IS NOT NULL AND edition.is_text_on_record
        ) THEN
            RAISE EXCEPTION 'only an article of a published edition is cited' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class CitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of which this user may read both the decision and the article."""
        return self.filter(
            decision__in=Decision.objects.visible_to(user), article__edition__in=Edition.objects.visible_to(user)
        )

    def in_order(self):
        """By the documents, their newest editions first, in the order of the articles."""
        return self.order_by("article__edition__document", "-article__edition__number", "article__number", "pk")


@pghistory.track()
class Citation(Record):
    """That a decision rests on an article, of the edition that it was taken under (استناد)."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="citations", verbose_name=_("decision"))
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        related_name="citations",
        limit_choices_to=OF_PUBLISHED,
        verbose_name=_("article"),
    )

    objects = CitationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("citation of an article")
        verbose_name_plural = _("citations of articles")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "article"],
                name="citation_once",
                violation_error_message=_("This decision cites this article already."),
            ),
        ]
        triggers = [*Record.Meta.triggers, ONLY_PUBLISHED]

    def __str__(self):
        return f"{self.decision} ← {self.article}"


@pghistory.track()
class ArticleRule(Record):
    """That a rule by which the portal works follows from an article (publications/rules_by_article.py)."""

    rule = models.CharField(_("rule"), max_length=12, choices=Rule)
    body_kind = models.CharField(
        _("kind of body"), max_length=10, choices=Body.Kind, blank=True, help_text=_("Empty: for every body.")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="rules", limit_choices_to=OF_PUBLISHED, verbose_name=_("article")
    )

    class Meta(Record.Meta):
        verbose_name = _("rule that follows from an article")
        verbose_name_plural = _("rules that follow from articles")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "body_kind"],
                name="articlerule_once",
                violation_error_message=_("It is on record already from which article this rule follows."),
            ),
        ]
        triggers = [*Record.Meta.triggers, ONLY_PUBLISHED]

    def __str__(self):
        return f"{self.get_rule_display()} ← {self.article}"
