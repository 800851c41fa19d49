from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("desk/files/", views.damages, name="damages"),
    path("files/form/<str:token>/", views.form_file, name="form"),
]
