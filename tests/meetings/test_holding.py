import threading
from contextlib import nullcontext
from functools import partial

import pytest
from django.db import connection, transaction

from council_portal.persian.partial_date import PartialDate
from meetings import holding
from meetings import minutes as minutes_rules
from meetings.models import Decision, Meeting
from tests import factories as make
from tests.roles import user_of


@pytest.fixture
def by(db):
    return make.UserFactory(secretariat=True)


@pytest.mark.django_db
def test_holding_gives_the_next_numbers_of_the_body(by):
    body = make.BodyFactory(slug="training", last_meeting_number=12, last_decision_number=40)
    meeting = make.MeetingFactory(body=body, announced=True)
    later = make.DecisionFactory(
        meeting=meeting, agenda_item=make.AgendaItemFactory(meeting=meeting, position=2, outcome="decided")
    )
    first = make.DecisionFactory(
        meeting=meeting, agenda_item=make.AgendaItemFactory(meeting=meeting, position=1, outcome="decided")
    )

    meeting = holding.hold(meeting, by=by)

    first.refresh_from_db(), later.refresh_from_db()
    assert (meeting.status, meeting.number, meeting.closed_by) == (Meeting.Status.HELD, 13, by)
    assert [first.reference, later.reference] == ["training-41", "training-42"]
    assert first.label == f"{body.name}/۴۱"


@pytest.mark.django_db
def test_holding_twice_changes_nothing(by):
    meeting = holding.hold(make.MeetingFactory(), by=by)

    again = holding.hold(meeting, by=by)

    assert (again.number, again.version) == (meeting.number, Meeting.objects.get().version)
    assert Meeting.objects.get().body.last_meeting_number == 1


@pytest.mark.django_db
def test_a_meeting_is_not_closed_while_an_item_lacks_an_outcome(by):
    item = make.AgendaItemFactory(meeting=make.MeetingFactory(announced=True), title="بند بی‌نتیجه")

    with pytest.raises(holding.ItemsWithoutOutcome, match="بند بی‌نتیجه") as refusal:
        holding.hold(item.meeting, by=by)

    assert refusal.value.items == [item]
    assert Meeting.objects.get().number is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "is_held"),
    [((1405, 9, 9), False), ((1405, 9, 8), True), ((1405, 9), True), ((1405, 10), False), (None, True)],
)
def test_nothing_has_been_held_on_a_day_to_come(by, set_clock, day, is_held):
    set_clock(1405, 9, 8)
    kinds = {2: PartialDate.month, 3: PartialDate.day}
    meeting = make.MeetingFactory(announced=True, held_on=kinds[len(day)](*day) if day else None)

    with nullcontext() if is_held else pytest.raises(holding.Refused, match="هنوز نرسیده"):
        holding.hold(meeting, by=by)

    assert Meeting.objects.held().exists() == is_held


@pytest.mark.django_db
def test_a_reopened_meeting_keeps_its_numbers(by):
    meeting = make.MeetingFactory()
    decision = make.DecisionFactory(meeting=meeting)
    meeting = holding.hold(meeting, by=by)

    meeting = holding.hold(holding.reopen(meeting, by=by), by=by)

    assert meeting.number == 1
    assert Decision.objects.get().reference == f"{meeting.body.slug}-1"
    assert decision.pk == Decision.objects.get().pk


@pytest.mark.django_db
def test_only_the_latest_held_meeting_is_reopened(by):
    body = make.BodyFactory()
    earlier, latest = (holding.hold(make.MeetingFactory(body=body), by=by) for _ in range(2))

    with pytest.raises(holding.Refused):
        holding.reopen(earlier, by=by)
    assert holding.reopen(latest, by=by).status == Meeting.Status.ANNOUNCED


@pytest.mark.django_db
def test_a_meeting_with_approved_minutes_is_not_reopened(by):
    minutes = make.MinutesFactory(approved=True)

    with pytest.raises(holding.Refused):
        holding.reopen(minutes.meeting, by=by)


@pytest.mark.django_db
def test_cancelling_takes_a_reason_and_gives_no_number(by):
    meeting = make.MeetingFactory(announced=True)

    with pytest.raises(holding.Refused):
        holding.cancel(meeting, by=by, because=" ")
    meeting = holding.cancel(meeting, by=by, because="تعطیلی رسمی")

    assert (meeting.status, meeting.number, meeting.cancelled_because) == ("cancelled", None, "تعطیلی رسمی")


@pytest.mark.django_db
@pytest.mark.parametrize("step", [holding.announce, holding.hold, holding.reopen])
def test_a_cancelled_meeting_stays_cancelled(step, by):
    meeting = holding.cancel(make.MeetingFactory(), by=by, because="تعطیلی رسمی")

    with pytest.raises(holding.Refused):
        step(meeting, by=by)


def at_once(*works) -> list[Exception]:
    """Do `works` at the same moment, each by a connection of its own; return what they raised."""
    start, raised = threading.Barrier(len(works)), []

    def work_in_thread(work):
        start.wait()
        try:
            work()
        except holding.Refused as refusal:
            raised.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=work_in_thread, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_two_meetings_closed_at_once_never_get_the_same_number():
    body, by = make.BodyFactory(), make.UserFactory(secretariat=True)
    meetings = [make.DecisionFactory(meeting=make.MeetingFactory(body=body)).meeting for _ in range(4)]
    for meeting in meetings:
        make.DecisionFactory(meeting=meeting)

    refusals = at_once(*(partial(holding.hold, meeting, by=by) for meeting in meetings))

    assert refusals == []
    assert sorted(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert sorted(Decision.objects.values_list("number", flat=True)) == [*range(1, 9)]
    body.refresh_from_db()
    assert (body.last_meeting_number, body.last_decision_number) == (4, 8)


@pytest.mark.django_db(transaction=True)
def test_one_meeting_closed_by_two_at_once_has_one_number():
    meeting, by = make.DecisionFactory(meeting=make.MeetingFactory()).meeting, make.UserFactory(secretariat=True)

    at_once(*[partial(holding.hold, meeting, by=by)] * 3)

    meeting.body.refresh_from_db()
    assert (meeting.body.last_meeting_number, meeting.body.last_decision_number) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(3))
def test_a_meeting_is_not_reopened_while_another_closes(_again):
    body, by = make.BodyFactory(), make.UserFactory(secretariat=True)
    latest, next_one = holding.hold(make.MeetingFactory(body=body), by=by), make.MeetingFactory(body=body)

    refusals = at_once(partial(holding.reopen, latest, by=by), partial(holding.hold, next_one, by=by))

    latest.refresh_from_db(), next_one.refresh_from_db()
    assert (next_one.status, next_one.number) == ("held", 2)
    # It was reopened before the other got its number, or it was refused.
    assert latest.status == ("held" if refusals else "announced")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_reopened_between_another_meetings_number_and_its_end():
    """The body's turn is taken first: whoever reopens waits for the meeting that closes, and is then refused."""
    body, by = make.BodyFactory(), make.UserFactory(secretariat=True)
    latest, next_one = holding.hold(make.MeetingFactory(body=body), by=by), make.MeetingFactory(body=body)
    is_held, refusals = threading.Event(), []

    def reopen():
        is_held.wait()
        try:
            holding.reopen(latest, by=by)
        except holding.Refused as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=reopen)
    thread.start()
    with transaction.atomic():
        holding.hold(next_one, by=by)
        is_held.set()
        thread.join(timeout=1)
        assert thread.is_alive()
    thread.join()

    latest.refresh_from_db()
    assert (len(refusals), latest.status) == (1, "held")


@pytest.mark.django_db(transaction=True)
def test_a_meeting_reopened_and_its_minutes_approved_at_once_is_one_or_the_other():
    minutes, by = make.MinutesFactory(circulated=True), make.UserFactory(secretariat=True)

    refusals = at_once(partial(holding.reopen, minutes.meeting, by=by), partial(minutes_rules.approve, minutes, by=by))

    minutes.refresh_from_db(), minutes.meeting.refresh_from_db()
    assert len(refusals) == 1
    assert (minutes.status, minutes.meeting.status) in {("approved", "held"), ("circulated", "announced")}


@pytest.mark.django_db
def test_minutes_begin_with_every_member_of_that_day_present():
    service = make.MembershipFactory()
    meeting = make.MeetingFactory(body=service.body, announced=True)

    minutes = minutes_rules.begin(meeting)
    minutes_rules.begin(meeting)

    assert minutes.status == "draft"
    assert meeting.attendance.get().person == service.person
    assert meeting.attendance.counts() == {
        "expected": 1,
        "present": 1,
        "excused": 0,
        "absent": 0,
        "represented": 0,
        "unmarked": 0,
        "guests": 0,
    }


@pytest.mark.django_db
def test_publishing_makes_the_decisions_readable_with_the_minutes(by):
    decision = make.DecisionFactory(numbered=True)
    minutes = make.MinutesFactory(meeting=decision.meeting, approved=True)

    minutes = minutes_rules.publish(minutes, by=by)
    again = minutes_rules.publish(minutes, by=by)

    decision.refresh_from_db()
    assert (minutes.status, decision.published_at) == ("published", minutes.published_at)
    assert again.published_at == minutes.published_at


@pytest.mark.django_db
@pytest.mark.parametrize("situation", [{}, {"circulated": True}])
def test_only_approved_minutes_are_published(situation, by):
    minutes = make.MinutesFactory(**situation)

    with pytest.raises(minutes_rules.NotApproved):
        minutes_rules.publish(minutes, by=by)


@pytest.mark.django_db
def test_minutes_are_approved_once_the_meeting_is_closed(by):
    minutes = make.MinutesFactory(meeting=make.MeetingFactory(announced=True))

    with pytest.raises(holding.Refused):
        minutes_rules.approve(minutes, by=by)
    holding.hold(minutes.meeting, by=by)

    assert minutes_rules.approve(minutes, by=by).is_frozen


@pytest.mark.django_db
def test_a_correction_is_numbered_and_leaves_the_text(by):
    minutes = make.MinutesFactory(published=True)

    texts = ["درست", "درست‌تر", "درست‌تر"]
    numbers = [minutes_rules.correct(minutes, by=by, text=text, reason="خطا").number for text in texts]

    assert numbers == [1, 2, 2]
    assert minutes.opening == type(minutes).objects.get().opening


@pytest.mark.django_db
def test_an_item_closed_to_who_closes_the_meeting_is_named_by_its_number():
    item = make.AgendaItemFactory(meeting=make.MeetingFactory(announced=True), title="بند محرمانه", closed=True)

    with pytest.raises(holding.ItemsWithoutOutcome, match="بند بسته") as refusal:
        holding.hold(item.meeting, by=user_of("officer", item.meeting.body))

    assert "بند محرمانه" not in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "situation"), [("circulate", {}), ("approve", {"circulated": True})])
def test_minutes_with_an_item_added_since_the_closing_wait_for_its_outcome(by, step, situation):
    minutes = make.MinutesFactory(**situation)
    make.AgendaItemFactory(meeting=minutes.meeting, title="بند دیرآمده")

    with pytest.raises(holding.ItemsWithoutOutcome, match="بند دیرآمده"):
        getattr(minutes_rules, step)(minutes, by=by)
