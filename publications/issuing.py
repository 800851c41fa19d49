"""What of publications is issued: an edition, when it is published (council_portal.issuing)."""

from django.utils.translation import gettext_lazy

from council_portal.issuing import register
from council_portal.issuing.kinds import kind
from council_portal.persian.calendar import today

from .editions import KIND, remark_on, replaced_by
from .models import Edition
from .papers import edition_paper, has_paper

EDITION = kind(
    KIND,
    gettext_lazy("Edition"),
    model=Edition,
    paper=edition_paper,
    visibility=lambda edition: edition.document.visibility,
    published=lambda: Edition.objects.published().order_by("published_at", "pk"),
    has_paper=has_paper,
    replaced_by=lambda edition: replaced_by(edition, on=today()),
    remark=lambda edition: remark_on(edition, on=today()),
)


def issue_published(edition: Edition, *, by) -> None:
    """Have an edition that is being published issued, where it has a text to be printed. Raises NoCertificate."""
    if has_paper(edition):
        register.issue_later(edition, EDITION, by=by)
