"""What is to be known of a day before a meeting is put on it: a holiday, who else meets then, who would have to be in
two places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council_portal.persian import calendar
from council_portal.persian.wording import digits
from members.models import Body

from . import planning
from .holidays import holidays_of
from .models import Meeting
from .planning import Clash
from .rhythm import why_not


@dataclass(frozen=True)
class DayNote:
    """A day, `because` of what it is off, the meeting that the body itself has on it, and those of other bodies."""

    day: date
    because: str = ""
    own: Meeting | None = None
    clashes: list[Clash] = field(default_factory=list)
    template_name: ClassVar[str] = "meetings/work/day_looked_at.html"

    @property
    def is_clear(self) -> bool:
        """Whether nothing speaks against the day."""
        return not (self.because or self.own or any(clash.at_once for clash in self.clashes))

    @property
    def warnings(self) -> list[str]:
        """What speaks against the day, a sentence each."""
        return [
            *([_("This day is off: %(because)s") % {"because": self.because}] if self.because else []),
            *([_("This body meets on that day already: %(meeting)s") % {"meeting": self.own}] if self.own else []),
            *(_sentence(clash) for clash in self.clashes if clash.at_once),
        ]


Hours = tuple[date, time | None, time | None]


def notes_on(body: Body, hours: Sequence[Hours], *, user, but: Meeting | None = None) -> list[DayNote]:
    """A note on each day with its hours, as far as `user` may know, without the meeting `but`; the queries do not grow
    with the days."""
    days = [day for day, __, __ in hours]
    holidays = {}
    for year in sorted({calendar.to_jalali(day)[0] for day in days}):
        holidays |= holidays_of(year)
    own = {one.held_on.first: one for one in _own_on(body, days, but)}
    found = planning.clashes(body, hours, user=user)
    return [DayNote(day, why_not(day, holidays), own.get(day), found[n]) for n, day in enumerate(days)]


def note_of(form, body: Body, *, user, but: Meeting | None = None) -> DayNote | None:
    """The note on the day that stands in a form of day and hours, None while there is none."""
    said = getattr(form, "cleaned_data", None) if form.is_bound else form.initial
    day = (said or {}).get("day")
    if day is None:
        return None
    (note,) = notes_on(body, [(day, said.get("starts_at"), said.get("ends_at"))], user=user, but=but)
    return note


def _own_on(body: Body, days: list[date], but: Meeting | None) -> list[Meeting]:
    rows = Meeting.objects.filter(body=body, sort_on__in=days).exclude(status=Meeting.Status.CANCELLED)
    rows = rows.exclude(pk=but.pk) if but else rows
    return [one for one in rows.select_related("body") if one.held_on.is_day]


def _sentence(clash: Clash) -> str:
    if not clash.people:
        return _("At the same hours: %(meeting)s") % {"meeting": clash.meeting}
    words = ngettext(
        "At the same hours: %(meeting)s; %(number)s person sits on both",
        "At the same hours: %(meeting)s; %(number)s people sit on both",
        len(clash.people),
    )
    return words % {"meeting": clash.meeting, "number": digits(len(clash.people))}
