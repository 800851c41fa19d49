"""What every page of the work on a meeting shows, and the pages that belong to no single part of it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from council_portal.access.standing import standing_of
from council_portal.administration.history import History
from council_portal.administration.steps import LOOK, Step
from council_portal.paging import page_of

from ..escalation import pack_of
from ..holding import Refused
from ..models import Meeting, Minutes
from ..revisions import readable_events
from ..steps import HISTORY_PARTS, NAMED_STEPS, OPEN, STEPS, has_minutes
from .access import works_on_meeting
from .figures import figures_of
from .papers import papers_of
from .tabs import TABS

SAVES_ON_A_PAGE = 50


def work_page(request: HttpRequest, meeting: Meeting, tab: str, template: str, context: dict, **kwargs) -> HttpResponse:
    """Render a page of the work on `meeting`; `tab` names the part (see `tabs`) that it belongs to."""
    frame = {"meeting": meeting, "body": meeting.body, "tabs": TABS, "current_tab": tab}
    return render(request, template, frame | context, **kwargs)


@require_safe
@login_required
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that this person works on, those that are to be finished first."""
    standing = standing_of(request.user)
    if not (standing.is_secretariat or standing.officer_of):
        raise PermissionDenied
    rows = Meeting.objects.visible_to(request.user).editable_by(request.user)
    rows = rows.select_related("body", "host", "minutes").unfinished_first()
    return render(request, "meetings/work/meetings.html", {"page": page_of(request, rows)})


@require_safe
@works_on_meeting
def overview(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Where the meeting stands, and the steps that are open now."""
    steps = [step for step in STEPS if step.is_open(meeting, to=request.user)]
    context = {
        "steps": steps,
        "figures": figures_of(meeting, user=request.user),
        "pack": pack_of(meeting, user=request.user),
        "papers": papers_of(meeting, user=request.user),
        "can_finish": OPEN(meeting) or has_minutes(Minutes.Status.DRAFT)(meeting),
    }
    return work_page(request, meeting, "overview", "meetings/work/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def step(request: HttpRequest, meeting: Meeting, name: str) -> HttpResponse:
    """Ask whether to take a step and for what it needs to know; take it by POST."""
    step = next((step for step in STEPS if step.name == name), None)
    if step is None:
        raise Http404("There is no such step.")
    if step.permission and not request.user.has_perm(step.permission, meeting):
        raise PermissionDenied
    if not step.possible(meeting):
        messages.warning(request, _("This step is not possible, or has been taken already."))
        return redirect("meetings:work_overview", meeting.pk)
    form = step.form_for(meeting, request.POST)
    is_answered = request.method == "POST" and (form is None or form.is_valid()) and LOOK not in request.POST
    note = step.look_at(meeting, form, by=request.user)
    if is_answered and take(request, step, meeting, form.cleaned_data if form else {}):
        for warning in note.warnings if note else ():
            messages.warning(request, warning)
        return redirect("meetings:work_overview", meeting.pk)
    context = {"step": step, "warnings": step.warnings(meeting), "form": form, "note": note}
    return work_page(request, meeting, "overview", "meetings/work/step.html", context)


def take(request: HttpRequest, step: Step, meeting: Meeting, answers: dict) -> bool:
    """Take a step with these answers, and say so; whether it was taken, with why not as a message."""
    try:
        step.take(meeting, by=request.user, **answers)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, step.done)
    return True


@require_safe
@works_on_meeting
def history(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who changed what of the meeting, and when: the history that the database keeps."""
    saves = History(meeting, HISTORY_PARTS, NAMED_STEPS, narrow=partial(readable_events, user=request.user))
    pages = Paginator(saves, SAVES_ON_A_PAGE)
    context = {"page": pages.get_page(request.GET.get("page"))}
    return work_page(request, meeting, "history", "meetings/work/history.html", context)
