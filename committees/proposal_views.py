"""A proposal's own page with its whole way, and the pages of the desk on which committees draft and submit."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from js_asset import Media

from council_portal.access.standing import standing_of
from council_portal.administration.records import STYLE_OF_EDITOR
from council_portal.paging import page_of
from meetings.holding import Refused
from meetings.models import Meeting

from . import proposing
from .models import Proposal
from .proposal_forms import ProposalForm, committees_of
from .way import is_done, stops_of

TEMPLATES = "committees/desk"


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal with what came of it, in links to each station of its way."""
    rows = Proposal.objects.visible_to(request.user).select_related("committee", "addressee")
    proposal = get_object_or_404(rows, pk=pk)
    session = Meeting.objects.visible_to(request.user).select_related("body").filter(pk=proposal.prepared_in_id)
    stops = stops_of(proposal, user=request.user)
    standing = standing_of(request.user)
    context = {
        "proposal": proposal,
        "session": session.first(),
        "stops": stops,
        "is_done": is_done(stops),
        "is_own": standing.is_secretariat or proposal.committee_id in standing.officer_of,
    }
    return render(request, "committees/proposal.html", context)


@require_safe
@login_required
def proposals(request: HttpRequest) -> HttpResponse:
    """What the person's committees have drafted and put to others, by status."""
    _require_committee(request)
    own = Proposal.objects.visible_to(request.user).editable_by(request.user)
    numbers = dict(own.order_by().values_list("status").annotate(Count("pk")))
    counts = [(status.value, status.label, numbers[status]) for status in Proposal.Status if status in numbers]
    status = request.GET.get("status", "")
    rows = own.filter(status=status) if status in numbers else own
    page = page_of(request, rows.select_related("committee", "addressee").newest_first())
    context = {"page": page, "counts": counts, "total": sum(numbers.values()), "status": status}
    return render(request, f"{TEMPLATES}/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@csp_update({"style-src": [SELF, STYLE_OF_EDITOR]})
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft; with `?from=` it begins with the text of one that has come to its end."""
    _require_committee(request)
    form = ProposalForm(request.POST or None, instance=Proposal(), initial=_begun_with(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@csp_update({"style-src": [SELF, STYLE_OF_EDITOR]})
@transaction.atomic
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on a draft; of one that is submitted, see how it stands and what can still be done."""
    rows = Proposal.objects.visible_to(request.user).editable_by(request.user)
    if request.method == "POST":
        rows = Proposal.objects.select_for_update(of=["self"]).filter(pk__in=rows.values("pk"))
    proposal = get_object_or_404(rows.select_related("committee", "addressee", "agenda_item"), pk=pk)
    if not proposal.is_draft:
        if request.method == "POST":
            messages.error(request, str(proposing.NotADraft()))
        return redirect(proposal)
    form = ProposalForm(request.POST or None, instance=proposal, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    return _form_page(request, form)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submitted proposal back."""
    proposal = _own(request, pk)
    if _tried(request, lambda: proposing.withdraw(proposal, by=request.user)):
        messages.success(request, _("The proposal is withdrawn."))
    return redirect(proposal)


@require_POST
@login_required
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    proposal = _own(request, pk)
    if not _tried(request, lambda: proposing.discard(proposal, by=request.user)):
        return redirect(proposal)
    messages.success(request, _("The draft is thrown away."))
    return redirect("committees:desk_proposals")


def _require_committee(request: HttpRequest) -> None:
    if not (standing_of(request.user).is_secretariat or committees_of(request.user).exists()):
        raise PermissionDenied


def _own(request: HttpRequest, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.user).editable_by(request.user), pk=pk)


def _begun_with(request: HttpRequest) -> dict:
    """The first answers of a new draft: the texts of an earlier one, or the committee that the address names."""
    own = Proposal.objects.visible_to(request.user).editable_by(request.user)
    key = request.GET.get("from", "")
    earlier = own.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if earlier is None:
        return {}
    names = ("committee", "addressee", "title", "text", "prepared_in", "visibility")
    return {name: getattr(earlier, name) for name in names}


def _saved(request: HttpRequest, form: ProposalForm) -> HttpResponse:
    """Save the draft, and submit it where that was pressed."""
    proposal = form.instance
    if proposal.pk is None:
        proposal = proposing.begin(proposal)
    elif form.has_changed():
        proposal = form.save()
    if "_submit" not in request.POST:
        messages.success(request, _("The draft is saved; nobody else sees it yet."))
        return redirect("committees:desk_proposal", proposal.pk)
    proposing.submit(proposal, by=request.user)
    messages.success(request, _("The proposal is submitted; those who keep the agenda are told."))
    return redirect(proposal)


def _form_page(request: HttpRequest, form: ProposalForm) -> HttpResponse:
    # Without the nonce on its import map the editor silently becomes a bare text box.
    context = {"form": form, "proposal": form.stored, "media": Media.from_media(form.media, nonce=request.csp_nonce)}
    return render(request, f"{TEMPLATES}/proposal.html", context)


def _tried(request: HttpRequest, rule) -> bool:
    try:
        rule()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
