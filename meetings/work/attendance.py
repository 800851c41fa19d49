"""The list at the door: who came, marked by the keyboard, by touch or without script, by many clerks at once."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council_portal.persian import forms as persian
from council_portal.persian.wording import digits
from members.by_article import Rule, article_behind

from .. import attending
from ..attending import Mark
from ..holding import Refused
from ..models import Attendance, Invitation, Meeting, Minutes
from .access import works_on_meeting
from .pages import work_page

ASKS_FOR_PART = "X-Part"  # a script that wants the row and the counts alone
Status = Attendance.Status


class MarkForm(forms.Form):
    """What a clerk says of one person; `seen` is the version of the row that they look at."""

    seen = forms.IntegerField(min_value=1)
    status = forms.ChoiceField(choices=Status.choices)
    excuse = persian.CharField(label=gettext_lazy("excuse"), max_length=250, required=False)
    substitute_name = persian.CharField(label=gettext_lazy("substitute"), max_length=200, required=False)
    substitute_post = persian.CharField(label=gettext_lazy("substitute's post"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        is_represented = cleaned.get("status") == Status.REPRESENTED
        if is_represented and not cleaned.get("substitute_name") and "substitute_name" not in self.errors:
            self.add_error("substitute_name", _("Name the substitute."))
        return cleaned

    @property
    def mark(self) -> Mark:
        """What belongs to another status is left out."""
        said = self.cleaned_data
        if said["status"] == Status.EXCUSED:
            return Mark(Status.EXCUSED, excuse=said["excuse"])
        if said["status"] == Status.REPRESENTED:
            return Mark(Status.REPRESENTED, "", said["substitute_name"], said["substitute_post"])
        return Mark(said["status"])


class GuestForm(forms.Form):
    name = persian.CharField(label=gettext_lazy("name"), max_length=200)
    post = persian.CharField(label=gettext_lazy("post"), max_length=200, required=False)


@dataclass
class Row:
    """Somebody on the list: what stands there, what their answer lets expect, and what was typed and refused."""

    attendance: Attendance
    answer: Invitation | None
    complaint: str = ""
    typed: MarkForm | None = None

    @property
    def proposed(self) -> Mark | None:
        """What the answer to the invitation proposes, while nobody has marked the person."""
        return Mark.expected(self.answer) if self.attendance.status == Status.UNMARKED else None

    @property
    def filled(self) -> Mark:
        """What the fields of the row begin with: what was typed, what stands there, or what is proposed."""
        if self.typed is not None:
            said = {
                name: str(self.typed[name].value() or "") for name in ("excuse", "substitute_name", "substitute_post")
            }
            return Mark(str(self.typed["status"].value() or ""), **said)
        return self.proposed or Mark.of(self.attendance)

    @property
    def asks(self) -> str:
        """Which of its questions stands open, because its answer was refused."""
        return self.filled.status if self.typed is not None else ""


@require_safe
@works_on_meeting
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everybody who is expected, by the alphabet, with what is known of each."""
    return _page(request, meeting)


@require_POST
@works_on_meeting
def begin(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Make the list of those who are expected, or add to it who has joined since."""
    if meeting.status == Meeting.Status.HELD:
        messages.error(request, _("The meeting is closed: its list stays."))
    else:
        _tried(request, lambda: attending.list_members(meeting))
    return _back(meeting)


@require_POST
@works_on_meeting
def settle(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Mark all who are not marked: who apologised excused, the others absent."""
    number = _tried(request, lambda: attending.settle(meeting))
    if number:
        words = ngettext("%(number)s person is marked.", "%(number)s people are marked.", number)
        messages.success(request, words % {"number": digits(number)})
    return _back(meeting)


@require_POST
@works_on_meeting
def mark(request: HttpRequest, meeting: Meeting, key: int) -> HttpResponse:
    """Mark one person, by a clerk who has seen one version of the row."""
    attendance = get_object_or_404(meeting.attendance.select_related("person", "organization"), pk=key)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _refused(request, meeting, attendance, "", form, status=422)
    try:
        attending.mark(attendance, form.mark, seen=form.cleaned_data["seen"])
    except Refused as refusal:
        attendance.refresh_from_db()
        return _refused(request, meeting, attendance, str(refusal), None, status=409)
    if ASKS_FOR_PART in request.headers:
        return JsonResponse(_changes(request, meeting, [attendance.pk]))
    return _back(meeting, f"person-{attendance.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def add_guest(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add a guest who has come: one of the invited by `invitation`, anybody else by name and post."""
    if request.method != "POST":
        return _back(meeting)
    invited = next(
        (one for one in attending.invited_guests(meeting) if str(one.pk) == request.POST.get("invitation")), None
    )
    form = GuestForm(request.POST)
    if invited is not None:
        known = {"person": invited.person, "name": invited.guest_name, "post": invited.guest_post}
        _tried(request, lambda: attending.add_guest(meeting, **known))
    elif not form.is_valid():
        return _page(request, meeting, guest_form=form)
    else:
        _tried(request, lambda: attending.add_guest(meeting, **form.cleaned_data))
    return _back(meeting, "guests")


@require_POST
@works_on_meeting
def remove(request: HttpRequest, meeting: Meeting, key: int) -> HttpResponse:
    """Take a guest off the list."""
    guest = meeting.attendance.filter(pk=key).select_related("meeting").first()
    if guest is not None:
        _tried(request, lambda: attending.remove_guest(guest))
    return _back(meeting, "guests")


@require_safe
@works_on_meeting
def marks(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What changed since: `seen` is "7.1,8.3", the rows that a script shows, each with its version; `guests` as
    `_guests` wrote it."""
    seen = set(request.GET.get("seen", "").split(","))
    versions = meeting.attendance.members().values_list("pk", "version")
    news = _changes(request, meeting, [pk for pk, version in versions if f"{pk}.{version}" not in seen])
    guests = _guests(meeting)
    if guests["guests_key"] != request.GET.get("guests", guests["guests_key"]):
        html = render_to_string("meetings/work/attendance_guests.html", guests | _frame(meeting), request)
        news["guests"] = {"key": guests["guests_key"], "html": html}
    return JsonResponse(news)


def _page(request: HttpRequest, meeting: Meeting, *, bad: Row | None = None, guest_form=None) -> HttpResponse:
    rows = _rows(meeting)
    if bad is not None:
        rows = [bad if row.attendance.pk == bad.attendance.pk else row for row in rows]
    is_fixed = _is_fixed(meeting)
    context = _counts(meeting, user=request.user) | {
        **_guests(meeting),
        "rows": [row for row in rows if not row.attendance.is_guest],
        "missing_count": 0 if is_fixed or meeting.status == Meeting.Status.HELD else attending.missing_count(meeting),
        "guest_form": guest_form or GuestForm(),
        "is_fixed": is_fixed,
    }
    return work_page(request, meeting, "attendance", "meetings/work/attendance.html", context)


def _guests(meeting: Meeting) -> dict:
    """The guests who are there and those who are awaited, with a key that tells whether somebody has seen the same."""
    guests = list(meeting.attendance.filter(is_guest=True).select_related("person").alphabetical())
    awaited = [] if _is_fixed(meeting) else attending.invited_guests(meeting)
    key = "-".join(",".join(str(one.pk) for one in some) for some in (guests, awaited))
    return {"guests": guests, "invited_guests": awaited, "guests_key": key}


def _rows(meeting: Meeting, keys: list[int] | None = None) -> list[Row]:
    """Everybody on the list, or those of these keys, with their answers: two queries."""
    attendance = meeting.attendance.select_related("person", "organization").alphabetical()
    if keys is not None:
        attendance = attendance.filter(pk__in=keys)
    answers = {one.person_id: one for one in meeting.invitations.exclude(answer="")}
    return [Row(one, answers.get(one.person_id)) for one in attendance]


def _counts(meeting: Meeting, *, user) -> dict:
    counts = meeting.attendance.counts()
    there, quorum = counts["present"] + counts["represented"], meeting.body.quorum
    basis = article_behind(Rule.QUORUM, body_kind=meeting.body.kind, user=user, on=meeting.sort_on)
    lacking = max(0, (quorum or 0) - there)
    return {"counts": counts, "there": there, "quorum": quorum, "lacking": lacking, "basis": basis}


def _changes(request: HttpRequest, meeting: Meeting, keys: list[int], bad: Row | None = None) -> dict:
    """For a script: the counts and these rows as HTML."""
    rows = [bad] if bad is not None else _rows(meeting, keys) if keys else []
    frame = _frame(meeting)
    return {
        "counts": render_to_string(
            "meetings/work/attendance_counts.html", _counts(meeting, user=request.user), request
        ),
        "rows": {
            row.attendance.pk: render_to_string("meetings/work/attendance_row.html", frame | {"row": row}, request)
            for row in rows
        },
    }


def _frame(meeting: Meeting) -> dict:
    return {"meeting": meeting, "is_fixed": _is_fixed(meeting)}


def _refused(request, meeting, attendance, complaint: str, form: MarkForm | None, *, status: int) -> HttpResponse:
    """Show the row as it stands with why the mark was refused, and what was typed."""
    (row,) = _rows(meeting, [attendance.pk])
    row.complaint, row.typed = complaint, form
    if ASKS_FOR_PART in request.headers:
        return JsonResponse(_changes(request, meeting, [], bad=row), status=status)
    if complaint:
        messages.error(request, complaint)
        return _back(meeting, f"person-{attendance.pk}")
    return _page(request, meeting, bad=row)


def _is_fixed(meeting: Meeting) -> bool:
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    return meeting.status == Meeting.Status.CANCELLED or (minutes is not None and minutes.is_frozen)


def _tried(request: HttpRequest, rule):
    """What the rule returned; None for what it refused, which is shown."""
    try:
        return rule()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None


def _back(meeting: Meeting, anchor: str = "") -> HttpResponse:
    address = reverse("meetings:work_attendance", args=[meeting.pk])
    return redirect(f"{address}#{anchor}" if anchor else address)
