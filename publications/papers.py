"""Publications on paper: any edition of the charter, the bylaws, a directive or a report whose text is on record."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from council_portal.access.visibility import reader_under
from council_portal.issuing.papers import Paper, Variant, in_persian
from council_portal.persian.calendar import today
from council_portal.persian.wording import digits, long_date
from meetings.models import Meeting

from .editions import mark_own_standing
from .models import Document, Edition

ARTICLES_WITH_CONTENTS = 6  # fewer are found without a table


def has_paper(edition: Edition | None) -> bool:
    """Whether there is a text to be printed; of some old editions only a file is on record, or nothing."""
    return edition is not None and edition.is_text_on_record and bool(edition.text or edition.articles.exists())


def paper_url(edition: Edition | None) -> str:
    """Where the PDF of an edition is, for ever; empty where there is no text."""
    if not has_paper(edition):
        return ""
    return reverse("publications:edition_paper_file", args=[edition.document.slug, edition.number])


@in_persian
def edition_paper(edition: Edition, *, user=None) -> Paper:
    """An edition with its articles and notes; a draft until it is published.

    `user` says which of the meetings beside it may be named; None stands for those whom the document is for.
    """
    document, user = edition.document, user or reader_under(edition.document.visibility)
    articles = list(edition.articles.order_by("number").prefetch_related("notes"))
    which = [] if document.kind == Document.Kind.REPORT else [edition_title(edition)]
    mark_own_standing(edition, on=today())
    if edition.replacement:
        which.append(str(edition.standing_words))
    title = str(document) if is_only_edition(edition) else str(edition)
    return Paper(
        template="publications/paper/edition.html",
        context={
            "document": document,
            "edition": edition,
            "articles": articles,
            "has_contents": len(articles) >= ARTICLES_WITH_CONTENTS,
            "cover": _cover_of(edition, user),
            "which": " – ".join(which),
            "address": settings.PORTAL_URL + edition.get_absolute_url(),
        },
        title=title,
        name=_("%(document)s, edition %(number)s") % {"document": document, "number": digits(edition.number)},
        is_draft=edition.published_at is None,
        variant=Variant.ARCHIVAL,
    )


def _cover_of(edition: Edition, user) -> list[tuple[str, str]]:
    """What the cover says below the title: words with their values; what is not on record is left out."""
    report_of, adopted_in = _named(edition.document.meeting_id, user), _named(edition.adopted_in_id, user)
    facts = {
        _("Report of"): str(report_of or ""),
        _("Adopted in"): str(adopted_in or ""),
        _("Adopted on"): long_date(edition.adopted_on) if edition.adopted_on else "",
        _("In force from"): long_date(edition.in_force_from) if edition.in_force_from else "",
    }
    return [(word, value) for word, value in facts.items() if value]


def edition_title(edition: Edition) -> str:
    return _("Edition %(number)s") % {"number": digits(edition.number)}


def is_only_edition(edition: Edition) -> bool:
    """Whether nobody needs to be told which edition this is: the report of a meeting, written once."""
    return edition.document.kind == Document.Kind.REPORT and edition.number == 1


def _named(meeting_id: int | None, user) -> Meeting | None:
    return Meeting.objects.visible_to(user).filter(pk=meeting_id).select_related("body").first()
