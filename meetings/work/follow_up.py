"""Where the follow-up committee works: what waits, what is overdue or silent, and one assignment with all its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from council_portal.paging import page_of
from council_portal.persian.calendar import today
from members.by_article import Rule, article_behind
from members.models import Membership, User

from .. import duty_lists, escalation, following
from ..holding import Refused
from ..models import Assignment, FollowUp
from ..telling_of_duties import is_closed_to_its_organization
from ..timeline import timeline_of
from . import duty_forms
from .access import signed_in
from .duties import list_asked_for


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done with an assignment: `run(assignment, by=…, **answers)` is its rule, `done` says that it is done.

    `is_open(assignment, report)` tells whether it is offered, beside the report that waits or None.
    """

    name: str
    label: str | Promise
    form: type[duty_forms.StepForm]
    run: Callable
    done: str | Promise
    is_open: Callable[[Assignment, FollowUp | None], bool]


def of_report(rule):
    """A rule about a report as an action on its assignment."""
    return lambda assignment, *, report, by, **answers: rule(report, by=by, **answers)


REVIEWS = (
    Action(
        "accept",
        _("Accept the report"),
        duty_forms.AcceptForm,
        of_report(following.accept),
        _("The report is accepted, and the organisation is told."),
        lambda assignment, report: report is not None,
    ),
    Action(
        "return",
        _("Return the report"),
        duty_forms.ReturnForm,
        of_report(following.send_back),
        _("The report is returned, and the organisation is told why."),
        lambda assignment, report: report is not None,
    ),
)
ENTRIES = (
    Action(
        "extend",
        _("Extend the due date"),
        duty_forms.ExtendForm,
        following.extend,
        _("The due date is extended; the first one stays on record."),
        lambda assignment, report: assignment.is_open,
    ),
    Action(
        "note",
        _("Enter a note"),
        duty_forms.NoteForm,
        following.note,
        _("The note is entered."),
        lambda assignment, report: True,
    ),
    Action(
        "refer",
        _("Refer"),
        duty_forms.ReferForm,
        following.refer,
        _("It is referred."),
        lambda assignment, report: assignment.is_open and report is None,
    ),
    Action(
        "stop",
        _("Stop"),
        duty_forms.StopForm,
        following.stop,
        _("It is stopped."),
        lambda assignment, report: assignment.is_open and report is None,
    ),
)
ACTIONS = {action.name: action for action in (*REVIEWS, *ENTRIES)}


def follows_up(view):
    """For the follow-up committee's officers and the secretariat: `view(request, assignment, …)` of `<int:pk>`."""

    @wraps(view)
    @signed_in
    def checked(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        if not following.may_follow_up(request.user):
            raise PermissionDenied
        rows = Assignment.objects.visible_to(request.user).with_is_late(on=today()).with_stage()
        rows = rows.select_related("organization", "decision__meeting__body")
        return view(request, get_object_or_404(rows, pk=pk), **kwargs)

    return checked


@require_safe
@signed_in
def follow_up(request: HttpRequest) -> HttpResponse:
    """The lists of the follow-up; to the board's officers what has come to them."""
    lists = duty_lists.lists_for(request.user)
    if not lists:
        raise PermissionDenied
    current = list_asked_for(request, lists)
    form = duty_forms.FollowUpFilter(request.GET, user=request.user, current=current.name)
    rows = form.apply(Assignment.objects.visible_to(request.user))
    context = {
        "tiles": duty_lists.tiles_of(lists, rows, on=today()),
        "current": current,
        "form": form,
        "page": page_of(request, current.rows(rows, on=today())),
        "may_follow_up": following.may_follow_up(request.user),
        "days_of_silence": escalation.days_of_silence(),
        "basis": article_behind(Rule.FOLLOW_UP, body_kind="", user=request.user),
    }
    return render(request, "meetings/work/follow_up.html", context)


@require_safe
@follows_up
def followed_duty(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """One assignment: the report that waits, what can be entered, who can be asked, and what happened."""
    return _page(request, assignment)


@require_POST
@follows_up
def step(request: HttpRequest, assignment: Assignment, name: str) -> HttpResponse:
    """Take one of ACTIONS; what is refused comes back with what was typed."""
    action = ACTIONS.get(name)
    if action is None:
        raise Http404("There is no such action.")
    form = action.form(request.POST, request.FILES, assignment=assignment, by=request.user)
    if form.is_valid() and _taken(request, assignment, action, form):
        return redirect("meetings:followed_duty", assignment.pk)
    return _page(request, assignment, returned=(action, form))


def _taken(request: HttpRequest, assignment: Assignment, action: Action, form) -> bool:
    try:
        action.run(assignment, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, action.done)
    return True


def _page(request: HttpRequest, assignment: Assignment, *, returned=(None, None)) -> HttpResponse:
    report = assignment.follow_ups.waiting().select_related("file", "recorded_by__person").first()
    came_back, its_form = returned

    def forms_of(actions) -> list[tuple[Action, duty_forms.StepForm]]:
        """What is offered now, and what came back with a mistake whether it still is or not."""
        return [
            (action, its_form if action is came_back else action.form(assignment=assignment, by=request.user))
            for action in actions
            if action is came_back or action.is_open(assignment, report)
        ]

    context = {
        "assignment": assignment,
        "decision": assignment.decision,
        "report": report,
        "reviews": forms_of(REVIEWS),
        "entries": forms_of(ENTRIES),
        "came_back": came_back,
        "people": _people_of(assignment, user=request.user),
        "is_closed_to_them": is_closed_to_its_organization(assignment),
        "history": timeline_of([assignment], user=request.user),
    }
    return render(request, "meetings/work/followed_duty.html", context)


def _people_of(assignment: Assignment, *, user: User) -> list[Membership]:
    """Who serves for the organisation today: whom to ask. One service of each person."""
    services = Membership.objects.visible_to(user).in_service(on=today()).filter(organization=assignment.organization)
    of_person = {service.person_id: service for service in services.select_related("person", "body").by_rank()}
    return list(of_person.values())
