"""The board and the committees: who they are, what they did, and each of their sessions."""

from itertools import groupby

from django.db.models import Case, Prefetch, When
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from council_portal.issuing.printing import respond_or_queue
from council_portal.paging import page_of
from council_portal.persian.calendar import today
from meetings.archive import years_of_held
from meetings.models import Meeting
from meetings.pages import materials_file, meeting_page
from meetings.paper_views import meeting_paper, paper_addresses
from members import metadata
from members.by_article import Rule, article_behind, articles_behind
from members.models import Body, Organization
from members.roster import roster

from . import work
from .forms import SessionFilter
from .yearbooks import yearbook

LATEST = 5


@require_safe
def committees(request) -> HttpResponse:
    """The board, then the committees in their order."""
    summaries = work.summaries(list(_bodies()), user=request.user, on=today())
    basis = article_behind(Rule.CADENCE, body_kind=Body.Kind.COMMITTEE, user=request.user)
    return render(request, "committees/committees.html", {"summaries": summaries, "basis": basis})


@require_safe
def committee(request, slug: str) -> HttpResponse:
    """One body: purpose, members, sessions, decisions, proposals and cadence. The assembly has its own page."""
    body = get_object_or_404(Body.objects.visible_to(request.user), slug=slug)
    if body.kind == Body.Kind.ASSEMBLY:
        return redirect(body, permanent=True)
    return render(
        request,
        "committees/committee.html",
        _about(body) | _work(body, request.user) | {"about": metadata.body(body, request.build_absolute_uri)},
    )


@require_safe
def sessions(request, slug: str) -> HttpResponse:
    """Every session of a body, newest first, by Jalali year."""
    body = get_object_or_404(_bodies(), slug=slug)
    form = SessionFilter(request.GET or None)
    found = form.apply(Meeting.objects.visible_to(request.user).filter(body=body).select_related("body"))
    page = page_of(request, found.newest_first())
    years = [(year, list(meetings)) for year, meetings in groupby(page, key=_jalali_year)]
    context = {"body": body, "form": form, "page": page, "years": years, "with_yearbook": years_of_held(page)}
    return render(request, "committees/sessions.html", context)


@require_safe
def proposals(request, slug: str) -> HttpResponse:
    """Every proposal that a body put, or was put to, newest first, with what came of it."""
    body = get_object_or_404(_bodies(), slug=slug)
    page = page_of(request, work.proposals_of(body, user=request.user))
    counts = work.proposals_by_status(body, user=request.user)
    return render(request, "committees/proposals.html", {"body": body, "page": page, "proposal_counts": counts})


@require_safe
def session(request, slug: str, number: int) -> HttpResponse:
    """One session that was held, or a reopened one that keeps its number."""
    meeting = get_object_or_404(_sessions_of(request.user, slug), number=number)
    return meeting_page(request, meeting)


@require_safe
def materials(request, slug: str, number: int) -> FileResponse:
    """All materials of a session in one file."""
    return materials_file(request, get_object_or_404(_sessions_of(request.user, slug), number=number))


@require_safe
def planned(request, slug: str, pk: int) -> HttpResponse:
    """A session that has no number yet; once it has, its lasting address."""
    meeting = get_object_or_404(_sessions_of(request.user, slug), pk=pk)
    if meeting.number is not None:
        return redirect(meeting, permanent=True)
    return meeting_page(request, meeting)


@require_safe
def session_paper(request, slug: str, number: int, kind: str) -> HttpResponse:
    """A document of a session, on paper."""
    return meeting_paper(request, get_object_or_404(_sessions_of(request.user, slug), number=number), kind)


@require_safe
def planned_paper(request, slug: str, pk: int, kind: str) -> HttpResponse:
    """A document of a session that has no number yet; once it has, its lasting address."""
    meeting = get_object_or_404(_sessions_of(request.user, slug), pk=pk)
    if meeting.number is not None:
        return redirect(paper_addresses(meeting)[kind], permanent=True)
    return meeting_paper(request, meeting, kind)


@require_safe
def yearbook_file(request, slug: str, year: int) -> HttpResponse:
    """What a body, the assembly too, did in a Jalali year; nothing of a year in which it did not meet."""
    body = get_object_or_404(Body.objects.visible_to(request.user), slug=slug)
    paper = yearbook(body, year, user=request.user)
    if paper is None:
        raise Http404("The body did not meet in this year, as far as this reader may know.")
    return respond_or_queue(request, paper)


def _bodies():
    """The bodies of these pages: all but the assembly, the board first."""
    board_first = Case(When(kind=Body.Kind.BOARD, then=0), default=1)
    return Body.objects.exclude(kind=Body.Kind.ASSEMBLY).order_by(board_first, "position", "pk")


def _sessions_of(user, slug: str):
    return Meeting.objects.visible_to(user).filter(body__in=_bodies(), body__slug=slug).select_related("body")


def _jalali_year(meeting: Meeting) -> int | None:
    return meeting.held_on.year if meeting.held_on else None


def _about(body: Body) -> dict:
    """What the body is, and which bodies stand before and after it in the list."""
    bodies = list(_bodies())
    place = bodies.index(body)
    return {
        "body": body,
        "aims": body.aims.splitlines(),
        "names": body.other_names.all(),
        "previous": bodies[place - 1] if place else None,
        "next": bodies[place + 1] if place + 1 < len(bodies) else None,
    }


def _work(body: Body, user) -> dict:
    """Who serves on the body and what it has done, as far as `user` may know."""
    meetings = Meeting.objects.visible_to(user).filter(body=body).select_related("body")
    years = work.session_years(body, user=user)
    return {
        "members": _members(body, user),
        "upcoming": meetings.upcoming(on=today()).soonest_first()[:LATEST],
        "latest": meetings.held().newest_first()[:LATEST],
        "years": years,
        "yearbooks": [year for year, _ in years if year],
        "session_count": sum(number for _, number in years),
        "cadence": work.cadence_of(body, user=user, on=today()),
        "bases": articles_behind(Rule.QUORUM, Rule.CADENCE, Rule.TERMS, body_kind=body.kind, user=user),
        "decisions": work.decisions_of(body, user=user)[:LATEST],
        "proposals": work.proposals_of(body, user=user)[:LATEST],
        "proposal_counts": work.proposals_by_status(body, user=user),
    }


def _members(body: Body, user):
    """Who serves on the body today, by rank, with the organisations that the reader may know of."""
    known = Organization.objects.visible_to(user)
    serving = roster(body, on=today()).visible_to(user).select_related(None).select_related("person")
    return serving.prefetch_related(Prefetch("organization", known))
