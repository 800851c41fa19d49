"""The documents on paper at their addresses: beside the page of the meeting, the decision, the organisation."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from council_portal.issuing.papers import Paper
from council_portal.issuing.printing import respond_or_queue
from council_portal.issuing.reading import issued_response
from council_portal.persian.calendar import today
from council_portal.persian.quarters import NAMES, Quarter
from members.models import Organization

from . import papers
from .issuing import EXCERPT, MINUTES, REPORT
from .models import Attendance, Decision, Invitation, Meeting, Minutes
from .packs import meeting_pack
from .record import MeetingRecord
from .reports import meeting_report
from .work.access import works_on_meeting

# Papers of a meeting for its readers; each returns None where there is nothing of it that the reader may see.


def _agenda(meeting: Meeting, *, user) -> Paper | None:
    return papers.agenda_paper(meeting, user=user) if meeting.agenda_items.exists() else None


def _minutes(meeting: Meeting, *, user) -> Paper | None:
    minutes = _minutes_of(meeting, user)
    return minutes and papers.minutes_paper(minutes, user=user)


def _minutes_of(meeting: Meeting, user) -> Minutes | None:
    return Minutes.objects.visible_to(user).filter(meeting=meeting).select_related("meeting__body").first()


def _attendance(meeting: Meeting, *, user) -> Paper | None:
    seen = Attendance.objects.visible_to(user).filter(meeting=meeting)
    return papers.attendance_paper(meeting, user=user) if seen.exists() else None


def _report(meeting: Meeting, *, user) -> Paper | None:
    minutes = Minutes.objects.visible_to(user).published().filter(meeting=meeting)
    return meeting_report(meeting, user=user) if minutes.exists() else None


def _pack(meeting: Meeting, *, user) -> Paper | None:
    """For those whose meeting it is: the members of its body, its officers among them, and the secretariat."""
    is_theirs = MeetingRecord(meeting, user=user).is_of_its_body
    if not is_theirs or meeting.status == Meeting.Status.CANCELLED or not meeting.agenda_items.exists():
        return None
    return meeting_pack(meeting, user=user)


FOR_READERS: dict[str, Callable[..., Paper | None]] = {
    "agenda": _agenda,
    "minutes": _minutes,
    "attendance": _attendance,
    "report": _report,
    "pack": _pack,
}
FOR_THE_DESK: dict[str, Callable[[Meeting], Paper]] = {
    "sign_in": papers.sign_in_paper,
    "name_cards": papers.name_cards_paper,
    "tent_cards": papers.tent_cards_paper,
}


def paper_addresses(meeting: Meeting) -> dict[str, str]:
    """The address of each paper for readers, by its name; whether there is one, the page knows."""
    page = meeting.get_absolute_url()
    return {kind: f"{page}{kind}.pdf" for kind in FOR_READERS}


def meeting_paper(request: HttpRequest, meeting: Meeting, kind: str) -> HttpResponseBase:
    """A paper of `meeting`, which the caller has found with `visible_to`; `kind` is one of FOR_READERS. Of minutes
    and reports the issued file, once there is one that this reader may have; with `?closed` all that they may see."""
    if kind in ("minutes", "report") and (issued := _issued(request, meeting, kind)):
        return issued
    paper = FOR_READERS[kind](meeting, user=request.user)
    if paper is None:
        raise Http404("There is no such document that this reader may see.")
    return respond_or_queue(request, paper, about=meeting)


def _issued(request: HttpRequest, meeting: Meeting, kind: str) -> HttpResponseBase | None:
    minutes = _minutes_of(meeting, request.user)
    if minutes is None:
        return None
    is_made_anew = "closed" in request.GET
    if kind == "minutes":
        return issued_response(request, minutes, MINUTES, is_made_anew=is_made_anew)
    report = issued_response(request, meeting, REPORT, is_made_anew=is_made_anew)
    # A report that is made on the spot holds the minutes, and no more than they hold.
    return report or issued_response(request, minutes, MINUTES, is_made_anew=True)


@require_safe
def of_meeting(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """A paper of a meeting of the assembly that has its number."""
    return meeting_paper(request, get_object_or_404(_assembly(request.user), number=number), kind)


@require_safe
def of_planned(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A paper of a meeting that has no number yet; once it has, its lasting address."""
    meeting = get_object_or_404(_assembly(request.user), pk=pk)
    if meeting.number is not None:
        return redirect(paper_addresses(meeting)[kind], permanent=True)
    return meeting_paper(request, meeting, kind)


@require_safe
@works_on_meeting
def of_desk(request: HttpRequest, meeting: Meeting, kind: str) -> HttpResponse:
    """What those who run a meeting print for it; `kind` is one of FOR_THE_DESK."""
    return respond_or_queue(request, FOR_THE_DESK[kind](meeting), about=meeting)


@require_safe
@works_on_meeting
def letters(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The letters to those who are invited, or only to those whom no mail reaches."""
    invitations = meeting.invitations.sent()
    if request.GET.get("only") == "paper":
        invitations = invitations.by_paper()
    return _letters(request, invitations.alphabetical())


@require_safe
@works_on_meeting
def letter(request: HttpRequest, meeting: Meeting, invitation: int) -> HttpResponse:
    return _letters(request, meeting.invitations.sent().filter(pk=invitation))


@require_safe
@login_required
def own_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's own invitation to the meeting `pk`."""
    return _letters(request, Invitation.objects.sent().filter(person__user=request.user.pk, meeting=pk))


def _letters(request: HttpRequest, invitations) -> HttpResponse:
    found = list(invitations.select_related("meeting__body", "person__user"))
    if not found:
        raise Http404("There is no letter to print.")
    return respond_or_queue(request, papers.letters_paper(found), about=found[0].meeting)


@require_safe
def excerpt(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The excerpt of a published decision: the issued file, once there is one that this reader may have."""
    decisions = Decision.objects.visible_to(request.user).published()
    decision = get_object_or_404(decisions.select_related("meeting__body", "agenda_item__parent"), reference=reference)
    if issued := issued_response(request, decision, EXCERPT):
        return issued
    return respond_or_queue(request, papers.excerpt_paper(decision, user=request.user), about=decision)


@require_safe
def follow_up(request: HttpRequest, slug: str, year: int, quarter: int) -> HttpResponse:
    """What an organisation owed in one quarter of a Jalali year, as far as the reader may know; none is ahead."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    asked = Quarter(year, quarter)
    if not (1 <= quarter <= len(NAMES) and year >= FIRST_YEAR and asked <= Quarter.of(today())):
        raise Http404("There is no such quarter yet.")
    return respond_or_queue(request, papers.follow_up_paper(organization, asked, user=request.user))


FIRST_YEAR = 1387  # of the council


def _assembly(user):
    return Meeting.objects.visible_to(user).of_assembly().select_related("body")
