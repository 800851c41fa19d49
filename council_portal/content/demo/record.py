"""What the builders hand to each other about a sitting, a decision and what is owed for it."""

from dataclasses import dataclass, field
from datetime import date

from meetings.models import AgendaItem, Assignment, Decision, Meeting

from .prose import Action, Topic
from .schedule import Sitting


@dataclass
class Duty:
    """An assignment, with the day on which it was closed in the story told of it; None while it is open."""

    assignment: Assignment
    title: str
    decided_on: date
    closed_on: date | None = None

    def is_open_on(self, day: date) -> bool:
        return self.closed_on is None or self.closed_on > day

    def is_overdue_on(self, day: date) -> bool:
        return self.is_open_on(day) and self.assignment.original_due_on < day


@dataclass
class Ruling:
    """A decision, and the action that it orders."""

    decision: Decision
    action: Action
    topic: Topic


@dataclass
class Proceedings:
    """One sitting with its rows."""

    sitting: Sitting
    meeting: Meeting
    items: list[AgendaItem] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)  # by the item's position
    rulings: list[Ruling] = field(default_factory=list)
    present_count: int = 0

    @property
    def slug(self) -> str:
        return self.sitting.slug

    @property
    def day(self) -> date:
        return self.sitting.day
