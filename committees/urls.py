from django.urls import path

from . import views

app_name = "committees"
urlpatterns = [
    path("committees/", views.committees, name="committees"),
    path("committees/<slug:slug>/", views.committee, name="committee"),
    path("committees/<slug:slug>/sessions/", views.sessions, name="sessions"),
    path("committees/<slug:slug>/sessions/<int:number>/", views.session, name="session"),
    path("committees/<slug:slug>/sessions/<int:number>/materials.zip", views.materials, name="materials_file"),
    path("committees/<slug:slug>/sessions/planned/<int:pk>/", views.planned, name="planned"),
]
