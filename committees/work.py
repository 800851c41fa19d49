"""What a body has done, as far as a reader may know of it: what the pages of board and committees count and list."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q

from council_portal.persian import calendar
from meetings.models import Decision, Meeting
from members.models import Body, Membership

from .cadence import Cadence, cadence, period
from .models import Proposal


@dataclass(frozen=True)
class Summary:
    """A body in the list of bodies; `chair` is None where none is on record."""

    body: Body
    chair: Membership | None
    session_count: int
    cadence: Cadence


def summaries(bodies: list[Body], *, user, on: date) -> list[Summary]:
    """A summary of each body, in three queries however many there are."""
    counts = dict(sessions_held(user).filter(body__in=bodies).order_by().values_list("body").annotate(Count("pk")))
    dates = defaultdict(list)
    for body, held_on in _held_in_period(user, on).filter(body__in=bodies).values_list("body", "held_on"):
        dates[body].append(held_on)
    chairs = {service.body_id: service for service in _chairs(bodies, user, on)}
    return [
        Summary(
            body=body,
            chair=chairs.get(body.pk),
            session_count=counts.get(body.pk, 0),
            cadence=cadence(dates[body.pk], expected=body.meetings_per_month, on=on),
        )
        for body in bodies
    ]


def sessions_held(user):
    return Meeting.objects.visible_to(user).held()


def cadence_of(body: Body, *, user, on: date) -> Cadence:
    """The body's cadence by the sessions that `user` may know of."""
    dates = _held_in_period(user, on).filter(body=body).values_list("held_on", flat=True)
    return cadence(dates, expected=body.meetings_per_month, on=on)


def session_years(body: Body, *, user) -> list[tuple[int | None, int]]:
    """Jalali years with the number of sessions held in each, the latest first; None for the undated, last."""
    days = sessions_held(user).filter(body=body).values_list("sort_on", flat=True)
    years = Counter(calendar.to_jalali(day)[0] if day else None for day in days)
    return sorted(years.items(), key=lambda item: item[0] or 0, reverse=True)


def decisions_of(body: Body, *, user):
    """The body's decisions that have their number, newest first."""
    decisions = Decision.objects.visible_to(user).filter(meeting__body=body, number__isnull=False)
    return decisions.select_related("meeting__body").newest_first()


def proposals_of(body: Body, *, user):
    """Proposals that the body put, or was put to, newest first; `decision` only where `user` may read it."""
    proposals = Proposal.objects.visible_to(user).filter(Q(committee=body) | Q(addressee=body))
    readable = Decision.objects.visible_to(user).select_related("meeting__body")
    return (
        proposals.select_related("committee", "addressee")
        .prefetch_related(Prefetch("decision", readable))
        .order_by(F("submitted_at").desc(nulls_first=True), "-pk")
    )


def proposals_by_status(body: Body, *, user) -> list[tuple[str, str, int]]:
    """(status, its word, how many) in the order of a proposal's life, without those that do not occur."""
    counts = dict(proposals_of(body, user=user).order_by().values_list("status").annotate(Count("pk")))
    return [(status.value, status.label, counts[status]) for status in Proposal.Status if status in counts]


def _held_in_period(user, on: date):
    first, last = period(on=on)
    return sessions_held(user).filter(sort_on__range=(first, last))


def _chairs(bodies: list[Body], user, on: date):
    serving = Membership.objects.visible_to(user).in_service(on=on)
    return serving.filter(body__in=bodies, role=Membership.Role.CHAIR).select_related("person")
