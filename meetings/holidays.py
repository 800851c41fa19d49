"""Official holidays: those of the solar calendar by rule, in any year; what else there is, from an editable list.

The lunar holidays fall on another day each year and are proclaimed; the secretariat enters them (`models.Holiday`). An
entry also overrules the rule, where meetings are held on a fixed holiday after all. When both name a day, it has both
names.
"""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from council_portal.persian import calendar

from .models import Holiday

# Jalali month and day. Source: the law on the country's official holidays (1358, as amended).
NOWRUZ = _("Nowruz")
FIXED = {
    (1, 1): NOWRUZ,
    (1, 2): NOWRUZ,
    (1, 3): NOWRUZ,
    (1, 4): NOWRUZ,
    (1, 12): _("Day of the Islamic Republic"),
    (1, 13): _("Day of Nature"),
    (3, 14): _("Death of Imam Khomeini"),
    (3, 15): _("Uprising of 15 Khordad"),
    (11, 22): _("Victory of the Islamic Revolution"),
    (12, 29): _("Nationalisation of the oil industry"),
}


def holidays_of(year: int) -> dict[date, str]:
    """The holidays of a Jalali year by their Gregorian day, in the order of days, each with its name; one query."""
    found = {calendar.to_gregorian(year, *day): str(name) for day, name in FIXED.items()}
    for entry in Holiday.objects.filter(day__range=calendar.jalali_year(year)):
        if entry.is_worked:
            found.pop(entry.day, None)
        else:
            found[entry.day] = _both(found.get(entry.day), entry.name)
    return dict(sorted(found.items()))


def _both(fixed: str | None, entered: str) -> str:
    if fixed is None or fixed in entered:
        return entered
    return gettext("%(holiday)s; %(other)s") % {"holiday": fixed, "other": entered}
