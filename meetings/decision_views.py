"""The register of decisions and a decision's own page."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from council_portal.files.serving import respond
from council_portal.issuing.backlog import unissued
from council_portal.issuing.reading import issued_of, issued_response
from council_portal.paging import page_of
from council_portal.persian.calendar import today
from council_portal.persian.wording import count
from members.models import Organization

from . import later, metadata, register
from .forms import DecisionFilter
from .issuing import EXCERPT
from .models import Decision, FollowUp
from .models.decisions import DecisionQuerySet
from .narrowing import Counts, Facet, counts_of, facets_of, narrow
from .papers import excerpt_of
from .proposals import behind_decision
from .register_export import MOST_DECISIONS, as_file
from .resting_on import grounds_of
from .timeline import timeline_of


class Asked:
    """What one request asks of the register, and what answers it among the decisions that its reader may see."""

    def __init__(self, request: HttpRequest):
        user = request.user
        self.request, self.decisions = request, Decision.objects.visible_to(user)
        self.duties = register.duties_for(user, on=today())
        self.form = DecisionFilter(
            request.GET or None, organizations=Organization.objects.visible_to(user).alphabetical()
        )
        self.question = self.form.question

    @property
    def found(self) -> DecisionQuerySet:
        """Newest first, with what stands in a row; nothing while the question has a mistake."""
        if self.question is None:
            return self.decisions.none()
        found = narrow(self.decisions, self.question, assignments=self.duties, on=today())
        return register.with_rows(found.newest_first(), duties=self.duties)

    def counts(self) -> Counts:
        duties = register.known_duties(self.request.user)
        return counts_of(self.decisions, self.question, assignments=duties, on=today())


@require_safe
def decisions(request) -> HttpResponse:
    """Every decision that the reader may see, newest first, narrowed by what they ask."""
    asked = Asked(request)
    context = {"form": asked.form, "page": page_of(request, asked.found), "facets": []}
    if asked.question:
        counts = asked.counts()
        asked.form.show(counts)
        context["facets"] = [(facet, _address(request, facet)) for facet in facets_of(asked.question, counts)]
    return render(request, "meetings/decisions.html", context)


def _address(request: HttpRequest, facet: Facet) -> str:
    """The register narrowed by a facet besides what is asked already, from its first page."""
    asked = {name: value for name, value in request.GET.items() if name != "page"} | facet.asked
    return f"{request.path}?{urlencode({name: value for name, value in asked.items() if value})}"


@require_safe
def export(request, kind: str) -> HttpResponse:
    """All that the register shows for this question, in one file; `kind` is one of register_export.KINDS."""
    asked = Asked(request)
    register_address = f"{reverse('meetings:decisions')}?{request.GET.urlencode()}"
    if asked.question is None:
        return redirect(register_address)
    if asked.found.count() > MOST_DECISIONS:
        most = {"number": count(MOST_DECISIONS)}
        messages.error(request, _("At most %(number)s decisions go into one file: narrow the list first.") % most)
        return redirect(register_address)
    return as_file(asked.found, kind=kind, on=today())


@require_safe
def decision(request, reference: str) -> HttpResponse:
    """One decision with who owes what, how it was followed up, and what it is bound up with."""
    user = request.user
    decision = _decision(request, reference)
    assignments = list(register.duties_for(user, on=today()).filter(decision=decision))
    for assignment in assignments:
        assignment.desk_pages = register.desk_pages_of(assignment, user=user)
    previous, following = register.neighbours_of(decision, user=user)
    context = {
        "decision": decision,
        "discussion": later.discussion_of(decision, user=user),
        "assignments": assignments,
        "history": timeline_of(assignments, user=user),
        "mentions": later.mentions_of(decision, assignments, user=user),
        "links": register.links_of(decision, user=user),
        "proposals": behind_decision(decision, user=user),
        "resting_on": grounds_of(decision, user=user),
        "may_work": user.has_perm("meetings.work_on_meeting", decision.meeting),
        "issued": issued_of(decision, user=user),
        "unissued": unissued(decision, EXCERPT, user=user),
        "previous": previous,
        "next": following,
        "about": metadata.legislation(decision, request.build_absolute_uri),
    }
    return render(request, "meetings/decision.html", context)


@require_safe
def excerpt(request, reference: str) -> HttpResponse:
    """A published decision as a document, ready for the printer; Persian, whichever language is chosen."""
    decision = _decision(request, reference)
    if decision.published_at is None:
        raise Http404("What is not published is no document yet.")
    if withdrawn := issued_response(request, decision, EXCERPT, is_made_anew=True):
        return withdrawn
    with translation.override(settings.LANGUAGE_CODE):
        context = excerpt_of(decision, user=request.user) | {"today": today()}
        return render(request, "meetings/excerpt.html", context)


def _decision(request, reference: str) -> Decision:
    decisions = Decision.objects.visible_to(request.user).select_related("meeting__body", "agenda_item__parent")
    return get_object_or_404(decisions, reference=reference)


@require_safe
def follow_up_file(request, reference: str, pk: int, name: str) -> HttpResponseBase:
    """The file of one entry of a decision's follow-up."""
    entry = get_object_or_404(
        FollowUp.objects.visible_to(request.user).select_related("file"),
        pk=pk,
        assignment__in=register.duties_for(request.user, on=today()),
        assignment__decision__reference=reference,
        file__isnull=False,
    )
    return respond(request, entry.file)
