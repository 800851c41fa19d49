"""Checking whether a document is genuine, for anybody; and the issued files, for those who may read them."""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council_portal.files.serving import respond
from council_portal.refusing import Refused

from . import limits, register
from .backlog import unissued
from .codes import grouped, is_code, read_code
from .fate import Verdict
from .forms import CodeForm, FileForm
from .kinds import kind_named
from .models import Entry
from .reading import may_read
from .stamps import groups_of
from .verifying import Answer, answer_to_code
from .words import in_its_place, words_for

MISSED = (Verdict.UNKNOWN, Verdict.MISTYPED)


# A token would set a cookie and keep the page from being kept; what is posted here changes nothing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or a file is chosen; below, the head of the register."""
    if "code" in request.GET:
        return _typed(request)
    if request.method == "POST":
        return _posted(request)
    return _page(request)


# Kept nowhere: a register that is changed by force raises no revision, and the answer has to be of this moment.
@never_cache
@require_safe
def document(request: HttpRequest, code: str) -> HttpResponse:
    """What is said of one code."""
    symbols = read_code(code)
    if is_code(symbols) and grouped(symbols) != code:
        return redirect("issuing:document", grouped(symbols), permanent=True)
    if limits.is_exhausted(request):
        return _too_many(request)
    return _answered(request, answer_to_code(code, user=request.user))


@require_safe
def document_file(request: HttpRequest, number: int) -> HttpResponse:
    """One issued file, for ever the same."""
    return _file(request, get_object_or_404(Entry.objects.issued().select_related("file"), number=number))


@require_safe
def latest(request: HttpRequest, kind: str, subject: int) -> HttpResponse:
    """The file that was issued last of one record; of a withdrawn one the way to the page that says so."""
    document = Entry.objects.issued().filter(kind=kind, subject_id=subject).newest_first().with_fate().first()
    if document is None:
        raise Http404("Nothing was issued of it.")
    return redirect(document) if document.withdrawal else _file(request, document)


@require_POST
def issue(request: HttpRequest, kind: str, subject: int) -> HttpResponse:
    """Have the queue issue what is published and not on record, and lead back to its page."""
    if not request.user.has_perm("issuing.change_entry"):
        raise PermissionDenied
    found = kind_named(kind)
    record = get_object_or_404(found.model.objects.visible_to(request.user), pk=subject) if found else None
    if record is None or unissued(record, found, user=request.user) is None:
        raise Http404("There is nothing to issue of it.")
    try:
        register.issue_later(record, found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is being issued: in a moment it stands in the register."))
    return redirect(record)


def _typed(request: HttpRequest) -> HttpResponse:
    """Lead from what was typed to the code's own address; what is no code is said beside the field."""
    form = CodeForm(request.GET)
    if form.is_valid():
        return redirect("issuing:document", grouped(form.cleaned_data["code"]))
    return _page(request, code_form=form)


def _posted(request: HttpRequest) -> HttpResponse:
    """Answer to a file, or to the hash that the browser made of it. It is not kept, and a large one not even read."""
    if limits.is_exhausted(request):
        return _too_many(request)
    if int(request.headers.get("Content-Length") or 0) > settings.FILES_MAX_BYTES:
        return _page(request, file_form=FileForm.too_large(), status=413)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form)
    return _answered(request, form.answer(user=request.user))


def _answered(request: HttpRequest, answer: Answer) -> HttpResponse:
    if answer.verdict in MISSED or answer.was_seen:
        limits.count(request)
    document = answer.document
    context = {
        "answer": answer,
        "successors": [(other, in_its_place(other)) for other in answer.fate.successors] if answer.fate else [],
        "words": words_for(answer),
        "document": document,
        "head": groups_of(document.previous_hash) if document else [],
        "code_form": CodeForm(),
        "file_form": FileForm(),
    }
    is_missing = answer.verdict in MISSED and request.method != "POST"
    return render(request, "issuing/answer.html", context, status=404 if is_missing else 200)


def _page(request: HttpRequest, *, code_form=None, file_form=None, status: int = 200) -> HttpResponse:
    last = Entry.objects.order_by("-number").first()
    context = {
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
        "last": last,
        "head": groups_of(last.entry_hash) if last else [],
    }
    return render(request, "issuing/verify.html", context, status=status)


def _file(request: HttpRequest, document: Entry) -> HttpResponse:
    if not may_read(document, request.user):
        raise Http404("This reader may not read it.")
    return respond(request, document.file, name=document.title)


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"minutes": limits.WINDOW // timedelta(minutes=1)}
    headers = {"Retry-After": int(limits.WINDOW.total_seconds())}
    return HttpResponse(
        render_to_string("issuing/too_many.html", context, request),
        status=HTTPStatus.TOO_MANY_REQUESTS,
        headers=headers,
    )
