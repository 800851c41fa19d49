"""The assembly's meetings, their hosts, and what was said and shown there."""

from itertools import groupby

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from council_portal.files.models import is_damaged
from council_portal.files.serving import respond
from council_portal.paging import page_of
from council_portal.persian.calendar import today
from members.by_article import Rule, article_behind
from members.models import Body, Organization, Person

from . import archive, hosting, metadata
from .models import Material, Meeting
from .pages import materials_file, meeting_page
from .record import file_url


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The assembly's archive, newest first, by Jalali year."""
    visible = Meeting.objects.visible_to(request.user).of_assembly()
    form = archive.MeetingFilter(request.GET or None, meetings=visible, user=request.user)
    page = page_of(request, archive.with_rows(form.apply(visible), user=request.user).newest_first())
    years = [(year, list(rows)) for year, rows in groupby(page, key=_jalali_year)]
    context = {
        "form": form,
        "page": page,
        "years": years,
        "assembly": Body.objects.assembly().first(),
        "with_yearbook": archive.years_of_held(page),
    }
    return render(request, "meetings/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting of the assembly that has its number."""
    return meeting_page(request, get_object_or_404(_assembly(request.user), number=number))


@require_safe
def materials(request: HttpRequest, number: int) -> FileResponse:
    """All materials of a meeting of the assembly in one file."""
    return materials_file(request, get_object_or_404(_assembly(request.user), number=number))


@require_safe
def planned(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting that has no number yet; once it has, its lasting address."""
    meeting = get_object_or_404(_assembly(request.user), pk=pk)
    if meeting.number is not None:
        return redirect(meeting, permanent=True)
    return meeting_page(request, meeting)


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    """Who hosted what, in order; whose turn is next and why; who passed and why."""
    context = {
        "page": page_of(request, hosting.hosted(request.user)),
        "ahead": list(hosting.turns_ahead(request.user)),
        "passed": list(hosting.turns_passed(request.user, on=today())),
        "may_arrange": request.user.has_perm("meetings.arrange_hosts"),
        "basis": article_behind(Rule.HOSTING, body_kind=Body.Kind.ASSEMBLY, user=request.user),
    }
    return render(request, "meetings/hosts.html", context)


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """A speech, an article, a picture …; one that was taken back says so."""
    material = get_object_or_404(_materials(request.user).annotate(is_damaged=is_damaged("file")), pk=pk)
    speaker = Person.objects.visible_to(request.user).filter(pk=material.speaker_id).first()
    context = {
        "material": material,
        "meeting": material.meeting,
        "host": Organization.objects.visible_to(request.user).filter(pk=material.meeting.host_id).first(),
        "speaker": speaker,
        "file_url": file_url(material) if material.file and not material.is_damaged else "",
    }
    if not material.withdrawn_at:
        said_by = str(speaker or material.speaker_name)
        context["about"] = metadata.document(material, request.build_absolute_uri, speaker=said_by)
    return render(request, "meetings/material.html", context, status=410 if material.withdrawn_at else 200)


@require_safe
def material_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The file of a material, under the name that it was brought with; another name leads there."""
    material = _kept_material(request, pk)
    if name != material.file.name:
        return redirect(file_url(material))
    return respond(request, material.file, as_attachment="download" in request.GET)


@require_safe
def material_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """The small picture of a picture; the picture itself while there is none."""
    material = _kept_material(request, pk)
    return respond(request, material.thumbnail or material.file)


def _kept_material(request: HttpRequest, pk: int) -> Material:
    material = get_object_or_404(_materials(request.user), pk=pk, file__isnull=False)
    if material.withdrawn_at:
        raise Http404("It was withdrawn; its page says why.")
    return material


def _assembly(user):
    return Meeting.objects.visible_to(user).of_assembly().select_related("body")


def _materials(user):
    return Material.objects.visible_to(user).select_related("meeting__body", "file", "thumbnail")


def _jalali_year(meeting: Meeting) -> int | None:
    return meeting.held_on.year if meeting.held_on else None
