"""Long lists, a page at a time."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404

from council_portal.persian.text import to_latin_digits

PER_PAGE = 25
MOST_DIGITS = 9


def page_number(request) -> int:
    """The page that `?page=` asks for, in any digits: the first if it does not ask. Raises Http404 for no number."""
    asked = to_latin_digits(request.GET.get("page", "1"))
    if asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS and int(asked):
        return int(asked)
    raise Http404("This is no number of a page.")


def page_of(request, rows, *, per_page: int = PER_PAGE) -> Page:
    """The page of `rows`, which are in a lasting order, that a request asks for; an empty list has one.

    Raises Http404 for a page that there is not.
    """
    try:
        return Paginator(rows, per_page).page(page_number(request))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
