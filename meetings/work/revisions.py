"""The revisions of the minutes: to see, to compare, and before the approval to restore."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from council_portal.paging import page_of
from council_portal.persian.wording import digits

from .. import revisions as rules
from ..holding import Refused
from ..models import Meeting, Minutes
from .access import works_on_meeting
from .pages import work_page


@require_safe
@works_on_meeting
def revisions(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Every save of the minutes' texts, the newest first."""
    own = _minutes(request, meeting)
    page = page_of(request, rules.revisions_of(own, user=request.user)[::-1] if own else [])
    rules.with_authors(list(page))
    return work_page(request, meeting, "revisions", "meetings/work/revisions.html", {"page": page, "minutes": own})


@require_safe
@works_on_meeting
def revision(request: HttpRequest, meeting: Meeting, number: int) -> HttpResponse:
    """What a revision changed, by comparison with the one before it or with another (`?with=`), and its whole text."""
    own = _minutes(request, meeting)
    if own is None:
        raise Http404("There are no minutes.")
    saves = rules.revisions_of(own)
    this = _numbered(saves, number)
    with_number = _asked_number(request, default=number - 1)
    other = _numbered(saves, with_number) if with_number else None
    texts = rules.Texts(own, this, user=request.user)
    rules.with_authors([this, *([other] if other else [])])
    context = {
        "minutes": own,
        "revision": this,
        "other": other,
        "changes": rules.compared(rules.Texts(own, other, user=request.user), texts) if other else None,
        "texts": [text for text in texts.in_order().values() if text.paragraphs],
        "numbers": [(save.number, digits(save.number), save.at) for save in reversed(saves) if save != this],
        "is_latest": this is saves[-1],
    }
    return work_page(request, meeting, "revisions", "meetings/work/revision.html", context)


@require_POST
@works_on_meeting
def restore(request: HttpRequest, meeting: Meeting, number: int) -> HttpResponse:
    """Let the minutes say again what they said then."""
    own = _minutes(request, meeting)
    if own is None:
        raise Http404("There are no minutes.")
    try:
        rules.restore(own, by=request.user, number=number)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("The texts of revision %(number)s are back; what they replaced is kept as a revision too.")
        messages.success(request, done % {"number": digits(number)})
    return redirect("meetings:work_revisions", meeting.pk)


def _minutes(request: HttpRequest, meeting: Meeting) -> Minutes | None:
    return Minutes.objects.visible_to(request.user).filter(meeting=meeting).select_related("meeting__body").first()


def _asked_number(request: HttpRequest, *, default: int) -> int:
    asked = request.GET.get("with", "")
    return int(asked) if asked.isascii() and asked.isdigit() else default


def _numbered(saves: list[rules.Revision], number: int) -> rules.Revision:
    """Raises Http404 for a number that there is not."""
    if not 1 <= number <= len(saves):
        raise Http404("There is no such revision.")
    return saves[number - 1]
