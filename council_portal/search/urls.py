from django.urls import path

from . import feeds, views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("search/feed/", feeds.SearchFeed(), name="search_feed"),
]
