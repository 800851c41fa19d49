"""A long document on its way: how far it has come, for whoever asked for it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from . import printing
from .models import PrintRequest


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a document has come; once it is there, the way to where it was asked for, which hands it out."""
    return render(request, "papers/paper.html", {"asked": _asked(request, pk)})


@require_safe
def state(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for the page's script."""
    job = _asked(request, pk).job
    return JsonResponse({"is_over": job.is_over, "percent": job.percent, "words": job.words})


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more to make a document that could not be made."""
    asked = _asked(request, pk)
    printing.try_again(asked.job)
    return redirect(asked)


def _asked(request: HttpRequest, pk: int) -> PrintRequest:
    return get_object_or_404(PrintRequest.objects.visible_to(request.user).select_related("job"), pk=pk)
