"""The register of decisions and a decision's own page."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from council_portal.files.serving import respond
from council_portal.paging import page_of
from council_portal.persian.calendar import today
from members.models import Organization

from . import register
from .forms import DecisionFilter
from .models import Decision, FollowUp
from .proposals import behind_decision


@require_safe
def decisions(request) -> HttpResponse:
    """Every decision that the reader may see, newest first, narrowed by what they ask."""
    duties = register.duties_for(request.user, on=today())
    form = DecisionFilter(
        request.GET or None, organizations=Organization.objects.visible_to(request.user).alphabetical()
    )
    found = form.apply(Decision.objects.visible_to(request.user), assignments=duties, on=today())
    page = page_of(request, register.with_rows(found.newest_first(), duties=duties))
    return render(request, "meetings/decisions.html", {"form": form, "page": page})


@require_safe
def decision(request, reference: str) -> HttpResponse:
    """One decision with who owes what, how it was followed up, and what it is bound up with."""
    decision = get_object_or_404(
        Decision.objects.visible_to(request.user).select_related("meeting__body", "agenda_item__parent"),
        reference=reference,
    )
    assignments = list(register.duties_for(request.user, on=today()).filter(decision=decision))
    previous, following = register.neighbours_of(decision, user=request.user)
    context = {
        "decision": decision,
        "assignments": assignments,
        "history": register.history_of(assignments, user=request.user),
        "links": register.links_of(decision, user=request.user),
        "proposals": behind_decision(decision, user=request.user),
        "previous": previous,
        "next": following,
    }
    return render(request, "meetings/decision.html", context)


@require_safe
def follow_up_file(request, reference: str, pk: int, name: str) -> FileResponse:
    """The file of one entry of a decision's follow-up."""
    entry = get_object_or_404(
        FollowUp.objects.visible_to(request.user).select_related("file"),
        pk=pk,
        assignment__in=register.duties_for(request.user, on=today()),
        assignment__decision__reference=reference,
        file__isnull=False,
    )
    return respond(entry.file)
