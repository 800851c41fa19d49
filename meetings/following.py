"""The follow-up of what organisations owe: their reports, the review of these, what the follow-up committee enters.

DESIGN.md §3, rule 4, and §4. Each rule locks the assignment first, so that two who act at once act one after the other;
the same entry once more changes nothing. Which article they follow from is data: members.by_article, Rule.FOLLOW_UP.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council_portal.access.standing import standing_of
from council_portal.files.models import StoredFile
from council_portal.persian.calendar import to_tehran, today
from council_portal.persian.wording import long_date
from members.models import User

from .excerpts import excerpts_kept_true
from .holding import Refused
from .models import Assignment, FollowUp, Meeting
from .telling_of_duties import tell_organization, tell_reviewers

Status, Kind, Review = Assignment.Status, FollowUp.Kind, FollowUp.Review
# How an organisation can say that its part stands; whether done is done late, the day of the report says.
REPORTED = (Status.NOT_BEGUN, Status.IN_PROGRESS, Status.DONE)
WHOLE = 100


class ReportWaits(Refused):
    """A report of the organisation waits for review, and the next step is to review it."""

    def __init__(self):
        super().__init__(_("A report waits for review: it is accepted or returned first."))


class Settled(Refused):
    """Nothing is owed any more."""

    def __init__(self, assignment: Assignment):
        status = assignment.get_status_display()
        super().__init__(_("Nothing is owed here any more; it stands as «%(status)s».") % {"status": status})


def may_report(user, assignment: Assignment) -> bool:
    """Whether `user` speaks for the organisation today. The secretariat enters what came to it by letter."""
    standing = standing_of(user)
    return standing.is_secretariat or assignment.organization_id in standing.organization_ids


def may_follow_up(user) -> bool:
    """Whether `user` is an officer of the follow-up committee today, or of the secretariat."""
    standing = standing_of(user)
    return standing.is_secretariat or standing.is_follow_up_officer


# Reports


@transaction.atomic
def report(
    assignment: Assignment,
    *,
    by: User,
    text: str,
    new_status: str,
    percent_done: int | None = None,
    file: StoredFile | None = None,
) -> FollowUp:
    """Enter what the organisation reports of its part and tell the follow-up committee; the assignment stays as it is.

    `new_status` is one of REPORTED. Raises ReportWaits while an earlier report does, Settled where nothing is owed, and
    Refused for somebody of another organisation and for a decision that is not published.
    """
    assignment = _locked(assignment)
    if not may_report(by, assignment):
        raise Refused(_("Only the organisation itself reports on its part."))
    entry = FollowUp(
        assignment=assignment,
        kind=Kind.REPORT,
        text=text,
        new_status=new_status,
        percent_done=WHOLE if new_status == Status.DONE else percent_done,
        file=file,
        review=Review.SUBMITTED,
    )
    waiting = assignment.follow_ups.waiting().first()
    if waiting and _is_same(waiting, entry):
        return waiting
    _require_to_report(assignment, waiting, new_status)
    _enter(entry, by=by)
    tell_reviewers(entry, by=by)
    return entry


def why_not_to_report(assignment: Assignment) -> str:
    """Why nothing can be reported of an assignment now, in a sentence; empty where it can."""
    waiting = assignment.follow_ups.waiting().first()
    try:
        _require_to_report(assignment, waiting, Status.IN_PROGRESS)
    except Refused as refusal:
        return str(refusal)
    return ""


def _require_to_report(assignment: Assignment, waiting: FollowUp | None, new_status: str) -> None:
    if waiting:
        raise ReportWaits
    _require_open(assignment)
    if assignment.decision.published_at is None:
        raise Refused(_("The decision is not published yet."))
    if new_status not in REPORTED:
        raise Refused(_("An organisation reports what it has not begun, is doing, or has done."))


@transaction.atomic
def accept(report: FollowUp, *, by: User) -> FollowUp:
    """Let the assignment stand as the report says and tell the organisation; accepting twice changes nothing.

    What is done is done late if the day of the report is after the due date. Raises Refused for a returned report.
    """
    report = _locked_report(report, by=by)
    if report.review == Review.ACCEPTED:
        return report
    _require_submitted(report)
    _review(report, Review.ACCEPTED, by=by)
    assignment = report.assignment
    if assignment.is_open:
        status = settled_as(report.new_status, assignment, on=_day(report.recorded_at)) or assignment.status
        _let_stand(assignment, status, percent_done=report.percent_done)
    tell_organization(
        report, words=lambda about: _("Your report is accepted: %(decision)s") % about, key="accepted", by=by
    )
    return report


@transaction.atomic
def send_back(report: FollowUp, *, by: User, because: str) -> FollowUp:
    """Return a report to the organisation with the reason; the assignment stays as it is, and another can be sent.

    Raises Refused for an accepted report and without a reason. Returning twice changes nothing.
    """
    report = _locked_report(report, by=by)
    if report.review == Review.RETURNED:
        return report
    _require_submitted(report)
    report.returned_because = _reason(because)
    _review(report, Review.RETURNED, by=by)
    tell_organization(
        report,
        words=lambda about: _("Your report is returned: %(decision)s") % about,
        text=report.returned_because,
        key="returned",
        by=by,
    )
    return report


def _review(report: FollowUp, review: Review, *, by: User) -> None:
    report.review, report.reviewed_at, report.reviewed_by = review, timezone.now(), by
    report.save()


def _require_submitted(report: FollowUp) -> None:
    if report.review != Review.SUBMITTED:
        raise Refused(
            _("This report was reviewed meanwhile; it is «%(review)s».") % {"review": report.get_review_display()}
        )


# What the follow-up committee enters


@transaction.atomic
def extend(assignment: Assignment, *, by: User, new_due_on: date, because: str) -> FollowUp:
    """Give an open assignment a later due date; its first one stays on record. The escalation begins anew.

    Raises Settled, or Refused without a reason, for a day that is not later, and for one that has passed.
    """
    assignment = _followed_up(assignment, by=by)
    entry = FollowUp(assignment=assignment, kind=Kind.EXTENSION, text=_reason(because), new_due_on=new_due_on)
    if present := _present(entry, by=by):
        return present
    _require_open(assignment)
    if refusal := why_not_until(assignment, new_due_on):
        raise Refused(refusal)
    with excerpts_kept_true([assignment.decision], by=by):
        assignment.due_on = new_due_on
        assignment.save()
    _enter(entry, by=by)
    tell_organization(
        entry,
        words=lambda about: (
            _("New due date %(date)s: %(decision)s") % {"date": long_date(new_due_on), "decision": about["decision"]}
        ),
        text=entry.text,
        by=by,
    )
    return entry


def why_not_until(assignment: Assignment, new_due_on: date) -> str:
    """Why a due date cannot be extended to this day, in a sentence; empty where it can."""
    if assignment.due_on and new_due_on <= assignment.due_on:
        return _("An extension ends later than %(date)s.") % {"date": long_date(assignment.due_on)}
    if new_due_on < today():
        return _("This day has passed.")
    return ""


@transaction.atomic
def note(assignment: Assignment, *, by: User, text: str, file: StoredFile | None = None) -> FollowUp:
    """Enter a note of the follow-up committee, of what is settled too, and tell the organisation."""
    assignment = _followed_up(assignment, by=by)
    entry = FollowUp(assignment=assignment, kind=Kind.NOTE, text=_reason(text), file=file)
    if present := _present(entry, by=by):
        return present
    _enter(entry, by=by)
    tell_organization(
        entry, words=lambda about: _("Note of the follow-up committee: %(decision)s") % about, text=entry.text, by=by
    )
    return entry


@transaction.atomic
def stop(assignment: Assignment, *, by: User, because: str) -> FollowUp:
    """Say that nothing more comes of an open assignment, and why. Raises Settled, ReportWaits, or Refused."""
    return _end(FollowUp(assignment=assignment, text=because, new_status=Status.STOPPED), by=by)


@transaction.atomic
def refer(assignment: Assignment, *, by: User, because: str, to: str = "") -> FollowUp:
    """Say that an open assignment was passed on, and why, and `to` whom where that is known. Raises as `stop` does."""
    return _end(FollowUp(assignment=assignment, text=because, new_status=Status.REFERRED, referred_to=to), by=by)


def _end(entry: FollowUp, *, by: User) -> FollowUp:
    entry.assignment = _followed_up(entry.assignment, by=by)
    entry.kind, entry.text = Kind.NOTE, _reason(entry.text)
    return _set(entry, by=by)


@transaction.atomic
def enter(entry: FollowUp, *, by: User) -> FollowUp:
    """Enter an unsaved note, extension or review as the admin's page writes it: by the rule of its kind and status."""
    said = {"by": by, "because": entry.text}
    if entry.kind == Kind.REVIEW:
        return review(entry.assignment, entry.reviewed_in, by=by, text=entry.text, new_status=entry.new_status)
    if entry.kind == Kind.EXTENSION:
        return extend(entry.assignment, new_due_on=entry.new_due_on, **said)
    if entry.new_status == Status.STOPPED:
        return stop(entry.assignment, **said)
    if entry.new_status == Status.REFERRED:
        return refer(entry.assignment, to=entry.referred_to, **said)
    if entry.new_status:
        entry.assignment = _followed_up(entry.assignment, by=by)
        return _set(entry, by=by)
    return note(entry.assignment, by=by, text=entry.text, file=entry.file)


# In a meeting


@transaction.atomic
def review(assignment: Assignment, meeting: Meeting | None, *, by: User, text: str, new_status: str = "") -> FollowUp:
    """Enter what `meeting` said of an open assignment, and how it stands from now on where that changes.

    `meeting` is None where it is not on record. What is done is done late if the meeting was after the due date. Raises
    Settled; ReportWaits where it would settle what a report waits on; Refused for somebody who does not work on the
    meeting.
    """
    assignment = _locked(assignment)
    if not (may_follow_up(by) or (meeting and by.has_perm("meetings.work_on_meeting", meeting))):
        raise Refused(_("Only those who work on the meeting enter what it reviewed."))
    entry = FollowUp(
        assignment=assignment, kind=Kind.REVIEW, text=_reason(text), new_status=new_status, reviewed_in=meeting
    )
    return _set(entry, by=by, on=_day_of(meeting))


def _set(entry: FollowUp, *, by: User, on: date | None = None) -> FollowUp:
    """Enter an entry with the status that it gives an open assignment, which is locked."""
    assignment = entry.assignment
    entry.new_status = settled_as(entry.new_status, assignment, on=on or today())
    if present := _present(entry, by=by):
        return present
    _require_open(assignment)
    if entry.new_status and entry.new_status not in Assignment.OPEN:
        _require_none_waits(assignment)
    _enter(entry, by=by)
    if entry.new_status:
        with excerpts_kept_true([assignment.decision], by=by):
            _let_stand(assignment, entry.new_status)
        _tell_of_status(entry, by=by)
    return entry


DONE = (Status.DONE, Status.DONE_LATE)


def settled_as(status: str, assignment: Assignment, *, on: date) -> str:
    """A status as it is entered: what is done on the day `on`, after the due date, is done late."""
    if status not in DONE:
        return status
    return Status.DONE_LATE if assignment.due_on and on > assignment.due_on else Status.DONE


def _let_stand(assignment: Assignment, status: str, *, percent_done: int | None = None) -> None:
    """Save how an assignment stands. What is done is whole, what has not begun has no per cent done, and of anything
    else a figure stays until another is given."""
    assignment.status = status
    if status in DONE:
        assignment.percent_done = WHOLE
    elif status == Status.NOT_BEGUN:
        assignment.percent_done = None
    elif percent_done is not None:
        assignment.percent_done = percent_done
    assignment.save()


# What the rules share


def _tell_of_status(entry: FollowUp, *, by: User) -> None:
    tell_organization(
        entry,
        words=lambda about: (
            _("%(status)s: %(decision)s") % {"status": entry.get_new_status_display(), "decision": about["decision"]}
        ),
        text="" if entry.kind == Kind.REVIEW else entry.text,  # its words are the minutes', which may be a draft
        by=by,
    )


def _locked(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_for_update(of=["self"])
    return rows.select_related("organization", "decision__meeting__body").get(pk=assignment.pk)


def _locked_report(report: FollowUp, *, by: User) -> FollowUp:
    assignment = _followed_up(report.assignment, by=by)
    report = FollowUp.objects.select_for_update(of=["self"]).get(pk=report.pk, kind=Kind.REPORT)
    report.assignment = assignment
    return report


def _followed_up(assignment: Assignment, *, by: User) -> Assignment:
    if not may_follow_up(by):
        raise Refused(_("Only the follow-up committee and the secretariat enter this."))
    return _locked(assignment)


def _require_open(assignment: Assignment) -> None:
    if not assignment.is_open:
        raise Settled(assignment)


def _require_none_waits(assignment: Assignment) -> None:
    if assignment.follow_ups.waiting().exists():
        raise ReportWaits


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(_("Write what there is to say of it."))
    return text


def _enter(entry: FollowUp, *, by: User) -> None:
    entry.recorded_at, entry.recorded_by = timezone.now(), by
    entry.save()


def _present(entry: FollowUp, *, by: User) -> FollowUp | None:
    """The assignment's last entry where it says the same, by the same person: a form was sent twice."""
    last = entry.assignment.follow_ups.order_by("-pk").first()
    return last if last and last.recorded_by_id == by.pk and _is_same(last, entry) else None


SAID = ("kind", "text", "new_status", "percent_done", "new_due_on", "referred_to", "file_id", "reviewed_in_id")


def _is_same(present: FollowUp, entry: FollowUp) -> bool:
    return all(getattr(present, name) == getattr(entry, name) for name in SAID)


def _day(moment: datetime) -> date:
    return to_tehran(moment).date()


def _day_of(meeting: Meeting | None) -> date:
    """The day of a meeting, where it is known; else today."""
    known = meeting is not None and meeting.held_on is not None and meeting.held_on.is_day
    return meeting.held_on.first if known else today()
