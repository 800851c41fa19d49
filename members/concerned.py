"""Whom a matter of a body concerns, and telling them of it once, in the inbox and by e-mail as each has chosen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.db import models
from django.utils import translation

from council_portal.access.standing import Reader, Standing
from council_portal.notices.telling import tell
from council_portal.persian.calendar import today

from .models import Body, Membership, User
from .models.users import Service, services_today


def accounts_concerned(body: Body | None) -> list[User]:
    """The accounts of those who serve on `body` today; for the assembly, or None, of all who serve on any body."""
    services = Membership.objects.in_service(on=today())
    if body is not None and body.kind != Body.Kind.ASSEMBLY:
        services = services.filter(body=body)
    return _accounts(User.objects.filter(person__in=services.values("person")))


def accounts_working_on(body: Body) -> list[User]:
    """The accounts of those who work on the meetings of `body`: its officers today, and the secretariat."""
    return _accounts(User.objects.filter(_is_officer_of([body]) | models.Q(is_secretariat=True)))


def accounts_of_officers(bodies: Iterable, *roles: str) -> list[User]:
    """The accounts of today's officers of bodies, given as rows or ids; with `roles` only of those in one of them."""
    return _accounts(User.objects.filter(_is_officer_of(bodies, *roles)))


def _is_officer_of(bodies: Iterable, *roles: str) -> models.Q:
    officers = Membership.objects.in_service(on=today()).officers().filter(body__in=bodies)
    officers = officers.filter(role__in=roles) if roles else officers
    return models.Q(person__in=officers.values("person"))


def accounts_of_organizations(organizations: Iterable) -> list[User]:
    """The accounts of those who serve today for organisations, given as rows or ids."""
    services = Membership.objects.in_service(on=today()).filter(organization__in=organizations)
    return _accounts(User.objects.filter(person__in=services.values("person")))


def accounts_by_organization(organizations: Iterable) -> dict[int, list[User]]:
    """For each of the organisations, given as rows or ids, the accounts of those who serve for it today, by its id."""
    found: dict[int, list[User]] = defaultdict(list)
    for account in accounts_of_organizations(organizations):
        for organization_id in account.standing.organization_ids:
            found[organization_id].append(account)
    return found


def accounts_of_secretariat() -> list[User]:
    return _accounts(User.objects.filter(is_secretariat=True))


def _accounts(accounts: models.QuerySet) -> list[User]:
    """Active accounts with their person and their `standing`, in two queries."""
    accounts = list(accounts.filter(is_active=True).select_related("person").order_by("pk"))
    services: dict[int, list[Service]] = defaultdict(list)
    for service in services_today({account.person_id for account in accounts} - {None}):
        services[service.person_id].append(service)
    for account in accounts:
        account.standing = account.standing_from(services[account.person_id])
    return accounts


def readers_of(record: models.Model, accounts: Iterable[User]) -> list[User]:
    """Those of `accounts` who may read `record`, which `visible_to` decides by their standing.

    It is asked once for all whose standing is the same but for their organisations; one by one only where it is open to
    some of these and closed to the others.
    """
    alike: dict[Standing, list[User]] = defaultdict(list)
    for account in accounts:
        alike[replace(account.standing, organization_ids=frozenset())].append(account)
    return [account for standing, group in alike.items() for account in _readers_alike(record, standing, group)]


def _readers_alike(record: models.Model, standing: Standing, group: list[User]) -> list[User]:
    """Those of `group` who may read `record`: their standing is `standing`, besides the organisations of each."""

    def reads(standing: Standing) -> bool:
        return record._meta.concrete_model.objects.visible_to(Reader(standing)).filter(pk=record.pk).exists()

    if reads(standing):
        return group
    organizations = frozenset().union(*(account.standing.organization_ids for account in group))
    if not organizations or not reads(replace(standing, organization_ids=organizations)):
        return []
    return [account for account in group if reads(account.standing)]


def tell_readers(about: models.Model, accounts: Iterable[User], *, key: str, words, text="", address: str = "") -> None:
    """Tell those of `accounts` who may read the record `about` that there is something to read, each of them once.

    `words` (and `text`) are lazy translations or functions without arguments, so that the notice speaks the portal's
    language whatever the person who caused it reads. `address` is the record's own unless another is given.
    """
    with translation.override(settings.LANGUAGE_CODE):
        title, text = (str(part() if callable(part) else part) for part in (words, text))
    address = address or about.get_absolute_url()
    tell(readers_of(about, accounts), key=key, title=title[:250], text=text, address=address, about=about, by_mail=True)
