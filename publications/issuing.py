"""What of publications is issued: an edition, when it is published (council_portal.issuing)."""

from django.utils.translation import gettext_lazy

from council_portal.issuing import register
from council_portal.issuing.kinds import Standing, kind
from council_portal.persian.calendar import today

from .editions import KIND, begins_on_of, edition_in_force, standing_beside
from .models import Edition
from .papers import edition_paper, has_paper


def _standing(edition: Edition, _issued_at) -> Standing:
    """A later edition that is in force has taken the place of an earlier one; drafts have no documents."""
    editions = Edition.objects.published().filter(document=edition.document_id).select_related("document").defer("text")
    current = edition_in_force(editions, on=today())
    match standing_beside(current, edition):
        case "replaced":
            return Standing(replaced_by=(current,))
        case "coming":
            return Standing(begins_on=begins_on_of(edition))
    return Standing()


EDITION = kind(
    KIND,
    gettext_lazy("Edition"),
    model=Edition,
    paper=edition_paper,
    visibility=lambda edition: edition.document.visibility,
    published=lambda: Edition.objects.published().order_by("published_at", "pk"),
    has_paper=has_paper,
    standing=_standing,
)


def issue_published(edition: Edition, *, by) -> None:
    """Have an edition that is being published issued, where it has a text to be printed. Raises NoCertificate."""
    if has_paper(edition):
        register.issue_later(edition, EDITION, by=by)
