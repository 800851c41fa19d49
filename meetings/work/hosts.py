"""The desk's page of the hosts: who should be next and why, and what the organisations answered."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council_portal.administration.steps import Step
from council_portal.persian.calendar import today
from members.models import Organization

from .. import hosting, rotation, turns
from ..holding import Refused
from ..models import HostTurn, Meeting
from ..turn_steps import ANSWERS, TURN_STEPS

SUGGESTED = 6
A_MONTH = timedelta(days=30)


def arranges_hosts(view):
    """Make a view one for those who set the order of the hosts: a visitor is asked to sign in, others are refused."""
    return login_required(permission_required("meetings.arrange_hosts", raise_exception=True)(view))


@require_safe
@arranges_hosts
def hosts(request: HttpRequest) -> HttpResponse:
    """The turns that are set, whom the rule suggests after them, and who passed until when."""
    without_host = list(turns.meetings_without_host())
    ahead = [(turn, _day_of(turn), _steps(turn)) for turn in hosting.turns_ahead(request.user)]
    # The turns that are set and have no meeting yet come first for the meetings that have no host.
    waiting = [turn for turn, *__ in ahead if turn.meeting is None]
    free = without_host[len(waiting) :]
    suggested = rotation.suggestions(_days(free), on=today())
    context = {
        "ahead": ahead,
        "suggestions": [(one, free[n] if n < len(free) else None) for n, one in enumerate(suggested)],
        "passed": [(turn, _steps(turn)) for turn in hosting.turns_passed(request.user, on=today())],
        "without_host": without_host,
        "next_without_host": without_host[0] if without_host else None,
        "answers": ANSWERS,
    }
    return render(request, "meetings/work/hosts.html", context)


@require_POST
@arranges_hosts
def propose(request: HttpRequest) -> HttpResponse:
    """Set a turn for the organisation that was chosen, and give it the meeting that was named, if any."""
    organization = _named(Organization.objects.all(), request.POST.get("organization"))
    meeting = _named(Meeting.objects.of_assembly(), request.POST.get("meeting")) if "meeting" in request.POST else None
    try:
        turns.propose(organization, by=request.user, reason=_reason(organization), meeting=meeting)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("«%(organization)s» has its turn.") % {"organization": organization})
    return redirect("meetings:work_hosts")


@require_http_methods(["GET", "HEAD", "POST"])
@arranges_hosts
def turn_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Note an answer of an organisation that has a turn, or swap it; what needs to be asked is asked first."""
    turn = get_object_or_404(HostTurn.objects.select_related("organization", "meeting__body"), pk=pk)
    step = _step(TURN_STEPS, name)
    if not step.possible(turn):
        messages.warning(request, _("This step is not possible, or has been taken already."))
        return redirect("meetings:work_hosts")
    return _ask_or_take(request, step, turn.organization, turn)


@require_http_methods(["GET", "HEAD", "POST"])
@arranges_hosts
def answer(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Note that an organisation passes before a turn is set for it."""
    return _ask_or_take(request, _step(ANSWERS, name), get_object_or_404(Organization, pk=pk), None)


def _ask_or_take(request: HttpRequest, step: Step, organization: Organization, turn: HostTurn | None) -> HttpResponse:
    form = step.form_for(turn, request.POST)
    is_answered = request.method == "POST" and (form is None or form.is_valid())
    if is_answered and _take(request, step, organization, turn, form.cleaned_data if form else {}):
        return redirect("meetings:work_hosts")
    context = {"step": step, "form": form, "organization": organization, "turn": turn}
    return render(request, "meetings/work/turn_step.html", context)


def _take(request: HttpRequest, step: Step, organization: Organization, turn: HostTurn | None, answers: dict) -> bool:
    try:
        with transaction.atomic():
            turn = turn or turns.propose(organization, by=request.user, reason=_reason(organization))
            step.take(turn, by=request.user, **answers)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, step.done)
    return True


def _day_of(turn: HostTurn):
    return turn.meeting.held_on if turn.meeting else turn.expected_on


def _steps(turn: HostTurn) -> list[Step]:
    return [step for step in TURN_STEPS if step.possible(turn)]


def _step(steps, name: str) -> Step:
    step = next((step for step in steps if step.name == name), None)
    if step is None:
        raise Http404("There is no such step.")
    return step


def _reason(organization: Organization) -> str:
    """Why the rule suggests it; words for a choice that the rule did not suggest."""
    suggested = rotation.suggestions(_days(list(turns.meetings_without_host())), on=today())
    reasons = {one.member.id: one.reason for one in suggested}
    return reasons.get(organization.pk) or _("Chosen by the secretariat.")


def _days(meetings: list[Meeting]) -> list:
    """When the next turns fall: on the days of `meetings`, then about a month from one to the next."""
    days = [meeting.held_on.first if meeting.held_on else today() for meeting in meetings][:SUGGESTED]
    while len(days) < SUGGESTED:
        days.append((days[-1] if days else today()) + A_MONTH)
    return days


def _named(rows, key: str | None):
    """The row that a form names; 404 for what is no key of one."""
    if not (key and key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404("There is no such row.")
    return get_object_or_404(rows, pk=key)
