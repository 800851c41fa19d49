"""Who came: the list at the door, made from the body's roster of the day and marked by any number of clerks at once."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from council_portal.administration.history import author_of
from council_portal.persian.calendar import today
from council_portal.persian.sorting import PersianKey
from members.models import Person
from members.roster import roster

from .holding import Refused
from .models import Attendance, Invitation, Meeting, Minutes

Status, Answer = Attendance.Status, Invitation.Answer
# What somebody's answer to the invitation lets the clerk expect.
PROPOSED = {Answer.ATTEND: Status.PRESENT, Answer.APOLOGISE: Status.EXCUSED, Answer.SUBSTITUTE: Status.REPRESENTED}

MARKED_FIELDS = ("status", "excuse", "substitute_name", "substitute_post")


@dataclass(frozen=True)
class Mark:
    """What is said of one person: their status with what belongs to it."""

    status: str
    excuse: str = ""
    substitute_name: str = ""
    substitute_post: str = ""

    @classmethod
    def of(cls, row: Attendance) -> "Mark":
        return cls(row.status, row.excuse, row.substitute_name, row.substitute_post)

    @classmethod
    def expected(cls, invitation: Invitation | None) -> "Mark | None":
        """The mark that an answer for the meeting's day proposes."""
        status = PROPOSED.get(invitation.answer) if invitation and invitation.is_answered else None
        if status is None:
            return None
        is_excused, is_represented = status == Status.EXCUSED, status == Status.REPRESENTED
        return cls(
            status,
            excuse=invitation.reason if is_excused else "",
            substitute_name=invitation.substitute_name if is_represented else "",
            substitute_post=invitation.substitute_post if is_represented else "",
        )

    def __str__(self):
        details = [self.excuse, self.substitute_name, self.substitute_post]
        return f"{_(',')} ".join([str(Status(self.status).label), *filter(None, details)])


class Changed(Refused):
    """Another clerk has marked this `row` since it was looked at; it stands as they left it."""

    def __init__(self, row: Attendance, wanted: Mark):
        self.row = row
        words = {"person": row, "by": _author_of(row), "theirs": Mark.of(row), "yours": wanted}
        super().__init__(
            _("%(person)s was marked by %(by)s meanwhile: «%(theirs)s». Yours is not saved: «%(yours)s».") % words
        )


# The list


@transaction.atomic
def list_members(meeting: Meeting, *, status: str = Status.UNMARKED) -> int:
    """List whoever of the body's roster on the meeting's day is not on its list yet; return how many there were.

    This is the one place where a list is made: at the door nobody is marked, the minutes presume everybody present.
    Raises Refused once the minutes are approved, and for a meeting that is cancelled.
    """
    _require_open(meeting)
    there = set(meeting.attendance.values_list("person", flat=True))
    missing = [service for service in _roster(meeting) if service.person_id not in there]
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting, person_id=service.person_id, organization_id=service.organization_id, status=status
            )
            for service in missing
        ],
        ignore_conflicts=True,
    )
    return len(missing)


def missing_count(meeting: Meeting) -> int:
    """How many of the roster are not on the list."""
    return _roster(meeting).exclude(person__in=meeting.attendance.filter(is_guest=False).values("person")).count()


@transaction.atomic
def presume_present(meeting: Meeting) -> None:
    """Mark every member present but who said otherwise in answer to the invitation: they are marked as they said.

    Where somebody was marked already, the list at the door is what counts. Source: DESIGN.md §3, rule 2.
    """
    members = meeting.attendance.members()
    if members.marked().exists():
        return
    members.update(status=Status.PRESENT)
    list_members(meeting, status=Status.PRESENT)
    answered = meeting.invitations.answered().filter(
        answer__in=[Answer.APOLOGISE, Answer.SUBSTITUTE], person__isnull=False
    )
    expected = {invitation.person_id: Mark.expected(invitation) for invitation in answered}
    rows = members.filter(person__in=expected).select_for_update(of=["self"])
    mark_all(meeting, [(row, expected[row.person_id]) for row in rows])


@transaction.atomic
def settle(meeting: Meeting) -> int:
    """Mark whoever is not marked: excused where they apologised, with their reason, else absent. Return how many."""
    _require_open(meeting)
    reasons = dict(
        meeting.invitations.answered()
        .filter(answer=Answer.APOLOGISE, person__isnull=False)
        .values_list("person", "reason")
    )
    rows = list(meeting.attendance.unmarked().select_for_update())
    for row in rows:
        row.status = Status.EXCUSED if row.person_id in reasons else Status.ABSENT
        row.excuse = reasons.get(row.person_id, "")
    Attendance.objects.bulk_update(rows, ["status", "excuse"])
    return len(rows)


# One person


@transaction.atomic
def mark(row: Attendance, wanted: Mark, *, seen: int) -> Attendance:
    """Mark somebody, by a clerk who saw version `seen` of the row.

    Marking somebody as they are marked already changes nothing, whoever did it. Raises Changed if the row was
    marked otherwise meanwhile, Refused for a guest and once the minutes are approved.
    """
    row = Attendance.objects.select_for_update(of=["self"]).select_related("person", "meeting").get(pk=row.pk)
    if Mark.of(row) == wanted:
        return row
    _require_open(row.meeting)
    if row.version != seen:
        raise Changed(row, wanted)
    _set(row, wanted, row.meeting)
    row.save()
    row.refresh_from_db(fields=["version"])
    return row


@transaction.atomic
def mark_all(meeting: Meeting, wanted: list[tuple[Attendance, Mark]]) -> None:
    """Mark several at once, whose rows the caller has locked as they stand; raises what `mark` raises, but Changed."""
    changed = [(row, mark) for row, mark in wanted if Mark.of(row) != mark]
    if not changed:
        return
    _require_open(meeting)
    for row, mark in changed:
        _set(row, mark, meeting)
    Attendance.objects.bulk_update([row for row, _mark in changed], MARKED_FIELDS)


def _set(row: Attendance, wanted: Mark, meeting: Meeting) -> None:
    if row.is_guest:
        raise Refused(_("Guests are listed when they were present."))
    if wanted.status == Status.UNMARKED and meeting.status == Meeting.Status.HELD:
        raise Refused(_("The meeting is closed: everybody stays marked."))
    for name in MARKED_FIELDS:
        setattr(row, name, getattr(wanted, name))


@transaction.atomic
def add_guest(meeting: Meeting, *, person: Person | None = None, name: str = "", post: str = "") -> Attendance:
    """List a guest, who is thereby present; the same one twice changes nothing.

    Raises Refused for somebody who is on the list as a member, and once the minutes are approved.
    """
    _require_open(meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)  # two clerks may greet the same guest
    known = {"person": person} if person else {"guest_name": name, "guest_post": post, "person": None}
    try:
        with transaction.atomic():
            guest, _is_new = Attendance.objects.get_or_create(
                meeting=meeting, is_guest=True, **known, defaults={"guest_post": post}
            )
    except IntegrityError as error:
        raise Refused(_("This person is already on the meeting's list.")) from error
    return guest


@transaction.atomic
def remove_guest(row: Attendance) -> None:
    """Take a guest off the list who was not there after all. Raises Refused for members."""
    _require_open(row.meeting)
    if not row.is_guest:
        raise Refused(_("Members stay on the list; mark them absent."))
    row.delete()


def invited_guests(meeting: Meeting) -> list[Invitation]:
    """The invitations of those who come as guests and are not on the list, on record or by name alone."""
    there = meeting.attendance.filter(person__isnull=False).values("person")
    others = meeting.invitations.exclude(person__in=there).exclude(person__in=_roster(meeting).values("person"))
    named = set(meeting.attendance.filter(person__isnull=True).values_list("guest_name", "guest_post"))
    guests = others.select_related("person").order_by(
        PersianKey("person__family_name"), PersianKey("person__given_name"), PersianKey("guest_name"), "pk"
    )
    return [one for one in guests if one.person_id or (one.guest_name, one.guest_post) not in named]


def _roster(meeting: Meeting):
    """Who made up the body on the meeting's day; today where no day is known."""
    return roster(meeting.body, on=meeting.held_on.first if meeting.held_on else today())


def _require_open(meeting: Meeting) -> None:
    if meeting.status == Meeting.Status.CANCELLED:
        raise Refused(_("The meeting is cancelled: nobody attended it."))
    if Minutes.objects.filter(meeting=meeting, status__in=Minutes.FROZEN).exists():
        raise Refused(_("The minutes are approved: the attendance stays as it is."))


def _author_of(row: Attendance) -> str:
    events = Attendance.pgh_event_model.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context")
    latest = events.order_by("-pgh_id").first()
    return author_of(latest) if latest else ""
