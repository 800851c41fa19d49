from django.urls import path

from . import print_views

app_name = "papers"
urlpatterns = [
    path("<int:pk>/", print_views.paper, name="paper"),
    path("<int:pk>/state/", print_views.state, name="state"),
    path("<int:pk>/again/", print_views.again, name="again"),
]
