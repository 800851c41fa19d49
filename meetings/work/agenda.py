"""The agenda of a meeting, as it is made: items in their order, and what is proposed for it."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from council_portal.persian.calendar import today
from council_portal.persian.wording import digits

from .. import agenda, proposals
from ..holding import Refused
from ..models import AgendaItem, Meeting
from .access import works_on_meeting
from .forms import DeclineForm, ItemForm, NewItemForm
from .pages import work_page

ASKS_FOR_PART = "X-Part"  # a script that wants the list alone


@dataclass
class Row:
    """An item on the page. `item` is None where it is closed to the reader, who sees its number alone."""

    pk: int
    number: int
    item: AgendaItem | None
    is_fixed: bool
    ways: tuple[str, ...]
    parts: list["Row"] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The agenda with its items, how much of the time they take, and what is proposed for it; POST adds an item."""
    form = NewItemForm(request.POST or None, instance=AgendaItem(meeting=meeting), user=request.user)
    if request.method == "POST" and form.is_valid() and _tried(request, agenda.add, form.save(commit=False)):
        return _back(meeting)
    return _page(request, meeting, form)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
@transaction.atomic
def item(request: HttpRequest, meeting: Meeting, key: int) -> HttpResponse:
    """Change one item; of two who do at once the second is shown both texts."""
    item = _item(request, meeting, key, lock=request.method == "POST")
    form = ItemForm(request.POST or None, instance=item, user=request.user)
    if request.method == "POST" and form.is_valid() and _tried(request, lambda: _change(form)):
        return _back(meeting)
    context = {
        "item": form.stored,
        "form": form,
        "is_fixed": agenda.is_announced(item),
        "is_closed": agenda.is_closed(meeting),
    }
    return work_page(request, meeting, "agenda", "meetings/work/agenda_item.html", context)


def _change(form: ItemForm) -> AgendaItem:
    return agenda.change(form.save(commit=False), number=form.cleaned_data.get("place"))


@require_POST
@works_on_meeting
def prepare(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Open the agenda with the review of open decisions, and carry over what was put off."""
    added = agenda.prepare(meeting) if not agenda.is_closed(meeting) else []
    number = len(added)
    words = ngettext("%(number)s item is added.", "%(number)s items are added.", number)
    messages.success(request, words % {"number": digits(number)} if added else _("Nothing was missing."))
    return _back(meeting)


@require_POST
@works_on_meeting
def order(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Order the whole agenda, as a script sends it: `wanted` and `seen`, each as "3,7.3,5": 3, its part 7, then 5."""
    try:
        wanted, seen = (_read_order(request.POST.get(name, "")) for name in ("wanted", "seen"))
    except ValueError as error:
        raise Http404 from error
    return _list(request, meeting, *_outcome(lambda: agenda.arrange(meeting, wanted, seen=seen)))


@require_POST
@works_on_meeting
def move(request: HttpRequest, meeting: Meeting, key: int) -> HttpResponse:
    """Move an item one step: `way` is up, down, in or out."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), meeting=meeting, pk=key)
    way = request.POST.get("way")
    if way not in agenda.WAYS:
        raise Http404("There is no such way.")
    return _list(request, meeting, *_outcome(lambda: agenda.move(item, way)), anchor=f"item-{key}")


@require_POST
@works_on_meeting
def remove(request: HttpRequest, meeting: Meeting, key: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting, pk=key).first()
    seen = request.POST.get("seen", "")
    if item and not _tried(request, lambda: agenda.remove(item, seen=int(seen) if seen.isdecimal() else 0)):
        return redirect("meetings:work_agenda_item", meeting.pk, key)
    return _back(meeting)


@require_POST
@works_on_meeting
def withdraw(request: HttpRequest, meeting: Meeting, key: int) -> HttpResponse:
    """Say of an item that it is not dealt with."""
    _tried(request, agenda.withdraw, _item(request, meeting, key))
    return _back(meeting)


@require_POST
@works_on_meeting
def accept(request: HttpRequest, meeting: Meeting, source: str, key: int) -> HttpResponse:
    """Put a proposal on this agenda."""
    if _tried(request, lambda: _source(source).accept(key, meeting, by=request.user)):
        messages.success(request, _("The proposal is on the agenda; who proposed it is told."))
    return _back(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@works_on_meeting
def decline(request: HttpRequest, meeting: Meeting, source: str, key: int) -> HttpResponse:
    """Ask for the reason, and decline a proposal."""
    rows = proposals.all_waiting(meeting, user=request.user)
    proposal = next((row for row in rows if (row.source, row.pk) == (source, key)), None)
    if proposal is None:
        messages.warning(request, _("This proposal was answered meanwhile."))
        return _back(meeting)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = {"by": request.user, "because": form.cleaned_data["because"]}
        _tried(request, lambda: _source(source).decline(key, meeting, **answer))
        return _back(meeting)
    context = {"proposal": proposal, "form": form}
    return work_page(request, meeting, "agenda", "meetings/work/agenda_decline.html", context)


def _page(request: HttpRequest, meeting: Meeting, form: NewItemForm) -> HttpResponse:
    owed = agenda.open_assignments(meeting).visible_to(request.user).with_is_late(on=today()).soonest_due_first()
    context = _list_context(request, meeting) | {
        "form": form,
        "waiting": proposals.all_waiting(meeting, user=request.user),
        "owed": list(owed.select_related("decision__meeting__body", "organization")),
        "takes_proposals": meeting.status in (Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED),
        "is_announced": meeting.announced_at is not None,
        "can_prepare": agenda.takes_what_is_open(meeting),
    }
    return work_page(request, meeting, "agenda", "meetings/work/agenda.html", context)


def _list_context(request: HttpRequest, meeting: Meeting, complaint: str = "") -> dict:
    items = _items(meeting)
    readable = set(AgendaItem.objects.visible_to(request.user).filter(meeting=meeting).values_list("pk", flat=True))
    places = agenda.placed(items)
    return {
        "meeting": meeting,
        "rows": _rows(places, readable, None, is_closed=agenda.is_closed(meeting)),
        "order": _write_order(agenda.keys(places)),
        "planned": agenda.planned_minutes(items),
        "length": agenda.length(meeting),
        "is_closed": agenda.is_closed(meeting),
        "complaint": complaint,
    }


def _items(meeting: Meeting) -> list[AgendaItem]:
    items = AgendaItem.objects.filter(meeting=meeting).in_order()
    return list(items.select_related("meeting", "presenter", "proposed_by", "continues__meeting__body"))


def _rows(places, readable: set[int], parent: Row | None, *, is_closed: bool) -> list[Row]:
    rows = []
    for n, place in enumerate(places):
        item, is_fixed = place.item, is_closed or agenda.is_announced(place.item)
        ways = () if is_fixed else _ways(n, places, is_part=parent is not None)
        row = Row(item.pk, item.position, item if item.pk in readable else None, is_fixed, ways)
        row.parts = _rows(place.parts, readable, row, is_closed=is_closed)
        rows.append(row)
    return rows


def _ways(n: int, places: list[agenda.Place], *, is_part: bool) -> tuple[str, ...]:
    """Where an item may go: over others that may move too, and into the one before it."""
    open_ways = {
        "up": n > 0 and not agenda.is_announced(places[n - 1].item),
        "down": n + 1 < len(places) and not agenda.is_announced(places[n + 1].item),
        "in": not is_part and n > 0 and not places[n].parts,
        "out": is_part,
    }
    return tuple(way for way, is_open in open_ways.items() if is_open)


def _list(request: HttpRequest, meeting: Meeting, complaint: str = "", *, anchor: str = "") -> HttpResponse:
    """Answer an ordering: a script with the list as it stands now, a form by leading back to the page."""
    if ASKS_FOR_PART in request.headers:
        context = _list_context(request, meeting, complaint)
        return render(request, "meetings/work/agenda_list.html", context, status=409 if complaint else 200)
    if complaint:
        messages.error(request, complaint)
    return _back(meeting, anchor)


def _outcome(rule) -> tuple[str, ...]:
    """Why the rule refused, or nothing."""
    try:
        rule()
    except Refused as refusal:
        return (str(refusal),)
    return ()


def _tried(request: HttpRequest, rule, *arguments) -> bool:
    """Whether the rule did it; what it refused is shown."""
    try:
        rule(*arguments)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _item(request: HttpRequest, meeting: Meeting, key: int, *, lock: bool = False) -> AgendaItem:
    items = AgendaItem.objects.visible_to(request.user).select_related("meeting", "presenter")
    if lock:
        # The meeting first, as whoever orders the agenda does, so that the two wait for each other.
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        # Read again under the lock: the first reading may be of what another save is just replacing.
        items = AgendaItem.objects.select_for_update(of=["self"]).filter(pk__in=items.values("pk"))
        items = items.select_related("meeting", "presenter")
    return get_object_or_404(items, meeting=meeting, pk=key)


def _source(name: str) -> proposals.Source:
    if name not in proposals.SOURCES:
        raise Http404("There is no such source of proposals.")
    return proposals.SOURCES[name]


def _back(meeting: Meeting, anchor: str = "") -> HttpResponse:
    address = reverse("meetings:work_agenda", args=[meeting.pk])
    return redirect(f"{address}#{anchor}" if anchor else address)


def _read_order(text: str) -> list[tuple[int, int | None]]:
    """Read "3,7.3,5"; raises ValueError for anything else."""
    pairs = (one.split(".") for one in text.split(",") if one)
    return [(int(pk), int(parents[0]) if parents else None) for pk, *parents in pairs]


def _write_order(keys: list[tuple[int, int | None]]) -> str:
    return ",".join(str(pk) if parent is None else f"{pk}.{parent}" for pk, parent in keys)
