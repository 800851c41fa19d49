"""What of the members can be found: people, organisations, bodies."""

import re
from itertools import chain

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from council_portal.persian.calendar import today
from council_portal.search.models import Kind
from council_portal.search.sources import Findable, Passage, Source, register

from .models import Body, Membership, Organization, Person

KIND = re.compile("(?:وزارت|سازمان|شرکت|نهاد|بنیاد|جمعیت) ")
COUNTRY = re.compile(r" (?:جمهوری اسلامی ایران|ایران|کشور)(?: \(.*\))?$")


def people(rows, reader):
    organizations = Prefetch("organization", Organization.objects.visible_to(reader))
    services = Membership.objects.visible_to(reader).select_related("body").prefetch_related(organizations)
    services = services.order_by("pk")  # told in another order they would be news
    for person in rows.prefetch_related(Prefetch("memberships", services, to_attr="known")):
        known = [service for service in person.known if service.organization]
        yield Findable(
            pk=person.pk,
            title=str(person),
            address=person.get_absolute_url(),
            passages=[Passage("\n".join(map(_service, person.known))), Passage(person.biography)],
            organizations=[service.organization_id for service in known],
            cited_as=_names_of(person),
            names=[*_names_of(person), person.family_name],
        )


def _names_of(person: Person) -> list[str]:
    return [str(person), f"{person.given_name} {person.family_name}"]


def _service(service: Membership) -> str:
    said = (
        service.get_role_display(),
        service.body.name,
        service.post,
        service.organization and str(service.organization),
    )
    return _(", ").join(filter(None, said))


def offices(user):
    """Who is what today, of which body."""
    services = Membership.objects.visible_to(user).in_service(on=today()).officers().order_by("pk")
    with translation.override(settings.LANGUAGE_CODE):
        return [(service.get_role_display(), service.body_id, service.person_id) for service in services]


def organizations(rows, reader):
    parents = Prefetch("parent", Organization.objects.visible_to(reader))
    for organization in rows.prefetch_related("other_names", parents):
        earlier = [name.name for name in organization.other_names.all()]
        parent = [organization.parent.name] if organization.parent else []
        yield Findable(
            pk=organization.pk,
            title=organization.name,
            address=organization.get_absolute_url(),
            passages=[Passage("\n".join([*earlier, organization.description]))],
            words=[organization.get_kind_display(), *parent],
            organizations=[organization.pk],
            cited_as=[organization.slug, organization.name, *earlier],
            names=chain.from_iterable(map(_said, [organization.name, *earlier])),
        )


def _said(name: str) -> list[str]:
    """How people call an organisation: without what it is and without its country, which may go unsaid."""
    kind = KIND.match(name)
    kindless = name[kind.end() :] if kind else name
    short = COUNTRY.sub("", kindless)
    return [name, f"{kind[0]}{short}" if kind else short, kindless, short]


def bodies(rows, reader):
    for body in rows.prefetch_related("other_names"):
        earlier = [name.name for name in body.other_names.all()]
        # There are several committees, of all else one: «مجمع عمومی», «کمیته پیگیری».
        called = body.get_kind_display()
        if body.kind == Body.Kind.COMMITTEE:
            called = f"{called} {body.short_name}" if body.short_name else ""
        yield Findable(
            pk=body.pk,
            title=body.name,
            address=body.get_absolute_url(),
            passages=[Passage("\n".join([*earlier, body.motto])), Passage(body.purpose), Passage(body.aims)],
            words=[body.get_kind_display(), body.short_name],
            body=body.pk,
            cited_as=[body.slug, body.name, body.short_name, called, *earlier],
            names=[body.name, body.short_name, called, *earlier],
        )


register(
    Source(
        name="members.person",
        kind=Kind.PERSON,
        model=Person,
        readable=lambda user: Person.objects.visible_to(user),
        findables=people,
        rests_on=("", "memberships", "memberships__organization", "memberships__body"),
        honorifics=lambda user: Person.objects.visible_to(user).values_list("honorific_prefix", flat=True).distinct(),
        offices=offices,
    ),
    Source(
        name="members.organization",
        kind=Kind.ORGANIZATION,
        model=Organization,
        readable=lambda user: Organization.objects.visible_to(user),
        findables=organizations,
        rests_on=("", "other_names", "parent"),
    ),
    Source(
        name="members.body",
        kind=Kind.BODY,
        model=Body,
        readable=lambda user: Body.objects.visible_to(user),
        findables=bodies,
        rests_on=("", "other_names"),
    ),
)
