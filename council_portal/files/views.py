from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from council_portal.access.standing import standing_of
from council_portal.paging import page_of

from .forms import BringAgainForm, file_of
from .models import Damage
from .serving import respond
from .uses import records_of


@require_safe
@login_required
def form_file(request, token):
    """The file that a form shows as the present one, for the person who has the form before them."""
    stored_file = file_of(token)
    if stored_file is None:
        raise Http404("This link to a file is not valid, or no more.")
    return respond(request, stored_file)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def damages(request):
    """The stored files that were found damaged; whoever has one brings it again here, and it is whole."""
    if not standing_of(request.user).is_secretariat:
        raise PermissionDenied
    form = BringAgainForm(request.POST, request.FILES) if request.method == "POST" else BringAgainForm()
    if form.is_valid() and _is_healed(request, form):
        return redirect("files:damages")
    found = Damage.objects.visible_to(request.user)
    page = page_of(request, found.select_related("file").open_first())
    records = records_of({damage.file for damage in page}, user=request.user)
    context = {
        "page": page,
        "damages": [(damage, records[damage.file_id]) for damage in page],
        "open_count": found.open().count(),
        "form": form,
    }
    return render(request, "files/damages.html", context)


def _is_healed(request, form: BringAgainForm) -> bool:
    try:
        stored_file = form.heal()
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return False
    messages.success(request, _("“%(name)s” is whole again.") % {"name": stored_file.name})
    return True
