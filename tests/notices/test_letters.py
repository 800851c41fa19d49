"""Letters about the inbox: at once, daily, weekly or never, each notice once, and only what may be read now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.notices.letters import KEPT_WAITING, write_due_letters
from council_portal.notices.models import Mail, Notice
from council_portal.notices.telling import tell
from members.models import User
from tests import factories as make
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db


def account(choice="daily", **values):
    service = make.MembershipFactory()
    return make.UserFactory(person=service.person, email="member@example.org", mail_choice=choice, **values)


def told(user, key="sample", **values) -> Notice:
    tell([user], **{"key": key, "title": f"خبر {key}", "address": "/meetings/", "by_mail": True} | values)
    return Notice.objects.get(recipient=user, key=key)


def letters() -> list[str]:
    return [mail.text for mail in Mail.objects.order_by("pk")]


def test_who_wants_each_notice_at_once_gets_a_letter_by_the_queue():
    told(account("at_once"))

    do_jobs()

    assert [mail.subject for mail in Mail.objects.all()] == ["خبر sample"]


@pytest.mark.parametrize(
    ("choice", "before", "after"),
    [
        ("daily", (1404, 8, 7, 7, 29), (1404, 8, 7, 7, 31)),
        ("weekly", (1404, 8, 10, 7, 29), (1404, 8, 10, 7, 31)),  # a Saturday
    ],
)
def test_a_digest_comes_in_the_morning_with_everything_new(choice, before, after, set_clock):
    set_clock(1404, 8, 6, 12)
    user = account(choice)
    told(user, "a"), told(user, "b")

    set_clock(*before)
    write_due_letters()
    assert letters() == []
    set_clock(*after)
    write_due_letters()

    [text] = letters()
    assert text.startswith(f"جناب آقای / سرکار خانم {user}\nبا سلام و احترام،\n\n")
    assert "خبر a" in text
    assert "خبر b" in text
    assert Mail.objects.get().subject == "۲ خبر تازه در درگاه"


def test_a_notice_is_in_one_digest_only(set_clock):
    set_clock(1404, 8, 6, 12)
    user = account()
    told(user, "a")
    set_clock(1404, 8, 7, 8)
    write_due_letters()
    told(user, "b")

    write_due_letters()
    set_clock(1404, 8, 8, 8)
    write_due_letters()

    assert [("خبر a" in text, "خبر b" in text) for text in letters()] == [(True, False), (False, True)]


def test_a_digest_missed_by_a_worker_that_was_down_comes_later(set_clock):
    set_clock(1404, 8, 6, 12)
    told(account("weekly"))

    set_clock(1404, 8, 12, 16)  # the Monday after
    write_due_letters()

    assert len(letters()) == 1


@pytest.mark.parametrize(
    "case", ["none", "no address", "closed account", "read on the site", "old news", "told without mail"]
)
def test_no_letter_is_written(case):
    user = account("none" if case == "none" else "at_once")
    notice = told(user, by_mail=case != "told without mail")
    if case == "no address":
        type(user).objects.update(email="")
    if case == "closed account":
        type(user).objects.update(is_active=False)
    if case == "read on the site":
        Notice.objects.update(read_at=timezone.now())
    if case == "old news":
        Notice.objects.update(created_at=notice.created_at - KEPT_WAITING - timedelta(days=1))

    do_jobs()

    assert letters() == []


@pytest.mark.parametrize("choice", ["at_once", "daily"])
def test_what_was_closed_meanwhile_is_not_told(choice, set_clock):
    set_clock(1404, 8, 6, 12)
    user, secret = account(choice), make.AnnouncementFactory(published=True, title="محرمانه")
    told(user, "secret", title="محرمانه", about=secret)
    told(user, "open")
    type(secret).objects.update(visibility=Visibility.SECRETARIAT)

    set_clock(1404, 8, 7, 8)
    write_due_letters()

    [text] = letters()
    assert "محرمانه" not in text
    assert "خبر open" in text


def test_a_waiting_letter_is_taken_back_when_its_matter_is_closed_and_the_rest_is_told(set_clock):
    set_clock(1404, 8, 6, 12)
    user, secret = account(), make.AnnouncementFactory(published=True, title="محرمانه")
    told(user, "secret", title="محرمانه", about=secret)
    told(user, "open")
    set_clock(1404, 8, 7, 8)
    write_due_letters()
    assert "محرمانه" in letters()[0]
    type(secret).objects.update(visibility=Visibility.SECRETARIAT)

    do_jobs()

    letter = Mail.objects.get()
    assert ("محرمانه" in letter.text, "خبر open" in letter.text, letter.status) == (False, True, "sent")


def test_a_waiting_letter_of_a_closed_matter_alone_is_taken_back():
    user, secret = account("at_once"), make.AnnouncementFactory(published=True)
    told(user, "secret", about=secret)
    write_due_letters()
    type(secret).objects.update(withdrawn_at=timezone.now(), withdrawn_because="نمونه")

    do_jobs()

    assert letters() == []


def test_a_letter_that_is_on_its_way_is_not_taken_back():
    user, secret = account("at_once"), make.AnnouncementFactory(published=True)
    told(user, "secret", about=secret)
    write_due_letters()
    Mail.objects.update(status="sending")
    type(secret).objects.update(visibility=Visibility.SECRETARIAT)

    do_jobs()

    assert Mail.objects.get().status == Mail.Status.IN_DOUBT


def test_the_address_of_the_person_serves_an_account_without_one():
    user = account("at_once")
    type(user).objects.update(email="")
    type(user.person).objects.update(email="person@example.org")
    told(user)

    do_jobs()

    assert Mail.objects.get().address == "person@example.org"


def test_the_profile_keeps_the_choice(client_of):
    client = client_of("member")
    assert 'value="daily"' in client.get("/accounts/profile/").text

    response = client.post("/accounts/profile/letters/", {"mail_choice": "weekly"})

    assert (response.url, User.objects.get().mail_choice) == ("/accounts/profile/", "weekly")


def test_a_choice_that_there_is_not_is_refused_beside_the_field(client_of):
    page = client_of("member").post("/accounts/profile/letters/", {"mail_choice": "hourly"})

    assert page.status_code == 200
    assert "invalid-feedback" in page.text


def test_a_visitor_has_no_choice(client_of):
    assert client_of("visitor").post("/accounts/profile/letters/", {"mail_choice": "none"}).status_code == 302
