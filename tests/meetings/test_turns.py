import threading
import time
from datetime import date

import pytest
from django.db import connection, transaction

from council_portal.persian.partial_date import PartialDate
from meetings import holding, moving, rotation, turns
from meetings.holding import Refused
from meetings.models import HostTurn, Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
REASON = "سالن در دست تعمیر است"


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


@pytest.fixture
def meeting():
    return make.MeetingFactory(body=make.BodyFactory(assembly=True))


def host_of(meeting):
    return Meeting.objects.get(pk=meeting.pk).host


def promised(meeting, **kwargs) -> HostTurn:
    turn = make.HostTurnFactory(meeting=meeting, **kwargs)
    Meeting.objects.filter(pk=meeting.pk).update(host=turn.organization)
    return turn


def test_a_turn_is_proposed_at_the_end_of_the_order_with_its_meeting(by, meeting):
    before = make.HostTurnFactory(position=7)
    organization = make.OrganizationFactory()

    turn = turns.propose(organization, by=by, reason="بیشترین انتظار", meeting=meeting)

    assert (turn.position, turn.status, turn.reason) == (8, "proposed", "بیشترین انتظار")
    assert turn.expected_on == meeting.held_on
    assert host_of(meeting) == organization
    assert list(HostTurn.objects.ahead()) == [before, turn]


def test_proposed_twice_it_keeps_its_turn(by, meeting):
    organization = make.OrganizationFactory()
    first = turns.propose(organization, by=by, reason="نخست")

    again = turns.propose(organization, by=by, reason="دوم", meeting=meeting)

    assert again == first
    assert HostTurn.objects.get().reason == "نخست"
    assert host_of(meeting) == organization


def test_a_meeting_is_promised_once(by, meeting):
    turns.propose(make.OrganizationFactory(), by=by, meeting=meeting)

    with pytest.raises(Refused):
        turns.propose(make.OrganizationFactory(), by=by, meeting=meeting)
    assert HostTurn.objects.count() == 1


def test_accepting_notes_who_and_when_and_twice_changes_nothing(by):
    turn = turns.accept(make.HostTurnFactory(), by=by)

    turns.accept(turn, by=make.UserFactory())

    kept = HostTurn.objects.get()
    assert (kept.status, kept.answered_by, kept.version) == ("accepted", by, turn.version + 1)
    assert kept.answered_at


@pytest.mark.parametrize("answer", [turns.decline, turns.defer])
def test_whoever_passes_leaves_the_meeting_without_a_host_and_the_reason_stays(by, meeting, answer):
    turn = promised(meeting, status="accepted")

    answer(turn, by=by, reason=REASON, not_before=PartialDate.month(1406, 1))

    kept = HostTurn.objects.get()
    assert (kept.reason, kept.meeting, kept.not_before) == (REASON, None, PartialDate.month(1406, 1))
    assert kept.status in HostTurn.PASSED
    assert host_of(meeting) is None
    assert list(turns.meetings_without_host()) == []  # its day is over on the tests' clock


def test_passing_needs_a_reason(by):
    turn = make.HostTurnFactory()

    with pytest.raises(Refused):
        turns.decline(turn, by=by, reason=" ")
    assert HostTurn.objects.get().status == HostTurn.Status.PROPOSED


@pytest.mark.parametrize("answer", [turns.accept, lambda turn, by: turns.decline(turn, by=by, reason=REASON)])
def test_a_turn_that_is_over_takes_no_answer(by, answer):
    turn = make.HostTurnFactory(status="declined", reason=REASON)

    with pytest.raises(Refused):
        answer(turn, by=by)


def test_swapping_changes_order_month_and_meeting(by, meeting):
    month = PartialDate.month(1406, 2)
    near, far = promised(meeting, position=1), make.HostTurnFactory(position=2, expected_on=month)

    turns.swap(near, with_turn=far, by=by)

    assert list(HostTurn.objects.ahead()) == [far, near]
    assert HostTurn.objects.get(pk=far.pk).meeting == meeting
    assert HostTurn.objects.get(pk=near.pk).expected_on == month
    assert host_of(meeting) == far.organization


def test_swapping_two_that_have_meetings(by, meeting):
    other = make.MeetingFactory(body=meeting.body)
    one, two = promised(meeting), promised(other)

    turns.swap(one, with_turn=two, by=by)

    assert (host_of(meeting), host_of(other)) == (two.organization, one.organization)


@pytest.mark.parametrize("status", [{"status": "declined", "reason": REASON}, None])
def test_only_two_turns_ahead_are_swapped(by, status):
    turn = make.HostTurnFactory()
    other = make.HostTurnFactory(**status) if status else turn

    with pytest.raises(Refused):
        turns.swap(turn, with_turn=other, by=by)


def test_an_organisation_is_ready_again(by, set_clock):
    set_clock(1405, 9, 3)
    turn = make.HostTurnFactory(status="declined", reason=REASON)

    turns.ready_again(turn, by=by)

    assert HostTurn.objects.get().not_before == PartialDate.day(1405, 9, 3)
    with pytest.raises(Refused):
        turns.ready_again(make.HostTurnFactory(), by=by)


def test_a_turn_is_over_when_its_meeting_is_held_and_open_again_with_it(by, meeting):
    turn = promised(meeting, status="accepted")

    holding.hold(meeting, by=by)
    assert HostTurn.objects.get(pk=turn.pk).status == HostTurn.Status.HELD
    holding.reopen(meeting, by=by)
    assert HostTurn.objects.get(pk=turn.pk).status == HostTurn.Status.ACCEPTED


def test_a_turn_of_somebody_who_was_not_the_host_waits_on(by, meeting):
    turn = make.HostTurnFactory(meeting=meeting)

    holding.hold(meeting, by=by)

    kept = HostTurn.objects.get(pk=turn.pk)
    assert (kept.status, kept.meeting) == (HostTurn.Status.PROPOSED, None)


def test_a_cancelled_meeting_gives_its_turn_back(by, meeting):
    turn = promised(meeting)

    holding.cancel(meeting, by=by, because="تعطیلی")

    kept = HostTurn.objects.get(pk=turn.pk)
    assert (kept.status, kept.meeting) == (HostTurn.Status.PROPOSED, None)


def test_meetings_that_wait_for_a_host(set_clock):
    set_clock(1405, 9, 3)
    assembly = make.BodyFactory(assembly=True)
    later = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 11, 1))
    sooner = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 10, 1), announced=True)
    make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 9, 1))
    make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 12, 1), host=make.OrganizationFactory())
    make.MeetingFactory(held_on=PartialDate.day(1405, 12, 1))

    assert list(turns.meetings_without_host()) == [sooner, later]


def test_hosting_outdates_a_refusal_also_of_who_was_never_marked_as_accepting(by, meeting):
    declined = make.HostTurnFactory(status="declined", reason=REASON, answered_at="2025-01-01T00:00:00Z")
    turn = turns.propose(declined.organization, by=by, meeting=meeting)

    ahead = list(HostTurn.objects.latest_of_each())
    holding.hold(meeting, by=by)

    assert ahead == [turn]
    assert list(HostTurn.objects.latest_of_each()) == [turn]
    assert rotation.answers_that_count() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda meeting, by: moving.move(meeting, by=by, day=date(2031, 4, 9)),
        lambda meeting, by: holding.cancel(meeting, by=by, because="تعطیلی"),
    ],
    ids=["moved", "cancelled"],
)
def test_an_answer_and_a_change_of_its_meeting_at_once_wait_for_each_other(change):
    by, meeting = make.UserFactory(), make.MeetingFactory(body=make.BodyFactory(assembly=True))
    turn, has_begun, failures = promised(meeting), threading.Event(), []

    def answer():
        try:
            with transaction.atomic():
                turns.accept(turn, by=by)
                has_begun.set()
                time.sleep(0.3)
                turns.decline(turn, by=by, reason=REASON)
        except Exception as error:  # whatever it is, the test is to say so
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=answer)
    thread.start()
    has_begun.wait(timeout=20)
    change(meeting, by)
    thread.join()

    assert failures == []
    assert HostTurn.objects.get().status == HostTurn.Status.DECLINED
