from django.urls import path

from . import change_views, citation_views, feeds, paper_views, views

app_name = "publications"

urlpatterns = [
    path("feeds/announcements/", feeds.AnnouncementFeed(), name="announcement_feed"),
    path("feeds/publications/", feeds.EditionFeed(), name="edition_feed"),
    path("feeds/<slug:slug>/announcements/", feeds.AnnouncementFeed(), name="announcement_feed_of_body"),
    path("feeds/<slug:slug>/publications/", feeds.EditionFeed(), name="edition_feed_of_body"),
    path("publications/", views.publications, name="publications"),
    path("publications/announcements/", views.announcements, name="announcements"),
    path("publications/announcements/<int:pk>/", views.announcement, name="announcement"),
    path("publications/announcements/<int:pk>/cover/", views.announcement_cover, name="announcement_cover"),
    path(
        "publications/announcements/<int:pk>/cover/small/",
        views.announcement_cover_thumbnail,
        name="announcement_cover_thumbnail",
    ),
    path("publications/announcements/<int:pk>/<str:name>", views.announcement_file, name="announcement_file"),
    path("publications/<slug:slug>/", views.document, name="document"),
    path("publications/<slug:slug>/<slug:name>.pdf", paper_views.document_file, name="document_paper_file"),
    path("publications/<slug:slug>/editions/<int:number>.pdf", paper_views.edition_file, name="edition_paper_file"),
    path("publications/<slug:slug>/changes/", change_views.changes, name="changes"),
    path("publications/<slug:slug>/editions/<int:number>/", views.edition, name="edition"),
    path(
        "publications/<slug:slug>/editions/<int:number>/changes/<int:since>/",
        change_views.edition_changes,
        name="edition_changes",
    ),
    path(
        "publications/<slug:slug>/editions/<int:number>/articles/<int:article>/", change_views.article, name="article"
    ),
    path("publications/<slug:slug>/editions/<int:number>/cover/", views.edition_cover, name="edition_cover"),
    path(
        "publications/<slug:slug>/editions/<int:number>/cover/small/",
        views.edition_cover_thumbnail,
        name="edition_cover_thumbnail",
    ),
    path("publications/<slug:slug>/editions/<int:number>/<str:name>", views.edition_file, name="edition_file"),
    path("desk/decisions/<int:pk>/articles/", citation_views.cite, name="cite"),
    path("desk/decisions/<int:pk>/articles/<int:key>/remove/", citation_views.uncite, name="uncite"),
]
