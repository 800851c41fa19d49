"""How a reader narrows the register of decisions, and how many decisions each further choice would leave."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from council_portal.persian.calendar import jalali_year, to_jalali
from council_portal.persian.text import to_latin_digits, to_persian_digits

from .archive import UNDATED
from .models import Assignment
from .models.assignments import AssignmentQuerySet
from .models.decisions import DecisionQuerySet

OPEN, SETTLED = "open", "settled"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the register; "" or False asks nothing.

    `body` and `organization` are slugs, `year` is a Jalali year in Latin digits or UNDATED, `status` one of
    Assignment.Status, OPEN or SETTLED. What is asked of an assignment must all hold for one and the same.
    """

    q: str = ""
    body: str = ""
    year: str = ""
    organization: str = ""
    status: str = ""
    overdue: bool = False

    def without(self, name: str) -> "Question":
        return replace(self, **{name: ""})

    @property
    def asks_of_assignments(self) -> bool:
        return bool(self.organization or self.status or self.overdue)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of each choice, how many decisions it would leave with everything else that is asked; without a key: none."""

    body: dict[str, int]
    year: dict[str, int]
    organization: dict[str, int]
    status: dict[str, int]
    overdue: int


def narrow(
    decisions: DecisionQuerySet, question: Question, *, assignments: AssignmentQuerySet, on: date
) -> DecisionQuerySet:
    """Those of `decisions` that answer the question on the day `on`; `assignments` are those the reader may know of."""
    decisions = _by_decision(decisions, question)
    if not question.asks_of_assignments:
        return decisions
    wanted = _by_assignment(assignments, question, on=on).order_by().filter(decision=OuterRef("pk"))
    return decisions.filter(Exists(wanted))


def counts_of(decisions: DecisionQuerySet, question: Question, *, assignments: AssignmentQuerySet, on: date) -> Counts:
    """The counts of all choices, in five queries however many there are."""
    seen = assignments.order_by()

    def left(name: str) -> DecisionQuerySet:
        return narrow(decisions, question.without(name), assignments=seen, on=on).order_by()

    def wanted(rest: Question) -> AssignmentQuerySet:
        about = _by_decision(decisions, rest).order_by().values("pk")
        return _by_assignment(seen, rest, on=on).filter(decision__in=about)

    by_body = left("body").values_list("meeting__body__slug").annotate(Count("pk"))
    by_day = left("year").values_list("meeting__sort_on").annotate(Count("pk"))
    by_organization = wanted(question.without("organization")).values_list("organization__slug").annotate(Count("pk"))
    return Counts(
        body=dict(by_body),
        year=_by_year(by_day),
        organization=dict(by_organization),
        status=_by_status(wanted(question.without("status"))),
        overdue=wanted(replace(question, overdue=True)).aggregate(n=Count("decision", distinct=True))["n"],
    )


def _by_decision(decisions: DecisionQuerySet, question: Question) -> DecisionQuerySet:
    wanted = _words_q(question.q) if question.q else Q()
    if question.body:
        wanted &= Q(meeting__body__slug=question.body)
    if question.year == UNDATED:
        wanted &= Q(meeting__sort_on__isnull=True)
    elif question.year:
        wanted &= Q(meeting__sort_on__range=jalali_year(int(question.year)))
    return decisions.filter(wanted)


def _words_q(words: str) -> Q:
    return (
        Q(text__icontains=words)
        | Q(title__icontains=words)
        | Q(label__icontains=to_persian_digits(words))
        | Q(reference__icontains=to_latin_digits(words))
    )


def _by_assignment(assignments: AssignmentQuerySet, question: Question, *, on: date) -> AssignmentQuerySet:
    if question.organization:
        assignments = assignments.filter(organization__slug=question.organization)
    if question.status:
        assignments = assignments.filter(_status_q(question.status))
    return assignments.overdue(on=on) if question.overdue else assignments


def _status_q(status: str) -> Q:
    if status == OPEN:
        return Q(status__in=Assignment.OPEN)
    if status == SETTLED:
        return ~Q(status__in=Assignment.OPEN)
    return Q(status=status)


def _by_status(assignments: AssignmentQuerySet) -> dict[str, int]:
    """One decision may stand under several statuses, of its several organisations."""
    return assignments.aggregate(
        **{
            status: Count("decision", distinct=True, filter=_status_q(status))
            for status in (OPEN, SETTLED, *Assignment.Status.values)
        }
    )


def _by_year(by_day) -> dict[str, int]:
    years: Counter[str] = Counter()
    for day, number in by_day:
        years[str(to_jalali(day)[0]) if day else UNDATED] += number
    return dict(years)


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice as a link: `status` is how it looks, `asked` what to put into the address and `count` what it leaves."""

    status: str
    label: str
    count: int
    asked: dict[str, str | None]
    is_chosen: bool


def facets_of(question: Question, counts: Counts) -> list[Facet]:
    """How the decisions stand, as links: each status that occurs, and what is overdue. A second press takes it back."""
    labels = {OPEN: pgettext("of decisions", "Open"), **dict(Assignment.Status.choices)}
    facets = [
        Facet(
            status=status,
            label=label,
            count=counts.status[status],
            asked={"status": None if status == question.status else status},
            is_chosen=status == question.status,
        )
        for status, label in labels.items()
        if counts.status[status] or status == question.status
    ]
    if counts.overdue or question.overdue:
        asked = {"overdue": None if question.overdue else "on"}
        facets.append(Facet("overdue", _("Overdue"), counts.overdue, asked, question.overdue))
    return facets
