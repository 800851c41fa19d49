from django.urls import path

from . import views

app_name = "members"

urlpatterns = [
    path("members/", views.people, name="people"),
    path("members/<int:pk>/", views.person, name="person"),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path("accounts/profile/", views.profile, name="profile"),
    path("accounts/profile/letters/", views.mail_choice, name="mail_choice"),
    path("accounts/profile/calendar/renew/", views.renew_calendar_link, name="renew_calendar_link"),
    path("accounts/profile/calendar/revoke/", views.revoke_calendar_link, name="revoke_calendar_link"),
]
