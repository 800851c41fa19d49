from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_safe

from .forms import file_of
from .serving import respond


@require_safe
@login_required
def form_file(request, token):
    """The file that a form shows as the present one, for the person who has the form before them."""
    stored_file = file_of(token)
    if stored_file is None:
        raise Http404("This link to a file is not valid, or no more.")
    return respond(request, stored_file)
