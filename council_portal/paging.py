"""Long lists, a page at a time."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404

PER_PAGE = 25


def page_of(request, rows, *, per_page: int = PER_PAGE) -> Page:
    """The page of `rows`, which are in a lasting order, that `?page=` asks for: the first if it does not ask.

    Raises Http404 for a page that there is not, and for anything that is no number. An empty list has one page.
    """
    try:
        return Paginator(rows, per_page).page(request.GET.get("page", 1))
    except (InvalidPage, OverflowError) as error:
        raise Http404("There is no such page.") from error
