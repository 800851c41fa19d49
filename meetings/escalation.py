"""Steps by the calendar: whoever can move a duty is told of it, one after the other, as its due date comes and goes.

What is told where days were missed: docs/decisions/escalation.md.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from council_portal.persian.calendar import to_tehran, today
from council_portal.persian.wording import long_date
from members.concerned import accounts_of_officers, accounts_of_organizations, tell_readers
from members.models import Body, Membership, User

from .models import Assignment, Escalation, EscalationStep, FollowUp, Meeting
from .models.assignments import AssignmentQuerySet
from .models.escalations import SILENT, Step
from .telling_of_duties import (
    duty_address,
    follow_up_address,
    follow_up_officers,
    or_secretariat,
    who_may_know,
    words_of,
)

USUAL_DAYS_OF_SILENCE = 60
# For so long a step that nobody took on its day is still news.
LONG_PAST = timedelta(days=14)


def days_of_silence() -> int:
    """After how many days without a word an open duty is listed as silent."""
    return EscalationStep.objects.days_of_silence() or USUAL_DAYS_OF_SILENCE


def steps() -> list[EscalationStep]:
    """The steps by the days on which they are taken, the earliest first."""
    return sorted(EscalationStep.objects.exclude(name=SILENT).in_order(), key=lambda step: step.offset)


def due_now() -> AssignmentQuerySet:
    """Open assignments of published decisions of which a step is due and was not taken, also of days that have passed.

    One that is reported as done rests until the report is reviewed: its organisation has done its part.
    """
    is_due = Q(pk__in=[])
    for step in steps():
        taken = Escalation.objects.filter(assignment=OuterRef("pk"), due_on=OuterRef("due_on"), step=step.name)
        is_due |= Q(due_on__lte=today() - timedelta(days=step.offset)) & ~Exists(taken)
    reported = FollowUp.objects.waiting().filter(assignment=OuterRef("pk"), new_status=Assignment.Status.DONE)
    published = Assignment.objects.open().filter(decision__published_at__isnull=False)
    return published.filter(is_due, ~Exists(reported))


@transaction.atomic
def escalate(assignment_id: int) -> list[Escalation]:
    """Take the steps of an assignment that are due, each once for its due date, and tell whom the latest is for.

    Of several that are due at once the earlier ones have passed: they are put on record, and nobody is told of them.
    Nor is anybody of one whose day is LONG_PAST, as in an archive that was taken over.
    """
    rows = Assignment.objects.filter(pk__in=due_now().values("pk")).select_for_update(of=["self"])
    assignment = rows.select_related("organization", "decision__meeting__body").filter(pk=assignment_id).first()
    if assignment is None:
        return []
    taken = set(assignment.escalations.filter(due_on=assignment.due_on).values_list("step", flat=True))
    come = [step for step in steps() if assignment.due_on <= today() - timedelta(days=step.offset)]
    due = [step for step in come if step.name not in taken]
    is_news = _came_on(assignment, come[-1]) >= today() - LONG_PAST
    return [_take(assignment, Step(step.name), told=is_news and step.offset == come[-1].offset) for step in due]


def _came_on(assignment: Assignment, step: EscalationStep) -> date:
    """The day of a step, or that of the decision's publication where it was published later."""
    published_on = to_tehran(assignment.decision.published_at).date()
    return max(assignment.due_on + timedelta(days=step.offset), published_on)


def _take(assignment: Assignment, step: Step, *, told: bool) -> Escalation:
    escalation = Escalation.objects.create(
        assignment=assignment, step=step, due_on=assignment.due_on, at=timezone.now(), told=told
    )
    for accounts, address in AUDIENCES[step](assignment) if told else ():
        tell_readers(
            assignment.decision,
            accounts,
            key=f"escalation-{escalation.pk}",
            words=lambda: _title(assignment),
            text=lambda: _("%(organization)s has to see to it.") % words_of(assignment),
            address=address,
        )
    return escalation


def _title(assignment: Assignment) -> str:
    words = {"date": long_date(assignment.due_on), **words_of(assignment)}
    if assignment.due_on < today():
        return _("Overdue since %(date)s: %(decision)s") % words
    return _("Due on %(date)s: %(decision)s") % words


Audience = list[tuple[list[User], str]]


def _organizations(assignment: Assignment) -> Audience:
    """The organisation's people and those of the one that leads, each with what they can open."""
    leads = assignment.decision.assignments.filter(role=Assignment.Role.LEAD).exclude(pk=assignment.pk)
    own = or_secretariat(assignment, accounts_of_organizations([assignment.organization_id]))
    of_lead = who_may_know(assignment, accounts_of_organizations(leads.values("organization")))
    return [(own, duty_address(assignment)), (of_lead, assignment.decision.get_absolute_url())]


def _chair(assignment: Assignment) -> Audience:
    """The chair of the body that decided; its other officers where there is none."""
    body = [assignment.decision.meeting.body_id]
    chair = accounts_of_officers(body, Membership.Role.CHAIR) or accounts_of_officers(body)
    return [(or_secretariat(assignment, chair), assignment.decision.get_absolute_url())]


def _follow_up(assignment: Assignment) -> Audience:
    return [(or_secretariat(assignment, follow_up_officers()), follow_up_address(assignment))]


def _board(assignment: Assignment) -> Audience:
    board = accounts_of_officers(Body.objects.filter(kind=Body.Kind.BOARD))
    return [(or_secretariat(assignment, board), assignment.decision.get_absolute_url())]


AUDIENCES = {Step.LEAD: _organizations, Step.CHAIR: _chair, Step.FOLLOW_UP: _follow_up, Step.BOARD: _board}


def escalated_to_board(*, user) -> AssignmentQuerySet:
    """What has come to the board and the next assembly and is still owed, as far as `user` may know; oldest first."""
    rows = Assignment.objects.visible_to(user).escalated_to(Step.BOARD)
    return rows.select_related("organization", "decision__meeting__body").soonest_due_first()


def pack_of(meeting: Meeting, *, user) -> list[Assignment]:
    """What lies before a meeting because it came so far: for the assembly's next meeting, for any other nothing."""
    if meeting.body.kind != Body.Kind.ASSEMBLY:
        return []
    following = Meeting.objects.filter(body=meeting.body_id).upcoming(on=today()).soonest_first().first()
    return list(escalated_to_board(user=user)) if following == meeting else []
