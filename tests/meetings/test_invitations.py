import re

import pytest

from council_portal.notices.mail import NotSentYet
from council_portal.notices.models import Mail, Notice
from council_portal.persian.partial_date import PartialDate
from meetings import holding, invitations, moving, tasks
from meetings.holding import Refused
from meetings.models import Invitation, Meeting
from tests import factories as make
from tests.admin.forms import open_form
from tests.jobs import do_jobs, waiting_jobs
from tests.mail_server import mail_server
from tests.meetings.invited import coming, entry_of, in_days, member
from tests.roles import user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as (postbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield postbox


@pytest.fixture
def clerk():
    return user_of("secretariat")


# Inviting


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


# What a letter tells


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


# Changes


def invited(clerk, **values) -> Meeting:
    meeting = coming(**values)
    invitations.invite(meeting, by=clerk)
    return Meeting.objects.get(pk=meeting.pk)


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


# Answers


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"answer": "attend", "reason": "از پیش"}, ("attend", "", "")),
        ({"answer": "apologise", "reason": "مأموریت", "substitute_name": "کسی"}, ("apologise", "مأموریت", "")),
        ({"answer": "substitute", "substitute_name": "جانشین نمونه"}, ("substitute", "", "جانشین نمونه")),
    ],
)
def test_an_answer_keeps_what_belongs_to_it(given, kept):
    invitation = make.InvitationFactory(meeting=coming())

    invitations.answer(invitation, by=None, **given)

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.reason, invitation.substitute_name) == kept


def test_an_answer_can_be_changed_until_the_meeting_is_held(clerk):
    invitation = make.InvitationFactory(meeting=coming(days=0))
    invitations.answer(invitation, by=None, answer="apologise", reason="سفر")

    invitations.answer(invitation, by=None, answer="attend")
    holding.hold(invitation.meeting, by=clerk)

    with pytest.raises(invitations.NotOpen):
        invitations.answer(invitation, by=None, answer="apologise", reason="سفر")
    assert Invitation.objects.get().answer == "attend"


@pytest.mark.parametrize("given", [{"answer": "apologise"}, {"answer": "substitute", "substitute_name": " "}])
def test_an_answer_without_what_it_needs_is_refused(given):
    invitation = make.InvitationFactory(meeting=coming())

    with pytest.raises(Refused):
        invitations.answer(invitation, by=None, **given)


def test_the_same_answer_twice_changes_nothing():
    invitation = make.InvitationFactory(meeting=coming())
    invitations.answer(invitation, by=None, answer="attend")
    version = Invitation.objects.get().version

    invitations.answer(Invitation.objects.select_related("meeting").get(), by=None, answer="attend")

    assert Invitation.objects.get().version == version


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


@pytest.mark.parametrize("values", [{"status": "cancelled", "cancelled_because": "نمونه"}, {"held_on": in_days(-2)}])
def test_no_guest_is_put_on_the_list_of_a_meeting_that_is_over(values):
    meeting = coming()
    Meeting.objects.filter(pk=meeting.pk).update(**values)

    with pytest.raises(Refused):
        invitations.add_guest(meeting, name="میهمان")


def test_a_letter_leaves_out_what_is_withdrawn(clerk):
    meeting = coming()
    withdrawn = make.AgendaItemFactory(meeting=meeting, title="پس‌گرفته", visibility="public", outcome="withdrawn")
    make.AgendaItemFactory(meeting=meeting, parent=withdrawn, title="جزء آن", visibility="public")
    make.AgendaItemFactory(meeting=meeting, title="ماندنی", visibility="public", position=9)

    invitations.invite(meeting, by=clerk)

    text = Mail.objects.get().text
    assert [title in text for title in ("پس‌گرفته", "جزء آن", "ماندنی")] == [False, False, True]


def test_inviting_to_a_planned_meeting_tells_each_member_once(clerk):
    meeting = coming(announced=False)
    account = make.UserFactory(person=meeting.body.memberships.get().person, mail_choice="at_once")

    invitations.invite(meeting, by=clerk)
    do_jobs()

    assert Notice.objects.filter(recipient=account).count() == 1
    assert Mail.objects.count() == 1
