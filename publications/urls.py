from django.urls import path

from . import feeds, paper_views, views

app_name = "publications"

urlpatterns = [
    path("feeds/announcements/", feeds.AnnouncementFeed(), name="announcement_feed"),
    path("publications/", views.publications, name="publications"),
    path("publications/announcements/", views.announcements, name="announcements"),
    path("publications/announcements/<int:pk>/", views.announcement, name="announcement"),
    path("publications/announcements/<int:pk>/<str:name>", views.announcement_file, name="announcement_file"),
    path("publications/<slug:slug>/", views.document, name="document"),
    path("publications/<slug:slug>/<slug:name>.pdf", paper_views.document_file, name="document_paper_file"),
    path("publications/<slug:slug>/editions/<int:number>.pdf", paper_views.edition_file, name="edition_paper_file"),
    path("publications/<slug:slug>/editions/<int:number>/", views.edition, name="edition"),
    path("publications/<slug:slug>/editions/<int:number>/cover/", views.edition_cover, name="edition_cover"),
    path("publications/<slug:slug>/editions/<int:number>/<str:name>", views.edition_file, name="edition_file"),
]
