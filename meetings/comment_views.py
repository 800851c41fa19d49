"""Commenting on circulated minutes, on the meeting's own page, by the members of the body."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import comments
from .comment_forms import CommentForm
from .holding import Refused
from .models import AgendaItem, Minutes
from .pages import meeting_page


@require_POST
@login_required
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a comment on the item that the form names, or on the whole; what was not understood comes back."""
    minutes = get_object_or_404(Minutes.objects.visible_to(request.user).select_related("meeting__body"), pk=pk)
    if not comments.may_comment(request.user, minutes):
        raise PermissionDenied
    meeting = minutes.meeting
    form = CommentForm(request.POST, items=AgendaItem.objects.visible_to(request.user).filter(meeting=meeting))
    if form.is_valid():
        try:
            said = comments.comment(minutes, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your comment is entered. You will be told when it is answered."))
            return redirect(said)
    return meeting_page(request, meeting, comment_form=form)
