"""The members' comments on the circulated minutes: those who write the minutes answer them or take them up."""

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from council_portal.paging import page_of
from council_portal.persian.calendar import today

from .. import comments as commenting
from ..comment_forms import SettleForm
from ..holding import Refused
from ..models import Comment, Meeting, Minutes
from .access import works_on_meeting
from .pages import work_page


@require_safe
@works_on_meeting
def comments(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All comments in the order of the minutes, each with the form to answer it while they are circulated."""
    return _page(request, meeting)


@require_POST
@works_on_meeting
def settle(request: HttpRequest, meeting: Meeting, comment: int) -> HttpResponse:
    """Answer a comment or mark it as taken up."""
    comment = get_object_or_404(_comments(request, meeting), pk=comment)
    form = SettleForm(request.POST, comment=comment)
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("status", "answer")}
        try:
            commenting.settle(comment, by=request.user, **answers)
        except Refused as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.success(request, _("The comment is settled; its author is told."))
            return redirect("meetings:work_comments", meeting.pk)
    return _page(request, meeting, returned=form)


def _comments(request: HttpRequest, meeting: Meeting):
    rows = Comment.objects.visible_to(request.user).filter(minutes__meeting=meeting).in_order()
    return rows.select_related("minutes", "agenda_item", "written_by__person", "settled_by__person")


def _page(request: HttpRequest, meeting: Meeting, returned: SettleForm | None = None) -> HttpResponse:
    own = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
    page = page_of(request, _comments(request, meeting))
    context = {
        "page": page,
        "minutes": own,
        "why_closed": commenting.why_closed(own, on=today()) if own else "",
        "entries": _entries(page, returned, is_open=bool(own and own.status == Minutes.Status.CIRCULATED)),
        "open_count": Comment.objects.visible_to(request.user).filter(minutes__meeting=meeting).open().count(),
    }
    return work_page(request, meeting, "comments", "meetings/work/comments.html", context)


def _entries(page: Page, returned: SettleForm | None, *, is_open: bool) -> list[tuple[Comment, SettleForm | None]]:
    """Each comment with its form, the one that came back in its place; without forms once the minutes are approved."""
    if not is_open:
        return [(comment, None) for comment in page]
    return [
        (comment, returned if returned and returned.comment == comment else SettleForm(comment=comment))
        for comment in page
    ]
