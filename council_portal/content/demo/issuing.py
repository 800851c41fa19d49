"""A handful of issued documents: valid, superseded, and withdrawn. All that the demo publishes would take minutes."""

from council_portal.issuing import register
from council_portal.issuing.signing import NoCertificate, certificate
from members.models import User
from publications.issuing import EDITION
from publications.models import Edition
from publications.papers import has_paper

AGAIN_BECAUSE = "جاافتادگی در نشانی دبیرخانه"
WITHDRAWN_BECAUSE = "این متن پیش از تصویب نهایی صادر شده بود"


def issue_some(by: User) -> None:
    """Issue the charter, and again in its place; the bylaws; and a directive, which is withdrawn. Nothing without a
    certificate to sign with."""
    try:
        certificate()
    except NoCertificate:
        return
    charter, bylaws, directive = (_latest(kind) for kind in ("charter", "bylaws", "directive"))
    register.issue(charter, EDITION, by=by)
    register.issue(bylaws, EDITION, by=by)
    register.issue(charter, EDITION, by=by, occasion="again-1", reason=AGAIN_BECAUSE)
    register.withdraw(register.issue(directive, EDITION, by=by), by=by, because=WITHDRAWN_BECAUSE)


def _latest(kind: str) -> Edition:
    """The latest published edition of this kind that has a text."""
    editions = Edition.objects.published().filter(document__kind=kind).order_by("-number", "pk")
    return next(edition for edition in editions.select_related("document") if has_paper(edition))
