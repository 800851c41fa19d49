"""Which meetings organisations hosted. They belong to an app above this one: the way to them is the organisation."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, QuerySet

from .models import Membership, Organization


def hostings_of(organization: Organization, *, user) -> QuerySet:
    """The meetings that an organisation hosted or has been announced to host, the newest first."""
    meetings = organization.hosted_meetings.visible_to(user)
    return (meetings.held() | meetings.announced()).select_related("body").newest_first()


def count_members_and_hostings(organizations: Iterable[Organization], *, user, on: date) -> None:
    """Give each organisation its `member_count` on the day `on` and its `hosting_count`, as `user` may see them."""
    organizations = [*organizations]
    meetings = Organization._meta.get_field("hosted_meetings").related_model.objects
    services = Membership.objects.visible_to(user).in_service(on=on).filter(organization__in=organizations)
    held = meetings.visible_to(user).held().filter(host__in=organizations)
    members = dict(services.order_by().values_list("organization").annotate(Count("person", distinct=True)))
    hostings = dict(held.order_by().values_list("host").annotate(Count("pk")))
    for organization in organizations:
        organization.member_count = members.get(organization.pk, 0)
        organization.hosting_count = hostings.get(organization.pk, 0)
