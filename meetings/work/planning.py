"""Planning meetings: a year of a body at once, looked at and changed before it is stored; or one meeting alone."""

from dataclasses import dataclass
from datetime import date

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from council_portal.administration.steps import LOOK
from council_portal.persian.calendar import to_jalali, today
from council_portal.persian.reading import check_date
from council_portal.persian.wording import count, digits
from members.models import Body, Organization

from .. import planning, rotation
from ..days import note_of, notes_on
from ..holding import Refused
from ..models import HostTurn
from ..planning import Clash, Plan
from ..rhythm import next_days, rhythm_of, usual_rhythm, why_not
from .planning_forms import MeetingRow, MeetingRows, NewMeetingForm, RhythmForm, rhythm_values

SUGGESTED = 4


@dataclass(frozen=True)
class Row:
    """A row of the preview: its form, the day as it is typed now, what to know of it."""

    form: MeetingRow
    day: date | None
    meant: date | None
    because: str
    clashes: list[Clash]

    @property
    def is_moved(self) -> bool:
        return None not in (self.day, self.meant) and self.day != self.meant


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """Ask for body, year and rhythm; show what they give; store it when it is posted by «save»."""
    bodies = _bodies(request)
    body = _chosen(request, bodies)
    if body is None:
        return render(request, "meetings/work/plan.html", {"bodies": bodies, "body": None})
    is_asked = "year" in request.GET
    form = RhythmForm(request.GET if is_asked else None, initial=_first_answers(body))
    context = {"bodies": bodies, "body": body, "form": form, "media": form.media}
    if not (is_asked and form.is_valid()):
        return render(request, "meetings/work/plan.html", context)
    plan = planning.plan_year(body, form.rhythm, form.cleaned_data["year"], on=today())
    hosts = _hosts(request, body)
    rows = _rows(request, body, form.rhythm, plan, hosts)
    if request.method == "POST" and rows.is_valid() and "save" in request.POST and _store(request, body, rows):
        return redirect("meetings:work_meetings")
    context |= {"plan": plan, "rhythm": form.rhythm, "rows": rows, "preview": _preview(request, body, rows, plan)}
    context["media"] = rows.media
    return render(request, "meetings/work/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Plan one meeting of a body; the days that its rhythm suggests are offered, each with what is to be known of it.

    The button «look» tells the same of the day that is typed, and stores nothing.
    """
    bodies = _bodies(request)
    body = _chosen(request, bodies)
    if body is None:
        return render(request, "meetings/work/new_meeting.html", {"bodies": bodies, "body": None})
    rhythm = usual_rhythm(body)
    suggested = next_days(body, rhythm, on=today())[:SUGGESTED]
    day = _day_asked_for(request) or (suggested[0].day if suggested else None)
    hosts = _hosts(request, body)
    initial = {"day": day, **rhythm_values(rhythm), "host": _first_host(hosts, day)}
    form = NewMeetingForm(request.POST or None, hosts=hosts, initial=initial)
    if request.method == "POST" and form.is_valid() and LOOK not in request.POST:
        meeting = _add(request, body, form)
        if meeting is not None:
            return redirect("meetings:work_overview", meeting.pk)
    hours = [(one.day, rhythm.starts_at, rhythm.ends_at) for one in suggested]
    note = note_of(form, body, user=request.user)
    context = {
        "bodies": bodies,
        "body": body,
        "form": form,
        "rhythm": rhythm,
        "suggested": list(zip(suggested, notes_on(body, hours, user=request.user), strict=True)),
        "note": note if form.is_bound or day not in [one.day for one in suggested] else None,
        "chosen_day": note.day if note else None,
    }
    return render(request, "meetings/work/new_meeting.html", context)


def _day_asked_for(request: HttpRequest) -> date | None:
    """The day in the address, as the links of the suggested days write it; None for one that nobody could type."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        check_date(*to_jalali(day))
    except ValueError:
        return None
    return day


def _bodies(request: HttpRequest) -> list[Body]:
    """The bodies that this person plans for; nobody else has anything to do here."""
    bodies = list(planning.bodies_of(request.user))
    if not bodies:
        raise PermissionDenied
    return bodies


def _chosen(request: HttpRequest, bodies: list[Body]) -> Body | None:
    """The body that the address names, or the only one; None while it is to be chosen. 404 for another's body."""
    slug = request.GET.get("body")
    if not slug:
        return bodies[0] if len(bodies) == 1 else None
    body = next((body for body in bodies if body.slug == slug), None)
    if body is None:
        raise Http404("There is no such body, or it is another's to plan.")
    return body


def _first_answers(body: Body) -> dict:
    return {"year": digits(planning.default_year(today())), **rhythm_values(rhythm_of(body))}


def _hosts(request: HttpRequest, body: Body) -> dict | None:
    """The organisations that can host, by key; None where this person sets no hosts for this body."""
    if body.kind != Body.Kind.ASSEMBLY or not request.user.has_perm("meetings.arrange_hosts"):
        return None
    ahead = HostTurn.objects.ahead()
    promised = ahead.filter(meeting__isnull=False).values("organization")
    waiting = ahead.filter(meeting__isnull=True).values("organization")
    members = rotation.members_on(today()).order_by().values("pk")
    if request.method != "POST":
        # What is posted twice names hosts that the first time has promised; the rule says what is to be refused.
        members = members.exclude(pk__in=promised)
    offered = Organization.objects.filter(Q(pk__in=members) | Q(pk__in=waiting))
    return {one.pk: one for one in offered.alphabetical()}


def _first_host(hosts: dict | None, day: date | None):
    suggested = planning.suggested_hosts([day or today()], on=today()) if hosts else []
    return suggested[0][0].pk if suggested else None


def _rows(request: HttpRequest, body: Body, rhythm, plan: Plan, hosts: dict | None):
    if request.method == "POST":
        return MeetingRows(request.POST, form_kwargs={"hosts": hosts})
    days = [planned.day for planned in plan.days]
    suggested = planning.suggested_hosts(days, on=today()) if hosts else []
    initial = [
        {
            "day": planned.day,
            "meant": planned.meant,
            "starts_at": rhythm.starts_at,
            "ends_at": rhythm.ends_at,
            "host": suggested[n][0].pk if n < len(suggested) else None,
        }
        for n, planned in enumerate(plan.days)
    ]
    return MeetingRows(initial=initial, form_kwargs={"hosts": hosts})


def _preview(request: HttpRequest, body: Body, rows, plan: Plan) -> list[Row]:
    """Each row with what is to be known of its day as it is now: the holiday on it, and who else meets then."""
    values = [getattr(form, "cleaned_data", None) or form.initial for form in rows]
    dated = [one for one in values if one.get("day")]
    hours = [(one["day"], one.get("starts_at"), one.get("ends_at")) for one in dated]
    found = iter(planning.clashes(body, hours, user=request.user))
    preview = []
    for form, one in zip(rows, values, strict=True):
        day, meant = one.get("day"), one.get("meant")
        because = why_not(meant, plan.holidays) if meant and meant != day else ""
        because = because or (why_not(day, plan.holidays) if day else "")
        preview.append(Row(form, day, meant, because, next(found) if day else []))
    return preview


def _reasons(hosts_wanted: list) -> dict:
    """Why the rule suggests hosts for meetings on these days, by organisation."""
    return {host.pk: reason for host, reason in planning.suggested_hosts(hosts_wanted, on=today())}


def _store(request: HttpRequest, body: Body, rows) -> bool:
    days = [form.cleaned_data["day"] for form in rows.kept]
    reasons = _reasons(days) if any(form.cleaned_data.get("host") for form in rows.kept) else {}
    try:
        with pghistory.context(step="plan"):
            stored = planning.store(body, [form.meeting(reasons) for form in rows.kept], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    text = ngettext("%(count)s meeting is planned.", "%(count)s meetings are planned.", len(stored))
    if stored:
        messages.success(request, text % {"count": count(len(stored))})
    else:
        messages.info(request, _("There was nothing to add: these days are planned already."))
    return True


def _add(request: HttpRequest, body: Body, form: NewMeetingForm):
    host, day = form.cleaned_data.get("host"), form.cleaned_data["day"]
    try:
        with pghistory.context(step="plan"):
            meeting = planning.add(body, form.meeting(_reasons([day]) if host else {}), by=request.user)
    except planning.AlreadyPlanned as refusal:
        form.add_error("day", str(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("The meeting is planned."))
        for warning in note_of(form, body, user=request.user, but=meeting).warnings:
            messages.warning(request, warning)
        return meeting
    return None
