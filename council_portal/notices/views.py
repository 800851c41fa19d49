"""A person's inbox on the site."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from council_portal.paging import page_of

from .models import Notice


@require_safe
@login_required
def inbox(request):
    """What this person was told, the newest first."""
    page = page_of(request, Notice.objects.visible_to(request.user).newest_first())
    return render(request, "notices/inbox.html", {"page": page})


@require_POST
@login_required
def open_notice(request, pk: int):
    """Mark a notice as read and lead to what it is about, or back to the inbox."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(notice.address or "notices:inbox")


@require_POST
@login_required
def read_all(request):
    """Mark everything as read."""
    Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return redirect("notices:inbox")
