"""Editions as PDF: unnumbered the one that counts today, numbered that one for ever (DESIGN.md §5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from council_portal.issuing.printing import respond_or_queue
from council_portal.issuing.reading import issued_response

from .issuing import EDITION
from .models import Edition
from .papers import edition_paper, has_paper, paper_url
from .views import document_of, edition_of


@require_safe
def document_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The edition of a document that counts today."""
    document = document_of(request, slug)
    if name != slug:
        return redirect(paper_url(document.current) or document)
    return _respond(request, document.current)


@require_safe
def edition_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition of a document, whichever counts today."""
    return _respond(request, edition_of(document_of(request, slug), number))


def _respond(request: HttpRequest, edition: Edition | None) -> HttpResponseBase:
    if not has_paper(edition):
        raise Http404("There is no text to be printed.")
    if issued := issued_response(request, edition, EDITION):
        return issued
    return respond_or_queue(request, edition_paper(edition, user=request.user))
