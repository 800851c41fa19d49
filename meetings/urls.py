from django.urls import path

from . import calendar_views, decision_views

app_name = "meetings"
urlpatterns = [
    path("decisions/", decision_views.decisions, name="decisions"),
    path("decisions/<slug:reference>/", decision_views.decision, name="decision"),
    path("decisions/<slug:reference>/files/<int:pk>/<str:name>", decision_views.follow_up_file, name="follow_up_file"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar_views.month, name="month"),
]
