from collections.abc import Iterable
from datetime import date

from .models import Body, Membership, Person
from .models.memberships import MembershipQuerySet


def roster(body: Body, *, on: date) -> MembershipQuerySet:
    """The services that surely made up `body` on a Gregorian day: officers by rank, then members by the alphabet."""
    return Membership.objects.filter(body=body).in_service(on=on).select_related("person", "organization").by_rank()


def by_person(services: Iterable[Membership]) -> list[tuple[Person, list[Membership]]]:
    """Each person of these services once, where their first one stands, with all of theirs."""
    found: dict[Person, list[Membership]] = {}
    for service in services:
        found.setdefault(service.person, []).append(service)
    return list(found.items())
