from datetime import time

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from meetings import planning
from meetings.holding import Refused
from meetings.models import HostTurn, Meeting
from meetings.planning import NewMeeting
from meetings.rhythm import LAST, Rhythm
from tests import factories as make

pytestmark = pytest.mark.django_db
YEAR = 1406
NINE, TEN, NOON = time(9), time(10), time(12)
MONTHLY = Rhythm(4, (LAST,), NINE, NOON)
TWICE = Rhythm(2, (1, 3), NINE, NOON)


@pytest.fixture
def on(set_clock):
    return set_clock(1405, 9, 3).date()


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


def day_of(month: int, day: int):
    return calendar.to_gregorian(YEAR, month, day)


def stored(body, rhythm, on, by) -> list[Meeting]:
    plan = planning.plan_year(body, rhythm, YEAR, on=on)
    return planning.store(body, [NewMeeting(one.day, NINE, NOON) for one in plan.days], by=by)


@pytest.mark.parametrize(("rhythm", "count"), [(MONTHLY, 12), (TWICE, 24)])
def test_a_year_is_planned_once(on, by, rhythm, count):
    body = make.BodyFactory()

    assert len(stored(body, rhythm, on, by)) == count
    assert stored(body, rhythm, on, by) == []
    assert Meeting.objects.count() == count
    assert not Meeting.objects.exclude(status=Meeting.Status.PLANNED).exists()


def test_storing_the_same_days_twice_adds_nothing(on, by, assembly):
    new = [NewMeeting(day_of(2, 1), NINE, NOON)]

    assert len(planning.store(assembly, new, by=by)) == 1
    assert planning.store(assembly, new, by=by) == []


def test_a_month_that_has_its_meeting_on_another_day_is_skipped(on):
    body = make.BodyFactory()
    meeting = make.MeetingFactory(body=body, held_on=PartialDate.day(YEAR, 4, 2))
    make.MeetingFactory(
        body=body, held_on=PartialDate.day(YEAR, 5, 2), status="cancelled", cancelled_because="تعطیلی نمونه"
    )

    plan = planning.plan_year(body, MONTHLY, YEAR, on=on)

    assert [(planned.month, found) for planned, found in plan.skipped] == [(4, meeting)]
    assert len(plan.days) == 11


def test_of_two_a_month_the_nearer_one_is_skipped(on):
    body = make.BodyFactory()
    make.MeetingFactory(body=body, held_on=PartialDate.day(YEAR, 4, 22))

    days = [one.day for one in planning.plan_year(body, TWICE, YEAR, on=on).days if one.month == 4]

    assert [calendar.to_jalali(day)[2] for day in days] == [7]


def test_days_that_have_passed_are_left_out(on):
    plan = planning.plan_year(make.BodyFactory(), MONTHLY, 1405, on=on)

    assert (len(plan.days), plan.passed) == (4, 8)


def clash_on(body, by, start=NINE, end=NOON, month=2, day=1):
    return planning.clashes(body, [(day_of(month, day), start, end)], user=by)[0]


@pytest.mark.parametrize(
    ("hours", "at_once"),
    [((TEN, None), True), ((None, None), True), ((NOON, None), False), ((time(8), NINE), False)],
    ids=["within", "not known", "after", "before"],
)
def test_meetings_of_other_bodies_on_the_day_and_in_the_hours(assembly, by, hours, at_once):
    start, end = hours
    other = make.MeetingFactory(held_on=PartialDate.day(YEAR, 2, 1), starts_at=start, ends_at=end)
    make.MeetingFactory(held_on=PartialDate.month(YEAR, 2))
    make.MeetingFactory(body=assembly, held_on=PartialDate.day(YEAR, 2, 1))

    found = clash_on(assembly, by)

    assert [(clash.meeting, clash.at_once) for clash in found] == [(other, at_once)]


def test_the_people_who_sit_on_both_bodies_that_day(assembly, by):
    other = make.MeetingFactory(held_on=PartialDate.day(YEAR, 2, 1))
    both, former = make.PersonFactory(), make.PersonFactory()
    for body in (assembly, other.body):
        make.MembershipFactory(person=both, body=body)
        make.MembershipFactory(person=former, body=body, end_on=PartialDate.year(1400))
    make.MembershipFactory(body=assembly)

    assert clash_on(assembly, by)[0].people == (both,)


def test_an_officer_is_told_of_no_meeting_that_is_closed_to_them(assembly):
    officer = make.UserFactory(person=make.MembershipFactory(body=assembly, role="secretary").person)
    closed = {"held_on": PartialDate.day(YEAR, 2, 1), "announced": True, "visibility": Visibility.SECRETARIAT}
    make.MeetingFactory(**closed)
    make.MeetingFactory(held_on=PartialDate.day(YEAR, 2, 1))

    assert clash_on(assembly, officer) == []


def test_hosts_come_from_the_turns_that_wait_and_then_from_the_rule(on, assembly):
    waiting = make.HostTurnFactory(reason="نوبت پیشین")
    member = make.OrganizationFactory(joined_on=PartialDate.year(1390))

    found = planning.suggested_hosts([day_of(1, 20), day_of(2, 20), day_of(3, 20)], on=on)

    assert [host for host, __ in found] == [waiting.organization, member]
    assert found[0][1] == "نوبت پیشین"


def test_the_turns_of_the_hosts_are_set_with_their_meetings(on, by, assembly):
    waiting, new = make.HostTurnFactory(reason="نوبت پیشین"), make.OrganizationFactory()
    hosts = [waiting.organization, new]

    one, two = planning.store(
        assembly, [NewMeeting(day_of(n, 20), host=host, reason="قاعده") for n, host in enumerate(hosts, 1)], by=by
    )

    turns = list(HostTurn.objects.ahead().values_list("meeting", "organization", "reason", "status"))
    assert turns == [
        (one.pk, waiting.organization_id, "نوبت پیشین", "proposed"),
        (two.pk, new.pk, "قاعده", "proposed"),
    ]
    assert Meeting.objects.get(pk=two.pk).host == new


def test_a_host_that_is_promised_already_stores_nothing(on, by, assembly):
    turn = make.HostTurnFactory(meeting=make.MeetingFactory(body=assembly))
    new = [NewMeeting(day_of(1, 20)), NewMeeting(day_of(2, 20), host=turn.organization)]

    with pytest.raises(Refused):
        planning.store(assembly, new, by=by)
    assert Meeting.objects.count() == 1


def test_one_meeting_a_day_for_a_body(by):
    meeting = make.MeetingFactory(held_on=PartialDate.day(YEAR, 2, 1))

    with pytest.raises(planning.AlreadyPlanned):
        planning.add(meeting.body, NewMeeting(day_of(2, 1)), by=by)
    planning.add(make.BodyFactory(), NewMeeting(day_of(2, 1)), by=by)


@pytest.mark.parametrize(("month", "year"), [(1, 1405), (9, 1405), (10, 1406), (12, 1406)])
def test_in_the_last_quarter_one_plans_the_next_year(month, year):
    assert planning.default_year(calendar.to_gregorian(1405, month, 5)) == year
