from django.urls import path

from meetings.paper_views import FOR_READERS

from . import proposal_views, views

app_name = "committees"
urlpatterns = [
    path("committees/", views.committees, name="committees"),
    path("committees/<slug:slug>/", views.committee, name="committee"),
    path("committees/<slug:slug>/yearbook/<int:year>.pdf", views.yearbook_file, name="yearbook_file"),
    path("committees/<slug:slug>/sessions/", views.sessions, name="sessions"),
    path("committees/<slug:slug>/proposals/", views.proposals, name="proposals"),
    path("committees/<slug:slug>/sessions/<int:number>/", views.session, name="session"),
    path("committees/<slug:slug>/sessions/<int:number>/materials.zip", views.materials, name="materials_file"),
    path("committees/<slug:slug>/sessions/planned/<int:pk>/", views.planned, name="planned"),
    *(
        path(
            f"committees/<slug:slug>/sessions/<int:number>/{kind}.pdf",
            views.session_paper,
            {"kind": kind},
            name=f"{kind}_file",
        )
        for kind in FOR_READERS
    ),
    *(
        path(
            f"committees/<slug:slug>/sessions/planned/<int:pk>/{kind}.pdf",
            views.planned_paper,
            {"kind": kind},
            name=f"planned_{kind}_file",
        )
        for kind in FOR_READERS
    ),
    path("proposals/<int:pk>/", proposal_views.proposal, name="proposal"),
    path("desk/proposals/", proposal_views.proposals, name="desk_proposals"),
    path("desk/proposals/new/", proposal_views.new, name="desk_proposal_new"),
    path("desk/proposals/<int:pk>/", proposal_views.draft, name="desk_proposal"),
    path("desk/proposals/<int:pk>/withdraw/", proposal_views.withdraw, name="desk_proposal_withdraw"),
    path("desk/proposals/<int:pk>/discard/", proposal_views.discard, name="desk_proposal_discard"),
]
