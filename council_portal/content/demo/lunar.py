"""The lunar holidays of the demo's years, which the secretariat of a real council enters as they are proclaimed.

They are reckoned by the arithmetic lunar calendar (a cycle of thirty years of which eleven have a leap day), so that
the demo of one day is always the same; the sighting of the moon can differ from it by a day.
"""

from collections.abc import Iterator
from datetime import date

from council_portal.persian import calendar
from meetings.models import Holiday

from .world import World

# Lunar month and day. Source: the law on the country's official holidays (1358, as amended).
LUNAR = {
    (1, 9): "تاسوعای حسینی",
    (1, 10): "عاشورای حسینی",
    (2, 20): "اربعین حسینی",
    (2, 28): "رحلت پیامبر اکرم و شهادت امام حسن مجتبی",
    (2, 29): "شهادت امام رضا",
    (3, 8): "شهادت امام حسن عسکری",
    (3, 17): "میلاد پیامبر اکرم و امام جعفر صادق",
    (6, 3): "شهادت حضرت فاطمه",
    (7, 13): "میلاد امام علی",
    (7, 27): "مبعث پیامبر اکرم",
    (8, 15): "میلاد حضرت قائم",
    (9, 21): "شهادت امام علی",
    (10, 1): "عید سعید فطر",
    (10, 2): "تعطیلی به مناسبت عید فطر",
    (10, 25): "شهادت امام جعفر صادق",
    (12, 10): "عید سعید قربان",
    (12, 18): "عید سعید غدیر خم",
}
# The day before the first of the lunar year 1, as Python counts days.
EPOCH = date(622, 7, 18).toordinal()


def lunar_day(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day of the lunar calendar."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2
    return date.fromordinal(EPOCH + before + day)


def holidays_between(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The lunar holidays of these days in their order."""
    for year in range(_lunar_year(first) - 1, _lunar_year(last) + 2):
        for (month, day), name in LUNAR.items():
            on = lunar_day(year, month, day)
            if first <= on <= last:
                yield on, name


def _lunar_year(day: date) -> int:
    return (day.toordinal() - EPOCH) * 30 // 10631 + 1


def add_holidays(world: World) -> None:
    """Enter those of this Jalali year and the next, for which the demo's secretariat plans."""
    year, __, __ = calendar.to_jalali(world.today)
    first, last = calendar.jalali_year(year)[0], calendar.jalali_year(year + 1)[1]
    for day, name in holidays_between(first, last):
        world.add(Holiday(day=day, name=name))
