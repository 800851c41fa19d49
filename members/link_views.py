"""The secret links of the signed-in person: made, taken out of use, and shown where they are wanted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from council_portal.search.asking import Question
from council_portal.search.page import address_of

from . import calendar_links


@require_POST
@login_required
def renew(request):
    """Give the signed-in person secret links to their calendar and searches; those that they had open nothing."""
    calendar_links.renew(request.user)
    messages.success(request, _("Your secret addresses are new."))
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "members:profile")


@require_POST
@login_required
def revoke(request):
    """Take the signed-in person's secret links out of use."""
    calendar_links.revoke(request.user)
    messages.success(request, _("Your secret addresses open nothing any more."))
    return redirect("members:profile")


@require_safe
@login_required
def search_feed(request):
    """Where the signed-in person gets the feed of a search: with what they may read, and with what is public alone."""
    question = Question.of(request.GET)
    token = calendar_links.token_of(request.user, to=calendar_links.SEARCHES)
    context = {
        "question": question,
        "search": address_of(question),
        "path": f"{reverse('members:personal_search_feed', args=[token])}?{question.encoded}" if token else "",
        "public_path": f"{reverse('search:search_feed')}?{question.encoded}",
    }
    return render(request, "members/search_feed.html", context)
