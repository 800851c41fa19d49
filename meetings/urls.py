from django.urls import path
from django.views.i18n import JavaScriptCatalog

from . import calendar_views, decision_views, invitation_views, views
from .work import hosts, invitations, minutes, minutes_import, planning
from .work import materials as work_materials
from .work import pages as work

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<int:number>/materials.zip", views.materials, name="materials_file"),
    path("meetings/planned/<int:pk>/", views.planned, name="planned"),
    path("meetings/invitations/<int:pk>/", invitation_views.invitation, name="invitation"),
    path("meetings/invitations/<int:pk>/letter/", invitation_views.letter, name="invitation_letter"),
    path("invitations/<str:token>/<slug:answer>/", invitation_views.answer_by_link, name="answer_by_link"),
    path("meetings/hosts/", views.hosts, name="hosts"),
    path("meetings/materials/<int:pk>/", views.material, name="material"),
    path("meetings/materials/<int:pk>/thumbnail/", views.material_thumbnail, name="material_thumbnail"),
    path("meetings/materials/<int:pk>/<str:name>", views.material_file, name="material_file"),
    path("decisions/", decision_views.decisions, name="decisions"),
    path("decisions/<slug:reference>/", decision_views.decision, name="decision"),
    path("decisions/<slug:reference>/files/<int:pk>/<str:name>", decision_views.follow_up_file, name="follow_up_file"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar_views.month, name="month"),
    path("desk/hosts/", hosts.hosts, name="work_hosts"),
    path("desk/hosts/propose/", hosts.propose, name="work_host_propose"),
    path("desk/hosts/<int:pk>/<slug:name>/", hosts.turn_step, name="work_host_step"),
    path("desk/hosts/of/<int:pk>/<slug:name>/", hosts.answer, name="work_host_answer"),
    path("desk/plan/", planning.plan, name="work_plan"),
    path("desk/meetings/", work.meetings, name="work_meetings"),
    path("desk/meetings/new/", planning.new_meeting, name="work_new_meeting"),
    path("desk/meetings/<int:pk>/", work.overview, name="work_overview"),
    path("desk/meetings/<int:pk>/steps/<slug:name>/", work.step, name="work_step"),
    path("desk/meetings/<int:pk>/materials/", work_materials.materials, name="work_materials"),
    path("desk/meetings/<int:pk>/materials/bring/", work_materials.bring, name="work_bring"),
    path("desk/meetings/<int:pk>/materials/uploads/", work_materials.uploads, name="work_uploads"),
    path("desk/meetings/<int:pk>/materials/new/", work_materials.new, name="work_material_new"),
    path("desk/meetings/<int:pk>/materials/<int:material_pk>/", work_materials.change, name="work_material"),
    path(
        "desk/meetings/<int:pk>/materials/<int:material_pk>/withdraw/",
        work_materials.withdraw,
        name="work_material_withdraw",
    ),
    path("desk/meetings/<int:pk>/invitations/", invitations.page, name="work_invitations"),
    path("desk/meetings/<int:pk>/invitations/invite/", invitations.invite, name="work_invite"),
    path("desk/meetings/<int:pk>/invitations/guests/", invitations.add_guest, name="work_add_guest"),
    path("desk/meetings/<int:pk>/invitations/letters/", invitations.letters, name="work_letters"),
    path("desk/meetings/<int:pk>/invitations/<int:invitation>/", invitations.answer, name="work_answer"),
    path("desk/meetings/<int:pk>/invitations/<int:invitation>/again/", invitations.send_again, name="work_send_again"),
    path(
        "desk/meetings/<int:pk>/invitations/<int:invitation>/remove/",
        invitations.remove_guest,
        name="work_remove_guest",
    ),
    # The words that the editor's script looks up.
    path("desk/words.js", JavaScriptCatalog.as_view(packages=["council_portal"]), name="work_words_file"),
    path("desk/meetings/<int:pk>/minutes/", minutes.minutes, name="work_minutes"),
    path("desk/meetings/<int:pk>/minutes/begin/", minutes.begin, name="work_minutes_begin"),
    path("desk/meetings/<int:pk>/minutes/texts/", minutes.texts, name="work_minutes_texts"),
    path("desk/meetings/<int:pk>/minutes/texts/draft/", minutes.draft, name="work_minutes_texts_draft"),
    path("desk/meetings/<int:pk>/minutes/items/<int:item>/", minutes.item, name="work_minutes_item"),
    path("desk/meetings/<int:pk>/minutes/items/<int:item>/draft/", minutes.draft, name="work_minutes_item_draft"),
    path("desk/meetings/<int:pk>/minutes/import/", minutes_import.word, name="work_minutes_import"),
    path("desk/meetings/<int:pk>/history/", work.history, name="work_history"),
]
