"""The page on which a decision is worked on: `/desk/decisions/<pk>/`, for the officers of its body."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from council_portal.access.visibility import editable_q
from council_portal.administration.records import FROZEN, REFUSED
from council_portal.persian import forms as persian
from council_portal.persian.calendar import today
from council_portal.persian.text import to_latin_digits, to_persian_digits

from .. import register
from ..duties import with_duties
from ..holding import Refused
from ..linking import link, unlink
from ..models import Assignment, Decision, DecisionLink, Minutes
from ..resting_on import grounds_of
from .access import signed_in
from .minutes_forms import MOST_DUTIES, DecisionForm, Organizations
from .saving import save_whole

LATEST_OFFERED = 200
ROWS_MORE = 2


def works_on_decision(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make `view(request, decision, …)` a view of the address `<int:pk>`, for those who work on its body's decisions.

    A visitor is asked to sign in; for anybody else a decision that is not theirs to work on is a 404.
    """

    @wraps(view)
    @signed_in
    def checked(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        decisions = Decision.objects.visible_to(request.user).filter(editable_q(request.user, body="meeting__body"))
        decisions = decisions.select_related("meeting__body", "meeting__minutes").prefetch_related(with_duties())
        return view(request, get_object_or_404(decisions, pk=pk), **kwargs)

    return checked


class DecisionField(persian.CharField):
    """Another decision by its reference, as it is cited or as it stands in addresses, in any digits."""

    def __init__(self, *, decisions, **kwargs):
        self.decisions = decisions
        super().__init__(max_length=60, **kwargs)
        self.widget.attrs |= {"list": "decisions", "autocomplete": "off"}

    def clean(self, value):
        typed = super().clean(value)
        by_reference = self.decisions.filter(reference=to_latin_digits(typed).lower())
        labels = [typed, to_persian_digits(typed)]
        found = list(by_reference or self.decisions.filter(label__in=labels)[:2])
        if len(found) != 1:
            raise ValidationError(
                _("No decision is cited as «%(typed)s». Choose one of the list."), "unknown", {"typed": typed}
            )
        return found[0]


class LinkForm(forms.Form):
    """How a decision stands to another one."""

    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=DecisionLink.Kind)

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.decisions = Decision.objects.visible_to(user).filter(reference__isnull=False).newest_first()
        self.fields["other"] = DecisionField(
            label=gettext_lazy("other decision"),
            help_text=gettext_lazy("Its reference, as it is cited."),
            decisions=self.decisions.select_related("meeting__body"),
        )

    @property
    def offered(self):
        """The latest decisions, to choose from; any other can be typed."""
        return self.decisions.only("label", "title", "text", "meeting")[:LATEST_OFFERED]


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_decision
def page(request: HttpRequest, decision: Decision) -> HttpResponse:
    """What the decision is linked to, and until it is frozen its text and who carries it out, to be changed here."""
    if request.method != "POST":
        return _page(request, decision)
    if decision.is_frozen:
        messages.error(request, FROZEN)
        return redirect("meetings:work_decision", decision.pk)
    if "_more" in request.POST:
        return _page(request, decision, form=_form(decision, with_more_rows(request.POST)))
    form = _save(request, decision)
    if form is not None:
        return _page(request, decision, form=form)
    messages.success(request, _("The decision is saved."))
    return redirect("meetings:work_decision", decision.pk)


def _save(request: HttpRequest, decision: Decision) -> DecisionForm | None:
    """Save what was typed; None when that is done, else the form that says why not."""

    def on_locked_rows() -> DecisionForm:
        # As the editor of the minutes does, so that nothing is changed while they are being approved.
        list(Minutes.objects.select_for_update().filter(meeting=decision.meeting_id))
        rows = Decision.objects.select_for_update(of=["self"]).prefetch_related(with_duties())
        form = _form(rows.select_related("meeting__minutes").get(pk=decision.pk), request.POST)
        form.refusal = FROZEN if form.instance.is_frozen else None
        return form

    def refused() -> DecisionForm:
        form = _form(decision, request.POST)
        form.refusal = REFUSED
        form.is_valid()
        return form

    return save_whole(on_locked_rows, refused=refused)


def with_more_rows(data: QueryDict) -> QueryDict:
    """What was typed, with empty rows for further organisations below it."""
    name = "decision-duties-TOTAL_FORMS"
    total, data = data.get(name, ""), data.copy()
    if total.isascii() and total.isdecimal() and len(total) <= 4 and int(total) < MOST_DUTIES:
        data[name] = int(total) + ROWS_MORE
        data.update({f"decision-duties-{n}-role": Assignment.Role.SUPPORT for n in range(int(total), data[name])})
    return data


def _form(decision: Decision, data=None) -> DecisionForm:
    return DecisionForm(
        data, instance=decision, prefix="decision", organizations=Organizations(), use_required_attribute=False
    )


@require_POST
@works_on_decision
def add_link(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Link the decision to another one that this person may read."""
    form = LinkForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, decision, link_form=form)
    try:
        link(decision, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("other", str(refusal))
        return _page(request, decision, link_form=form)
    messages.success(request, _("The link is saved."))
    return redirect("meetings:work_decision", decision.pk)


@require_POST
@works_on_decision
def remove_link(request: HttpRequest, decision: Decision, key: int) -> HttpResponse:
    """Take back a link of this decision to another one that this person may read."""
    if DecisionLink.objects.filter(pk=key, other__in=Decision.objects.visible_to(request.user)).exists():
        unlink(decision, key, by=request.user)
    messages.success(request, _("The link is removed."))
    return redirect("meetings:work_decision", decision.pk)


def _page(request: HttpRequest, decision: Decision, form: DecisionForm | None = None, link_form=None) -> HttpResponse:
    readable = Decision.objects.visible_to(request.user)
    links = decision.links.filter(other__in=readable).select_related("other__meeting__body").order_by("pk")
    form = form or (None if decision.is_frozen else _form(decision))
    context = {
        "decision": decision,
        "form": form,
        "organizations": form.duties.organizations.rows if form else [],
        "assignments": register.duties_for(request.user, on=today()).filter(decision=decision),
        "links": links,
        "link_form": link_form or LinkForm(user=request.user),
        "resting_on": grounds_of(decision, user=request.user),
        "backlinks": decision.backlinks.filter(decision__in=readable).select_related("decision__meeting__body"),
    }
    return render(request, "meetings/work/decision.html", context)
