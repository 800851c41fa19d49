"""Documents, announcements and whom they were sent to in the admin."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from council_portal.administration.columns import number_column
from council_portal.administration.inlines import Blocks, Rows
from council_portal.administration.records import RecordAdmin, Work
from council_portal.administration.site import Group
from council_portal.administration.steps import Question, Step
from council_portal.files.tasks import read_soon
from council_portal.persian import forms as persian
from meetings.holding import Refused

from . import covers, next_edition, publishing
from .models import (
    Announcement,
    Article,
    ArticleNote,
    ArticleRule,
    Citation,
    Disc,
    Dispatch,
    Document,
    Edition,
    Recipient,
)

NEXT_EDITION = {
    "name": "begin-next",
    "label": _("Begin the next edition"),
    "done": _("The next edition begins as a copy of the last one. Change here what the meeting decided."),
    "opens_result": True,
}


def begin_after(edition: Edition, *, by) -> Edition:
    return next_edition.begin_next(edition.document, by=by)


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    """What is issued; its text stands in its editions."""

    group = Group.PUBLICATIONS
    order = 1
    list_display = ["title", "kind", "body", "meeting", "visibility"]
    list_filter = ["kind", "body", "visibility"]
    list_select_related = ["body", "meeting__body"]
    search_fields = ["title", "summary"]
    autocomplete_fields = ["meeting"]
    fields = [("kind", "visibility"), "title", "slug", "summary", ("body", "meeting")]
    refusals = (Refused,)
    steps = (Step(run=next_edition.begin_next, possible=lambda document: True, **NEXT_EDITION),)

    def get_ordering(self, request):
        return ["kind", "-pk"]


class FrozenEdition:
    def is_frozen(self, record):
        return record.is_frozen


class Articles(FrozenEdition, Blocks):
    model = Article
    fields = [("number", "heading"), "text"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition__document").order_by("number")


def unpublished(rows):
    return rows.filter(published_at__isnull=True)


class PublishForm(Question):
    """Has it confirmed that the meeting which adopted an edition is to be left out; asks nothing where there is one."""

    without_adoption = forms.BooleanField(
        label=_("publish it without the meeting that adopted it"),
        error_messages={"required": publishing.ADOPTION_MISSING},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not publishing.lacks_adoption(self.record):
            del self.fields["without_adoption"]


@admin.register(Edition)
class EditionAdmin(FrozenEdition, RecordAdmin):
    group = Group.PUBLICATIONS
    order = 2
    work = {"draft": Work(_("Not published yet"), unpublished)}
    refusals = (Refused,)
    frozen_because = _("This edition is published and stays as it is. To change something, add the next edition.")
    found_note = _(
        "The text of this edition is not on record. Enter it here as soon as it is found, article by article; "
        "nobody else reads it until you declare it complete below, and from then on it is frozen."
    )
    list_display = ["document", "number_in_digits", "adopted_on", "in_force_from", "published_at"]
    list_filter = ["document__kind", "adopted_on", "published_at"]
    list_select_related = ["document"]
    search_fields = ["document__title"]
    autocomplete_fields = ["document", "adopted_in"]
    label_relations = ["document"]
    picture_fields = ("cover",)
    jalali_hierarchy = "adopted_on"
    readonly_fields = ["published_at", "published_by"]
    fieldsets = [
        (None, {"fields": [("document", "number"), ("adopted_in", "adopted_on", "in_force_from"), "articles_stated"]}),
        (
            _("Text"),
            {"fields": ["text", ("file", "cover")], "description": _("Leave it empty where the text is in articles.")},
        ),
        (_("Publication"), {"fields": [("published_at", "published_by")]}),
    ]
    inlines = [Articles]
    history_parts = [(Article, "edition")]
    number_in_digits = number_column("number", _("edition"))
    steps = (
        Step(
            name="publish",
            label=_("Publish the edition"),
            run=publishing.publish,
            possible=lambda edition: edition.published_at is None,
            done=_("The edition is published; its text is frozen."),
            warning=_("The text, the articles and the file of this edition are frozen for ever."),
            reminder=publishing.reminder_of,
            form=PublishForm,
        ),
        Step(
            name="put-on-record",
            label=_("Declare the text complete"),
            run=publishing.put_on_record,
            possible=lambda edition: edition.published_at is not None and not edition.is_text_on_record,
            done=_("The text of the edition is on record; it is frozen."),
            warning=_("The text, the articles and the file of this edition are frozen for ever."),
        ),
        Step(run=begin_after, possible=lambda edition: edition.published_at is not None, **NEXT_EDITION),
    )

    def save_related(self, request, form, formsets, change):
        """A new edition that is saved empty takes up what the one before says; its cover and its file are prepared."""
        super().save_related(request, form, formsets, change)
        if not change and next_edition.fill(form.instance):
            self.message_user(request, NEXT_EDITION["done"])
        covers.prepare(form.instance)
        read_soon(form.instance.file)

    def is_kept(self, record):
        return record.published_at is not None

    def note_on(self, record):
        is_waiting = record.published_at is not None and not record.is_text_on_record
        return self.found_note if is_waiting else super().note_on(record)

    def get_readonly_fields(self, request, obj=None):
        """A published edition keeps its place, also while its text is still to be found."""
        is_published = obj is not None and obj.published_at is not None
        return [*self.readonly_fields, *(["document", "number"] if is_published else [])]

    def get_ordering(self, request):
        return ["-pk"]


class Notes(FrozenEdition, Blocks):
    model = ArticleNote
    fields = ["number", "text"]

    def is_frozen(self, record):
        return super().is_frozen(record.edition)

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("number")


@admin.register(Article)
class ArticleAdmin(FrozenEdition, RecordAdmin):
    """An article with its notes; reached from its edition."""

    group = Group.PUBLICATIONS
    order = 3
    frozen_because = EditionAdmin.frozen_because
    list_display = ["number_in_digits", "heading", "edition"]
    list_display_links = ["number_in_digits", "heading"]
    list_filter = ["edition__document"]
    list_select_related = ["edition__document"]
    label_relations = ["edition__document"]
    search_fields = ["heading", "text", "edition__document__title"]
    autocomplete_fields = ["edition"]
    fields = ["edition", ("number", "heading"), "text"]
    inlines = [Notes]
    history_parts = [(ArticleNote, "article")]
    number_in_digits = number_column("number", _("article"))

    def is_frozen(self, record):
        return super().is_frozen(record.edition)

    def get_ordering(self, request):
        return ["edition", "number"]


class WithdrawForm(forms.Form):
    because = persian.CharField(label=_("withdrawn because"), max_length=250)


@admin.register(Announcement)
class AnnouncementAdmin(RecordAdmin):
    group = Group.PUBLICATIONS
    order = 5
    work = {"draft": Work(_("Not published yet"), unpublished)}
    refusals = (Refused,)
    list_display = ["title", "body", "visibility", "published_at", "expires_on", "withdrawn_at"]
    list_filter = ["body", "visibility", "published_at", "expires_on"]
    list_select_related = ["body"]
    search_fields = ["title", "text"]
    jalali_hierarchy = "published_at"
    readonly_fields = ["published_at", "published_by", "withdrawn_at", "withdrawn_by", "withdrawn_because"]
    picture_fields = ("cover",)
    fieldsets = [
        (None, {"fields": ["title", "text", ("file", "cover"), ("body", "visibility", "expires_on")]}),
        (
            _("Publication"),
            {"fields": [("published_at", "published_by"), ("withdrawn_at", "withdrawn_by", "withdrawn_because")]},
        ),
    ]
    steps = (
        Step(
            name="publish",
            label=_("Publish the announcement"),
            run=publishing.announce,
            possible=lambda announcement: announcement.published_at is None,
            done=_("The announcement is published."),
            warning=_("It becomes readable for everybody to whom its visibility opens it."),
        ),
        Step(
            name="withdraw",
            label=_("Withdraw"),
            run=publishing.withdraw,
            possible=lambda announcement: announcement.published_at and not announcement.withdrawn_at,
            done=_("The announcement is withdrawn; its address says so."),
            warning=_("Its address will say that it was withdrawn, and why. This cannot be taken back."),
            form=WithdrawForm,
        ),
    )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        covers.prepare(form.instance)
        read_soon(form.instance.file)

    def get_ordering(self, request):
        return ["-pk"]

    def is_kept(self, record):
        return record.published_at is not None


class OfPublishedArticles:
    """Mixin: an article is named with its edition, and chosen among those that are published."""

    label_relations = ["article__edition__document"]
    autocomplete_fields = ["article"]

    def get_ordering(self, request):
        return ["-pk"]

    @admin.display(description=_("article"))
    def article_in_words(self, row):
        return row.article


@admin.register(Citation)
class CitationAdmin(OfPublishedArticles, RecordAdmin):
    """Which decision rests on which article; those who work on a decision say it on the desk, too."""

    group = Group.PUBLICATIONS
    order = 4
    list_display = ["decision", "article_in_words"]
    list_filter = ["article__edition__document", "decision__meeting__body"]
    list_select_related = ["decision__meeting__body"]
    search_fields = ["decision__label", "decision__reference", "article__heading"]
    autocomplete_fields = ["decision", "article"]
    fields = ["decision", "article"]


@admin.register(ArticleRule)
class ArticleRuleAdmin(OfPublishedArticles, RecordAdmin):
    """From which article a rule of the portal follows: named and linked to wherever the rule speaks."""

    group = Group.SETTINGS
    order = 10
    list_display = ["rule", "body_kind", "article_in_words"]
    list_filter = ["rule", "body_kind"]
    fields = [("rule", "body_kind"), "article"]


class Dispatches(Rows):
    model = Dispatch
    fields = ["edition", "medium", "sent_on", "received_on", "receipt"]
    autocomplete_fields = ["edition"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition__document")


@admin.register(Recipient)
class RecipientAdmin(RecordAdmin):
    """The distribution list, and what each was sent."""

    group = Group.PUBLICATIONS
    order = 6
    list_display = ["name", "post", "organization", "email", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["organization"]
    search_fields = ["name", "post", "organization__name"]
    autocomplete_fields = ["organization"]
    fields = ["name", ("post", "organization"), "email", "address", "is_active"]
    inlines = [Dispatches]
    history_parts = [(Dispatch, "recipient")]

    def get_ordering(self, request):
        return Recipient.objects.alphabetical().query.order_by


@admin.register(Disc)
class DiscAdmin(RecordAdmin):
    group = Group.PUBLICATIONS
    order = 7
    list_display = ["number_in_digits", "title", "issued_on", "covers"]
    list_display_links = ["number_in_digits", "title"]
    list_filter = ["issued_on"]
    search_fields = ["title"]
    fields = [("number", "title"), ("issued_on", "covers"), "file", "note"]
    number_in_digits = number_column("number", _("number"))
