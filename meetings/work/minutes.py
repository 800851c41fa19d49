"""The pages on which minutes are written: `/desk/meetings/<pk>/minutes/…`."""

from functools import cached_property, wraps

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from js_asset import Media

from council_portal.administration.records import FROZEN, REFUSED, STYLE_OF_EDITOR
from council_portal.persian import wording
from members.by_article import Rule, article_behind

from .. import drafts
from ..duties import with_duties
from ..models import AgendaItem, Decision, Meeting, Minutes, MinutesDraft, TextModule
from ..placeholders import as_paragraphs, facts_of, fill
from ..record import MeetingRecord
from ..reviewing import is_review
from ..steps import OPEN, STEPS
from ..writing import Part, locked, parts_of
from .access import works_on_meeting
from .minutes_forms import ItemForm, OutcomeForm, TextsForm, decisions_formset
from .pages import work_page
from .review_forms import Reviews
from .saving import save_whole

TEMPLATES = "meetings/work/minutes"
BEGIN = next(step for step in STEPS if step.name == "begin-minutes")


def kept_when_signed_out(view):
    """Keep what is posted by somebody whose sign-in is over, by the pass in their form, before they sign in again."""

    @wraps(view)
    def keeping(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            drafts.keep_by_pass(request.POST.get("draft_pass", ""), fields=dict(request.POST.lists()))
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return keeping


def minutes_for(request: HttpRequest, meeting: Meeting) -> Minutes | None:
    """The meeting's minutes, None while they are not begun. Raises Http404 where they are closed to this person."""
    if not hasattr(meeting, "minutes"):
        return None
    own = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
    if own is None:
        raise Http404("These minutes are closed.")
    return own


@require_POST
@works_on_meeting
def begin(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Begin the minutes as a copy of the agenda."""
    if BEGIN.possible(meeting):
        BEGIN.take(meeting, by=request.user)
        messages.success(request, BEGIN.done)
    return redirect("meetings:work_minutes", meeting.pk)


# The list of the parts


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The parts of the minutes with their state; by POST the outcomes of all items at once."""
    own = minutes_for(request, meeting)
    if own is None:
        context = {"can_begin": BEGIN.possible(meeting)}
        return work_page(request, meeting, "minutes", f"{TEMPLATES}_none.html", context)
    if own.is_frozen:
        if request.method == "POST":
            messages.error(request, FROZEN)
        return _frozen_page(request, meeting, own)
    forms = {}
    if request.method == "POST":
        forms = _save_outcomes(request, own)
        if not forms:
            messages.success(request, _("The outcomes are saved."))
            return redirect("meetings:work_minutes", meeting.pk)
    basis = article_behind(Rule.MINUTES, body_kind=meeting.body.kind, user=request.user, on=meeting.sort_on)
    context = _list(request, meeting, own, forms) | {"basis": basis}
    return work_page(request, meeting, "minutes", f"{TEMPLATES}.html", context)


def _outcome_form(item: AgendaItem, data=None) -> OutcomeForm:
    return OutcomeForm(data, instance=item, prefix=f"item-{item.pk}", use_required_attribute=False)


@transaction.atomic
def _save_outcomes(request: HttpRequest, own: Minutes) -> dict[int, OutcomeForm]:
    """Save all of the outcomes, or none: then return the forms, which say why; of an item that is untouched nothing."""
    own = locked(own)
    items = AgendaItem.objects.visible_to(request.user).filter(meeting=own.meeting_id).select_for_update(of=["self"])
    forms = {item.pk: _outcome_form(item, request.POST) for item in items}
    changed = [form for form in forms.values() if form.prefix_is_posted and "outcome" in form.changed_data]
    for form in changed:
        form.refusal = FROZEN if own.is_frozen else None
    # Each form looks at its own answer, also after one that is refused.
    mistaken = [form for form in changed if not form.is_valid()]
    if mistaken:
        return forms
    for form in changed:
        form.save()
    return {}


def _list(request, meeting, own, forms) -> dict:
    parts = parts_of(meeting, to=request.user)
    rows = MinutesDraft.objects.filter(meeting=meeting, user=request.user, data__isnull=False)
    kept = {row.agenda_item_id for row in rows}
    others: dict[int | None, list[str]] = {}
    for row in drafts.others_at(meeting, but=request.user):
        others.setdefault(row.agenda_item_id, []).append(_is_at(row))
    entries = [
        {
            "part": part,
            "form": part.item and not part.closed and (forms.get(part.item.pk) or _outcome_form(part.item)),
            "is_kept": _key(part) in kept,
            "others": others.get(_key(part), []),
        }
        for part in parts
    ]
    return {
        "own": own,
        "entries": entries,
        "missing": [part for part in parts if part.lacks_outcome],
        "is_open": OPEN(meeting),
    }


def _key(part: Part) -> int | None:
    return part.item and part.item.pk


def _is_at(draft: MinutesDraft) -> str:
    return _("%(person)s has had this open since %(time)s.") % {
        "person": draft.user,
        "time": wording.clock(draft.opened_at),
    }


def _frozen_page(request, meeting, own, **kwargs) -> HttpResponse:
    context = {"own": own, "record": MeetingRecord(meeting, user=request.user)}
    return work_page(request, meeting, "minutes", f"{TEMPLATES}_frozen.html", context, **kwargs)


# One part


@require_http_methods(["GET", "HEAD", "POST"])
@kept_when_signed_out
@works_on_meeting
@csp_update({"style-src": [SELF, STYLE_OF_EDITOR]})
def item(request: HttpRequest, meeting: Meeting, item: int) -> HttpResponse:
    """Write what was said about one item, what came of it and what was decided."""
    return _write(request, meeting, item)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_when_signed_out
@works_on_meeting
@csp_update({"style-src": [SELF, STYLE_OF_EDITOR]})
def texts(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Write what frames the minutes."""
    return _write(request, meeting, None)


def _write(request: HttpRequest, meeting: Meeting, item: int | None) -> HttpResponse:
    own = minutes_for(request, meeting)
    if own is None or (own.is_frozen and request.method != "POST"):
        return redirect("meetings:work_minutes", meeting.pk)
    parts = parts_of(meeting, to=request.user)
    place = next((i for i, part in enumerate(parts) if _key(part) == item and not part.closed), None)
    if place is None:
        raise Http404("There is no such part.")
    following = next((part for part in parts[place + 1 :] if not part.closed), None)
    if request.method == "POST" and "_insert" not in request.POST:
        editor = _save(request, own, parts[place])
        if editor is None:
            return _onward(request, parts[place], following)
    else:
        editor = Editor(request.user, own, parts[place], _typed(request, meeting, parts[place]))
    before = next((part for part in reversed(parts[:place]) if not part.closed), None)
    context = editor.context(request) | {"before": before, "following": following, "parts": parts}
    return work_page(request, meeting, "minutes", f"{TEMPLATES}_part.html", context)


def _typed(request: HttpRequest, meeting: Meeting, part: Part) -> QueryDict | None:
    """What the form is to show: with a text module put in, what was kept and is taken up again, or None."""
    if request.method == "POST":
        return _with_module(request.POST, meeting, part)
    if "kept" in request.GET:
        draft = MinutesDraft.objects.filter(user=request.user, meeting=meeting, agenda_item=part.item).first()
        return _as_posted(draft.data) if draft and draft.data else None
    return None


def _as_posted(data: dict[str, list[str]]) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, values in data.items():
        posted.setlist(name, values)
    return posted


def _with_module(posted: QueryDict, meeting: Meeting, part: Part) -> QueryDict:
    """What was posted, with the chosen text module at the end of the text; for browsers without scripts."""
    typed = posted.copy()
    chosen = posted.get("module", "")
    modules = TextModule.objects.for_body(meeting.body)
    module = modules.filter(pk=chosen).first() if chosen.isascii() and chosen.isdecimal() else None
    field = "discussion" if part.item else ("closing" if posted.get("module_into") == "closing" else "opening")
    if module is not None:
        typed[field] = f"{typed.get(field, '')}{as_paragraphs(fill(module.text, facts_of(meeting)))}"
    return typed


def _save(request: HttpRequest, own: Minutes, part: Part) -> "Editor | None":
    """Save a part; None when that is done, else the editor with what was typed and why it was not saved."""
    return save_whole(
        lambda: Editor(request.user, locked(own), part, request.POST, is_locked=True),
        refused=lambda: Editor(request.user, own, part, request.POST, refusal=REFUSED),
    )


def _onward(request: HttpRequest, part: Part, following: Part | None) -> HttpResponse:
    messages.success(request, _("Saved: %(part)s") % {"part": part.title})
    if "_next" in request.POST:
        address = following.url if following else reverse("meetings:work_minutes", args=[part.meeting.pk])
    else:
        address = part.url
    return redirect(f"{address}?saved={part.key}")


class Editor:
    """The forms of one part, empty or with what was typed; locked, the rows are those that nobody else can change."""

    def __init__(self, user, own: Minutes, part: Part, data=None, *, is_locked=False, refusal=None):
        self.user, self.own, self.part = user, own, part
        row = self._row(is_locked)
        make_form = ItemForm if part.item else TextsForm
        self.form = make_form(data, instance=row, use_required_attribute=False)
        self.form.refusal = FROZEN if own.is_frozen else refusal
        rows = Decision.objects.visible_to(user).filter(agenda_item=part.item).prefetch_related(with_duties())
        rows = rows.order_by("number", "pk")
        rows = rows.select_for_update(of=["self"]) if is_locked else rows
        self.decisions = decisions_formset(data, part.meeting, part.item, rows)
        self.reviews = Reviews(user, part.meeting, part.item, data, is_locked=is_locked)

    def _row(self, is_locked: bool):
        if self.part.item is None:
            return self.own
        if is_locked:
            return AgendaItem.objects.select_for_update(of=["self"]).get(pk=self.part.item.pk)
        return self.part.item

    def is_valid(self) -> bool:
        # All: a mistake in one must not hide those of the others.
        return all([self.form.is_valid(), self.decisions.is_valid(), self.reviews.is_valid()])

    def save(self) -> None:
        if self.form.has_changed():
            self.form.save()
        self.decisions.save()
        self.reviews.save()
        drafts.close_part(self.part.meeting, self.part.item, by=self.user)

    @cached_property
    def modules(self) -> list[tuple[TextModule, str]]:
        """The text modules that suit, each with its text for this meeting."""
        facts = SimpleLazyObject(lambda: facts_of(self.part.meeting))
        modules = TextModule.objects.for_body(self.part.meeting.body).in_order()
        return [(module, as_paragraphs(fill(module.text, facts))) for module in modules]

    def context(self, request: HttpRequest) -> dict:
        media = self.form.media + self.decisions.media + self.decisions.empty_form.duties.media
        draft = None if self.own.is_frozen else drafts.open_part(self.part.meeting, self.part.item, by=self.user)
        return {
            "own": self.own,
            "part": self.part,
            "form": self.form,
            "decisions": self.decisions,
            "reviews": self.reviews if is_review(self.part.item) else None,
            "modules": self.modules,
            # Without the nonce on its import map the editor silently becomes a bare text box.
            "media": Media.from_media(media, nonce=request.csp_nonce),
            "organizations": self.decisions.form_kwargs["organizations"].rows,
            "others": _others(self.part, self.user),
            "kept": draft if draft and draft.data and not self.form.is_bound else None,
            "draft_pass": drafts.pass_for(self.part.meeting, self.part.item, of=self.user),
        }


def _others(part: Part, user) -> list[str]:
    return [_is_at(row) for row in drafts.others_at(part.meeting, but=user).filter(agenda_item=part.item)]


# What is typed and not saved yet


@require_POST
def draft(request: HttpRequest, pk: int, item: int | None = None) -> HttpResponse:
    """Keep what is typed into a part, or tell alone that it is still open; answers who else has it open.

    When its writer's sign-in is over, or somebody else has signed in meanwhile, it is kept for the writer all the same.
    """
    draft_pass = request.POST.get("draft_pass", "")
    if not request.user.is_authenticated or drafts.is_of_another(draft_pass, than=request.user):
        if "ping" not in request.POST:
            drafts.keep_by_pass(draft_pass, fields=dict(request.POST.lists()))
        return JsonResponse({}, status=401)
    return _draft(request, pk=pk, item=item)


@works_on_meeting
def _draft(request: HttpRequest, meeting: Meeting, item: int | None) -> HttpResponse:
    own = minutes_for(request, meeting)
    part = next((part for part in parts_of(meeting, to=request.user) if _key(part) == item and not part.closed), None)
    if own is None or part is None:
        raise Http404("There is no such part.")
    if "discard" in request.POST:
        drafts.forget_text(meeting, part.item, by=request.user)
        return redirect(part.url)
    if "ping" in request.POST:
        drafts.open_part(meeting, part.item, by=request.user)
    else:
        drafts.keep(meeting, part.item, by=request.user, fields=dict(request.POST.lists()))
    answer = {"others": _others(part, request.user), "version": (part.item or own).version, "frozen": own.is_frozen}
    return JsonResponse(answer | {"kept": _("Kept at %(time)s") % {"time": wording.clock(timezone.now())}})
