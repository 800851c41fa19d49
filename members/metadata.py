"""The council, its bodies and its members as machines read them: schema.org's Organization, and the sitemap."""

from collections.abc import Callable

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.metadata import RecordSitemap

from .models import Body, Organization, Person

COUNCIL = _("Assembly of Secretariat Managers of the Three Branches")
SITEMAPS = {
    "bodies": RecordSitemap(lambda: Body.objects.visible_to(None).exclude(kind=Body.Kind.ASSEMBLY).order_by("pk")),
    "members": RecordSitemap(lambda: Person.objects.visible_to(None).order_by("pk")),
    "organizations": RecordSitemap(lambda: Organization.objects.visible_to(None).order_by("pk")),
}


def council(absolute: Callable[[str], str], *, names: list[str] = ()) -> dict:
    """The council itself, with the names that it bore before."""
    return {
        "@type": "Organization",
        "name": str(COUNCIL),
        "alternateName": [name for name in names if name != COUNCIL],
        "url": absolute("/"),
        "logo": absolute(static("img/mark.svg")),
    }


def holder(one: Body, absolute: Callable[[str], str]) -> dict:
    """A body as the one that meets or decides; the assembly is the council itself."""
    path = reverse("home") if one.kind == Body.Kind.ASSEMBLY else one.get_absolute_url()
    return {"@type": "Organization", "name": str(one), "url": absolute(path)}


def body(one: Body, absolute: Callable[[str], str]) -> dict:
    """A board or committee, as a part of the council."""
    return {
        "@type": "Organization",
        "name": str(one),
        "description": one.purpose,
        "url": absolute(one.get_absolute_url()),
        "parentOrganization": council(absolute),
    }


def organization(one: Organization, absolute: Callable[[str], str], *, parent: str = "") -> dict:
    """An organisation of the state; `parent` is empty where the reader may not know it."""
    return {
        "@type": "GovernmentOrganization",
        "name": str(one),
        "url": absolute(one.get_absolute_url()),
        "parentOrganization": {"@type": "GovernmentOrganization", "name": parent} if parent else {},
    }
