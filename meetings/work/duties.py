"""What one's organisation owes: the list, and the page of each duty, where it is reported on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from council_portal.access.standing import standing_of
from council_portal.paging import page_of
from council_portal.persian.calendar import today
from members.models import Organization

from .. import duty_lists, following
from ..duty_lists import OF_ORGANIZATION, DutyList
from ..holding import Refused
from ..models import Assignment, Escalation, FollowUp
from ..timeline import timeline_of
from .access import signed_in
from .duty_forms import ReportForm


@require_safe
@signed_in
def duties(request: HttpRequest) -> HttpResponse:
    """What the organisations of this person owe, what is overdue first, and what became of it."""
    if not standing_of(request.user).organization_ids:
        raise PermissionDenied
    rows = duty_lists.duties_of(request.user)
    current = list_asked_for(request, OF_ORGANIZATION)
    organizations = list(_organizations(request))
    context = {
        "tiles": duty_lists.tiles_of(OF_ORGANIZATION, rows, on=today()),
        "current": current,
        "page": page_of(request, current.rows(rows, on=today())),
        "organizations": organizations,
        "has_several": len(organizations) > 1,
    }
    return render(request, "meetings/work/duties.html", context)


def _organizations(request: HttpRequest):
    return Organization.objects.filter(pk__in=standing_of(request.user).organization_ids).alphabetical()


def list_asked_for(request: HttpRequest, lists: tuple[DutyList, ...]) -> DutyList:
    """The list that `?list=` names, the first one where it names none."""
    return next((one for one in lists if one.name == request.GET.get("list")), lists[0])


def reportable(user):
    """The assignments on which `user` may report, with what their page shows."""
    rows = Assignment.objects.visible_to(user)
    if not standing_of(user).is_secretariat:
        rows = rows.filter(organization__in=standing_of(user).organization_ids)
    return rows.with_is_late(on=today()).with_stage().select_related("organization", "decision__meeting__body")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty of the organisation: how it stands, what happened, and the form to report on it."""
    assignment = get_object_or_404(reportable(request.user), pk=pk)
    form = None
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, assignment=assignment, by=request.user)
        if form.is_valid() and _reported(request, assignment, form):
            return redirect("meetings:duty", assignment.pk)
    why_not = following.why_not_to_report(assignment)
    if form is None and not why_not:
        form = ReportForm(assignment=assignment, by=request.user)
    history = timeline_of([assignment], user=request.user)
    context = {
        "assignment": assignment,
        "decision": assignment.decision,
        "form": form,
        "why_not": why_not,
        "returned": returned_last(history),
        "history": history,
    }
    return render(request, "meetings/work/duty.html", context)


def returned_last(history: list[FollowUp | Escalation]) -> FollowUp | None:
    """The latest report of a timeline, where it was returned and another is expected."""
    reports = [one for one in history if not one.is_escalation and one.kind == FollowUp.Kind.REPORT]
    return reports[-1] if reports and reports[-1].review == FollowUp.Review.RETURNED else None


def _reported(request: HttpRequest, assignment: Assignment, form: ReportForm) -> bool:
    try:
        following.report(assignment, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Your report is with the follow-up committee. You will be told of its answer."))
    return True
