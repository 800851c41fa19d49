"""What an invitation's letter tells, and what becomes of it where it does not arrive."""

import re

import pytest

from council_portal.notices.mail import NotSentYet
from council_portal.notices.models import Mail
from meetings import invitations
from meetings.models import Invitation, Meeting
from tests import factories as make
from tests.jobs import do_jobs
from tests.meetings.invited import coming, invited, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("visibility", "told"),
    [
        ("public", {"member", "guest"}),
        ("members", {"member"}),
        ("body", {"member"}),
        ("secretariat", set()),
    ],
)
def test_a_letter_names_only_the_items_that_its_reader_may_see(clerk, visibility, told):
    meeting = coming()
    make.AgendaItemFactory(meeting=meeting, title="موضوع محرمانه", visibility=visibility)
    # Whatever the account may see besides: a letter is read by whoever opens the mail.
    make.UserFactory(person=Meeting.objects.get().body.memberships.get().person, secretariat=True)
    invitations.add_guest(meeting, name="میهمان", email="guest@example.org")

    invitations.invite(meeting, by=clerk)

    letters = {letter.address.split("@")[0]: letter for letter in Mail.objects.all()}
    assert {name for name, letter in letters.items() if "موضوع محرمانه" in letter.text} == told
    unfolded = {name: letter.calendar.replace("\r\n ", "") for name, letter in letters.items()}
    assert {name for name, calendar in unfolded.items() if "موضوع محرمانه" in calendar} == told


def test_a_part_of_a_closed_item_is_closed(clerk):
    meeting = coming()
    closed = make.AgendaItemFactory(meeting=meeting, closed=True)
    make.AgendaItemFactory(meeting=meeting, parent=closed, title="جزء محرمانه")

    invitations.invite(meeting, by=clerk)

    assert "جزء محرمانه" not in Mail.objects.get().text


def test_a_letter_is_persian_with_persian_digits_but_for_its_addresses(clerk):
    meeting = coming(body__name="کمیته نمونه")
    make.AgendaItemFactory(meeting=meeting)
    type(meeting.body.memberships.get().person).objects.update(family_name="آزمایشی")

    invitations.invite(meeting, by=clerk)

    words = re.sub(r"https?://\S+", "", Mail.objects.get().text)
    assert not re.search(r"[A-Za-z0-9]", words)


def test_inviting_many_asks_the_database_as_often_as_inviting_few(clerk, django_assert_max_num_queries):
    meeting = coming()
    for n in range(30):
        member(meeting, email=f"member-{n}@example.org")

    with django_assert_max_num_queries(45):
        invitations.invite(meeting, by=clerk)

    assert Mail.objects.count() == 31


# Letters in trouble


def test_a_letter_is_sent_again_to_the_address_that_is_on_record_now(server, clerk):
    server.answers["member@example.org"] = "550 no such user"
    invited(clerk)
    do_jobs()
    invitation = Invitation.objects.get()
    type(invitation.person).objects.filter(pk=invitation.person_id).update(email="new@example.org")

    invitations.send_again(invitation)
    do_jobs()

    assert [address for address, _message in server.letters] == ["new@example.org"]


def test_a_guests_address_is_corrected_and_the_letter_sent_there(server, clerk):
    server.answers["wrong@example.org"] = "550 no such user"
    meeting = coming()
    guest = invitations.add_guest(meeting, name="میهمان", email="wrong@example.org")
    invitations.invite(meeting, by=clerk)
    do_jobs()

    invitations.correct_address(Invitation.objects.get(pk=guest.pk), guest_email="right@example.org")
    do_jobs()

    assert "right@example.org" in [address for address, _message in server.letters]


def test_a_letter_that_arrived_keeps_the_address_it_went_to(server, clerk):
    meeting = coming()
    guest = invitations.add_guest(meeting, name="میهمان", email="first@example.org")
    invitations.invite(meeting, by=clerk)
    do_jobs()

    invitations.correct_address(Invitation.objects.get(pk=guest.pk), guest_email="second@example.org")

    assert Invitation.objects.get(pk=guest.pk).letter.address == "first@example.org"
    assert invitations.send_again(Invitation.objects.get(pk=guest.pk)) is False


def test_a_guest_who_gets_an_address_later_is_written_to(server, clerk):
    meeting = coming()
    guest = invitations.add_guest(meeting, name="میهمان")
    invitations.invite(meeting, by=clerk)

    invitations.correct_address(Invitation.objects.get(pk=guest.pk), guest_email="guest@example.org")
    do_jobs()

    assert [address for address, _message in server.letters].count("guest@example.org") == 1


def test_a_letter_that_still_waits_does_not_come_after_the_one_that_says_what_holds_now(server, clerk):
    server.answers["member@example.org"] = "450 try later"
    meeting = invited(clerk)
    with pytest.raises(NotSentYet):
        do_jobs()
    Meeting.objects.filter(pk=meeting.pk).update(venue="جای دیگر")

    invitations.tell_of_changes(meeting)
    server.answers.clear()
    do_jobs()

    [(_address, message)] = server.letters
    assert "جای دیگر" in message.get_body("plain").get_content()


def test_a_letter_leaves_out_what_is_withdrawn(clerk):
    meeting = coming()
    withdrawn = make.AgendaItemFactory(meeting=meeting, title="پس‌گرفته", visibility="public", outcome="withdrawn")
    make.AgendaItemFactory(meeting=meeting, parent=withdrawn, title="جزء آن", visibility="public")
    make.AgendaItemFactory(meeting=meeting, title="ماندنی", visibility="public", position=9)

    invitations.invite(meeting, by=clerk)

    text = Mail.objects.get().text
    assert [title in text for title in ("پس‌گرفته", "جزء آن", "ماندنی")] == [False, False, True]
