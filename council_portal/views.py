"""The pages above all apps: the home page and what the council is."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from council_portal import desk as desks
from council_portal.files.models import Damage
from council_portal.persian.calendar import today
from meetings.models import Decision, Meeting, Minutes
from members import metadata
from members.by_article import Rule, article_behind, articles_behind
from members.models import Body, Membership, Organization
from members.roster import roster
from publications.models import Announcement, Document

SHOWN = 4


@require_safe
def home(request):
    """What is next, what is new, and what awaits the signed-in person."""
    user, on = request.user, today()
    assembly = Body.objects.assembly().first()
    context = {
        "assembly": assembly,
        "council": metadata.council(request.build_absolute_uri),
        "committees": Body.objects.committees().order_by("position", "pk"),
        "figures": figures(assembly, user=user, on=on),
        "waiting": desks.awaiting(user, on=on),
        **meetings_for(user, on=on),
        "minutes": Minutes.objects.visible_to(user).published().latest_first().select_related("meeting__body")[:SHOWN],
        "decisions": Decision.objects.visible_to(user)
        .published()
        .newest_first()
        .select_related("meeting__body")[:SHOWN],
        "announcements": Announcement.objects.visible_to(user)
        .current(on=on)
        .select_related("body")
        .newest_first()[:SHOWN],
    }
    return render(request, "home.html", context)


@require_safe
@login_required
def desk(request):
    """The signed-in person's own page: what they are to answer, to report, to comment on, and to see to as officers."""
    user, on = request.user, today()
    waiting = desks.awaiting(user, on=on)
    context = {
        "today": on,
        "waiting": waiting,
        "follow_up": desks.follow_up_of(user, on=on),
        "bodies": desks.work_of_bodies(user, on=on),
        "damaged_count": Damage.objects.visible_to(user).open().count(),
    }
    if waiting:
        context |= {
            "invitations": desks.answers_to(waiting.invitations),
            "meetings": desks.next_meetings(user, on=on),
            "to_comment": desks.minutes_to_comment(user, on=on),
        }
    return render(request, "desk/desk.html", context)


def meetings_for(user, *, on) -> dict:
    """The assembly's next meeting and its latest, and the next sessions of the other bodies."""
    hosts = Prefetch("host", Organization.objects.visible_to(user))
    meetings = Meeting.objects.visible_to(user).select_related("body").prefetch_related(hosts)
    ahead = meetings.announced().upcoming(on=on).soonest_first()
    return {
        "next_meeting": ahead.of_assembly().first(),
        "latest_meetings": meetings.of_assembly().held().latest_number_first()[:SHOWN],
        "next_sessions": ahead.of_other_bodies()[:SHOWN],
    }


def figures(assembly, *, user, on) -> dict:
    """The archive in numbers, of what `user` may see."""
    members = Membership.objects.visible_to(user).filter(body=assembly).in_service(on=on).count()
    held = Meeting.objects.visible_to(user).held()
    return {
        "members": members or (assembly and assembly.member_count_stated),
        "organizations": Organization.objects.visible_to(user).count(),
        "meetings": held.of_assembly().count(),
        "sessions": held.of_other_bodies().count(),
        "decisions": Decision.objects.visible_to(user).published().count(),
    }


@require_safe
def feeds(request):
    """The feeds of what a visitor may read: of the whole council and of each of its bodies."""
    kinds = (
        ("meetings:meeting_feed", pgettext("of any body", "Meetings")),
        ("meetings:minutes_feed", _("Minutes")),
        ("meetings:decision_feed", _("Decisions")),
        ("publications:announcement_feed", _("Announcements")),
        ("publications:edition_feed", _("Publications")),
    )
    of_all = [(reverse(feed), name) for feed, name in kinds]
    bodies = list(Body.objects.visible_to(request.user).order_by("position", "pk"))
    of_bodies = [
        (body, [(reverse(f"{feed}_of_body", args=[body.slug]), name) for feed, name in kinds]) for body in bodies
    ]
    calendars = [(reverse("meetings:calendar_feed_of_body", args=[body.slug]), body) for body in bodies]
    return render(request, "feeds.html", {"of_all": of_all, "of_bodies": of_bodies, "calendars": calendars})


@require_safe
def about(request):
    """What the council is for, by which names, with which board and committees."""
    user, on = request.user, today()
    bodies = [*Body.objects.order_by("position", "pk")]
    board = next((body for body in bodies if body.kind == Body.Kind.BOARD), None)
    assembly = next((body for body in bodies if body.kind == Body.Kind.ASSEMBLY), None)
    names = list(assembly.other_names.all()) if assembly else []
    context = {
        "assembly": assembly,
        "names": names,
        "about": metadata.council(request.build_absolute_uri, names=[name.name for name in names]),
        "figures": figures(assembly, user=user, on=on),
        "board": board,
        "board_members": roster(board, on=on).visible_to(user) if board else [],
        "committees": [body for body in bodies if body.kind == Body.Kind.COMMITTEE],
        "documents": Document.objects.visible_to(user).charter_and_bylaws(),
        "bases": articles_behind(Rule.QUORUM, Rule.CADENCE, body_kind=Body.Kind.ASSEMBLY, user=user),
        "terms_basis": article_behind(Rule.TERMS, body_kind=Body.Kind.BOARD, user=user),
    }
    return render(request, "about.html", context)
