"""The calendar: the meetings of every body or of one, a Jalali month as a sheet, or three months as a list."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from council_portal.persian.calendar import next_month, previous_month, to_jalali, today, weekday_names
from council_portal.persian.partial_date import ONE_DAY, PartialDate
from council_portal.persian.reading import Unreadable
from council_portal.persian.wording import digits
from members.models import Body, Organization

from .forms import MonthForm
from .holidays import holidays_of
from .models import Meeting, MeetingMove
from .month import Month, month_of

MONTHS_IN_LIST = 3


@dataclass(frozen=True)
class Place:
    """Where in the calendar a reader is: `way` is the sheet of a `month`, or the list that begins with it
    (`month_list`); `body` is whose meetings are shown, None for everybody's, of all the `bodies` that there are."""

    way: str
    month: PartialDate
    bodies: list[Body]
    body: Body | None = None

    @property
    def url(self) -> str:
        path = reverse(f"meetings:{self.way}", args=[self.month.year, self.month.month])
        return f"{path}?body={self.body.slug}" if self.body else path

    @property
    def feed_url(self) -> str:
        if self.body:
            return reverse("meetings:calendar_feed_of_body", args=[self.body.slug])
        return reverse("meetings:calendar_feed")

    def moved(self, by: int) -> "Place | None":
        """So many months later, or earlier; None outside the portal's calendar."""
        step = next_month if by > 0 else previous_month
        year, month = self.month.year, self.month.month
        for _ in range(abs(by)):
            year, month = step(year, month)
        try:
            return replace(self, month=PartialDate.month(year, month))
        except Unreadable:
            return None


@require_safe
def calendar(request) -> HttpResponse:
    """This month; with `?year=` and `?month=` the way to that one, with `?body=` of one body."""
    return _beginning(request, "month")


@require_safe
def calendar_list(request) -> HttpResponse:
    """As `calendar`, as a list of this month and the next two."""
    return _beginning(request, "month_list")


@require_safe
def month(request, year: int, month: int) -> HttpResponse:
    """One Jalali month."""
    return _answer(request, _place(request, "month", year, month))


@require_safe
def month_list(request, year: int, month: int) -> HttpResponse:
    """Three Jalali months as a list, from this one on."""
    return _answer(request, _place(request, "month_list", year, month))


def _beginning(request, way: str) -> HttpResponse:
    year, number, _ = to_jalali(today())
    place = _place(request, way, year, number)
    if not {"year", "month"} & set(request.GET):
        return _answer(request, place)
    form = MonthForm(request.GET)
    if form.is_valid():
        asked = PartialDate.month(form.cleaned_data["year"], form.cleaned_data["month"])
        return redirect(replace(place, month=asked).url)
    return _answer(request, place, form)


def _place(request, way: str, year: int, month: int) -> Place:
    """Raises Http404 for a month or a body that there is not."""
    slug = request.GET.get("body", "")
    bodies = list(Body.objects.visible_to(request.user).order_by("position", "pk"))
    body = next((body for body in bodies if body.slug == slug), None)
    if slug and body is None:
        raise Http404("There is no such body.")
    try:
        return Place(way, PartialDate.month(year, month), bodies, body)
    except Unreadable as error:
        raise Http404("There is no such month.") from error


def _answer(request, place: Place, form: MonthForm | None = None) -> HttpResponse:
    is_list = place.way == "month_list"
    length = MONTHS_IN_LIST if is_list else 1
    asked = {"year": digits(place.month.year), "month": place.month.month, "body": place.body and place.body.slug}
    before, after = place.moved(-length), place.moved(length)
    months = list(_months(request.user, place, length))
    context = {
        "place": place,
        "months": months,
        "month": months[0],
        "last": months[-1],
        "meeting_count": sum(month.meeting_count for month in months),
        "form": form or MonthForm(initial=asked),
        "weekday_names": weekday_names(),
        "previous": before,
        "next": after,
        "now_url": reverse("meetings:calendar_list" if is_list else "meetings:calendar"),
        "ways": {way: replace(place, way=way).url for way in ("month", "month_list")},
        "of_all_url": replace(place, body=None).url,
        "of_bodies": [replace(place, body=body) for body in place.bodies],
    }
    return render(request, "meetings/calendar_list.html" if is_list else "meetings/calendar.html", context)


def _months(user, place: Place, length: int) -> Iterator[Month]:
    """The months from the place on, fewer where the portal's calendar ends."""
    known = [there.month for step in range(length) if (there := place.moved(step))]
    days = (known[0].first, known[-1].last + ONE_DAY)
    of_body = {"body": place.body} if place.body else {}
    meetings = Meeting.objects.visible_to(user).filter(held_on__overlap=days, **of_body)
    hosts = Prefetch("host", Organization.objects.visible_to(user))
    meetings = list(meetings.select_related("body").prefetch_related(hosts).soonest_first())
    moved = _moved(user, place, days)
    holidays = {day: name for year in {one.year for one in known} for day, name in holidays_of(year).items()}
    for one in known:
        yield month_of(one.year, one.month, meetings, on=today(), moved=moved, holidays=holidays)


def _moved(user, place: Place, days: tuple[date, date]) -> list[MeetingMove]:
    """What left a day from the first to before the second, and stands elsewhere now."""
    moves = MeetingMove.objects.visible_to(user).left().filter(from_on__overlap=days)
    if place.body:
        moves = moves.filter(meeting__body=place.body)
    return [move for move in moves.select_related("meeting__body") if move.from_on.is_day]
