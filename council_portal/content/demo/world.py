"""What the builders of the demo share: the day it is, the rows so far, bodies, organisations and who serves where."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from council_portal.persian.calendar import TEHRAN
from members.models import Body, Organization, Person, User

from .prose import Prose
from .rows import Rows


@dataclass
class Service:
    """Somebody's seat in a body, from its first to its last day; None where that lies before or after the demo."""

    person: Person
    organization: Organization
    role: str
    first: date | None
    last: date | None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass
class World:
    today: date
    bodies: dict[str, Body]
    organizations: dict[str, Organization]
    rows: Rows = field(default_factory=Rows)
    prose: Prose = field(default_factory=Prose)
    services: dict[str, list[Service]] = field(default_factory=dict)
    accounts: dict[str, User] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @property
    def yesterday(self) -> date:
        """The last day of which the demo tells, so that nothing in it lies ahead of the clock."""
        return self.today - timedelta(days=1)

    def add(self, row):
        return self.rows.add(row)

    def roster(self, slug: str, day: date) -> list[Service]:
        return [service for service in self.services[slug] if service.covers(day)]


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day in Tehran."""
    return datetime.combine(day, time(hour, minute), tzinfo=TEHRAN)
