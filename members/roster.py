from datetime import date

from .models import Body, Membership
from .models.memberships import MembershipQuerySet


def roster(body: Body, *, on: date) -> MembershipQuerySet:
    """The services that surely made up `body` on a Gregorian day: officers by rank, then members by the alphabet."""
    return Membership.objects.filter(body=body).in_service(on=on).select_related("person", "organization").by_rank()
