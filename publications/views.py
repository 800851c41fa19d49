from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from council_portal.files.models import StoredFile
from council_portal.files.serving import respond
from council_portal.issuing.backlog import unissued
from council_portal.issuing.reading import issued_of
from council_portal.paging import page_of
from council_portal.persian.calendar import today

from . import metadata
from .citing import cited_by
from .editions import mark_current, with_editions
from .issuing import EDITION
from .lineage import lineage_of_seen
from .models import Announcement, Article, Document
from .papers import edition_title, paper_url

ANNOUNCEMENTS_SHOWN = 3


@require_safe
def publications(request):
    """The founding documents, then the reports, a page of them at a time."""
    documents = with_editions(Document.objects.visible_to(request.user), user=request.user)
    founding = [*documents.founding().alphabetical()]
    reports = page_of(request, documents.reports().newest_first())
    mark_current([*founding, *reports], on=today())
    announcements = _announcements(request.user)
    context = {
        "charter_and_bylaws": sorted(
            (document for document in founding if document.kind != Document.Kind.DIRECTIVE),
            key=lambda document: Document.Kind.values.index(document.kind),
        ),
        "directives": [document for document in founding if document.kind == Document.Kind.DIRECTIVE],
        "reports": reports,
        "announcements": announcements[:ANNOUNCEMENTS_SHOWN],
    }
    return render(request, "publications/publications.html", context)


@require_safe
def document(request, slug):
    """A document as it is in force today."""
    document = document_of(request, slug)
    return render_edition(request, document, document.current)


@require_safe
def edition(request, slug, number):
    document = document_of(request, slug)
    return render_edition(request, document, edition_of(document, number))


def document_of(request, slug: str) -> Document:
    """The document with its editions, as the reader may see them. Raises Http404."""
    documents = with_editions(Document.objects.visible_to(request.user).select_related("body"), user=request.user)
    document = get_object_or_404(documents, slug=slug)
    mark_current([document], on=today())
    return document


def edition_of(document: Document, number: int):
    """One of the editions that the document was loaded with. Raises Http404."""
    for edition in document.seen_editions:
        if edition.number == number:
            return edition
    raise Http404("There is no such edition.")


def render_edition(request, document, edition):
    older = [other for other in document.seen_editions if edition and other.number < edition.number]
    context = {
        "document": document,
        "edition": edition,
        "paper_url": paper_url(edition),
        "articles": articles_of(document, edition, user=request.user),
        "since": older[0] if older else None,
        "is_report": document.kind == Document.Kind.REPORT,
        "issued": issued_of(edition, user=request.user) if edition else None,
        "unissued": unissued(edition, EDITION, user=request.user) if edition else None,
        "canonical_path": metadata.path_of(document, edition),
        "about": metadata.document(document, edition, request.build_absolute_uri),
        **edition_neighbours(document.seen_editions, edition),
    }
    return render(request, "publications/edition.html", context)


def articles_of(document, edition, *, user) -> list[Article]:
    """The articles of an edition with their notes; none while its text is not declared complete.

    Each has `citations_seen`: the decisions that cite it, in whichever edition.
    """
    if edition is None or not edition.is_text_on_record:
        return []
    lineage = lineage_of_seen(document)
    articles = next(([*one.articles.all()] for one in lineage.editions if one.pk == edition.pk), [])
    citations = cited_by(articles, lineage, user=user)
    for article in articles:
        article.citations_seen = citations[article.pk]
    return articles


def edition_neighbours(editions: list, edition) -> dict:
    """The editions before and after, of editions with the newest first, for components/neighbours.html."""
    newer = [other for other in editions if edition and other.number > edition.number][-1:]
    older = [other for other in editions if edition and other.number < edition.number][:1]
    return {
        "previous_url": older[0].get_absolute_url() if older else "",
        "previous_title": edition_title(older[0]) if older else "",
        "next_url": newer[0].get_absolute_url() if newer else "",
        "next_title": edition_title(newer[0]) if newer else "",
    }


@require_safe
def announcements(request):
    page = page_of(request, _announcements(request.user))
    return render(request, "publications/announcements.html", {"page": page})


@require_safe
def announcement(request, pk):
    """An announcement; of one that was taken back, that it was and why (DESIGN.md §3, rule 5)."""
    announcement = get_object_or_404(
        Announcement.objects.visible_to(request.user).select_related("file", "body"), pk=pk
    )
    status = 410 if announcement.withdrawn_at else 200
    return render(request, "publications/announcement.html", {"announcement": announcement}, status=status)


@require_safe
def edition_file(request, slug, number, name):
    edition = edition_of(document_of(request, slug), number)
    return respond(request, or_404(edition.file if edition.is_text_on_record else None, name), name=name)


@require_safe
def edition_cover(request, slug, number):
    return respond(request, or_404(edition_of(document_of(request, slug), number).cover))


@require_safe
def edition_cover_thumbnail(request, slug, number):
    """The small picture of a cover; the cover itself while the queue has not made it."""
    edition = edition_of(document_of(request, slug), number)
    return respond(request, or_404(edition.cover_thumbnail or edition.cover))


@require_safe
def announcement_cover(request, pk):
    return respond(request, or_404(_kept_announcement(request, pk).cover))


@require_safe
def announcement_cover_thumbnail(request, pk):
    announcement = _kept_announcement(request, pk)
    return respond(request, or_404(announcement.cover_thumbnail or announcement.cover))


@require_safe
def announcement_file(request, pk, name):
    return respond(request, or_404(_kept_announcement(request, pk).file, name), name=name)


def _announcements(user):
    return Announcement.objects.visible_to(user).not_withdrawn().select_related("body").newest_first()


def _kept_announcement(request, pk: int) -> Announcement:
    announcements = Announcement.objects.visible_to(request.user).not_withdrawn()
    return get_object_or_404(announcements.select_related("file", "cover", "cover_thumbnail"), pk=pk)


def or_404(stored: StoredFile | None, name: str = "") -> StoredFile:
    """The stored file, if there is one and it bears the name that the address gives. Raises Http404."""
    if stored is None or name and name != stored.name:
        raise Http404("There is no such file.")
    return stored
