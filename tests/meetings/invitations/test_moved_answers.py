"""A meeting that goes to another day asks anew: what was answered for the earlier day is kept and shown, and does not
count. Another hour or place of the same day asks nobody anew."""

from datetime import time

import pytest
from django.urls import reverse

from council_portal import desk
from council_portal.notices.models import Mail, Notice
from council_portal.persian.calendar import to_jalali, today
from council_portal.persian.wording import weekday_date
from meetings import answer_links, attending, invitations, moving, reminders, seats
from meetings.models import Attendance, Invitation, Meeting, Reminder
from tests import factories as make
from tests.jobs import do_jobs
from tests.meetings.invited import coming, entry_of, in_days, invited, member

pytestmark = pytest.mark.django_db

OLD, NEW = 20, 27
APOLOGY = {"answer": "apologise", "reason": "مأموریت اداری"}
SUBSTITUTE = {"answer": "substitute", "substitute_name": "جانشین نمونه", "substitute_post": "کارشناس"}


@pytest.fixture
def meeting(clerk):
    meeting = invited(clerk, days=OLD)
    do_jobs()
    return meeting


def move(meeting, *, by, days=NEW, tell=True, **values) -> Meeting:
    where = {"starts_at": time(9, 30), "venue": "تالار نمونه", "because": "هم‌زمانی با همایش کشوری"}
    meeting = moving.move(meeting, by=by, day=in_days(days).first, **where | values)
    if tell:
        do_jobs()
    return meeting


def only() -> Invitation:
    return Invitation.objects.select_related("meeting__body", "person").get()


def answer(**given) -> Invitation:
    return invitations.answer(only(), by=None, **given or {"answer": "attend"})


# What counts


@pytest.mark.parametrize("given", [{"answer": "attend"}, APOLOGY, SUBSTITUTE])
def test_an_answer_is_for_the_day_that_it_was_given_for(meeting, clerk, given):
    answer(**given)
    move(meeting, by=clerk)

    kept, counts = only(), Invitation.objects.counts()
    assert kept.answer == given["answer"]
    assert kept.answered_for == in_days(OLD)
    assert (kept.is_answered, kept.is_answered_for_another_day) == (False, True)
    assert (counts["unanswered"], counts["other_day"], counts[given["answer"]]) == (1, 1, 0)


def test_the_same_answer_again_confirms_it(meeting, clerk):
    answer(**APOLOGY)
    move(meeting, by=clerk)

    answer(**APOLOGY)

    assert only().is_answered
    assert Invitation.objects.counts()["apologise"] == 1
    events = Invitation.pgh_event_model.objects.filter(answer="apologise").order_by("pgh_id")
    assert [event.answered_for for event in events.distinct()][0] == in_days(OLD), "the history has the earlier one"


def test_an_answer_counts_again_when_the_meeting_comes_back_to_its_day(meeting, clerk):
    answer()
    move(meeting, by=clerk)
    move(meeting, by=clerk, days=OLD)

    assert only().is_answered


@pytest.mark.parametrize("other", [{"starts_at": time(14)}, {"venue": "جای دیگر"}])
def test_another_hour_or_place_of_the_same_day_asks_nobody_anew(meeting, clerk, other):
    answer()
    move(meeting, by=clerk, days=OLD, **other)

    assert only().is_answered
    assert Invitation.objects.counts()["unanswered"] == 0


def test_an_answer_given_before_any_day_was_known_is_for_none(clerk):
    meeting = coming(held_on=None, starts_at=None)
    invitations.invite(meeting, by=clerk)
    answer()
    assert (only().is_answered, Invitation.objects.counts()["attend"]) == (True, 1)

    move(meeting, by=clerk)

    assert only().is_answered_for_another_day
    assert Invitation.objects.answered_for_another_day().exists()


def test_a_day_changed_past_every_rule_asks_anew_too(meeting):
    answer()
    Meeting.objects.update(held_on=in_days(NEW))

    assert Invitation.objects.unanswered().exists()


# What is told


def test_the_letter_names_both_days_and_the_reason_and_asks_for_a_new_answer(server, meeting, clerk):
    answer()
    move(meeting, by=clerk)
    (_to, first), (_to, second) = server.letters
    text = second.get_body("plain").get_content()
    event, method = entry_of(second)

    assert f"از {weekday_date(in_days(OLD))} به {weekday_date(in_days(NEW))} تغییر کرد" in text
    assert "دلیل تغییر: هم‌زمانی با همایش کشوری" in text
    assert f"پاسخ شما برای {weekday_date(in_days(OLD))} این بود: حضور می‌یابد" in text
    assert (method, event["SEQUENCE"], event["UID"]) == ("REQUEST", 1, entry_of(first)[0]["UID"])
    assert event["DTSTART"].dt.date() == in_days(NEW).first
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_a_letter_of_another_hour_names_both_and_keeps_the_answer(meeting, clerk):
    answer()
    move(meeting, by=clerk, days=OLD, starts_at=time(14))

    letter = Mail.objects.order_by("-pk").first()
    assert "ساعت پیشین: ۹:۳۰" in letter.text
    assert "تاریخ پیشین" not in letter.text
    assert "PARTSTAT=ACCEPTED" in letter.calendar.replace("\r\n ", "")
    assert "پاسخ شما تاکنون: حضور می‌یابد" in letter.text


def test_of_two_moves_of_which_the_first_letter_never_left_the_day_that_is_known_is_named(meeting, clerk):
    move(meeting, by=clerk, days=23, tell=False)
    invitations.tell_of_changes(meeting)
    move(meeting, by=clerk, tell=False)
    invitations.tell_of_changes(meeting)

    letter = Mail.objects.order_by("-pk").first()
    assert f"از {weekday_date(in_days(OLD))} به {weekday_date(in_days(NEW))}" in letter.text


def test_the_inbox_says_the_same(clerk):
    meeting = coming(OLD)
    account = make.UserFactory(person=member(meeting, email=""))
    invitations.invite(meeting, by=clerk)
    move(meeting, by=clerk)

    notice = Notice.objects.filter(recipient=account).newest_first().first()
    assert weekday_date(in_days(NEW)) in notice.title
    assert f"تاریخ پیشین: {weekday_date(in_days(OLD))}" in notice.text
    assert "هم‌زمانی با همایش کشوری" in notice.text
    assert "دوباره پاسخ دهید" in notice.text


def test_the_letter_on_paper_takes_the_place_of_the_first(meeting, clerk, client_of):
    move(meeting, by=clerk)
    address = reverse("meetings:work_letters", args=[meeting.pk])

    text = client_of("secretariat").get(address).content.decode()

    assert f"از {weekday_date(in_days(OLD))} به {weekday_date(in_days(NEW))} تغییر کرد" in text
    assert "این نامه جایگزین نامه مورخ" in text


def test_whoever_is_invited_after_the_move_gets_the_usual_letter(meeting, clerk, client_of):
    move(meeting, by=clerk)
    member(meeting, email="late@example.org")
    invitations.invite(meeting, by=clerk)
    Invitation.objects.exclude(person__email="late@example.org").delete()

    text = client_of("secretariat").get(reverse("meetings:work_letters", args=[meeting.pk])).content.decode()

    assert "جایگزین" not in text
    assert not Mail.objects.filter(address="late@example.org", text__contains="تاریخ پیشین").exists()


@pytest.mark.parametrize(
    ("given", "audience", "count"), [(APOLOGY, "everybody", 1), ({"answer": "attend"}, "unanswered", 1)]
)
def test_they_are_reminded_as_those_who_have_not_answered(meeting, clerk, set_clock, given, audience, count):
    Reminder.objects.all().delete()
    make.ReminderFactory(days_before=2, audience=audience)
    answer(**given)
    move(meeting, by=clerk)
    year, month, number = to_jalali(in_days(NEW - 1).first)
    set_clock(year, month, number, 10)

    assert reminders.remind(Meeting.objects.get()) == count


# Where it is answered


def test_the_page_shows_the_earlier_answer_and_one_press_confirms_it(meeting, clerk, client):
    answer(**SUBSTITUTE)
    move(meeting, by=clerk)
    user = make.UserFactory(person=only().person)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(reverse("meetings:invitation", args=[meeting.pk]))

    text = page.content.decode()
    [asked] = [choice for choice in page.context["choices"] if choice.is_asked]
    assert "روز نشست تغییر کرده است" in text
    assert f"پاسخ برای {weekday_date(in_days(OLD))}" in text
    assert "(پاسخ شما برای روز پیشین)" in text
    assert (asked.value, asked.form["substitute_name"].value()) == ("substitute", "جانشین نمونه")
    assert not any(choice.is_given for choice in page.context["choices"])
    assert [one.pk for one in desk.awaiting(user, on=today()).invitations] == [only().pk]
    for address in ("/", "/desk/", meeting.get_absolute_url()):
        assert "لطفاً دوباره پاسخ دهید" in client.get(address).content.decode(), address


def test_a_form_that_was_open_while_the_meeting_moved_answers_nothing(meeting, clerk, client):
    address = answer_links.address_of(only(), "attend")
    seen = client.get(address).context["choices"][0].day
    move(meeting, by=clerk)

    response = client.post(address, {"answer": "attend", "day": seen})

    assert "در این میان نشست جابه‌جا شد" in response.content.decode()
    assert only().answer == ""
    again = {"answer": "attend", "day": response.context["choices"][0].day}
    client.post(address, again)
    assert only().is_answered


def test_the_secretariat_sees_them_among_those_who_have_not_answered(meeting, clerk, client_of):
    answer(**APOLOGY)
    move(meeting, by=clerk)
    client, address = client_of("secretariat"), reverse("meetings:work_invitations", args=[meeting.pk])

    shown = {
        name: [row.pk for row in client.get(f"{address}?show={name}").context["rows"]]
        for name in ("unanswered", "other_day", "apologise")
    }

    assert shown == {"unanswered": [only().pk], "other_day": [only().pk], "apologise": []}
    text = client.get(address).content.decode()
    assert "بی‌پاسخ برای روز تازه" in text
    assert "مأموریت اداری" in text


# At the door


def test_the_answer_for_another_day_proposes_nothing_at_the_door(meeting, clerk, client_of):
    answer(**APOLOGY)
    move(meeting, by=clerk)
    attending.list_members(meeting)
    text = client_of("secretariat").get(reverse("meetings:work_attendance", args=[meeting.pk])).content.decode()

    assert attending.Mark.expected(only()) is None
    assert f"پاسخ برای {weekday_date(in_days(OLD))}" in text
    assert "data-proposed" not in text
    attending.settle(meeting)
    assert Attendance.objects.get().status == "absent"


def test_neither_the_list_of_the_minutes_nor_the_cards_take_it_up(meeting, clerk):
    answer(**SUBSTITUTE)
    move(meeting, by=clerk)
    attending.presume_present(meeting)

    assert Attendance.objects.get().status == "present"
    assert [seat.stands_for for seat in seats.seats_of(meeting)] == [""]
