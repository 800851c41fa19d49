"""The feed of a search for one person, by a secret link: what they may read, and not only what is public."""

from django.http import Http404
from django.utils.translation import gettext as _

from council_portal.search.feeds import SearchFeed

from . import calendar_links


class PersonalSearchFeed(SearchFeed):
    """Things with a date that the account finds today whose secret link the address has."""

    name = "own-search"

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def reader(self, address: dict[str, str]):
        account = calendar_links.account_of(address["token"], to=calendar_links.SEARCHES)
        if account is None:
            raise Http404("There is no such feed.")
        return account

    def title(self, search) -> str:
        return _("Search of %(person)s: %(words)s") % {"person": search.reader, "words": search.question.q}
