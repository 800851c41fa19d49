from datetime import time

import pytest

from council_portal.notices.models import Mail, Notice
from council_portal.persian.partial_date import PartialDate
from meetings import holding, invitations, reminders, tasks
from meetings.models import Invitation, Meeting, Reminder
from tests import factories as make
from tests.jobs import do_jobs
from tests.meetings.invited import member
from tests.roles import user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(set_clock):
    """A meeting on 20 Azar 1405 at 9:30, to which its two members were invited on the first of the month."""
    set_clock(1405, 9, 1)
    Reminder.objects.all().delete()
    meeting = make.MeetingFactory(announced=True, held_on=PartialDate.day(1405, 9, 20), starts_at=time(9, 30))
    member(meeting, email="silent@example.org")
    answered = member(meeting, email="answered@example.org")
    invitations.invite(meeting, by=user_of("secretariat"))
    invitations.answer(Invitation.objects.get(person=answered), by=None, answer="attend")
    return Meeting.objects.get()


def reminded() -> list[str]:
    """The addresses that were sent a reminder, in the order of writing."""
    tasks.remind(timestamp=0)
    letters = Mail.objects.filter(key__startswith="reminder-").order_by("pk")
    return [letter.address.split("@")[0] for letter in letters]


@pytest.mark.parametrize(("audience", "expected"), [("everybody", ["silent", "answered"]), ("unanswered", ["silent"])])
def test_a_reminder_goes_to_its_audience(meeting, set_clock, audience, expected):
    make.ReminderFactory(days_before=7, audience=audience)
    set_clock(1405, 9, 13, 9, 30)

    assert reminded() == expected


@pytest.mark.parametrize(
    ("moment", "count"), [((13, 9, 29), 0), ((13, 9, 30), 1), ((19, 12, 0), 1), ((20, 9, 30), 0), ((25, 9, 30), 0)]
)
def test_it_is_due_so_many_days_before_the_start_and_until_it(meeting, set_clock, moment, count):
    make.ReminderFactory(days_before=7, audience="unanswered")
    set_clock(1405, 9, *moment)

    assert len(reminded()) == count


def test_each_reminder_is_sent_once(meeting, set_clock):
    make.ReminderFactory(days_before=7), make.ReminderFactory(days_before=1)
    set_clock(1405, 9, 13, 9, 30)
    assert len(reminded()) == 2
    assert len(reminded()) == 2

    set_clock(1405, 9, 19, 9, 30)

    assert len(reminded()) == 4
    assert len(reminded()) == 4


def test_of_two_that_are_overdue_each_person_gets_the_nearest(meeting, set_clock):
    (
        make.ReminderFactory(days_before=7, audience="everybody"),
        make.ReminderFactory(days_before=1, audience="unanswered"),
    )
    set_clock(1405, 9, 19, 12)

    assert sorted(reminded()) == ["answered", "silent"]
    assert sorted(reminded()) == ["answered", "silent"]
    day = PartialDate.day(1405, 9, 20).first
    assert set(Mail.objects.filter(key__startswith="reminder-").values_list("key", flat=True)) == {
        f"reminder-{one.pk}-{7 if one.answer else 1}-{day}" for one in Invitation.objects.all()
    }


def test_a_reminder_that_still_waits_is_taken_back_when_the_meeting_moves(meeting, set_clock):
    make.ReminderFactory(days_before=7)
    set_clock(1405, 9, 13, 9, 30)
    assert len(reminded()) == 2
    Mail.objects.filter(key__startswith="reminder-", address__startswith="silent").update(status="sending")

    Meeting.objects.update(venue="جای دیگر")
    tasks.tell_of_all_changes(timestamp=0)

    assert reminded() == ["silent"], "what is on its way is not taken back"


def test_a_meeting_that_moves_is_reminded_of_by_its_new_day(meeting, set_clock):
    make.ReminderFactory(days_before=7, audience="unanswered")
    set_clock(1405, 9, 13, 9, 30)
    assert len(reminded()) == 1
    do_jobs()
    Meeting.objects.update(held_on=PartialDate.day(1405, 10, 20))
    tasks.tell_of_all_changes(timestamp=0)
    assert len(reminded()) == 1

    set_clock(1405, 10, 13, 9, 30)

    assert reminded()[1:] == ["silent", "answered"], "who had answered for the earlier day is asked anew"


def test_whoever_has_just_been_told_of_a_nearer_day_is_not_reminded_too(meeting, set_clock):
    make.ReminderFactory(days_before=7)
    set_clock(1405, 9, 2)
    Meeting.objects.update(held_on=PartialDate.day(1405, 9, 5))

    tasks.tell_of_all_changes(timestamp=0)

    assert reminded() == []


def test_whoever_was_invited_late_is_not_reminded_at_once(meeting, set_clock):
    make.ReminderFactory(days_before=7, audience="unanswered")
    set_clock(1405, 9, 15)
    member(meeting, email="late@example.org")
    invitations.invite(meeting, by=user_of("secretariat"))

    assert reminded() == ["silent"]


def test_those_who_sent_apologies_are_left_in_peace(meeting, set_clock):
    make.ReminderFactory(days_before=7)
    for invitation in Invitation.objects.select_related("meeting"):
        invitations.answer(invitation, by=None, answer="apologise", reason="سفر")
    set_clock(1405, 9, 13, 9, 30)

    assert reminded() == []


@pytest.mark.parametrize("end", ["held", "cancelled"])
def test_nobody_is_reminded_of_what_is_held_or_cancelled(meeting, set_clock, end):
    make.ReminderFactory(days_before=7)
    clerk = user_of("secretariat")
    if end == "held":
        set_clock(1405, 9, 20, 8)
        holding.hold(meeting, by=clerk)
    else:
        holding.cancel(meeting, by=clerk, because="تعطیلی")
        set_clock(1405, 9, 13, 9, 30)

    assert reminded() == []


def test_a_reminder_stands_in_the_inbox_too(meeting, set_clock):
    make.ReminderFactory(days_before=7)
    account = make.UserFactory(person=Invitation.objects.get(answer="").person)
    set_clock(1405, 9, 13, 9, 30)

    tasks.remind(timestamp=0)

    assert Notice.objects.get(recipient=account).title.startswith("یادآوری")


def test_a_meeting_without_a_known_day_has_no_reminders(meeting, set_clock):
    make.ReminderFactory(days_before=7)
    Meeting.objects.update(held_on=PartialDate.month(1405, 9), starts_at=None)
    set_clock(1405, 9, 13, 9, 30)

    assert reminders.begins_at(Meeting.objects.get()) is None
    assert reminded() == []


def test_without_an_hour_people_are_reminded_in_the_morning(meeting):
    Meeting.objects.update(starts_at=None)

    assert reminders.begins_at(Meeting.objects.get()).hour == 8
