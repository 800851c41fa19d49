"""A change of what was announced is told to those who were invited, once."""

import pytest

from council_portal.notices.models import Mail, Notice
from council_portal.persian.partial_date import PartialDate
from meetings import holding, invitations, moving, tasks
from meetings.models import Invitation, Meeting
from tests import factories as make
from tests.admin.forms import open_form
from tests.jobs import do_jobs, waiting_jobs
from tests.meetings.invited import coming, entry_of, in_days, invited, member

pytestmark = pytest.mark.django_db


def change_by_sql(meeting, **values):
    """A change that no rule of ours has seen."""
    Meeting.objects.filter(pk=meeting.pk).update(**values)


def sweep():
    tasks.tell_of_all_changes(timestamp=0)
    do_jobs()


def test_a_calendar_accepts_updates_and_the_cancellation(server, clerk):
    meeting = invited(clerk)
    do_jobs()
    change_by_sql(meeting, held_on=in_days(27))
    sweep()
    do_jobs()
    holding.cancel(meeting, by=clerk, because="تعطیلی رسمی")
    do_jobs()

    entries = [entry_of(message) for _address, message in server.letters]

    assert [method for _event, method in entries] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["SEQUENCE"] for event, _method in entries] == [0, 1, 2]
    assert len({str(event["UID"]) for event, _method in entries}) == 1
    assert entries[1][0]["DTSTART"].dt.date() == in_days(27).first


@pytest.mark.parametrize(
    "change",
    [
        {"held_on": in_days(9)},
        {"starts_at": "11:00"},
        {"ends_at": "12:00"},
        {"venue": "جای دیگر"},
        {"title": "موضوع دیگر"},
        {"host": make.OrganizationFactory},
    ],
)
def test_each_change_of_what_a_calendar_shows_is_told_once(clerk, change):
    meeting = invited(clerk)
    change = {name: value() if callable(value) else value for name, value in change.items()}
    change_by_sql(meeting, **change)

    sweep()
    sweep()

    assert Mail.objects.filter(subject__startswith="تغییر").count() == 1


@pytest.mark.parametrize("change", [{"note": "یادداشت"}, {"visibility": "members"}])
def test_what_no_calendar_shows_is_not_told(clerk, change):
    meeting = invited(clerk)
    change_by_sql(meeting, **change)

    sweep()

    assert Mail.objects.count() == 1


def test_two_changes_before_the_queue_comes_to_them_are_told_once(clerk):
    meeting = invited(clerk)
    change_by_sql(meeting, held_on=in_days(22))
    change_by_sql(meeting, venue="جای دیگر")

    sweep()

    assert Mail.objects.filter(subject__startswith="تغییر").count() == 1
    assert Invitation.objects.get().told_sequence == 2


def test_a_change_is_told_in_the_inbox_too(clerk):
    meeting = coming()
    account = make.UserFactory(person=member(meeting, email=""))
    invitations.invite(meeting, by=clerk)
    change_by_sql(meeting, venue="جای دیگر")

    sweep()

    titles = list(Notice.objects.filter(recipient=account).newest_first().values_list("title", flat=True))
    assert titles[0].startswith("تغییر")
    assert len(titles) == 2


def test_closing_a_meeting_as_held_tells_nobody(clerk):
    meeting = invited(clerk, days=0)
    holding.hold(meeting, by=clerk)
    holding.reopen(Meeting.objects.get(), by=clerk)

    sweep()

    assert Mail.objects.count() == 1


def test_a_cancellation_tells_with_the_transaction_that_cancels(clerk):
    meeting = invited(clerk)
    do_jobs()

    holding.cancel(meeting, by=clerk, because="تعطیلی")

    assert [job.task_name for job in waiting_jobs()][-1] == "meetings.tasks.tell_of_changes"


def test_nobody_is_told_of_a_meeting_that_they_were_not_invited_to(clerk):
    meeting = coming()
    holding.cancel(meeting, by=clerk, because="تعطیلی")

    sweep()

    assert not Mail.objects.exists()


def test_a_day_that_is_not_known_any_more_leaves_the_calendars(clerk):
    meeting = invited(clerk)
    do_jobs()
    change_by_sql(meeting, held_on=PartialDate.month(1410, 5), starts_at=None)
    sweep()
    do_jobs()
    change_by_sql(meeting, held_on=in_days(40))
    sweep()

    methods = list(Mail.objects.order_by("pk").values_list("calendar_method", flat=True))
    assert methods == ["REQUEST", "CANCEL", "REQUEST"]


def test_a_move_tells_with_the_transaction_that_moves(clerk):
    meeting = invited(clerk)

    moving.move(meeting, by=clerk, day=in_days(30).first, because="تعطیلی")

    assert [job.task_name for job in waiting_jobs()][-1] == "meetings.tasks.tell_of_changes"


def test_the_admin_tells_of_a_change_it_saves(client_of, clerk):
    meeting = invited(clerk, body=make.BodyFactory(assembly=True), venue="")
    client, address = client_of("secretariat"), f"/admin/meetings/meeting/{meeting.pk}/change/"

    client.post(address, open_form(client, address) | {"venue": "تالار"})

    assert [job.task_name for job in waiting_jobs()][-1] == "meetings.tasks.tell_of_changes"
