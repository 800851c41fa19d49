"""What of the publications can be found: documents, their editions by article, announcements."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from council_portal.persian.calendar import today
from council_portal.persian.text import number_in_words
from council_portal.persian.wording import digits, ordinal
from council_portal.rich_text import reading_form
from council_portal.search.models import Kind
from council_portal.search.sources import Findable, Passage, Source, register
from meetings.models import Meeting

from .editions import edition_in_force
from .models import Announcement, Article, Document, Edition


def documents(rows, reader):
    meetings = Prefetch("meeting", Meeting.objects.visible_to(reader).select_related("body"))
    for document in rows.select_related("body").prefetch_related(meetings):
        words = [str(one) for one in (document.body, document.meeting) if one]
        called = [document.get_kind_display()] if document.is_charter_or_bylaws else []
        yield Findable(
            pk=document.pk,
            title=document.title,
            address=document.get_absolute_url(),
            passages=[Passage(document.summary)],
            words=[document.get_kind_display(), *words],
            cited_as=[document.title, *called],
            days=document.meeting.held_on if document.meeting else None,
            body=document.body_id,
        )


def editions(rows, reader):
    for edition in rows.with_articles().select_related("document", "file__extracted"):
        read = getattr(edition.file, "extracted", None)
        yield Findable(
            pk=edition.pk,
            title=str(edition),
            address=edition.get_absolute_url(),
            passages=[
                *(Passage(text) for text in reading_form(edition.text)),
                *(passage for article in edition.articles.all() for passage in _article(article, edition)),
                Passage(read.text if read else ""),
            ],
            words=[edition.document.get_kind_display()],
            days=edition.adopted_on or edition.published_at,
            body=edition.document.body_id,
        )


def _article(article: Article, edition: Edition):
    article.edition = edition
    heading = f"{article.name} – {article.heading}" if article.heading else article.name
    address = article.get_absolute_url()
    cited_as = tuple(_cited_as(article))
    for text in reading_form(article.text):
        yield Passage(text, heading, address, cited_as)
        cited_as = ()
    for note in article.notes.all():
        for text in reading_form(note.text):
            yield Passage(text, f"{article.name}{_(', ')}{note}", address)


def _cited_as(article: Article):
    """«ماده ۵», «ماده پنج», «ماده پنجم», and with the document, «ماده ۵ اساسنامه», «اساسنامه ماده ۵»: its title, the
    first word of that, what it is."""
    document, number = article.edition.document, article.number
    for said in (digits(number), number_in_words(number), ordinal(number)):
        cited = _("Article %(number)s") % {"number": said}
        yield cited
        for name in dict.fromkeys([document.title, str(document.get_kind_display()), document.title.split()[0]]):
            yield from (f"{cited} {name}", f"{name} {cited}")


def in_force(keys: set[int], user) -> set[int]:
    """Of these editions those that are in force today, as far as `user` may read the later ones."""
    documents = Document.objects.filter(editions__in=keys)
    by_document: dict[int, list[Edition]] = {}
    for edition in Edition.objects.visible_to(user).filter(document__in=documents):
        by_document.setdefault(edition.document_id, []).append(edition)
    current = [edition_in_force(own, on=today()) for own in by_document.values()]
    return keys.intersection(edition.pk for edition in current if edition)


def announcements(rows, reader):
    for announcement in rows.select_related("body", "file__extracted"):
        read = getattr(announcement.file, "extracted", None)
        yield Findable(
            pk=announcement.pk,
            title=announcement.title,
            address=announcement.get_absolute_url(),
            passages=[
                *(Passage(text) for text in reading_form(announcement.text)),
                Passage(read.text if read else ""),
            ],
            words=[_("Announcement"), announcement.body.name if announcement.body else ""],
            days=announcement.published_at,
            body=announcement.body_id,
        )


register(
    Source(
        name="publications.document",
        kind=Kind.PUBLICATION,
        model=Document,
        readable=lambda user: Document.objects.visible_to(user),
        findables=documents,
        rests_on=("", "body", "meeting", "meeting__body", "editions"),
    ),
    Source(
        name="publications.edition",
        kind=Kind.PUBLICATION,
        model=Edition,
        readable=lambda user: Edition.objects.visible_to(user).filter(is_text_on_record=True),
        findables=editions,
        rests_on=("", "document", "articles", "articles__notes", "file__extracted"),
        holding=in_force,
    ),
    Source(
        name="publications.announcement",
        kind=Kind.ANNOUNCEMENT,
        model=Announcement,
        readable=lambda user: Announcement.objects.visible_to(user).not_withdrawn(),
        findables=announcements,
        rests_on=("", "body", "file__extracted"),
        body="body",
    ),
)
