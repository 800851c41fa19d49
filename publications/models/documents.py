import pghistory
import pgtrigger
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.visibility import Visibility, editable_q, visibility_field, visibility_q
from council_portal.files.models import StoredFile
from council_portal.moved import LEAVE_REDIRECTS, AddressField
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.persian.wording import digits
from council_portal.records import NOTE_FOR_SEARCH, Record, acting_user, note_for_search
from council_portal.rich_text import RichTextField
from meetings.models import Meeting
from meetings.models.frozen import frozen_when, kept_when

from .covers import FORGET_THUMBNAIL, Covered

PUBLISHED = pgtrigger.Q(old__published_at__isnull=False)
FROZEN = PUBLISHED & pgtrigger.Q(old__is_text_on_record=True)


def frozen_with_edition(edition_of_row: str) -> pgtrigger.Trigger:
    """Refuse to add, change or delete parts of a published edition whose text is on record.

    `edition_of_row` is SQL for the edition's id, written over a row called ROW.
    """
    return pgtrigger.Trigger(
        name="frozen_with_edition",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF EXISTS (
                SELECT FROM publications_edition
                WHERE published_at IS NOT NULL AND is_text_on_record
                AND (TG_OP <> 'INSERT' AND id = {edition_of_row.replace("ROW", "OLD")}
                     OR TG_OP <> 'DELETE' AND id = {edition_of_row.replace("ROW", "NEW")})
            ) THEN
                RAISE EXCEPTION 'a published edition is frozen; add a new one' USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents with a published edition, by their visibility; the secretariat also sees those without."""
        published = models.Exists(Edition.objects.filter(document=models.OuterRef("pk"), published_at__isnull=False))
        return self.filter(visibility_q(user), Q(published) | editable_q(user))

    def reports(self):
        return self.filter(kind=Document.Kind.REPORT)

    def founding(self):
        """Charter, bylaws and directives: what the council works by."""
        return self.exclude(kind=Document.Kind.REPORT)

    def charter_and_bylaws(self):
        return self.filter(kind__in=[Document.Kind.CHARTER, Document.Kind.BYLAWS]).order_by("-kind")

    def newest_first(self):
        """Reports by their meeting's day, then by its number; those of no meeting last, the latest entered first."""
        day, number = models.F("meeting__sort_on"), models.F("meeting__number")
        return self.order_by(day.desc(nulls_last=True), number.desc(nulls_last=True), "-pk")

    def alphabetical(self):
        return self.order_by(PersianKey("title"), "pk")


@pghistory.track()
class Document(Record):
    """Something the council issues in editions: its charter (منشور), its bylaws (اساسنامه), a directive, a report."""

    class Kind(models.TextChoices):
        CHARTER = "charter", _("Charter")
        BYLAWS = "bylaws", _("Bylaws")
        DIRECTIVE = "directive", _("Directive")
        REPORT = "report", _("Report")

    slug = AddressField(
        _("address"), at=["/publications/SLUG/", "/publications/SLUG/SLUG.pdf"], max_length=80, unique=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = persian.CharField(_("title"), max_length=250)
    summary = persian.TextField(_("summary"), blank=True)
    body = models.ForeignKey(
        "members.Body", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("of body")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("report of meeting")
    )
    visibility = visibility_field(Visibility.PUBLIC)

    objects = DocumentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["charter", "bylaws"]),
                name="document_one_charter_one_bylaws",
                violation_error_message=_("There is one charter and one bylaws: add an edition."),
            ),
        ]
        triggers = [*Record.Meta.triggers, NOTE_FOR_SEARCH, LEAVE_REDIRECTS]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("publications:document", args=[self.slug])

    @property
    def is_charter_or_bylaws(self) -> bool:
        """Whether it is one of the two that the council has but once, so that its kind is its name."""
        return self.kind in (Document.Kind.CHARTER, Document.Kind.BYLAWS)


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visibility_q(user, of="document") & (Q(published_at__isnull=False) | editable_q(user)))

    def published(self):
        return self.filter(published_at__isnull=False)

    def newest_first(self):
        return self.order_by("document", "-number")

    def with_articles(self):
        return self.prefetch_related(Prefetch("articles", Article.objects.order_by("number").prefetch_related("notes")))


@matter
@pghistory.track()
class Edition(Covered, Record):
    """A version of a document (ویرایش): adopted at which meeting, in force from when. Frozen when published.

    Of some old editions it is known that they were adopted, but not what they said: they are published without
    `is_text_on_record`. Their text can be entered once it is found, is read by nobody until it is declared complete
    (`publishing.put_on_record`), and is frozen from then on.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions", verbose_name=_("document"))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    adopted_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="adopted_editions", verbose_name=_("adopted in")
    )
    adopted_on = persian.PartialDateField(_("adopted on"), null=True, blank=True)
    in_force_from = persian.PartialDateField(_("in force from"), null=True, blank=True)
    articles_stated = models.PositiveSmallIntegerField(
        _("number of articles on record"), null=True, blank=True, help_text=_("Where the text is not on record.")
    )
    is_text_on_record = models.BooleanField(_("text on record"), default=True, editable=False)
    text = RichTextField(_("text"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="editions", verbose_name=_("file")
    )
    published_at = persian.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = acting_user(_("published by"))

    objects = EditionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="edition_number_once",
                violation_error_message=_("This document already has an edition with this number."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="edition_number_from_one",
                violation_error_message=_("Numbers begin with one."),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            note_for_search(of="document"),
            frozen_when(PUBLISHED, "document", "number", "published_at"),
            frozen_when(FROZEN, "text", "file", "is_text_on_record", name="frozen_text"),
            kept_when(PUBLISHED),
            FORGET_THUMBNAIL,
        ]

    def __str__(self):
        return str(_("%(document)s, edition %(number)s") % {"document": self.document, "number": digits(self.number)})

    def get_absolute_url(self):
        return reverse("publications:edition", args=[self.document.slug, self.number])

    @property
    def is_frozen(self) -> bool:
        return self.published_at is not None and self.is_text_on_record

    @property
    def file_url(self) -> str:
        """Where the file is read, of an edition loaded with it; empty if there is none."""
        if not (self.file_id and self.is_text_on_record):
            return ""
        return reverse("publications:edition_file", args=[self.document.slug, self.number, self.file.name])

    @property
    def cover_url(self) -> str:
        if not self.cover_id:
            return ""
        return reverse("publications:edition_cover", args=[self.document.slug, self.number])

    @property
    def cover_thumbnail_url(self) -> str:
        """The cover made small, for lists; the cover itself while the queue has not made it."""
        if not self.cover_thumbnail_id:
            return self.cover_url
        return reverse("publications:edition_cover_thumbnail", args=[self.document.slug, self.number])


@pghistory.track()
class Article(Record):
    """An article (ماده) of an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="articles", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    heading = persian.CharField(_("heading"), max_length=250, blank=True)
    text = RichTextField(_("text"))

    class Meta(Record.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="article_number_once",
                deferrable=models.Deferrable.DEFERRED,  # so that a new article can move those after it by one
                violation_error_message=_("This edition already has an article with this number."),
            ),
        ]
        triggers = [*Record.Meta.triggers, note_for_search(of="edition"), frozen_with_edition("ROW.edition_id")]

    def __str__(self):
        """As it is cited outside its document."""
        return str(_("%(article)s of %(edition)s") % {"article": self.name, "edition": self.edition})

    @property
    def name(self) -> str:
        return str(_("Article %(number)s") % {"number": digits(self.number)})

    @property
    def history_url(self) -> str:
        """How it read in each edition, and who cites it; of an article loaded with its edition and document."""
        edition = self.edition
        return reverse("publications:article", args=[edition.document.slug, edition.number, self.number])

    @property
    def anchor(self) -> str:
        return f"article-{self.number}"

    def get_absolute_url(self):
        return f"{self.edition.get_absolute_url()}#{self.anchor}"


@pghistory.track()
class ArticleNote(Record):
    """A note (تبصره) to an article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="notes", verbose_name=_("article"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = RichTextField(_("text"))

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("of an article", "note")
        verbose_name_plural = pgettext_lazy("of an article", "notes")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="articlenote_number_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("This article already has a note with this number."),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            note_for_search(of="article"),
            frozen_with_edition("(SELECT edition_id FROM publications_article WHERE id = ROW.article_id)"),
        ]

    def __str__(self):
        return str(_("Note %(number)s") % {"number": digits(self.number)})
