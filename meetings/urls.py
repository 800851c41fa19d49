from django.urls import path
from django.views.i18n import JavaScriptCatalog

from . import (
    calendar_feeds,
    calendar_views,
    comment_views,
    decision_views,
    feeds,
    invitation_views,
    paper_views,
    proposal_views,
    views,
)
from .work import (
    agenda,
    attendance,
    duties,
    finish,
    follow_up,
    hosts,
    invitations,
    minutes,
    minutes_import,
    planning,
)
from .work import comments as work_comments
from .work import decisions as work_decisions
from .work import materials as work_materials
from .work import pages as work
from .work import revisions as work_revisions

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<int:number>/materials.zip", views.materials, name="materials_file"),
    path("meetings/planned/<int:pk>/", views.planned, name="planned"),
    *(
        path(f"meetings/<int:number>/{kind}.pdf", paper_views.of_meeting, {"kind": kind}, name=f"{kind}_file")
        for kind in paper_views.FOR_READERS
    ),
    *(
        path(
            f"meetings/planned/<int:pk>/{kind}.pdf", paper_views.of_planned, {"kind": kind}, name=f"planned_{kind}_file"
        )
        for kind in paper_views.FOR_READERS
    ),
    path("meetings/invitations/<int:pk>/", invitation_views.invitation, name="invitation"),
    path("meetings/invitations/<int:pk>/letter/", invitation_views.letter, name="invitation_letter"),
    path("meetings/invitations/<int:pk>/letter.pdf", paper_views.own_letter, name="invitation_letter_file"),
    path("invitations/<str:token>/<slug:answer>/", invitation_views.answer_by_link, name="answer_by_link"),
    path("meetings/hosts/", views.hosts, name="hosts"),
    path("meetings/propose/", proposal_views.propose, name="propose"),
    path("meetings/materials/<int:pk>/", views.material, name="material"),
    path("meetings/materials/<int:pk>/thumbnail/", views.material_thumbnail, name="material_thumbnail"),
    path("meetings/materials/<int:pk>/<str:name>", views.material_file, name="material_file"),
    path("decisions/", decision_views.decisions, name="decisions"),
    path("decisions/export.xlsx", decision_views.export, {"kind": "xlsx"}, name="decisions_xlsx_file"),
    path("decisions/export.csv", decision_views.export, {"kind": "csv"}, name="decisions_csv_file"),
    path("decisions/<slug:reference>/", decision_views.decision, name="decision"),
    path("decisions/<slug:reference>/excerpt/", decision_views.excerpt, name="decision_excerpt"),
    path("decisions/<slug:reference>/excerpt.pdf", paper_views.excerpt, name="decision_excerpt_file"),
    path("decisions/<slug:reference>/files/<int:pk>/<str:name>", decision_views.follow_up_file, name="follow_up_file"),
    path(
        "organizations/<slug:slug>/follow-up/<int:year>/<int:quarter>.pdf",
        paper_views.follow_up,
        name="follow_up_sheet_file",
    ),
    # What those who run a meeting print for it. Not below desk/, so that what has not changed is not made again.
    path("papers/meetings/<int:pk>/sign-in.pdf", paper_views.of_desk, {"kind": "sign_in"}, name="sign_in_file"),
    path(
        "papers/meetings/<int:pk>/name-cards.pdf", paper_views.of_desk, {"kind": "name_cards"}, name="name_cards_file"
    ),
    path(
        "papers/meetings/<int:pk>/tent-cards.pdf", paper_views.of_desk, {"kind": "tent_cards"}, name="tent_cards_file"
    ),
    path("papers/meetings/<int:pk>/letters.pdf", paper_views.letters, name="letters_file"),
    path("papers/meetings/<int:pk>/letters/<int:invitation>.pdf", paper_views.letter, name="letter_file"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar_views.month, name="month"),
    path("calendar/list/", calendar_views.calendar_list, name="calendar_list"),
    path("calendar/list/<int:year>/<int:month>/", calendar_views.month_list, name="month_list"),
    path("calendar.ics", calendar_feeds.of_council, name="calendar_feed"),
    path("calendar/<slug:slug>.ics", calendar_feeds.of_body, name="calendar_feed_of_body"),
    path("calendar/personal/<str:token>.ics", calendar_feeds.personal, name="personal_calendar_feed"),
    path("desk/hosts/", hosts.hosts, name="work_hosts"),
    path("desk/hosts/propose/", hosts.propose, name="work_host_propose"),
    path("desk/hosts/<int:pk>/<slug:name>/", hosts.turn_step, name="work_host_step"),
    path("desk/hosts/of/<int:pk>/<slug:name>/", hosts.answer, name="work_host_answer"),
    path("desk/plan/", planning.plan, name="work_plan"),
    path("minutes/<int:pk>/comments/", comment_views.comment, name="comment"),
    path("feeds/meetings/", feeds.MeetingFeed(), name="meeting_feed"),
    path("feeds/minutes/", feeds.MinutesFeed(), name="minutes_feed"),
    path("feeds/decisions/", feeds.DecisionFeed(), name="decision_feed"),
    path("feeds/<slug:slug>/meetings/", feeds.MeetingFeed(), name="meeting_feed_of_body"),
    path("feeds/<slug:slug>/minutes/", feeds.MinutesFeed(), name="minutes_feed_of_body"),
    path("feeds/<slug:slug>/decisions/", feeds.DecisionFeed(), name="decision_feed_of_body"),
    path("desk/decisions/<int:pk>/", work_decisions.page, name="work_decision"),
    path("desk/decisions/<int:pk>/links/", work_decisions.add_link, name="work_add_link"),
    path("desk/decisions/<int:pk>/links/<int:key>/remove/", work_decisions.remove_link, name="work_remove_link"),
    path("desk/duties/", duties.duties, name="duties"),
    path("desk/duties/<int:pk>/", duties.duty, name="duty"),
    path("desk/follow-up/", follow_up.follow_up, name="follow_up"),
    path("desk/follow-up/<int:pk>/", follow_up.followed_duty, name="followed_duty"),
    path("desk/follow-up/<int:pk>/<slug:name>/", follow_up.step, name="followed_duty_step"),
    path("desk/meetings/", work.meetings, name="work_meetings"),
    path("desk/meetings/new/", planning.new_meeting, name="work_new_meeting"),
    path("desk/meetings/<int:pk>/", work.overview, name="work_overview"),
    path("desk/meetings/<int:pk>/steps/<slug:name>/", work.step, name="work_step"),
    path("desk/meetings/<int:pk>/finish/", finish.finish, name="work_finish"),
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
    path("desk/meetings/<int:pk>/agenda/", agenda.page, name="work_agenda"),
    path("desk/meetings/<int:pk>/agenda/prepare/", agenda.prepare, name="work_agenda_prepare"),
    path("desk/meetings/<int:pk>/agenda/order/", agenda.order, name="work_agenda_order"),
    path("desk/meetings/<int:pk>/agenda/<int:key>/", agenda.item, name="work_agenda_item"),
    path("desk/meetings/<int:pk>/agenda/<int:key>/move/", agenda.move, name="work_agenda_move"),
    path("desk/meetings/<int:pk>/agenda/<int:key>/remove/", agenda.remove, name="work_agenda_remove"),
    path("desk/meetings/<int:pk>/agenda/<int:key>/withdraw/", agenda.withdraw, name="work_agenda_withdraw"),
    path("desk/meetings/<int:pk>/agenda/<slug:source>/<int:key>/accept/", agenda.accept, name="work_agenda_accept"),
    path("desk/meetings/<int:pk>/agenda/<slug:source>/<int:key>/decline/", agenda.decline, name="work_agenda_decline"),
    path("desk/meetings/<int:pk>/attendance/", attendance.page, name="work_attendance"),
    path("desk/meetings/<int:pk>/attendance/list/", attendance.begin, name="work_attendance_list"),
    path("desk/meetings/<int:pk>/attendance/settle/", attendance.settle, name="work_attendance_settle"),
    path("desk/meetings/<int:pk>/attendance/guests/", attendance.add_guest, name="work_attendance_guests"),
    path("desk/meetings/<int:pk>/attendance/marks/", attendance.marks, name="work_attendance_marks"),
    path("desk/meetings/<int:pk>/attendance/<int:key>/", attendance.mark, name="work_attendance_mark"),
    path("desk/meetings/<int:pk>/attendance/<int:key>/remove/", attendance.remove, name="work_attendance_remove"),
    path("desk/meetings/<int:pk>/minutes/revisions/", work_revisions.revisions, name="work_revisions"),
    path("desk/meetings/<int:pk>/minutes/revisions/<int:number>/", work_revisions.revision, name="work_revision"),
    path("desk/meetings/<int:pk>/minutes/revisions/<int:number>/restore/", work_revisions.restore, name="work_restore"),
    path("desk/meetings/<int:pk>/comments/", work_comments.comments, name="work_comments"),
    path("desk/meetings/<int:pk>/comments/<int:comment>/", work_comments.settle, name="work_settle"),
    path("desk/meetings/<int:pk>/history/", work.history, name="work_history"),
]
