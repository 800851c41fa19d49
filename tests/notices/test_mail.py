import re
from datetime import timedelta

import pytest
from django.utils import timezone

from council_portal.notices import mail, outbox
from council_portal.notices.models import Mail
from tests.jobs import do_jobs, waiting_jobs
from tests.mail_server import free_port, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as (postbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield postbox


def letter(**values) -> Mail:
    defaults = {"key": "sample", "address": "member@example.org", "subject": "دعوت‌نامه", "text": "متن نامه"}
    return Mail(**defaults | values)


def test_a_letter_arrives_as_it_was_written(server):
    outbox.post([letter(name="نمونه «آزمایشی»")])

    do_jobs()

    [(address, message)] = server.letters
    assert address == "member@example.org"
    assert message["Subject"] == "دعوت‌نامه"
    assert "متن نامه" in message.get_body("plain").get_content()
    assert 'dir="rtl"' in message.get_body("html").get_content()
    assert Mail.objects.get().status == Mail.Status.SENT


def test_labelled_addresses_are_buttons_in_html_and_links_in_the_text(server):
    links = "خواهم آمد:\nhttps://portal.example/a/1/\n\nنخواهم آمد:\nhttps://portal.example/a/2/"
    outbox.post([letter(text=f"پاسخ دهید.\n\n{links}\n\n<b>نشانی</b> https://portal.example/ است.")])

    do_jobs()

    [(_address, message)] = server.letters
    html = message.get_body("html").get_content()
    assert re.findall(r'<a href="([^"]*)" style=[^>]*>([^<]*)</a>', html) == [
        ("https://portal.example/a/1/", "خواهم آمد"),
        ("https://portal.example/a/2/", "نخواهم آمد"),
    ]
    assert '&lt;b&gt;نشانی&lt;/b&gt; <a href="https://portal.example/"' in html
    assert links in message.get_body("plain").get_content().replace("\r\n", "\n")


def test_one_occasion_makes_one_letter(server):
    outbox.post([letter()])

    again = outbox.post([letter(text="متن دیگر")])

    do_jobs()
    assert again == []
    assert len(server.letters) == 1


def test_a_sent_letter_is_not_sent_by_another_job(server):
    [sent] = outbox.post([letter()])
    do_jobs()

    mail.send(sent.pk)

    assert len(server.letters) == 1


def test_a_refused_address_is_kept_with_the_servers_words(server):
    server.answers["member@example.org"] = "550 no such user"
    outbox.post([letter()])

    do_jobs()

    failed = Mail.objects.failed().get()
    assert "no such user" in failed.error


def test_a_server_that_is_away_is_tried_again(server, settings):
    settings.EMAIL_PORT = free_port()
    [waiting] = outbox.post([letter()])

    with pytest.raises(mail.NotSentYet):
        mail.send(waiting.pk)

    assert Mail.objects.get().status == Mail.Status.WAITING


def test_a_server_that_asks_to_wait_is_tried_again_and_then_given_up(server):
    server.answers["member@example.org"] = "450 try later"
    [waiting] = outbox.post([letter()])

    for _ in range(mail.MOST_ATTEMPTS - 1):
        with pytest.raises(mail.NotSentYet):
            mail.send(waiting.pk)
    mail.send(waiting.pk)

    assert Mail.objects.get().status == Mail.Status.FAILED


def test_a_letter_whose_sender_was_killed_is_in_doubt_and_not_sent_again(server):
    [interrupted] = outbox.post([letter()])
    Mail.objects.filter(pk=interrupted.pk).update(status=Mail.Status.SENDING)

    do_jobs()

    assert Mail.objects.get().status == Mail.Status.IN_DOUBT
    assert server.letters == []


def test_somebody_can_decide_to_send_a_doubtful_letter_again(server):
    Mail.objects.bulk_create([letter(status=Mail.Status.IN_DOUBT)])

    outbox.send_again(Mail.objects.get())

    do_jobs()
    assert Mail.objects.get().status == Mail.Status.SENT


def test_a_sent_letter_cannot_be_sent_again(server):
    [sent] = outbox.post([letter()])
    do_jobs()

    outbox.send_again(sent)

    assert [job for job in waiting_jobs() if job.args != {"mail_id": sent.pk}] == []
    assert Mail.objects.get().status == Mail.Status.SENT


def test_a_letter_of_which_no_message_can_be_made_has_failed(server):
    Mail.objects.bulk_create([letter(address="two\nlines@example.org")])

    mail.send(Mail.objects.get().pk)

    assert Mail.objects.get().status == Mail.Status.FAILED
    assert server.letters == []


def test_a_long_persian_name_travels(server):
    outbox.post([letter(name="سید محمد حسین نمونه‌ای " * 9)])

    do_jobs()

    assert [address for address, _message in server.letters] == ["member@example.org"]


def test_letters_whose_jobs_ended_without_them_are_taken_up_again(server):
    Mail.objects.bulk_create([letter(), letter(key="begun", status=Mail.Status.SENDING)])
    outbox.see_to_forgotten()
    assert waiting_jobs() == []

    outbox.see_to_forgotten(now=timezone.now() + timedelta(minutes=11))
    outbox.see_to_forgotten(now=timezone.now() + timedelta(minutes=11))
    do_jobs()

    assert len(server.letters) == 1
    assert set(Mail.objects.values_list("key", "status")) == {("sample", "sent"), ("begun", "in_doubt")}
