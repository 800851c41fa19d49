from django.urls import path

from . import views

app_name = "issuing"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.document, name="document"),
    path("issued/<int:number>.pdf", views.document_file, name="document_file"),
    path("issued/<slug:kind>/<int:subject>.pdf", views.latest, name="latest_file"),
    path("issued/<slug:kind>/<int:subject>/", views.issue, name="issue"),
]
