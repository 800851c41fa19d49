from django.urls import path

from . import link_views, views
from .search_feeds import PersonalSearchFeed

app_name = "members"

urlpatterns = [
    path("members/", views.people, name="people"),
    path("members/<int:pk>/", views.person, name="person"),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path("accounts/profile/", views.profile, name="profile"),
    path("accounts/profile/letters/", views.mail_choice, name="mail_choice"),
    path("accounts/profile/calendar/renew/", link_views.renew, name="renew_calendar_link"),
    path("accounts/profile/calendar/revoke/", link_views.revoke, name="revoke_calendar_link"),
    path("search/feed/mine/", link_views.search_feed, name="search_feed"),
    path("search/feed/<str:token>/", PersonalSearchFeed(), name="personal_search_feed"),
]
