from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from council_portal import crawling, views
from council_portal.health import healthz
from council_portal.styleguide import styleguide

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("desk/", views.desk, name="desk"),
    path("feeds/", views.feeds, name="feeds"),
    path("", include("council_portal.files.urls")),
    path("", include("council_portal.notices.urls")),
    path("papers/", include("council_portal.issuing.print_urls")),
    path("", include("council_portal.issuing.urls")),
    path("", include("council_portal.search.urls")),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("", include("committees.urls")),
    path("", include("publications.urls")),
    path("robots.txt", crawling.robots, name="robots_file"),
    path("sitemap.xml", crawling.sitemap, name="sitemap_file"),
    path("sitemap-<slug:section>.xml", crawling.sitemap_section, name="sitemap_section_file"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    # Its form stands at the foot of every page and carries no token, so that a page can be kept for the next visitor.
    # The worst that a forged one does is to show the portal in its other language.
    path("language/", csrf_exempt(set_language), name="set_language"),
]

handler400 = "council_portal.wordless.bad_request"

if settings.DEBUG:
    urlpatterns += [path("styleguide/", styleguide, name="styleguide")]
