from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from council_portal.paging import page_number, page_of
from council_portal.persian.wording import count, digits

from . import finding
from .asking import BY_DATE, Question, read, without_marks
from .folding import fold
from .models import Kind
from .naming import named_by
from .page import address_of, chosen_of, facets_of, result_of, without_one_word
from .suggesting import perhaps_meant, suggestions_for, written


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words name, and all in which they stand, that the reader may read: the likeliest first, or the newest.

    Where there are only choices, all that they leave.
    """
    question, user = Question.of(request.GET), request.user
    query = read(question, user=user)
    named = named_by(question, query, user=user)
    found = finding.find(question, query, user=user, named=named.rows, page=page_number(request))
    if named.asks_how_things_stand and (named.rows or question.organization):
        # It is asked of the organisation that is chosen, see `naming.named_by`: no count of decisions foresees that.
        found.facets.pop("organization", None)
    context = {
        "question": question,
        "kept": [(name, value) for name, value in question.narrowing.items()],
        "chosen": chosen_of(question, user=user),
        "has_words": bool(query.tsquery),
        "has_letters": any(map(str.isalnum, fold(question.q).text)),
        "asked": digits(without_marks(question.q)),
        "exact": [result_of(document, query) for document in found.documents if document.is_named],
        "results": [result_of(document, query) for document in found.documents if not document.is_named],
        "found": found,
        "is_of_none": named.is_of_none and not question.narrowing,
        "total": count(found.total),
        "page": page_of(request, range(found.total), per_page=finding.PER_PAGE),
        "facets": facets_of(question, found, user=user) if found.facets else [],
        "kinds": [(words, address_of(Question(kind=kind))) for kind, words in Kind.choices],
        "meant": {typed: written(words, user=user) for typed, words in query.corrections.items()},
        "exact_address": address_of(question.but(exact="1")),
        "guess_address": address_of(question.but(exact="")),
        "everywhere_address": address_of(Question(q=question.q, order=question.order)),
        "orders": _orders(question) if question.q else [],
    }
    if not found.total:
        context["without"] = without_one_word(question, query, user=user)
    # What fills more than a page is written often enough to be meant.
    is_rare = found.total <= finding.PER_PAGE and not question.narrowing
    if (query.perhaps and is_rare) or not found.total:
        context["perhaps"] = perhaps_meant(question, query, user=user)
    return render(request, "search/search.html", context)


def _orders(question: Question) -> list[tuple[str, str, bool]]:
    orders = (("", _("Likeliest first")), (BY_DATE, _("Newest first")))
    return [(words, address_of(question.but(order=order)), order == question.order) for order, words in orders]


@never_cache
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """How what a reader has begun to type may go on, for the script of the search box, with what it says aloud."""
    found = suggestions_for(request.GET.get("q", ""), user=request.user)
    told = ngettext("%(count)s suggestion", "%(count)s suggestions", len(found)) % {"count": count(len(found))}
    status = told if found else _("No suggestions")
    return JsonResponse({"suggestions": [asdict(one) for one in found], "status": status})
