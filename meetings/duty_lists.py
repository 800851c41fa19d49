"""The lists in which duties are worked on: by the organisation that owes them, and by those who follow them up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.standing import standing_of
from members.models import Body

from . import following
from .escalation import days_of_silence
from .models import Assignment
from .models.assignments import AssignmentQuerySet
from .models.escalations import Step


@dataclass(frozen=True, slots=True)
class DutyList:
    """`narrow(duties, on)` finds its rows, in their order; `empty` is said where there are none."""

    name: str
    label: str | Promise
    order: str | Promise
    empty: str | Promise
    narrow: Callable[[AssignmentQuerySet, date], AssignmentQuerySet]
    is_urgent: bool = False

    def rows(self, duties: AssignmentQuerySet, *, on: date) -> AssignmentQuerySet:
        """Its rows with all that a list of them shows."""
        rows = self.narrow(duties, on).with_is_late(on=on).with_stage().with_last_report().with_last_word()
        return rows.select_related("organization", "decision__meeting__body")


BY_DUE_DATE = _("by due date, what is overdue first")


def _open(duties, on):
    return duties.open().soonest_due_first()


def _overdue(duties, on):
    return duties.overdue(on=on).soonest_due_first()


def _waiting(duties, on):
    return duties.waiting_for_review().with_last_report().order_by("reported_at", "pk")


def _silent(duties, on):
    silent = duties.silent(on=on, days=days_of_silence())
    return silent.order_by("last_word_at", "pk")


OPEN = DutyList("open", pgettext_lazy("of decisions", "Open"), BY_DUE_DATE, _("Nothing is owed now."), _open)
OVERDUE = DutyList("overdue", _("Overdue"), BY_DUE_DATE, _("Nothing is overdue."), _overdue, is_urgent=True)
WAITING = DutyList(
    "waiting", _("Waiting for review"), _("the longest waiting first"), _("No report waits for review."), _waiting
)
RETURNED = DutyList(
    "returned",
    _("Returned reports"),
    BY_DUE_DATE,
    _("No report of yours was returned."),
    lambda duties, on: duties.returned().soonest_due_first(),
    is_urgent=True,
)
SETTLED = DutyList(
    "settled",
    _("Settled"),
    _("the latest due first"),
    _("Nothing is settled yet."),
    lambda duties, on: duties.settled().latest_due_first(),
)
SILENT = DutyList(
    "silent",
    _("Silent"),
    _("the longest silent first"),
    _("Of everything that is open something was heard lately."),
    _silent,
    is_urgent=True,
)
BOARD = DutyList(
    "board",
    _("Before the board and the assembly"),
    BY_DUE_DATE,
    _("Nothing has come as far as the presiding board."),
    lambda duties, on: duties.escalated_to(Step.BOARD).order_by(F("due_on").asc(), "pk"),
    is_urgent=True,
)

OF_ORGANIZATION = (OPEN, OVERDUE, WAITING, RETURNED, SETTLED)
TO_DO = (OPEN, OVERDUE, RETURNED)
OF_FOLLOW_UP = (WAITING, OVERDUE, SILENT, BOARD, OPEN)
OF_BOARD = (BOARD,)


def lists_for(user) -> tuple[DutyList, ...]:
    """The lists of the follow-up that are open to `user`: the board's officers see what has come to them."""
    if following.may_follow_up(user):
        return OF_FOLLOW_UP
    officer_of = standing_of(user).officer_of
    is_board = bool(officer_of) and Body.objects.filter(pk__in=officer_of, kind=Body.Kind.BOARD).exists()
    return OF_BOARD if is_board else ()


def duties_of(user) -> AssignmentQuerySet:
    """What the organisations of `user` owe or owed, as far as `user` may read the decisions."""
    return Assignment.objects.visible_to(user).filter(organization__in=standing_of(user).organization_ids)


def tiles_of(lists: tuple[DutyList, ...], duties: AssignmentQuerySet, *, on: date) -> list[tuple[DutyList, int]]:
    """The lists, each with how many duties it has: one query each."""
    return [(one, one.narrow(duties, on).order_by().count()) for one in lists]


def tiles_by_body(
    lists: tuple[DutyList, ...], duties: AssignmentQuerySet, *, on: date
) -> dict[int, list[tuple[DutyList, int]]]:
    """By the id of the body that decided: those of the lists that have duties, with how many. One query each."""
    found: dict[int, list[tuple[DutyList, int]]] = {}
    for one in lists:
        rows = Assignment.objects.filter(pk__in=one.narrow(duties, on).order_by().values("pk"))
        for body, number in rows.values_list("decision__meeting__body").annotate(Count("pk")):
            found.setdefault(body, []).append((one, number))
    return found
