"""Whom the calendar reaches of a duty: meetings/escalation.py."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from council_portal.notices.models import Notice
from council_portal.persian.partial_date import PartialDate
from meetings import escalation, following, tasks
from meetings.models import Assignment, Escalation, EscalationStep
from members.models import Membership
from tests import factories as make
from tests.jobs import do_jobs
from tests.roles import user_of

pytestmark = pytest.mark.django_db
DUE_ON = date(2026, 12, 11)  # 20 Azar 1405
BEFORE = (1405, 9, 12)
DAYS = {"lead": (1405, 9, 13), "chair": (1405, 9, 20), "follow_up": (1405, 10, 4), "board": (1405, 10, 20)}
ALL = list(DAYS)


@pytest.fixture
def assignment(set_clock):
    set_clock(1405, 9, 1)
    return make.AssignmentFactory(due_on=DUE_ON)


def account(**service):
    return make.UserFactory(person=make.MembershipFactory(**service).person)


@pytest.fixture
def people(assignment):
    """Who is told at each step."""
    chair = Membership.Role.CHAIR
    return {
        "lead": account(organization=assignment.organization),
        "chair": account(body=assignment.decision.meeting.body, role=chair),
        "follow_up": account(body=make.BodyFactory(follow_up=True), role=Membership.Role.SECRETARY),
        "board": account(body=make.BodyFactory(board=True), role=chair),
    }


def run(set_clock, day) -> None:
    set_clock(*day)
    tasks.escalate_all(timestamp=0)
    do_jobs()


def taken() -> list[str]:
    return list(Escalation.objects.order_by("pk").values_list("step", flat=True))


def told(people) -> list[str]:
    return [step for step, user in people.items() if Notice.objects.filter(recipient=user).exists()]


@pytest.mark.parametrize(("day", "steps"), [(BEFORE, 0), *((DAYS[step], n) for n, step in enumerate(ALL, start=1))])
def test_each_step_comes_on_its_day(assignment, people, set_clock, day, steps):
    for each in [BEFORE, *DAYS.values()][: steps + 1]:
        run(set_clock, each)

    assert taken() == told(people) == ALL[:steps]


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_of_steps_due_at_once_the_last_is_told_and_the_others_have_passed(assignment, people, set_clock, steps):
    run(set_clock, DAYS[ALL[steps - 1]])

    assert taken() == ALL[:steps]
    assert told(people) == [ALL[steps - 1]]
    assert list(Escalation.objects.filter(told=True).values_list("step", flat=True)) == [ALL[steps - 1]]


@pytest.mark.parametrize(("day", "who"), [((1405, 11, 4), ["board"]), ((1405, 11, 5), [])])
def test_nobody_is_told_of_a_step_that_is_long_past(assignment, people, set_clock, day, who):
    run(set_clock, day)

    assert taken() == ALL
    assert told(people) == who


def test_what_was_published_late_is_news_on_the_day_of_its_publication(assignment, people, set_clock):
    set_clock(1405, 12, 20)
    late = make.AssignmentFactory(due_on=DUE_ON)

    run(set_clock, (1405, 12, 20))

    assert list(late.escalations.filter(told=True).values_list("step", flat=True)) == ["board"]
    assert not assignment.escalations.filter(told=True).exists()


def test_steps_that_the_settings_put_on_one_day_are_both_told(assignment, people, set_clock):
    EscalationStep.objects.filter(name="follow_up").update(days=0)
    run(set_clock, DAYS["lead"])

    run(set_clock, DAYS["chair"])

    assert told(people) == ["lead", "chair", "follow_up"]


def test_the_timeline_says_of_which_step_nobody_was_told(assignment, people, set_clock, client_of):
    run(set_clock, DAYS["chair"])

    page = client_of("secretariat").get(assignment.decision.get_absolute_url()).content.decode()

    assert page.count("timeline__item--step") == 2
    assert page.count("به کسی خبر داده نشد") == 1


def test_each_step_is_taken_once_however_often_the_clock_strikes(assignment, people, set_clock):
    for day in [BEFORE, *DAYS.values()]:
        run(set_clock, day)
        run(set_clock, day)

    assert taken() == ALL
    assert Notice.objects.count() == 4


def test_the_day_begins_at_midnight_in_tehran(assignment, people, set_clock):
    run(set_clock, (1405, 9, 19, 23, 59))
    assert taken() == ["lead"]

    run(set_clock, (1405, 9, 20, 0, 1))

    assert taken() == ["lead", "chair"]


def test_a_new_due_date_begins_anew(assignment, people, set_clock):
    run(set_clock, DAYS["chair"])
    following.extend(assignment, by=people["follow_up"], new_due_on=DUE_ON + timedelta(days=30), because="تأمین اعتبار")
    run(set_clock, DAYS["follow_up"])
    assert taken() == ["lead", "chair"]

    run(set_clock, (1405, 10, 13))

    assert taken() == ["lead", "chair", "lead"]
    assert Assignment.objects.with_stage().get().stage == "lead"


@pytest.mark.parametrize("status", ["done", "done_late", "stopped", "referred"])
def test_nobody_is_told_of_what_is_settled(assignment, people, set_clock, status):
    Assignment.objects.update(status=status)

    run(set_clock, DAYS["board"])

    assert taken() == []


def test_what_has_no_due_date_or_is_not_published_rests(set_clock):
    make.AssignmentFactory(due_on=None)
    make.AssignmentFactory(decision__published_at=None, due_on=DUE_ON)

    run(set_clock, DAYS["board"])

    assert taken() == []


def test_what_is_reported_as_done_rests_until_the_report_is_returned(assignment, people, set_clock):
    entry = following.report(assignment, by=people["lead"], text="انجام شد", new_status="done")
    run(set_clock, DAYS["follow_up"])
    assert taken() == []

    following.send_back(entry, by=people["follow_up"], because="سند ندارد")
    run(set_clock, DAYS["follow_up"])

    assert taken() == ALL[:3]


def test_of_a_supporting_part_the_leading_organisation_is_told_too(assignment, people, set_clock):
    support = make.AssignmentFactory(decision=assignment.decision, role="support", due_on=DUE_ON - timedelta(days=5))
    supporter = account(organization=support.organization)

    run(set_clock, (1405, 9, 8))

    assert Notice.objects.get(recipient=supporter).address == f"/desk/duties/{support.pk}/"
    assert Notice.objects.get(recipient=people["lead"]).address == assignment.decision.get_absolute_url()


def test_only_those_who_serve_today_are_told(assignment, set_clock):
    former = account(organization=assignment.organization, end_on=PartialDate.day(1405, 9, 12))
    clerk = user_of("secretariat")

    run(set_clock, DAYS["lead"])

    assert not Notice.objects.filter(recipient=former).exists()
    assert Notice.objects.filter(recipient=clerk).exists()  # nobody else is there to be told


def test_without_a_chair_the_other_officers_are_told(assignment, set_clock):
    secretary = user_of("officer", assignment.decision.meeting.body)

    run(set_clock, DAYS["chair"])

    assert Notice.objects.filter(recipient=secretary).exists()


def test_nobody_is_told_of_a_decision_that_is_closed_to_them(people, assignment, set_clock):
    type(assignment.decision).objects.update(visibility="secretariat")

    run(set_clock, DAYS["board"])

    assert taken() == ALL
    assert told(people) == []


def test_who_may_not_know_of_an_organisation_is_not_told_what_it_owes(people, assignment, set_clock):
    type(assignment.organization).objects.update(visibility="secretariat")
    clerk = user_of("secretariat")

    for day in DAYS.values():
        run(set_clock, day)

    assert told(people) == ["lead"]
    assert Notice.objects.filter(recipient=clerk).count() == 3


def test_the_days_are_settings(assignment, people, set_clock):
    EscalationStep.objects.filter(name="follow_up").update(days=3)

    run(set_clock, (1405, 9, 23))

    assert taken() == ["lead", "chair", "follow_up"]


def test_the_database_takes_a_step_once_and_forgets_none(assignment):
    row = Escalation.objects.create(assignment=assignment, step="lead", due_on=DUE_ON, at="2026-12-04T08:00Z")

    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(assignment=assignment, step="lead", due_on=DUE_ON, at="2026-12-05T08:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_the_board_has_it_until_it_is_settled(assignment, people, set_clock):
    run(set_clock, DAYS["board"])
    assert list(escalation.escalated_to_board(user=people["board"])) == [assignment]

    following.refer(assignment, by=people["follow_up"], because="به دستگاه دیگر سپرده شد")

    assert not escalation.escalated_to_board(user=people["board"]).exists()


def test_it_comes_into_the_pack_of_the_assemblys_next_meeting_alone(assignment, people, set_clock):
    run(set_clock, DAYS["board"])
    assembly = make.BodyFactory(assembly=True)
    coming = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 10, 28))
    later = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 11, 28))
    session = make.MeetingFactory(held_on=PartialDate.day(1405, 10, 28))
    clerk = user_of("secretariat")

    packs = [escalation.pack_of(meeting, user=clerk) for meeting in (coming, later, session)]

    assert packs == [[assignment], [], []]


def test_the_pack_lies_before_the_assembly_on_its_overview(assignment, people, set_clock, client_of):
    run(set_clock, DAYS["board"])
    assembly = make.BodyFactory(assembly=True)
    coming = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 10, 28))
    later = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 11, 28))
    officer = client_of("officer", assembly)

    page, of_later = (officer.get(f"/desk/meetings/{one.pk}/").content.decode() for one in (coming, later))

    assert 'id="pack"' in page
    assert f'href="{assignment.decision.get_absolute_url()}"' in page
    assert str(assignment.organization) in page
    assert 'id="pack"' not in of_later


def test_silent_is_what_nothing_was_heard_of_for_so_long(assignment, set_clock):
    def silent(month, day):
        set_clock(1405, month, day)
        days = escalation.days_of_silence()
        return list(Assignment.objects.silent(on=escalation.today(), days=days))

    heard = make.AssignmentFactory()
    make.AssignmentFactory(status="done")
    set_clock(1405, 10, 1)
    following.note(heard, by=user_of("secretariat"), text="پیگیری تلفنی")

    assert silent(11, 1) == []
    assert silent(11, 2) == [assignment]
    assert set(silent(12, 2)) == {assignment, heard}
    EscalationStep.objects.filter(name="silent").update(days=90)
    assert silent(11, 2) == []
