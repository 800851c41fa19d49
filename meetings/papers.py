"""The documents of one meeting on paper, and of one decision: see docs/decisions/paper.md.

Each function returns a Paper (council_portal.issuing.papers). Where it takes a `user`, the paper holds what that user
may read; None stands for those whom the record is for, as it is issued.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from council_portal.access.standing import Reader
from council_portal.access.visibility import closest, reader_under
from council_portal.issuing.papers import Paper, Variant, in_persian
from council_portal.persian.calendar import today
from council_portal.persian.quarters import Quarter
from council_portal.persian.wording import digits
from members.models import Body, Membership, Organization
from members.models.memberships import MembershipQuerySet

from . import letter_pages, quarter_sheets, register
from .excerpts import audience_of_decision
from .letters import name_of
from .models import Decision, Invitation, Meeting, Minutes
from .record import MeetingRecord
from .seats import seats_of

CARDS_ACROSS, CARDS_DOWN, TENTS = 2, 5, 2  # on a sheet
BLANK_ROWS = 6  # of the sheet at the door, for whoever comes besides
SIGNING = (Membership.Role.CHAIR, Membership.Role.SECRETARY)


# What a meeting is called together with


@in_persian
def letters_paper(invitations: Iterable[Invitation]) -> Paper:
    """Letters of invitation to one meeting, of which there is at least one, each beginning a page."""
    invitations = list(invitations)
    return Paper(
        template="meetings/paper/letters.html",
        context=letter_pages.what_they_say(invitations),
        title=_("Invitation to %(meeting)s") % {"meeting": name_of(invitations[0].meeting)},
        name=_("Invitation to %(meeting)s") % {"meeting": name_of(invitations[0].meeting)},
    )


@in_persian
def agenda_paper(meeting: Meeting, *, user=None) -> Paper:
    """The agenda; a draft until the meeting is announced."""
    record = MeetingRecord(meeting, user=user or issued_for(meeting))
    planned = [entry.item.minutes_planned for entry in record.agenda if entry.item]
    return Paper(
        template="meetings/paper/agenda.html",
        context={
            "meeting": meeting,
            "occasion": name_of(meeting),
            "record": record,
            "total": sum(filter(None, planned)),
        },
        title=_("Agenda of %(meeting)s") % {"meeting": name_of(meeting)},
        name=_("Agenda of %(meeting)s") % {"meeting": name_of(meeting)},
        is_draft=meeting.status == Meeting.Status.PLANNED,
    )


# What lies at the door and on the table


@in_persian
def sign_in_paper(meeting: Meeting) -> Paper:
    """The list that those who come sign, with rows for others."""
    seats = seats_of(meeting)
    return Paper(
        template="meetings/paper/sign_in.html",
        context={
            "meeting": meeting,
            "occasion": name_of(meeting),
            "seats": seats,
            "blank": range(len(seats) + 1, len(seats) + BLANK_ROWS + 1),
        },
        title=_("Attendance sheet of %(meeting)s") % {"meeting": name_of(meeting)},
        name=_("Attendance sheet of %(meeting)s") % {"meeting": name_of(meeting)},
    )


@in_persian
def name_cards_paper(meeting: Meeting) -> Paper:
    rows = list(_chunks(seats_of(meeting), CARDS_ACROSS))
    return Paper(
        template="meetings/paper/name_cards.html",
        context={"sheets": list(_chunks(rows, CARDS_DOWN))},
        title=_("Name cards of %(meeting)s") % {"meeting": name_of(meeting)},
        name=_("Name cards of %(meeting)s") % {"meeting": name_of(meeting)},
    )


@in_persian
def tent_cards_paper(meeting: Meeting) -> Paper:
    return Paper(
        template="meetings/paper/tent_cards.html",
        context={"sheets": list(_chunks(seats_of(meeting), TENTS))},
        title=_("Table cards of %(meeting)s") % {"meeting": name_of(meeting)},
        name=_("Table cards of %(meeting)s") % {"meeting": name_of(meeting)},
    )


def issued_for(meeting: Meeting, *visibilities: str) -> Reader | None:
    """Whoever may read what is seen by the closest of these visibilities and the meeting's own."""
    return reader_under(closest(meeting.visibility, *visibilities), body=meeting.body_id)


def _chunks(items: list, size: int) -> Iterator[list]:
    return (items[start : start + size] for start in range(0, len(items), size))


# What came of it


@in_persian
def attendance_paper(meeting: Meeting, *, user) -> Paper:
    """Who attended, by name: for those who may see names. A draft until the meeting is held."""
    return Paper(
        template="meetings/paper/attendance.html",
        context={"meeting": meeting, "occasion": name_of(meeting), "record": MeetingRecord(meeting, user=user)},
        title=_("Attendance of %(meeting)s") % {"meeting": name_of(meeting)},
        name=_("Attendance of %(meeting)s") % {"meeting": name_of(meeting)},
        is_draft=meeting.status != Meeting.Status.HELD,
    )


def audience_of_minutes(minutes: Minutes) -> str:
    """The visibility under which minutes are issued: theirs or their meeting's, whichever opens them to fewer."""
    return closest(minutes.visibility, minutes.meeting.visibility)


@in_persian
def minutes_paper(minutes: Minutes, *, user=None) -> Paper:
    """The minutes; a draft until they are approved."""
    meeting = minutes.meeting
    user = user or reader_under(audience_of_minutes(minutes), body=meeting.body_id)
    return Paper(
        template="meetings/paper/minutes.html",
        context={
            "meeting": meeting,
            "occasion": name_of(meeting),
            "minutes": minutes,
            "record": MeetingRecord(meeting, user=user),
            "number": digits(meeting.number) if meeting.number else "",
            "signatories": signatories(meeting, user=user),
        },
        title=_("Minutes of %(meeting)s") % {"meeting": name_of(meeting)},
        name=_("Minutes of %(meeting)s") % {"meeting": name_of(meeting)},
        is_draft=not minutes.is_frozen,
        variant=Variant.ARCHIVAL,
    )


def signatories(meeting: Meeting, *, user) -> list[tuple[str, str]]:
    """Who signs minutes: the role, and the name of whoever held it on the meeting's day, where `user` may know it."""
    services = sorted(signing(meeting).visible_to(user), key=lambda service: service.body_id == meeting.body_id)
    names = {service.role: str(service.person) for service in services}  # the body's own come last, and count
    return [(str(role.label), names.get(role, "")) for role in SIGNING]


def signing(meeting: Meeting) -> MembershipQuerySet:
    """The services of those who sign the minutes: of the body, and of the board that leads the assembly."""
    day = meeting.held_on.first if meeting.held_on else today()
    bodies = Q(body=meeting.body_id)
    if meeting.body.kind == Body.Kind.ASSEMBLY:
        bodies |= Q(body__kind=Body.Kind.BOARD)
    services = Membership.objects.filter(bodies, role__in=SIGNING).in_service(on=day)
    return services.select_related("person", "organization").by_rank()


@in_persian
def excerpt_paper(decision: Decision, *, user=None) -> Paper:
    """One decision as a document of its own."""
    user = user or reader_under(audience_of_decision(decision), body=decision.meeting.body_id)
    return Paper(
        template="meetings/paper/excerpt.html",
        context=excerpt_of(decision, user=user),
        title=_("Excerpt of decision %(reference)s") % {"reference": decision.label},
        name=_("Excerpt of decision %(reference)s") % {"reference": decision.label},
        is_draft=decision.published_at is None,
        variant=Variant.ARCHIVAL,
    )


def excerpt_of(decision: Decision, *, user) -> dict:
    """The values of the sheet of an excerpt (templates/meetings/paper/excerpt_sheet.html)."""
    return {
        "decision": decision,
        "assignments": list(register.duties_for(user, on=today()).filter(decision=decision)),
        "links": register.links_of(decision, user=user),
        "address": settings.PORTAL_URL + decision.get_absolute_url(),
    }


@in_persian
def follow_up_paper(organization: Organization, quarter: Quarter, *, user) -> Paper:
    """The quarterly follow-up sheet of an organisation: of a quarter that is over as it ended, else as of today."""
    on: date = min(quarter.last, today())
    rows = quarter_sheets.rows_of(organization, quarter, user=user, on=on)
    words = {"organization": organization, "quarter": quarter}
    return Paper(
        template="meetings/paper/follow_up.html",
        context={
            **words,
            "on": on,
            "rows": rows,
            "figures": quarter_sheets.figures_of(rows, quarter),
            "address": settings.PORTAL_URL + organization.get_absolute_url(),
        },
        title=_("Follow-up of %(organization)s in %(quarter)s") % words,
        name=_("Follow-up of %(organization)s in %(quarter)s") % words,
    )
