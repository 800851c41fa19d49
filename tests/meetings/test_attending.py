import threading

import pytest
from django.db import connection

from meetings import attending, holding
from meetings import minutes as minutes_rules
from meetings.attending import Mark
from meetings.models import Attendance
from tests import factories as make

pytestmark = pytest.mark.django_db
Status = Attendance.Status


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


@pytest.fixture
def meeting():
    return make.MeetingFactory(announced=True)


def listed(meeting, **answer) -> Attendance:
    """Somebody on the list who has answered so."""
    service = make.MembershipFactory(body=meeting.body)
    if answer:
        make.InvitationFactory(meeting=meeting, person=service.person, answered_at=meeting.announced_at, **answer)
    attending.list_members(meeting)
    return meeting.attendance.get(person=service.person)


def test_the_list_at_the_door_begins_with_nobody_marked(meeting):
    row = listed(meeting)

    assert attending.list_members(meeting) == 0
    assert (row.status, row.organization) == (Status.UNMARKED, row.person.memberships.get().organization)


def test_who_joins_later_is_added_and_what_was_marked_stays(meeting):
    first = attending.mark(listed(meeting), Mark(Status.ABSENT), seen=1)

    listed(meeting)

    assert attending.missing_count(meeting) == 0
    assert sorted(meeting.attendance.values_list("status", flat=True)) == ["absent", "unmarked"]
    assert meeting.attendance.get(pk=first.pk).status == "absent"


def test_minutes_presume_of_whoever_answered_what_they_said(meeting):
    silent = listed(meeting)
    away = listed(meeting, answer="apologise", reason="سفر کاری")
    sends = listed(meeting, answer="substitute", substitute_name="علی نماینده", substitute_post="مدیر کل")

    minutes_rules.begin(meeting)

    marks = [str(Mark.of(meeting.attendance.get(pk=row.pk))) for row in (silent, away, sends)]
    assert marks == ["حاضر", "غایب موجه، سفر کاری", "حضور جانشین، علی نماینده، مدیر کل"]


def test_minutes_presume_everybody_present_only_where_nobody_was_marked(meeting):
    untouched = listed(make.MeetingFactory(announced=True))
    row = listed(meeting)
    attending.mark(row, Mark(Status.ABSENT), seen=row.version)
    other = listed(meeting)

    for one in (untouched, row):
        minutes_rules.begin(one.meeting)

    assert untouched.meeting.attendance.get().status == "present"
    assert meeting.attendance.get(pk=other.pk).status == "unmarked"


def test_a_meeting_is_not_closed_while_somebody_is_not_marked(meeting, by):
    listed(meeting)

    with pytest.raises(holding.PeopleNotMarked, match="۱ نفر"):
        holding.hold(meeting, by=by)
    attending.settle(meeting)

    assert holding.hold(meeting, by=by).status == "held"


def test_settling_excuses_who_apologised_and_marks_the_others_absent(meeting):
    excused = listed(meeting, answer="apologise", reason="مأموریت")
    coming = listed(meeting, answer="attend")
    marked = listed(meeting)
    attending.mark(marked, Mark(Status.PRESENT), seen=marked.version)

    assert attending.settle(meeting) == 2
    assert attending.settle(meeting) == 0

    rows = {row.pk: Mark.of(row) for row in meeting.attendance.all()}
    assert rows[excused.pk] == Mark("excused", excuse="مأموریت")
    assert (rows[coming.pk].status, rows[marked.pk].status) == ("absent", "present")


@pytest.mark.parametrize(
    ("answer", "proposed"),
    [
        ({"answer": "attend"}, Mark("present")),
        ({"answer": "apologise", "reason": "بیماری"}, Mark("excused", excuse="بیماری")),
        (
            {"answer": "substitute", "substitute_name": "جانشین", "substitute_post": "معاون"},
            Mark("represented", substitute_name="جانشین", substitute_post="معاون"),
        ),
        ({}, None),
    ],
)
def test_the_answer_to_the_invitation_proposes_a_mark(meeting, answer, proposed):
    row = listed(meeting, **answer)

    assert Mark.expected(meeting.invitations.filter(person=row.person).first()) == proposed
    assert row.status == "unmarked"


def test_a_mark_by_somebody_who_saw_another_state_is_refused_with_both(meeting):
    row = listed(meeting)
    attending.mark(row, Mark(Status.EXCUSED, excuse="سفر"), seen=row.version)

    with pytest.raises(attending.Changed) as refusal:
        attending.mark(row, Mark(Status.REPRESENTED, substitute_name="جانشین"), seen=row.version)

    assert "سفر" in str(refusal.value)
    assert "جانشین" in str(refusal.value)
    assert Attendance.objects.get().status == "excused"


def test_marking_twice_changes_nothing(meeting):
    row = listed(meeting)

    versions = [attending.mark(row, Mark(Status.PRESENT), seen=row.version).version for _ in range(2)]

    assert versions == [2, 2]


def test_a_mark_is_taken_back_until_the_meeting_is_closed(meeting, by):
    row = attending.mark(listed(meeting), Mark(Status.PRESENT), seen=1)
    attending.mark(row, Mark(Status.UNMARKED), seen=row.version)
    attending.settle(meeting)
    holding.hold(meeting, by=by)
    row.refresh_from_db()

    with pytest.raises(holding.Refused):
        attending.mark(row, Mark(Status.UNMARKED), seen=row.version)
    assert attending.mark(row, Mark(Status.PRESENT), seen=row.version).status == "present"


def test_nothing_is_marked_once_the_minutes_are_approved():
    row = make.AttendanceFactory()
    make.MinutesFactory(meeting=row.meeting, approved=True)

    for rule in (
        lambda: attending.mark(row, Mark(Status.ABSENT), seen=row.version),
        lambda: attending.settle(row.meeting),
        lambda: attending.list_members(row.meeting),
        lambda: attending.add_guest(row.meeting, name="مهمان"),
    ):
        with pytest.raises(holding.Refused):
            rule()


def test_a_guest_is_listed_once_and_a_member_is_none(meeting):
    guest = attending.add_guest(meeting, name="مهمان", post="استاد")
    row = listed(meeting)

    assert attending.add_guest(meeting, name="مهمان", post="استاد") == guest
    with pytest.raises(holding.Refused):
        attending.add_guest(meeting, person=row.person)
    with pytest.raises(holding.Refused):
        attending.remove_guest(row)
    attending.remove_guest(guest)

    assert meeting.attendance.get() == row


def test_two_guests_of_one_name_are_told_apart_by_their_posts(meeting):
    attending.add_guest(meeting, name="محمدی", post="استاد")
    attending.add_guest(meeting, name="محمدی", post="خبرنگار")

    assert {row.guest_post for row in meeting.attendance.all()} == {"استاد", "خبرنگار"}


def test_invited_people_of_no_list_are_offered_as_guests(meeting):
    listed(meeting, answer="attend")
    guest = make.InvitationFactory(meeting=meeting, is_guest=True)
    named = make.InvitationFactory(meeting=meeting, guest=True, guest_post="استاد")

    assert set(attending.invited_guests(meeting)) == {guest, named}
    attending.add_guest(meeting, person=guest.person)
    attending.add_guest(meeting, name=named.guest_name, post=named.guest_post)
    assert attending.invited_guests(meeting) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_mark_somebody_at_once_one_is_told():
    row = make.AttendanceFactory(meeting=make.MeetingFactory(announced=True), status=Status.UNMARKED)
    answers, start = {}, threading.Barrier(2)

    def mark(status):
        start.wait(timeout=20)
        try:
            answers[status] = attending.mark(row, Mark(status), seen=row.version)
        except attending.Changed as refusal:
            answers[status] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=mark, args=[status]) for status in (Status.PRESENT, Status.ABSENT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    row.refresh_from_db()
    refused = [status for status, answer in answers.items() if isinstance(answer, attending.Changed)]
    assert len(refused) == 1
    assert row.status != refused[0]
    assert row.version == 2


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_make_the_list_at_once_make_one():
    service = make.MembershipFactory()
    meeting = make.MeetingFactory(body=service.body, announced=True)
    start = threading.Barrier(2)

    def begin():
        start.wait(timeout=20)
        attending.list_members(meeting)
        connection.close()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert meeting.attendance.get().person == service.person
