"""What search engines are asked to read, and what not: sitemap.xml and robots.txt."""

from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from committees.models import Proposal
from council_portal.metadata import RecordSitemap
from meetings.metadata import SITEMAPS as OF_MEETINGS
from members.metadata import SITEMAPS as OF_MEMBERS
from publications.metadata import SITEMAPS as OF_PUBLICATIONS

# Work, accounts, and what is made anew for each question.
NOT_FOR_MACHINES = (
    *("/desk/", "/admin/", "/accounts/", "/inbox/", "/papers/", "/language/", "/search/", "/files/"),
    *("/invitations/", "/meetings/invitations/", "/calendar/personal/"),
    *("/calendar/1", "/calendar/list/1"),  # four hundred years of months
)
PAGES = (
    *("home", "about", "feeds", "issuing:verify"),
    *("meetings:meetings", "meetings:hosts", "meetings:decisions", "meetings:calendar", "meetings:calendar_list"),
    *("members:people", "members:organizations", "committees:committees"),
    *("publications:publications", "publications:announcements"),
)


class PagesSitemap(Sitemap):
    """The pages that are of no single record."""

    def items(self):
        return PAGES

    def location(self, item) -> str:
        return reverse(item)


SITEMAPS = {
    "pages": PagesSitemap,
    **OF_MEMBERS,
    **OF_MEETINGS,
    "proposals": RecordSitemap(lambda: Proposal.objects.visible_to(None).order_by("pk")),
    **OF_PUBLICATIONS,
}


@require_safe
def robots(request) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_MACHINES)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap_file'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
