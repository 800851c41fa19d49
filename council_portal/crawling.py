"""What search engines are asked to read, and what not: sitemap.xml and robots.txt."""

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
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
    "pages": PagesSitemap(),
    **OF_MEMBERS,
    **OF_MEETINGS,
    "proposals": RecordSitemap(lambda: Proposal.objects.visible_to(None).order_by("pk")),
    **OF_PUBLICATIONS,
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sections of the sitemap."""
    return views.index(request, _filled(SITEMAPS), sitemap_url_name="sitemap_section_file")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The pages of one section; 404 while there are none."""
    found = {name: pages for name, pages in SITEMAPS.items() if name == section}
    return views.sitemap(request, _filled(found), section=section)


def _filled(sections: dict[str, Sitemap]) -> dict[str, Sitemap]:
    """Those in which something stands: what lists no page is no valid sitemap."""
    return {name: pages for name, pages in sections.items() if pages.paginator.count}


@require_safe
def robots(request) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_MACHINES)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap_file'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
