"""Some issued documents: valid, superseded, and withdrawn. All that the demo publishes would take minutes; what is
left, `manage.py issue_published` puts on record."""

from council_portal.issuing import register
from council_portal.issuing.signing import NoCertificate, certificate
from meetings.issuing import EXCERPT, MINUTES, REPORT
from meetings.models import Minutes
from members.models import User
from publications.issuing import EDITION
from publications.models import Edition
from publications.papers import has_paper

from .minutes import corrigendum_of
from .thirteenth import NUMBER as THIRTEENTH

AGAIN_BECAUSE = "جاافتادگی در نشانی دبیرخانه"
CORRIGENDUM = "اصلاحیه ۱"
WITHDRAWN_BECAUSE = "این متن پیش از تصویب نهایی صادر شده بود"
WITHDRAWN_EXCERPT_BECAUSE = "نام دستگاه همکار در مستخرجه جا افتاده بود"
CORRECTED_MEETING, CORRECTED_ITEM = 18, 2  # of the assembly
LATEST_MEETINGS = 2


def issue_some(by: User) -> None:
    """Issue some editions and minutes, and the excerpts of one meeting. Without a certificate to sign with only the
    minutes are corrected."""
    try:
        certificate()
    except NoCertificate:
        _correct(_assembly().get(meeting__number=CORRECTED_MEETING), by=by)
        return
    _issue_editions(by)
    _issue_minutes(by)


def _issue_editions(by: User) -> None:
    """The charter, and again in its place; the bylaws; and a directive, which is withdrawn."""
    charter, bylaws, directive = (_latest(kind) for kind in ("charter", "bylaws", "directive"))
    register.issue(charter, EDITION, by=by)
    register.issue(bylaws, EDITION, by=by)
    register.issue(charter, EDITION, by=by, occasion="again-1", reason=AGAIN_BECAUSE)
    register.withdraw(register.issue(directive, EDITION, by=by), by=by, because=WITHDRAWN_BECAUSE)


def _issue_minutes(by: User) -> None:
    """Minutes and report of the thirteenth meeting; others that are corrected later; the latest minutes; of the very
    latest the report too and the excerpts, one of them withdrawn."""
    thirteenth = _assembly().get(meeting__number=THIRTEENTH)
    register.issue(thirteenth, MINUTES, by=by)
    register.issue(thirteenth.meeting, REPORT, by=by)
    corrected = _assembly().get(meeting__number=CORRECTED_MEETING)
    register.issue(corrected, MINUTES, by=by)
    register.issue(corrected.meeting, REPORT, by=by)
    _correct(corrected, by=by)
    # Read anew: what was read of it before knows no corrigendum.
    corrected = _assembly().get(pk=corrected.pk)
    register.issue(corrected, MINUTES, by=by, reason=CORRIGENDUM)
    register.issue(corrected.meeting, REPORT, by=by, reason=CORRIGENDUM)
    latest = list(_assembly().order_by("-meeting__number")[:LATEST_MEETINGS])
    for minutes in reversed(latest):
        register.issue(minutes, MINUTES, by=by)
    register.issue(latest[0].meeting, REPORT, by=by)
    decisions = latest[0].meeting.decisions.published().order_by("number")
    excerpts = [register.issue(decision, EXCERPT, by=by) for decision in decisions]
    register.withdraw(excerpts[-1], by=by, because=WITHDRAWN_EXCERPT_BECAUSE)


def _correct(minutes: Minutes, *, by: User) -> None:
    item = minutes.meeting.agenda_items.get(parent=None, position=CORRECTED_ITEM)
    corrigendum_of(minutes, item, by=by).save()


def _assembly():
    return Minutes.objects.published().filter(meeting__body__slug="assembly").select_related("meeting__body")


def _latest(kind: str) -> Edition:
    """The latest published edition of this kind that has a text."""
    editions = Edition.objects.published().filter(document__kind=kind).order_by("-number", "pk")
    return next(edition for edition in editions.select_related("document") if has_paper(edition))
