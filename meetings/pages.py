"""The page of one meeting: the assembly's meetings and the sessions of board and committees share it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from members.models import Body

from .models import Meeting
from .record import MeetingRecord


def meeting_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show everything of `meeting` that the reader may see.

    The caller has found it with `Meeting.objects.visible_to(request.user).select_related("body")`.
    """
    record = MeetingRecord(meeting, user=request.user)
    context = {
        "record": record,
        "meeting": meeting,
        "body": meeting.body,
        "is_assembly": meeting.body.kind == Body.Kind.ASSEMBLY,
        "counts": _counts(record),
        "missing": _missing(record),
        "previous": _link(record.previous),
        "next": _link(record.next),
    }
    return render(request, "meetings/meeting.html", context)


def _counts(record: MeetingRecord) -> list[tuple[int, str]]:
    """Attendance as counts, never as a percentage (DESIGN.md §3, rule 6)."""
    words = {
        "expected": _("Expected"),
        "present": _("Present"),
        "excused": _("Excused"),
        "absent": _("Absent"),
        "represented": _("Represented by a substitute"),
        "guests": _("Guests"),
    }
    return [(record.attendance[name], word) for name, word in words.items()] if record.attendance else []


def _missing(record: MeetingRecord) -> list[str]:
    """What a held meeting's page has nothing of for this reader, said once for all."""
    if record.meeting.status != Meeting.Status.HELD:
        return []
    parts = {
        _("Venue"): record.meeting.venue,
        _("Agenda"): record.agenda,
        _("Attendance"): record.attendance,
        _("Minutes"): record.minutes,
        _("Decisions"): record.minutes or record.decisions,
        _("Speeches, articles and pictures"): record.minutes or record.materials,
    }
    return [name for name, content in parts.items() if not content]


def _link(meeting: Meeting | None) -> tuple[str, str]:
    return (meeting.get_absolute_url(), str(meeting)) if meeting else ("", "")
