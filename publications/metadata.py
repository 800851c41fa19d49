"""What is published as machines read it: schema.org's Legislation and DigitalDocument, and the sitemap."""

from collections.abc import Callable

from django.db.models import Max

from council_portal.metadata import RecordSitemap, iso_date, iso_day
from council_portal.persian.calendar import today
from members.metadata import council

from .editions import shown_as_documents
from .models import Announcement, Document, Edition

SITEMAPS = {
    "publications": RecordSitemap(
        lambda: Document.objects.visible_to(None).annotate(renewed_at=Max("editions__published_at")).order_by("pk")
    ),
    # But for those that a document's own page shows.
    "editions": RecordSitemap(
        lambda: (
            Edition.objects.visible_to(None)
            .published()
            .exclude(pk__in=shown_as_documents(on=today()))
            .select_related("document")
            .order_by("pk")
        )
    ),
    "announcements": RecordSitemap(
        lambda: Announcement.objects.visible_to(None).filter(published_at__isnull=False).not_withdrawn().order_by("pk")
    ),
}


def path_of(one: Document, edition: Edition | None) -> str:
    """The one address of an edition: the document's own, of the edition that it shows; of one loaded with editions."""
    return (one if edition in (None, one.current) else edition).get_absolute_url()


def document(one: Document, edition: Edition | None, absolute: Callable[[str], str]) -> dict:
    """A document in one of its editions, None where it has none yet: law of the council's own, or a report."""
    is_report = one.kind == Document.Kind.REPORT
    known = {
        "@type": "DigitalDocument" if is_report else "Legislation",
        "name": one.title,
        "description": one.summary,
        "inLanguage": "fa",
        "publisher": council(absolute),
        "url": absolute(path_of(one, edition)),
    }
    if edition is None:
        return known
    own = {"version": edition.number, "datePublished": iso_day(edition.published_at)}
    law = {"legislationDate": iso_date(edition.adopted_on), "legislationDateVersion": iso_date(edition.in_force_from)}
    return known | own | ({} if is_report else law)
