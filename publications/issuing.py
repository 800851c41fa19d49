"""What of publications is issued: an edition, when it is published (council_portal.issuing)."""

from django.utils.translation import gettext_lazy

from council_portal.issuing import register
from council_portal.issuing.kinds import kind

from .models import Edition
from .papers import edition_paper, has_paper

EDITION = kind(
    "edition",
    gettext_lazy("Edition"),
    model=Edition,
    paper=edition_paper,
    visibility=lambda edition: edition.document.visibility,
    published=lambda: Edition.objects.published().order_by("published_at", "pk"),
    has_paper=has_paper,
)


def issue_published(edition: Edition, *, by) -> None:
    """Have an edition that is being published issued, where it has a text to be printed. Raises NoCertificate."""
    if has_paper(edition):
        register.issue_later(edition, EDITION, by=by)
