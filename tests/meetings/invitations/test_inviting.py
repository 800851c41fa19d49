"""Who is invited to a meeting, by mail and in the inbox, and as whose guest."""

import pytest

from council_portal.notices.models import Mail, Notice
from council_portal.persian.partial_date import PartialDate
from meetings import invitations
from meetings.holding import Refused
from meetings.models import Invitation, Meeting
from tests import factories as make
from tests.jobs import do_jobs
from tests.meetings.invited import coming, entry_of, in_days, member

pytestmark = pytest.mark.django_db


def test_the_bodys_members_are_invited_by_mail_with_a_calendar_entry(server, clerk):
    meeting = coming()

    invitations.invite(meeting, by=clerk)
    do_jobs()

    [(address, message)] = server.letters
    event, method = entry_of(message)
    assert address == "member@example.org"
    assert message.get_body("html").get_content().count("text-decoration: none") == 4, "three answers and the page"
    assert method == "REQUEST"
    assert (str(event["UID"]), event["SEQUENCE"]) == (str(Meeting.objects.get().calendar_uid), 0)
    assert event["LOCATION"] == "تالار نمونه"
    assert Invitation.objects.get().letter.status == Mail.Status.SENT
    [file] = message.iter_attachments()
    assert file.get_filename() == "invitation.ics"
    assert file.get_content().decode() == Mail.objects.get().calendar


def test_whoever_has_an_account_finds_a_notice_even_without_mail(clerk):
    meeting = coming()
    account = make.UserFactory(person=member(meeting, email=""))

    invitations.invite(meeting, by=clerk)

    notice = Notice.objects.get(recipient=account)
    assert notice.title.startswith("دعوت به")
    assert notice.address == f"/meetings/invitations/{meeting.pk}/"
    assert Invitation.objects.get(person=account.person).letter is None


def test_the_address_of_the_account_serves_where_the_person_has_none(clerk):
    meeting = coming()
    make.UserFactory(person=member(meeting, email=""), email="account@example.org")

    invitations.invite(meeting, by=clerk)

    assert Mail.objects.filter(address="account@example.org").exists()


def test_inviting_again_invites_only_those_not_yet_invited(clerk):
    meeting = coming()
    invitations.invite(meeting, by=clerk)
    member(meeting, email="late@example.org")

    new = invitations.invite(meeting, by=clerk)

    assert [invitation.email for invitation in new] == ["late@example.org"]
    assert invitations.invite(meeting, by=clerk) == []
    assert Mail.objects.count() == 2


def test_those_who_serve_on_the_meetings_day_are_invited(clerk):
    meeting = coming(days=400)
    make.MembershipFactory(body=meeting.body, end_on=in_days(100))
    tomorrow = make.MembershipFactory(body=meeting.body, start_on=in_days(200)).person

    people = {invitation.person for invitation in invitations.invite(meeting, by=clerk)}

    assert tomorrow in people
    assert len(people) == 2


def test_a_planned_meeting_is_announced_by_inviting(clerk):
    meeting = coming(announced=False)

    invitations.invite(meeting, by=clerk)

    assert Meeting.objects.get().status == Meeting.Status.ANNOUNCED
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [{"status": "held", "number": 3}, {"status": "cancelled", "cancelled_because": "تعطیلی"}, {"days": -2}],
)
def test_nobody_is_invited_to_what_is_over(clerk, values):
    meeting = coming(**values)

    with pytest.raises(Refused):
        invitations.invite(meeting, by=clerk)

    assert not Invitation.objects.exists()


def test_without_a_known_day_the_letter_has_no_calendar_entry(clerk):
    meeting = coming(held_on=PartialDate.month(1410, 5), starts_at=None)

    invitations.invite(meeting, by=clerk)

    assert Mail.objects.get().calendar == ""


def test_guests_are_invited_with_the_members(clerk):
    meeting = coming()
    invitations.add_guest(meeting, name="میهمان آزمایشی", post="مدیر کل", email="guest@example.org")
    invitations.add_guest(meeting, person=make.PersonFactory(email="known@example.org"))

    invitations.invite(meeting, by=clerk)

    addresses = set(Mail.objects.values_list("address", flat=True))
    assert addresses == {"member@example.org", "guest@example.org", "known@example.org"}
    assert Invitation.objects.filter(is_guest=True).sent().count() == 2


def test_a_guest_stands_on_the_list_once():
    meeting = coming()
    invitations.add_guest(meeting, name="میهمان آزمایشی")

    with pytest.raises(Refused):
        invitations.add_guest(meeting, name="میهمان آزمایشی")


@pytest.mark.parametrize("values", [{"status": "cancelled", "cancelled_because": "نمونه"}, {"held_on": in_days(-2)}])
def test_no_guest_is_put_on_the_list_of_a_meeting_that_is_over(values):
    meeting = coming()
    Meeting.objects.filter(pk=meeting.pk).update(**values)

    with pytest.raises(Refused):
        invitations.add_guest(meeting, name="میهمان")


def test_inviting_to_a_planned_meeting_tells_each_member_once(clerk):
    meeting = coming(announced=False)
    account = make.UserFactory(person=meeting.body.memberships.get().person, mail_choice="at_once")

    invitations.invite(meeting, by=clerk)
    do_jobs()

    assert Notice.objects.filter(recipient=account).count() == 1
    assert Mail.objects.count() == 1
