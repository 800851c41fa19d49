"""The calendar: the meetings of every body, a Jalali month a page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from council_portal.persian.calendar import to_jalali, today, weekday_names
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.reading import Unreadable
from council_portal.persian.wording import digits

from .forms import MonthForm
from .models import Meeting, MeetingMove
from .month import Month, month_of


@require_safe
def calendar(request) -> HttpResponse:
    """This month; with `?year=` and `?month=` the way to that one."""
    year, number, _ = to_jalali(today())
    form = MonthForm(request.GET or None, initial={"year": digits(year), "month": number})
    if form.is_valid():
        return redirect(month_url(PartialDate.month(form.cleaned_data["year"], form.cleaned_data["month"])))
    return _render(request, _month(request.user, year, number), form)


@require_safe
def month(request, year: int, month: int) -> HttpResponse:
    """One Jalali month."""
    try:
        shown = _month(request.user, year, month)
    except Unreadable as error:
        raise Http404("There is no such month.") from error
    return _render(request, shown, MonthForm(initial={"year": digits(year), "month": month}))


def month_url(month: PartialDate | None) -> str:
    """The address of a month's page, "" for none."""
    return reverse("meetings:month", args=[month.year, month.month]) if month else ""


def _month(user, year: int, number: int) -> Month:
    days = PartialDate.month(year, number)
    meetings = Meeting.objects.visible_to(user).filter(held_on__overlap=days)
    moves = MeetingMove.objects.visible_to(user).left().filter(from_on__within=days).select_related("meeting__body")
    moved = [move for move in moves if move.from_on.is_day]
    return month_of(year, number, meetings.select_related("body").soonest_first(), on=today(), moved=moved)


def _render(request, month: Month, form: MonthForm) -> HttpResponse:
    context = {
        "month": month,
        "form": form,
        "weekday_names": weekday_names(),
        "previous_url": month_url(month.previous),
        "next_url": month_url(month.next),
    }
    return render(request, "meetings/calendar.html", context)
