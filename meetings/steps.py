"""The steps of a meeting from plan to published minutes, as buttons of the admin and of the pages of `work`."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council_portal.administration.steps import Look, Question, Step
from council_portal.persian import forms as persian
from council_portal.persian.calendar import today
from council_portal.persian.wording import long_date

from . import agenda, holding, invitations, issuing, minutes, moving, proposals, revisions
from .choices import MeetingChoiceField
from .days import note_of
from .models import (
    AgendaItem,
    Attendance,
    Comment,
    Corrigendum,
    Decision,
    HostTurn,
    Invitation,
    Material,
    Meeting,
    MeetingMove,
    Minutes,
)


class CancelForm(forms.Form):
    because = persian.CharField(label=_("cancelled because"), max_length=250)


class MoveForm(forms.Form):
    day = persian.DateField(label=_("new day"))
    starts_at = persian.TimeField(label=_("starts at"), required=False)
    ends_at = persian.TimeField(label=_("ends at"), required=False)
    venue = persian.CharField(label=_("venue"), max_length=250, required=False)
    because = persian.CharField(
        label=_("reason"),
        max_length=250,
        required=False,
        help_text=_("Shown where the meeting stood."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].required = self.initial.get("is_announced", False)

    def clean_ends_at(self):
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data["ends_at"]
        if end and (start is None or end <= start):
            raise forms.ValidationError(_("The meeting ends before it begins."), code="order")
        return end


DAYS_TO_COMMENT = 7


def usual_last_day():
    return today() + timedelta(days=DAYS_TO_COMMENT)


class CirculateForm(forms.Form):
    comments_due_on = persian.DateField(
        label=_("comments until"),
        initial=usual_last_day,
        help_text=_("The last day on which the members of the body can comment."),
    )

    def clean_comments_due_on(self):
        day = self.cleaned_data["comments_due_on"]
        if day < today():
            raise ValidationError(_("This day has passed."))
        return day


class ApproveForm(Question):
    """Where the minutes were approved: in a later meeting of the body, or by the board."""

    approved_in = MeetingChoiceField(
        Meeting.objects.none(), label=_("approved in"), required=False, empty_label=_("By the presiding board")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field, own = self.fields["approved_in"], self.record.minutes
        field.queryset = minutes.meetings_that_may_approve(own).select_related("body")
        if own.comments_due_on and own.comments_due_on >= today():
            field.help_text = _("The members can still comment until %(date)s; approving ends that.") % {
                "date": long_date(own.comments_due_on)
            }


class CorrectForm(Question):
    agenda_item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("agenda item"),
        required=False,
        empty_label=_("The minutes as a whole"),
    )
    text = persian.TextField(label=_("corrected text"))
    reason = persian.CharField(label=_("reason"), max_length=250)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agenda_item"].queryset = self.record.agenda_items.in_order()


class ReportForm(Question):
    """Why a report takes the place of one that was published before; the first is asked nothing."""

    because = persian.CharField(
        label=_("reason"),
        max_length=250,
        help_text=_(
            "Why it takes the place of the report that was published before. Whoever verifies that one reads it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not issuing.was_reported(self.record):
            del self.fields["because"]


def is_in(*statuses):
    return lambda meeting: meeting.status in statuses


def has_minutes(*statuses):
    """Whether a meeting's minutes stand so; with no status whether there are none."""

    def check(meeting):
        own = getattr(meeting, "minutes", None)
        return own.status in statuses if own else not statuses

    return check


def of_minutes(rule):
    """A rule about minutes as a step of their meeting."""

    def run(meeting, **answers):
        return rule(meeting.minutes, **answers)

    return run


def begin_minutes(meeting, *, by):
    return minutes.begin(meeting)


def where_it_stands(meeting):
    """What the form of a move begins with: the day and hours to change."""
    day = meeting.held_on.first if meeting.held_on and meeting.held_on.is_day else None
    is_announced = meeting.status == Meeting.Status.ANNOUNCED
    hours = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    return {"day": day, **hours, "venue": meeting.venue, "is_announced": is_announced}


def day_of_move(meeting, form, *, by):
    """What is to be known of the day in the form of a move."""
    return note_of(form, meeting.body, user=by, but=meeting)


def hold(meeting, *, by):
    """Close it: what it put off then stands on the agenda of the body's next meeting, and who proposed an item
    learns what came of it."""
    meeting = holding.hold(meeting, by=by)
    proposals.settle(meeting)
    agenda.prepare_upcoming(meeting.body)
    return meeting


def reopen(meeting, *, by):
    """Open it again; what had returned to the proposers is taken back until it is closed again."""
    meeting = holding.reopen(meeting, by=by)
    proposals.unsettle(meeting)
    return meeting


def approve(meeting, **answers):
    """Approve its minutes; an outcome may have been put right since the meeting was closed."""
    own = minutes.approve(meeting.minutes, **answers)
    proposals.settle(meeting)
    return own


def cancel(meeting, *, by, because):
    """Cancel it; what it would have taken up from earlier meetings stands on the agenda of the body's next meeting,
    and what was proposed for it waits again."""
    meeting = holding.cancel(meeting, by=by, because=because)
    proposals.release(meeting)
    agenda.prepare_upcoming(meeting.body)
    return meeting


OPEN = is_in(Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED)
INVITE = Step(
    name="invite",
    label=_("Invite the members and guests"),
    run=invitations.invite,
    possible=invitations.can_invite,
    done=_("Everybody is invited."),
    warning=_(
        "Everybody who serves on the body on that day, and the guests on the list, get a letter with a calendar entry "
        "and a notice; whoever is invited already is not written to again. A planned meeting is announced by this."
    ),
)
STEPS: tuple[Step, ...] = (
    Step(
        name="announce",
        label=_("Announce"),
        run=holding.announce,
        possible=is_in(Meeting.Status.PLANNED),
        done=_("The meeting is announced."),
        warning=_("The meeting will be seen by everybody to whom its visibility opens it."),
    ),
    INVITE,
    Step(
        name="begin-minutes",
        label=_("Begin the minutes: mark every member present who did not apologise"),
        run=begin_minutes,
        possible=lambda meeting: has_minutes()(meeting) and meeting.status != Meeting.Status.CANCELLED,
        done=_("The minutes are begun. Now change what was otherwise: who was absent, and the outcome of each item."),
    ),
    Step(
        name="hold",
        label=_("Close as held"),
        run=hold,
        possible=OPEN,
        done=_("The meeting is closed; it and its decisions have their numbers."),
        warning=_("The meeting and its decisions get their numbers, which are never given again."),
    ),
    Step(
        name="reopen",
        label=_("Reopen"),
        run=reopen,
        possible=lambda meeting: is_in(Meeting.Status.HELD)(meeting) and not has_minutes(*Minutes.FROZEN)(meeting),
        done=_("The meeting is open again; its number stays."),
    ),
    Step(
        name="circulate",
        label=_("Circulate the minutes"),
        run=of_minutes(minutes.circulate),
        possible=lambda meeting: has_minutes(Minutes.Status.DRAFT)(meeting) and is_in(Meeting.Status.HELD)(meeting),
        done=_("The members of the body are told, can read the minutes and comment on them."),
        form=CirculateForm,
    ),
    Step(
        name="approve",
        label=_("Approve the minutes"),
        run=approve,
        possible=has_minutes(Minutes.Status.CIRCULATED),
        done=_("The minutes are approved; their text is frozen."),
        warning=_(
            "The text of the minutes, the agenda and the attendance are frozen for ever. "
            "Later only corrigenda can be added."
        ),
        form=ApproveForm,
    ),
    # Of the archive's old meetings the paper was approved long ago; nobody is asked about it any more.
    Step(
        name="approve-uncirculated",
        permission="meetings.publish_minutes",
        label=_("Enter the approval of minutes that were not circulated here"),
        run=approve,
        possible=lambda meeting: has_minutes(Minutes.Status.DRAFT)(meeting) and is_in(Meeting.Status.HELD)(meeting),
        done=_("The minutes are approved; their text is frozen."),
        warning=_(
            "For old minutes that were approved on paper: the members are not asked for comments. The text of the "
            "minutes, the agenda and the attendance are frozen for ever; later only corrigenda can be added."
        ),
        form=ApproveForm,
    ),
    Step(
        name="publish",
        permission="meetings.publish_minutes",
        label=_("Publish the minutes"),
        run=of_minutes(minutes.publish),
        possible=has_minutes(Minutes.Status.APPROVED),
        done=_("The minutes and the decisions are published."),
        warning=_(
            "The minutes and the decisions become readable for everybody to whom their visibility opens them. "
            "This cannot be taken back."
        ),
    ),
    Step(
        name="correct",
        permission="meetings.publish_minutes",
        label=_("Add a corrigendum"),
        run=of_minutes(minutes.correct),
        possible=has_minutes(*Minutes.FROZEN),
        done=_("The corrigendum is added."),
        warning=_("A corrigendum gets the next number and stays; the text that it corrects stays readable."),
        form=CorrectForm,
    ),
    Step(
        name="publish-report",
        permission="meetings.publish_minutes",
        label=_("Publish the report of the meeting"),
        run=issuing.publish_report,
        possible=has_minutes(Minutes.Status.PUBLISHED),
        done=_("The report is being issued: it will stand on the meeting's page, signed and numbered, in a moment."),
        warning=_(
            "All that is on record of the meeting becomes one document as it stands now, with a number and a code. "
            "Another one takes its place only with a reason."
        ),
        form=ReportForm,
    ),
    Step(
        name="move",
        label=_("Move to another day, hour or place"),
        run=moving.move,
        possible=lambda meeting: OPEN(meeting) and meeting.number is None,
        done=_("The meeting is moved."),
        warning=_(
            "The calendar and its page keep saying at its old place where it went and why: of an announced meeting to "
            "everybody who may read it, of a plan to those who plan it."
        ),
        form=MoveForm,
        initial=where_it_stands,
        look=Look(_("Look at this day"), day_of_move),
    ),
    Step(
        name="cancel",
        label=_("Cancel the meeting"),
        run=cancel,
        possible=lambda meeting: OPEN(meeting) and meeting.number is None,
        done=_("The meeting is cancelled; it stays in the archive with the reason."),
        warning=_("A cancelled meeting stays in the archive with the reason. It cannot be held any more."),
        form=CancelForm,
    ),
)

# What is done on a page of its own and not by a button; the history names it too.
NAMED_STEPS = (
    *STEPS,
    Step(
        name=revisions.RESTORE,
        label=_("Restore a revision of the minutes"),
        run=of_minutes(revisions.restore),
        possible=has_minutes(Minutes.Status.DRAFT, Minutes.Status.CIRCULATED),
        done="",
    ),
)

# The models whose changes belong to the history of a meeting, each with its link to it.
HISTORY_PARTS = (
    (AgendaItem, "meeting"),
    (Invitation, "meeting"),
    (Attendance, "meeting"),
    (Minutes, "meeting"),
    (Comment, "minutes__meeting"),
    (Corrigendum, "minutes__meeting"),
    (Decision, "meeting"),
    (Material, "meeting"),
    (MeetingMove, "meeting"),
    (HostTurn, "meeting"),
)
