from django.urls import path

from . import calendar_views, decision_views, views
from .work import pages as work

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/planned/<int:pk>/", views.planned, name="planned"),
    path("meetings/hosts/", views.hosts, name="hosts"),
    path("meetings/materials/<int:pk>/", views.material, name="material"),
    path("meetings/materials/<int:pk>/thumbnail/", views.material_thumbnail, name="material_thumbnail"),
    path("meetings/materials/<int:pk>/<str:name>", views.material_file, name="material_file"),
    path("decisions/", decision_views.decisions, name="decisions"),
    path("decisions/<slug:reference>/", decision_views.decision, name="decision"),
    path("decisions/<slug:reference>/files/<int:pk>/<str:name>", decision_views.follow_up_file, name="follow_up_file"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar_views.month, name="month"),
    path("desk/meetings/", work.meetings, name="work_meetings"),
    path("desk/meetings/<int:pk>/", work.overview, name="work_overview"),
    path("desk/meetings/<int:pk>/steps/<slug:name>/", work.step, name="work_step"),
    path("desk/meetings/<int:pk>/history/", work.history, name="work_history"),
]
