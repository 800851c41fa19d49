"""What changed between two editions, and how one article read in each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from council_portal.issuing.reading import issued_of

from .article_history import versions_of
from .citing import cited_by
from .comparing import can_be_compared, compare
from .forms import ComparisonForm
from .lineage import Lineage, lineage_of_seen
from .models import Article, Document, Edition
from .views import document_of, edition_of


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the difference of the two editions that are chosen; asks for them while they are not."""
    document = document_of(request, slug)
    if len(document.seen_editions) < 2:
        raise Http404("There are no two editions to compare.")
    form = _form(document, request.GET or None)
    if form.is_valid():
        return redirect("publications:edition_changes", slug, form.cleaned_data["new"], form.cleaned_data["old"])
    return render(request, "publications/changes.html", {"document": document, "form": form, "comparison": None})


@require_safe
def edition_changes(request: HttpRequest, slug: str, number: int, since: int) -> HttpResponse:
    """What the edition `number` says otherwise than the earlier one `since`; the other way round leads here."""
    document = document_of(request, slug)
    new, old = edition_of(document, number), edition_of(document, since)
    if new == old:
        raise Http404("An edition is not compared with itself.")
    if new.number < old.number:
        return redirect("publications:edition_changes", slug, old.number, new.number)
    editions = Edition.objects.filter(pk__in=[new.pk, old.pk]).select_related("document")
    texts = {edition.pk: edition for edition in editions.with_articles()}
    unknown = [edition for edition in (old, new) if not can_be_compared(texts[edition.pk])]
    context = {
        "document": document,
        "old": old,
        "new": new,
        "both": [old, new],
        "unknown": unknown,
        "comparison": None if unknown else compare(texts[old.pk], texts[new.pk]),
        "form": _form(document, initial={"old": old.number, "new": new.number}),
    }
    return render(request, "publications/changes.html", context)


def _form(document: Document, data=None, **kwargs) -> ComparisonForm:
    editions = sorted(document.seen_editions, key=lambda edition: edition.number)
    kwargs.setdefault("initial", {"old": editions[-2].number, "new": editions[-1].number})
    return ComparisonForm(data, editions=editions, **kwargs)


@require_safe
def article(request: HttpRequest, slug: str, number: int, article: int) -> HttpResponse:
    """One article of an edition: how it read in the others, when it changed, and which decisions cite it."""
    document = document_of(request, slug)
    edition = edition_of(document, number)
    lineage = lineage_of_seen(document)
    shown = _article_of(lineage, edition, article)
    versions = versions_of(shown, lineage)
    before, after = _neighbours(lineage, shown)
    context = {
        "document": document,
        "edition": edition,
        "issued": issued_of(edition, user=request.user),
        "article": shown,
        "versions": versions,
        "unknown": [one for one in document.seen_editions if not one.is_text_on_record],
        "citations": cited_by([shown], lineage, user=request.user)[shown.pk],
        "previous": before,
        "next": after,
    }
    return render(request, "publications/article.html", context)


def _article_of(lineage: Lineage, edition: Edition, number: int) -> Article:
    for one in lineage.editions:
        if one.pk == edition.pk:
            found = next((article for article in one.articles.all() if article.number == number), None)
            if found:
                return found
    raise Http404("There is no such article.")


def _neighbours(lineage: Lineage, article: Article) -> tuple[Article | None, Article | None]:
    edition = next(one for one in lineage.editions if one.pk == article.edition_id)
    articles = [*edition.articles.all()]
    place = articles.index(article)
    return articles[place - 1] if place else None, (articles[place + 1 :] or [None])[0]
