"""The page on which those who work on a decision say which articles it rests on: `/desk/decisions/<pk>/articles/`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from council_portal.persian.calendar import today
from meetings.holding import Refused
from meetings.models import Decision
from meetings.work.decisions import works_on_decision

from .citing import cite as cite_article
from .citing import uncite as uncite_article
from .editions import edition_in_force
from .forms import CitationForm
from .models import Citation, Edition


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_decision
def cite(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The articles that the decision rests on; one more by POST."""
    editions = offered_for(decision, user=request.user)
    form = CitationForm(request.POST if request.method == "POST" else None, editions=editions)
    if form.is_valid():
        try:
            cite_article(decision, form.cleaned_data["article"], by=request.user)
        except Refused as refusal:
            form.add_error("article", str(refusal))
        else:
            messages.success(request, _("The decision cites this article now."))
            return redirect("publications:cite", decision.pk)
    cited = Citation.objects.visible_to(request.user).filter(decision=decision).in_order()
    context = {
        "decision": decision,
        "citations": cited.select_related("article__edition__document"),
        "form": form,
        "has_articles": bool(editions),
    }
    return render(request, "publications/cite.html", context)


@require_POST
@works_on_decision
def uncite(request: HttpRequest, decision: Decision, key: int) -> HttpResponse:
    uncite_article(decision, key)
    messages.success(request, _("The decision does not cite this article any more."))
    return redirect("publications:cite", decision.pk)


def offered_for(decision: Decision, *, user) -> list[Edition]:
    """The published editions with articles that `user` may read, first those that were in force when it was decided."""
    day = decision.meeting.held_on.first if decision.meeting.held_on else today()
    rows = Edition.objects.visible_to(user).published().filter(is_text_on_record=True, articles__isnull=False)
    editions = list(rows.distinct().select_related("document").defer("text").with_articles().newest_first())
    by_document: dict[int, list[Edition]] = {}
    for edition in editions:
        by_document.setdefault(edition.document_id, []).append(edition)
    in_force = {edition_in_force(own, on=day) for own in by_document.values()}
    return sorted(editions, key=lambda edition: edition not in in_force)
