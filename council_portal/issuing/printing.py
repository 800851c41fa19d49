"""Handing a paper out: a short one at once, a long one by the queue.

    return respond_or_queue(request, minutes_paper(minutes, user=request.user), about=minutes.meeting)

What the queue has made belongs to what it was made of, not to who asked: the address makes the paper's text for its
reader each time, with what they may see then, and finds the PDF that was made of the very same text. So a document is
made once for all who may read the same, and none is handed out that its reader could not have been shown anew.
"""

import hashlib
import json
import re
from math import ceil
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from council_portal.files import serving
from council_portal.files.reading import Damaged
from council_portal.jobs import defer
from council_portal.release import RELEASE

from .models import PrintJob, PrintRequest
from .papers import Paper, html_of, in_response, pdf_of
from .tasks import make_paper

# What fills a page, and what a row of a table takes besides its letters: so each paper of the demo is guessed to within
# two pages, mostly to more than it has.
CHARACTERS, ROWS, PICTURES = 1220, 24, 3
CHARACTERS_OF_A_ROW = 12
SHEET = re.compile(r'class="sheet\b')
INSERT = re.compile(r"<img[^>]*\bclass=\"insert\b")
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")


def respond_or_queue(request: HttpRequest, paper: Paper, *, about: models.Model | None = None) -> HttpResponse:
    """The paper as a PDF, if it is short or made already; else the way to the page that shows how far it has come.

    The address must show the same paper each time it is got: the reader comes back to it. `about` is the record whose
    readers may know of the document (see notices.matters). What the reader may see has been asked before.
    """
    html = html_of(paper)
    pages = estimated_pages(html)
    if pages <= settings.PAPER_PAGES_AT_ONCE:
        return in_response(pdf_of(paper, html=html), name=paper.name)
    job = _job(paper, html, pages)
    if job.status == PrintJob.Status.DONE:
        try:
            return serving.respond(request, job.file, name=paper.name)
        except Damaged:  # which is no loss: it can be made again
            _make_again(job, paper, html, pages)
    return redirect(_request(job, request, about))


def estimated_pages(html: str) -> int:
    """About how many pages a paper's text fills: by its sheets, its letters, rows and pictures, its attached pages."""
    body = html[max(0, html.find("<body")) :]
    inserts = len(INSERT.findall(body))
    letters, rows = len(SPACE.sub(" ", TAG.sub("", body))), body.count("<tr")
    written = max((letters + CHARACTERS_OF_A_ROW * rows) / CHARACTERS, rows / ROWS)
    filled = written + (body.count("<img") - inserts) / PICTURES
    return max(len(SHEET.findall(body)), ceil(filled)) + inserts


def fingerprint_of(paper: Paper, html: str) -> str:
    """What tells one document from another, and from itself as it was: a hash of all that it is made of."""
    files = {key: file.sha256 for key, file in sorted(paper.files.items())}
    inserts = [(insert.file.sha256, insert.page) for insert in paper.inserts]
    made_of = json.dumps([RELEASE, html, paper.variant, files, inserts])
    return hashlib.sha256(made_of.encode()).hexdigest()


@transaction.atomic
def _job(paper: Paper, html: str, pages: int) -> PrintJob:
    """The job that makes this paper, entered into the queue if it is new."""
    job, is_new = PrintJob.objects.get_or_create(
        fingerprint=fingerprint_of(paper, html), defaults=_made_of(paper, html, pages)
    )
    if is_new:
        defer(make_paper.configure(), {"job_id": job.pk})
    return job


@transaction.atomic
def _make_again(job: PrintJob, paper: Paper, html: str, pages: int) -> None:
    """Let the queue make a document once more whose PDF is lost or changed, for all who have asked for it."""
    job.made.storage.delete(job.made.name)
    nothing = {"made": "", "size": 0, "sha256": "", "pages_done": 0, "attempts": 0, "ended_at": None}
    done = PrintJob.objects.filter(pk=job.pk, status=PrintJob.Status.DONE)
    if done.update(status=PrintJob.Status.WAITING, **nothing, **_made_of(paper, html, pages)):
        defer(make_paper.configure(), {"job_id": job.pk})


def _made_of(paper: Paper, html: str, pages: int) -> dict[str, Any]:
    return {
        "title": paper.title[:250],
        "name": paper.name[:250],
        "variant": paper.variant.value,
        "html": html,
        "files": {key: file.pk for key, file in paper.files.items()},
        "inserts": [(one.file.pk, one.page, one.width, one.height) for one in paper.inserts],
        "pages_expected": pages,
    }


def _request(job: PrintJob, request: HttpRequest, about: models.Model | None) -> PrintRequest:
    about = {"matter": about._meta.concrete_model._meta.label_lower, "matter_id": about.pk} if about else {}
    asked_by = request.user if request.user.is_authenticated else None
    asked, _is_new = PrintRequest.objects.get_or_create(
        job=job, asked_by=asked_by, defaults={"address": request.get_full_path(), **about}
    )
    return asked


@transaction.atomic
def try_again(job: PrintJob) -> None:
    """Let the queue make a document once more that could not be made; of another, nothing changes."""
    failed = PrintJob.objects.filter(pk=job.pk, status=PrintJob.Status.FAILED)
    if failed.update(status=PrintJob.Status.WAITING, attempts=0, pages_done=0, problem="", ended_at=None):
        defer(make_paper.configure(), {"job_id": job.pk})
