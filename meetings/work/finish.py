"""«Finish the session»: one page on which all is done that a meeting needs before it is closed.

Attendance, what came of each item, decisions with who carries them out, the framing texts and files: by the forms and
rules of their own pages. They are saved together or not at all; then the meeting is closed, and its minutes circulated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from js_asset import Media

from council_portal.administration.records import FROZEN, REFUSED, STYLE_OF_EDITOR

from .. import attending, materials
from ..attending import Changed, Mark
from ..duties import with_duties
from ..models import AgendaItem, Attendance, Decision, Meeting, Minutes
from ..reviewing import is_review
from ..steps import OPEN, STEPS, CirculateForm
from ..writing import Part, locked, parts_of
from .access import works_on_meeting
from .attendance import MarkForm
from .materials import DescriptionForm, take_up_described
from .minutes import BEGIN, minutes_for
from .minutes_forms import DecisionsFormSet, ItemForm, Organizations, TextsForm, decisions_formset
from .pages import take, work_page
from .review_forms import Reviews
from .saving import save_whole

TEMPLATES = "meetings/work/finish"
# A longer list is marked at the door, on its own page.
MOST_ON_THE_PAGE = 40
HOLD, CIRCULATE = (next(step for step in STEPS if step.name == name) for name in ("hold", "circulate"))
Status = Attendance.Status


class PersonForm(MarkForm):
    """How one person stands on the list, as a row of a small body's table."""

    def __init__(self, data=None, *, row: Attendance, is_closed: bool):
        self.row = row
        known = {name: getattr(row, name) for name in attending.MARKED_FIELDS}
        super().__init__(
            data, prefix=f"person-{row.pk}", initial={"seen": row.version, **known}, use_required_attribute=False
        )
        self.fields["seen"].widget = forms.HiddenInput()
        unmarked = [] if is_closed else [(Status.UNMARKED, Status.UNMARKED.label)]
        self.fields["status"].choices = [one for one in Status.choices if one[0] != Status.UNMARKED] + unmarked
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "status" else "form-control"

    def clean(self):
        """Of two who mark one person differently the second is told so, and means it by saving again."""
        cleaned = super().clean()
        if self.errors or self.mark == Mark.of(self.row) or cleaned["seen"] == self.row.version:
            return cleaned
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(self.row.version)
        raise ValidationError(str(Changed(self.row, self.mark)), code="stale")


@dataclass
class ItemForms:
    """One item on the page: its form and its decisions, both None where it is closed to the writer."""

    part: Part
    form: ItemForm | None = None
    decisions: DecisionsFormSet | None = None
    reviews: Reviews | None = None

    @property
    def forms(self) -> list:
        reviews = [self.reviews] if self.reviews is not None else []
        return [self.form, self.decisions, *reviews] if self.form is not None else []

    @property
    def decision_count(self) -> int:
        return len(self.decisions.initial_forms)

    @property
    def shows_decisions(self) -> bool:
        """Whether its decisions stand open: there are some, or somebody has begun to type one."""
        return any(form.instance.pk or form.is_bound and form.has_changed() for form in self.decisions.forms)


class Finishing:
    """Everything on the page, as it stands or as it is typed in `data`; locked, so that nobody else changes it."""

    def __init__(self, user, meeting: Meeting, own: Minutes, data=None, *, is_locked=False, refusal=None):
        self.user, self.meeting, self.own, self.data, self.is_locked = user, meeting, own, data, is_locked
        self.organizations = Organizations()
        self.texts = TextsForm(data, instance=own, prefix="texts", use_required_attribute=False)
        self.texts.refusal = FROZEN if own.is_frozen else refusal
        self.loose = self._decisions_of(None)
        self.people = [self._person(row) for row in self._attendance]
        self.items = [self._item(part) for part in parts_of(meeting, to=user) if part.item]
        self.gone = self._gone()
        waiting = meeting.uploads.select_related("file", "meeting").order_by("pk")
        waiting = waiting.select_for_update(of=["self"]) if is_locked else waiting
        self.uploads = [DescriptionForm.of(upload, data or {}) for upload in waiting]
        # What is asked for circulating is looked at only by whoever presses that button.
        asks = data is not None and "_circulate" in data
        self.circulation = CirculateForm(data if asks else None, prefix="circulate")

    # The rows, each kind of them in one query

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.meeting.attendance.counts()

    @cached_property
    def _attendance(self) -> list[Attendance]:
        """Those who were expected, where they are few enough for a table."""
        if self.counts["expected"] > MOST_ON_THE_PAGE:
            return []
        rows = self.meeting.attendance.members().select_related("person", "organization", "meeting").alphabetical()
        return list(rows.select_for_update(of=["self"]) if self.is_locked else rows)

    @cached_property
    def _rows_of_items(self) -> dict[int, AgendaItem]:
        rows = AgendaItem.objects.filter(meeting=self.meeting).select_related("meeting")
        return {row.pk: row for row in (rows.select_for_update(of=["self"]) if self.is_locked else rows)}

    @cached_property
    def _decisions(self) -> dict[int | None, list[Decision]]:
        rows = Decision.objects.visible_to(self.user).filter(meeting=self.meeting)
        if self.is_locked:
            rows = Decision.objects.filter(pk__in=rows.values("pk")).select_for_update(of=["self"])
        found: dict[int | None, list[Decision]] = {}
        for decision in rows.prefetch_related(with_duties()).order_by("number", "pk"):
            found.setdefault(decision.agenda_item_id, []).append(decision)
        return found

    # The forms

    def _person(self, row: Attendance) -> PersonForm:
        is_posted = self.data is not None and f"person-{row.pk}-status" in self.data
        return PersonForm(
            self.data if is_posted else None, row=row, is_closed=self.meeting.status == Meeting.Status.HELD
        )

    def _decisions_of(self, item: AgendaItem | None, *, is_posted: bool = True) -> DecisionsFormSet:
        return decisions_formset(
            self.data if is_posted else None,
            self.meeting,
            item,
            self._decisions.get(item.pk if item else None, []),
            prefix=f"item-{item.pk}-decisions" if item else "decisions",
            organizations=self.organizations,
        )

    def _item(self, part: Part) -> ItemForms:
        """An item that was added since the page was opened was not asked about, and is shown as it stands."""
        if part.closed:
            return ItemForms(part)
        row, prefix = self._rows_of_items[part.item.pk], f"item-{part.item.pk}"
        is_posted = self.data is not None and f"{prefix}-opened_version" in self.data
        form = ItemForm(self.data if is_posted else None, instance=row, prefix=prefix, use_required_attribute=False)
        form.refusal = self.texts.refusal
        reviews = Reviews(self.user, self.meeting, row, self.data, is_locked=self.is_locked) if is_review(row) else None
        return ItemForms(part, form, self._decisions_of(row, is_posted=is_posted), reviews)

    def _gone(self) -> list[str]:
        """What was written about items that somebody has removed meanwhile."""
        keys = self.data.get("items", "").split(",") if self.data is not None else []
        there = {str(one.part.item.pk) for one in self.items}
        return [text for key in keys if key and key not in there and (text := self.data.get(f"item-{key}-discussion"))]

    @property
    def shows_people(self) -> bool:
        """Whether the list stands open: somebody is not marked, or an answer is refused."""
        return bool(self.counts["unmarked"]) or any(form.errors for form in self.people if form.is_bound)

    @property
    def _all(self) -> list:
        described = [form for form in self.uploads if form.is_bound]
        circulation = [self.circulation] if self.circulation.is_bound else []
        people = [form for form in self.people if form.is_bound]
        items = [form for one in self.items for form in one.forms if form.is_bound]
        return [self.texts, self.loose, *people, *items, *described, *circulation]

    def is_valid(self) -> bool:
        # Each of them first: a mistake in one must not hide those of the others.
        answers = [form.is_valid() for form in self._all]
        return all(answers) and not self.gone

    def save(self) -> None:
        attending.mark_all(self.meeting, [(form.row, form.mark) for form in self.people if form.is_bound])
        for form in [self.texts, *(one.form for one in self.items if one.form is not None and one.form.is_bound)]:
            if form.has_changed():
                form.save()
        for decisions in [self.loose, *(one.decisions for one in self.items if one.forms and one.decisions.is_bound)]:
            decisions.save()
        for one in self.items:
            if one.reviews is not None:
                one.reviews.save()
        take_up_described([form for form in self.uploads if form.is_bound])

    def context(self, request: HttpRequest) -> dict:
        media = self.texts.media + self.loose.media + self.loose.empty_form.duties.media + self.circulation.media
        return {
            "page": self,
            "own": self.own,
            "keys": ",".join(str(one.part.item.pk) for one in self.items),
            "is_open": OPEN(self.meeting),
            "can_circulate": self.own.status == Minutes.Status.DRAFT,
            "has_errors": self.data is not None,
            "organizations": self.organizations.rows,
            # Without the nonce on its import map the editor silently becomes a bare text box.
            "media": Media.from_media(media, nonce=request.csp_nonce),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
@csp_update({"style-src": [SELF, STYLE_OF_EDITOR]})
def finish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show all that a meeting needs; by POST save it, and close and circulate as the button says."""
    own = minutes_for(request, meeting)
    if own is None:
        return _begin(request, meeting)
    if own.is_frozen:
        if request.method == "POST":
            messages.error(request, FROZEN)
        return work_page(request, meeting, "finish", f"{TEMPLATES}_over.html", {"own": own})
    if request.method != "POST":
        page = Finishing(request.user, meeting, own)
    else:
        _bring(request, meeting, request.FILES.getlist("files"))
        page = _save(request, meeting, own)
        if page is None:
            return _go_on(request, meeting)
    return work_page(request, meeting, "finish", f"{TEMPLATES}.html", page.context(request))


def _begin(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Ask to begin the minutes, which copies the agenda and presumes everybody present; by POST begin them."""
    can_begin = BEGIN.possible(meeting)
    if request.method == "POST" and can_begin and take(request, BEGIN, meeting, {}):
        return redirect("meetings:work_finish", meeting.pk)
    return work_page(request, meeting, "finish", f"{TEMPLATES}_begin.html", {"can_begin": can_begin})


def _bring(request: HttpRequest, meeting: Meeting, files: Iterable) -> None:
    """Keep the files first: what else is mistaken must not make anybody choose them again."""
    for problem in materials.bring(meeting, files, by=request.user):
        messages.error(request, problem)


def _save(request: HttpRequest, meeting: Meeting, own: Minutes) -> Finishing | None:
    """Save everything; None when that is done, else the page with what was typed and why nothing was saved."""
    return save_whole(
        lambda: Finishing(request.user, meeting, locked(own), request.POST, is_locked=True),
        refused=lambda: _refused(request, meeting, own, REFUSED),
    )


def _refused(request: HttpRequest, meeting: Meeting, own: Minutes, refusal: str | Promise) -> Finishing:
    return Finishing(request.user, meeting, own, request.POST, refusal=refusal)


def _go_on(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """After saving, take the steps that the button names, as far as they are allowed."""
    messages.success(request, _("Everything is saved."))
    wants_circulation = "_circulate" in request.POST
    closes = (wants_circulation or "_close" in request.POST) and OPEN(meeting)
    if closes and not take(request, HOLD, meeting, {}):
        return redirect("meetings:work_finish", meeting.pk)
    meeting = Meeting.objects.select_related("body", "minutes").get(pk=meeting.pk)
    if wants_circulation and CIRCULATE.possible(meeting):
        answers = CirculateForm(request.POST, prefix="circulate")
        if answers.is_valid() and take(request, CIRCULATE, meeting, answers.cleaned_data):
            return redirect("meetings:work_overview", meeting.pk)
    return redirect("meetings:work_finish", meeting.pk)
