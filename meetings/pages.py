"""The page and the files of one meeting: the assembly's meetings and the sessions of board and committees share it."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from council_portal.files.serving import disposition
from council_portal.files.storing import clean_stem
from council_portal.issuing.backlog import unissued
from council_portal.issuing.reading import issued_of
from members.by_article import Rule, articles_behind
from members.models import Body

from . import answering, metadata
from .archive_file import archive_of
from .comment_forms import CommentForm
from .course import course_of
from .issuing import MINUTES, REPORT, sees_more
from .models import Meeting
from .paper_views import paper_addresses
from .record import MeetingRecord


def meeting_page(request: HttpRequest, meeting: Meeting, comment_form: CommentForm | None = None) -> HttpResponse:
    """Show everything of `meeting` that the reader may see.

    The caller has found it with `Meeting.objects.visible_to(request.user).select_related("body")`.
    `comment_form` is one that comes back with what is wrong with it.
    """
    record = MeetingRecord(meeting, user=request.user, returned_comment=comment_form)
    issued = issued_of(record.minutes, user=request.user) if record.minutes else None
    context = {
        "record": record,
        "meeting": meeting,
        "body": meeting.body,
        "is_assembly": meeting.body.kind == Body.Kind.ASSEMBLY,
        "timeline": course_of(meeting, moves=record.moves, minutes=record.minutes, corrigenda=record.corrigenda),
        "counts": record.attendance_in_words,
        "missing": _missing(record),
        "bases": articles_behind(
            Rule.QUORUM, Rule.MINUTES, body_kind=meeting.body.kind, user=request.user, on=meeting.sort_on
        ),
        "materials_url": _materials_url(record),
        "prints": paper_addresses(meeting),
        "issued": issued,
        "unissued": unissued(record.minutes, MINUTES, user=request.user) if record.minutes else None,
        "sees_more": sees_more(record, issued),
        "issued_report": issued_of(meeting, user=request.user, kinds=[REPORT]) if record.minutes else None,
        "choices": answering.choices(record.invitation),
        "previous": _link(record.previous),
        "next": _link(record.next),
        "about": metadata.event(
            meeting,
            request.build_absolute_uri,
            host=str(record.host) if record.host else "",
            moves=record.moves,
        ),
    }
    return render(request, "meetings/meeting.html", context)


def materials_file(request: HttpRequest, meeting: Meeting) -> StreamingHttpResponse:
    """All materials of `meeting` that the reader may see, in one ZIP file. Raises Http404 where there are none.

    The caller has found the meeting with `visible_to`.
    """
    materials = list(meeting.materials.visible_to(request.user).not_withdrawn().select_related("file").in_order())
    if not materials:
        raise Http404("Nothing of this meeting is to be seen by this reader.")
    name = _("Materials of %(meeting)s") % {"meeting": meeting}
    headers = {"Content-Disposition": disposition(f"{clean_stem(name)}.zip", as_attachment=True)}
    return StreamingHttpResponse(archive_of(materials), content_type="application/zip", headers=headers)


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


def _materials_url(record: MeetingRecord) -> str:
    """The address of all materials in one file; "" where there is no file, or no number to stand in an address."""
    if record.meeting.number is None or not any(material.file for material in record.materials):
        return ""
    return f"{record.meeting.get_absolute_url()}materials.zip"


def _link(meeting: Meeting | None) -> tuple[str, str]:
    return (meeting.get_absolute_url(), str(meeting)) if meeting else ("", "")
