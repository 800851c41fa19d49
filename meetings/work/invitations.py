"""Inviting to a meeting: who is invited, who has answered what, and which letters did not arrive."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from council_portal.persian import forms as persian
from council_portal.persian.wording import count
from members.by_article import Rule, article_behind
from members.models import Person

from .. import answering, invitations, letter_pages
from ..holding import Refused
from ..models import Invitation, Meeting
from ..steps import INVITE
from .access import works_on_meeting
from .pages import work_page

# What the list can be narrowed to, each with the count that its tile shows and the verb that narrows.
SHOWN = {
    "": (gettext_lazy("Invited"), "invited", lambda rows: rows),
    "unanswered": (gettext_lazy("Have not answered"), "unanswered", lambda rows: rows.unanswered()),
    "other_day": (
        gettext_lazy("Answered for an earlier day"),
        "other_day",
        lambda rows: rows.answered_for_another_day(),
    ),
    **{
        str(answer): (answer.label, str(answer), lambda rows, answer=answer: rows.answered().filter(answer=answer))
        for answer in Invitation.Answer
    },
    "trouble": (gettext_lazy("Letters that did not arrive"), "trouble", lambda rows: rows.with_letter_trouble()),
    "paper": (gettext_lazy("Without an e-mail address"), "paper", lambda rows: rows.by_paper()),
}


@dataclass(frozen=True, slots=True)
class Tile:
    count: int
    label: str
    url: str
    tone: str
    is_current: bool


class GuestForm(forms.Form):
    """A guest: somebody on record who is no member of the body, or somebody named here."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Person on record"), queryset=Person.objects.none(), required=False
    )
    name = persian.CharField(
        label=gettext_lazy("or the name of a guest who is not on record"), max_length=200, required=False
    )
    post = persian.CharField(label=gettext_lazy("Post"), max_length=200, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Without one the letter is printed."),
    )

    def __init__(self, data=None, *, people):
        super().__init__(data, auto_id="guest_%s")
        self.fields["person"].queryset = people

    def clean(self):
        asked = super().clean()
        if self.errors:
            return asked
        if not (asked["person"] or asked["name"]):
            self.add_error("person", _("Choose a person, or give the name of a guest."))
        elif asked["person"] and asked["name"]:
            self.add_error("name", _("Choose a person or name a guest, not both."))
        elif asked["person"] and (asked["post"] or asked["email"]):
            self.add_error("person", _("Post and e-mail of somebody on record stand in their own entry."))
        return asked


class AddressForm(forms.Form):
    """Another e-mail address for a guest who is not on record."""

    guest_email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)


@require_safe
@works_on_meeting
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who is invited and what they answered, and the one button that invites."""
    return _page(request, meeting, GuestForm(people=_people(request, meeting)))


@require_POST
@works_on_meeting
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Invite the members and the guests on the list who are not invited yet."""
    try:
        new = INVITE.take(meeting, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(meeting)
    if new:
        words = ngettext("%(number)s person is invited.", "%(number)s people are invited.", len(new))
        messages.success(request, words % {"number": count(len(new))})
    else:
        messages.info(request, _("Everybody is invited already; nobody was written to twice."))
    return _back(meeting)


@require_POST
@works_on_meeting
def add_guest(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put a guest on the list."""
    form = GuestForm(request.POST, people=_people(request, meeting))
    if form.is_valid():
        try:
            invitations.add_guest(meeting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("person" if form.cleaned_data["person"] else "name", str(refusal))
    if not form.is_valid():
        return _page(request, meeting, form)
    messages.success(request, _("The guest is on the list and will be invited with the next letters."))
    return _back(meeting)


@require_POST
@works_on_meeting
def remove_guest(request: HttpRequest, meeting: Meeting, invitation: int) -> HttpResponse:
    """Take a guest off the list who has not been invited yet."""
    meeting.invitations.to_be_sent().filter(pk=invitation).delete()
    return _back(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def answer(request: HttpRequest, meeting: Meeting, invitation: int) -> HttpResponse:
    """Enter an answer that was given by telephone or on paper, or a guest's other address."""
    invited = _invitation(meeting, invitation)
    choices, form = answering.choices(invited), _address_form(invited)
    if request.method == "POST" and form and "guest_email" in request.POST:
        form = AddressForm(request.POST)
        if form.is_valid():
            invitations.correct_address(invited, **form.cleaned_data)
            messages.success(request, _("The address is changed."))
            return _back(meeting)
    elif request.method == "POST":
        choices = answering.give(invited, request.POST, by=request.user)
        if not choices:
            messages.success(request, _("The answer is recorded."))
            return _back(meeting)
    context = {"invitation": invited, "choices": choices, "action": request.path, "address_form": form}
    return work_page(request, meeting, "invitations", "meetings/work/answer.html", context)


@require_POST
@works_on_meeting
def send_again(request: HttpRequest, meeting: Meeting, invitation: int) -> HttpResponse:
    """Send a letter again that did not arrive, or may not have."""
    if invitations.send_again(_invitation(meeting, invitation)):
        messages.success(request, _("The letter is being sent again."))
    else:
        messages.info(request, _("Nothing was sent again: the letter has arrived, or is being sent."))
    return redirect(reverse("meetings:work_invitations", args=[meeting.pk]) + "?show=trouble")


@require_safe
@works_on_meeting
def letters(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The letters to print: everybody's, or of those whom no mail reaches."""
    rows = meeting.invitations.sent()
    if request.GET.get("only") == "paper":
        rows = rows.by_paper()
    rows = rows.select_related("meeting__body", "person__user").alphabetical()
    file = f"{reverse('meetings:letters_file', args=[meeting.pk])}?{request.GET.urlencode()}".removesuffix("?")
    back = reverse("meetings:work_invitations", args=[meeting.pk])
    return letter_pages.respond(request, rows, back=back, file=file)


def _page(request: HttpRequest, meeting: Meeting, form: GuestForm) -> HttpResponse:
    shown = request.GET.get("show", "")
    label, _name, narrow = SHOWN.get(shown, SHOWN[""])
    counts, services = meeting.invitations.counts(), letter_pages.services_of(meeting)
    rows = list(narrow(meeting.invitations.sent()).for_the_list())
    for row in rows:
        row.service = services.get(row.person_id)
    context = {
        "basis": article_behind(Rule.INVITATION, body_kind=meeting.body.kind, user=request.user, on=meeting.sort_on),
        "tiles": _tiles(meeting, counts, shown),
        "counts": counts,
        "shown": label if shown in SHOWN and shown else "",
        "rows": rows,
        "guests": list(meeting.invitations.to_be_sent().select_related("person").alphabetical()),
        "to_invite": invitations.members_to_invite(meeting).count(),
        "can_invite": INVITE.possible(meeting),
        "is_open": invitations.is_open(meeting),
        "guest_form": form,
    }
    return work_page(request, meeting, "invitations", "meetings/work/invitations.html", context)


def _tiles(meeting: Meeting, counts: dict[str, int], shown: str) -> list[Tile]:
    url = reverse("meetings:work_invitations", args=[meeting.pk])
    tones = {"unanswered": "attention", "other_day": "attention", "trouble": "attention"}
    return [
        Tile(
            counts[name],
            label,
            f"{url}?show={key}" if key else url,
            tone=tones.get(key, "") if counts[name] else "",
            is_current=key == shown,
        )
        for key, (label, name, _narrow) in SHOWN.items()
        if counts[name] or key not in ("other_day", "trouble", "paper")
    ]


def _people(request: HttpRequest, meeting: Meeting):
    """Whom a guest can be chosen from: people on record who are not members of the body."""
    members = letter_pages.services_of(meeting)
    return Person.objects.visible_to(request.user).exclude(pk__in=members).alphabetical()


def _invitation(meeting: Meeting, pk: int) -> Invitation:
    rows = meeting.invitations.sent().select_related("meeting__body", "person__user", "letter")
    return get_object_or_404(rows, pk=pk)


def _address_form(invitation: Invitation) -> AddressForm | None:
    if invitation.person_id is not None:
        return None
    return AddressForm(initial={"guest_email": invitation.guest_email})


def _back(meeting: Meeting) -> HttpResponse:
    return redirect("meetings:work_invitations", meeting.pk)
