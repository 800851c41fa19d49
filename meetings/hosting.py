"""Who hosted the assembly, how often, and whose turn is next (DESIGN.md §5, /meetings/hosts/).

Which article gives the order is data: members.by_article, Rule.HOSTING.
"""

from datetime import date

from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import RowNumber

from members.models import Organization

from .models import HostTurn, Meeting


def hosted(user):
    """The assembly's meetings that were held, in order, each with its host and with `times`: its how manieth time."""
    times = Window(RowNumber(), partition_by="host", order_by="number")
    return (
        Meeting.objects.visible_to(user)
        .of_assembly()
        .held()
        .select_related("body")
        .prefetch_related(Prefetch("host", Organization.objects.visible_to(user)))
        .annotate(times=times)
        .order_by(F("number").asc())
    )


def turns_ahead(user):
    """Turns to come, the next one first, with the meeting where the reader may know of it."""
    return _turns(user).ahead()


def turns_passed(user, *, on: date):
    """Turns that an organisation gave up or put off, with its reason: the last word of each that still counts."""
    latest = HostTurn.objects.latest_of_each().values("pk")
    counts = Q(not_before__isnull=True) | Q(not_before__startswith__gt=on)
    return _turns(user).filter(counts, pk__in=latest, status__in=HostTurn.PASSED).order_by("position", "pk")


def _turns(user):
    meetings = Meeting.objects.visible_to(user).select_related("body")
    return (
        HostTurn.objects.visible_to(user)
        .filter(organization__in=Organization.objects.visible_to(user))
        .select_related("organization")
        .prefetch_related(Prefetch("meeting", meetings))
    )
