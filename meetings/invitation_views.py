"""An invitation as the person invited has it: its page, its letter, and the links of the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from . import answer_links, answering, letter_pages
from .invitations import is_open
from .letters import Words, name_of, readers
from .models import Invitation, Meeting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's own invitation to the meeting `pk`: what it is about, and the answer, which POST gives."""
    own = _own(request, pk)
    choices = answering.choices(own, asked=request.GET.get("answer", ""))
    if request.method == "POST":
        choices = answering.give(own, request.POST, by=request.user)
        if not choices:
            messages.success(request, _("Your answer is recorded. It can be changed until the meeting is held."))
            return redirect(_back(request) or request.path)
    is_readable = Meeting.objects.visible_to(request.user).filter(pk=pk).exists()
    page_url = own.meeting.get_absolute_url() if is_readable else ""
    return _page(request, own, choices, page_url=page_url, has_letter=True)


@require_safe
@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's own invitation as a letter to print."""
    file = reverse("meetings:invitation_letter_file", args=[pk])
    return letter_pages.respond(request, [_own(request, pk)], file=file)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str, answer: str) -> HttpResponse:
    """Give an answer by a link of the letter, without signing in: looking changes nothing, the button does.

    It shows what the letter said of the meeting, and is over with the meeting.
    """
    invitations = Invitation.objects.sent().select_related("meeting__body", "person__user")
    invited = get_object_or_404(invitations, pk=answer_links.invitation_id_of(token))
    if answer not in Invitation.Answer.values:
        raise Http404("There is no such answer.")
    if not is_open(invited.meeting):
        return render(request, "meetings/link_is_over.html", status=410)
    choices = answering.choices(invited, asked=answer)
    if request.method == "POST":
        choices = answering.give(invited, request.POST, by=_invited_user(request, invited))
        if not choices:
            messages.success(request, _("Your answer is recorded. It can be changed until the meeting is held."))
            return redirect("meetings:answer_by_link", token, request.POST["answer"])
    return _page(request, invited, choices)


def _own(request: HttpRequest, meeting_pk: int) -> Invitation:
    own = Invitation.objects.sent().filter(person__user=request.user.pk)
    return get_object_or_404(own.select_related("meeting__body", "person__user"), meeting=meeting_pk)


def _invited_user(request: HttpRequest, invitation: Invitation):
    """The account of the person invited if it is the one signed in: whoever else has the link is not on record."""
    person_id = getattr(request.user, "person_id", None)
    return request.user if person_id is not None and person_id == invitation.person_id else None


def _page(request, invitation, choices, **context) -> HttpResponse:
    meeting = invitation.meeting
    reader, words = readers(meeting, [invitation])[invitation.pk], Words(meeting)
    about = {
        "invitation": invitation,
        "name": name_of(meeting),
        "facts": words.facts(reader, words.before(invitation.sent_sequence)),
        "choices": choices,
        "action": request.path,
        "page_url": "",
        "has_letter": False,
    }
    return render(request, "meetings/invitation.html", about | context)


def _back(request: HttpRequest) -> str:
    """The page of ours that the form stood on."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address if is_ours else ""
