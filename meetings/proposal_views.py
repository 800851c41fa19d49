"""Where an organisation's people propose items for an agenda, and see what became of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council_portal.access.standing import standing_of
from council_portal.paging import page_of

from . import proposals
from .models import AgendaItem, ItemProposal
from .work.forms import ProposeForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an item for one's organisation; below it, what the organisation has proposed so far."""
    organizations = standing_of(request.user).organization_ids
    if not organizations:
        raise PermissionDenied
    form = ProposeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        proposals.propose(form.save(commit=False), by=request.user)
        messages.success(request, _("Your proposal is with those who keep the agenda. You will be told of the answer."))
        return redirect("meetings:propose")
    own = ItemProposal.objects.filter(organization__in=organizations).newest_first()
    readable = AgendaItem.objects.visible_to(request.user).select_related("meeting__body")
    own = own.select_related("organization", "body").prefetch_related(Prefetch("agenda_item", readable))
    return render(request, "meetings/propose.html", {"form": form, "page": page_of(request, own)})
