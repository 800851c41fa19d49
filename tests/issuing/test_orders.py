"""What was asked to be issued is not forgotten: it waits until it is on record, and the secretariat learns of it."""

import errno

import pytest
from django.core.files.storage import storages
from procrastinate.contrib.django import app

from council_portal.issuing import register, tasks
from council_portal.issuing.models import Entry, Order
from council_portal.issuing.waiting import NotIssued
from council_portal.notices.models import Notice
from tests import factories as make
from tests.issuing.samples import SAMPLE, issue, ordered, subject
from tests.jobs import do_jobs, put_off, taken_next, waiting_jobs

pytestmark = pytest.mark.django_db
LIST = "/admin/issuing/order/"


def try_again() -> None:
    app.tasks[tasks.issue_what_waits.name].func(timestamp=0)


def tell_of_late() -> None:
    app.tasks[tasks.tell_of_late_documents.name].func(timestamp=0)


@pytest.fixture
def no_certificate(settings):
    """The certificate has gone between the publication and its job."""
    valid = settings.SIGNING_CERTIFICATE

    def restore():
        settings.SIGNING_CERTIFICATE = valid

    settings.SIGNING_CERTIFICATE = "/nonexistent.p12"
    return restore


def test_an_order_stays_until_its_document_is_on_record():
    record, user = subject(), make.UserFactory()

    register.issue_later(record, SAMPLE, by=user, reason="اصلاح")
    order = Order.objects.get()
    do_jobs()

    assert (order.title, order.asked_by, order.reason) == ("سند نمونه", user, "اصلاح")
    assert (Entry.objects.count(), Order.objects.count()) == (1, 0)


def test_asked_for_twice_it_waits_once():
    record = subject()

    for _ in range(2):
        register.issue_later(record, SAMPLE, by=None)

    assert Order.objects.count() == 1


def test_what_failed_waits_with_the_reason_and_is_issued_once_when_it_can_be(no_certificate):
    register.issue_later(subject(), SAMPLE, by=None)
    with pytest.raises(NotIssued):
        do_jobs()
    assert "گواهی" in Order.objects.get().problem

    no_certificate()
    do_jobs()
    do_jobs()

    assert (Entry.objects.count(), Order.objects.count()) == (1, 0)


def test_what_lost_its_job_is_taken_up_again():
    ordered()

    try_again()
    do_jobs()

    assert (Entry.objects.count(), Order.objects.count()) == (1, 0)


def test_what_a_job_sees_to_is_left_to_it():
    register.issue_later(subject(), SAMPLE, by=None)

    for _ in range(2):
        try_again()

    assert len(waiting_jobs()) == 1


def test_what_was_issued_meanwhile_is_not_issued_again():
    record = subject()
    register.issue_later(record, SAMPLE, by=None)

    issue(record)
    do_jobs()

    assert (Entry.objects.count(), Order.objects.count()) == (1, 0)


def test_what_is_asked_for_of_one_row_is_issued_in_turn_and_nothing_overtakes_what_failed(no_certificate):
    record = subject()
    ordered(record, occasion="publication")
    ordered(record, occasion="corrigendum-1")
    ordered(occasion="publication")
    try_again()
    for job in waiting_jobs():
        with pytest.raises(NotIssued):
            app.tasks[job.task_name].func(**job.args)
    assert Order.objects.filter(problem="").get().occasion == "corrigendum-1"

    no_certificate()
    do_jobs()

    issued = Entry.objects.filter(subject_id=record.pk).order_by("number")
    assert [entry.occasion for entry in issued] == ["publication", "corrigendum-1"]


def test_a_full_disk_is_named(monkeypatch):
    def is_full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(storages["default"]), "_save", is_full)
    register.issue_later(subject(), SAMPLE, by=None)
    with pytest.raises(NotIssued):
        do_jobs()

    assert Order.objects.get().problem == "جایی که فایل‌ها نگه‌داری می‌شوند پر است."


def test_the_secretariat_is_told_once_of_what_waits_longer_than_an_hour(set_clock):
    secretary, _member = make.UserFactory(secretariat=True), make.UserFactory()
    set_clock(1404, 8, 1, 10, 0)
    ordered(title="سند دیرمانده", problem="پروندهٔ گواهی امضا خوانده نمی‌شود.")
    ordered(title="سند دیگر")
    set_clock(1404, 8, 1, 10, 59)
    tell_of_late()
    assert not Notice.objects.exists()

    set_clock(1404, 8, 1, 11, 1)
    for _ in range(2):
        tell_of_late()

    notice = Notice.objects.get()
    assert (notice.recipient, notice.address, notice.by_mail) == (secretary, LIST, True)
    assert "۲ سند" in notice.title
    assert "سند دیرمانده: پروندهٔ گواهی امضا خوانده نمی‌شود." in notice.text


def test_many_are_told_of_in_one_notice(set_clock):
    make.UserFactory(secretariat=True)
    set_clock(1404, 8, 1, 10, 0)
    for _ in range(30):
        ordered()
    set_clock(1404, 8, 1, 12, 0)

    tell_of_late()

    notice = Notice.objects.get()
    assert "۳۰ سند" in notice.title
    assert "۲۰ مورد دیگر" in notice.text


def test_the_admin_lists_what_waits_and_why(client_of, set_clock):
    set_clock(1404, 8, 1, 10, 0)
    order = ordered(title="سند دیرمانده", problem="پروندهٔ گواهی امضا خوانده نمی‌شود.")
    set_clock(1404, 8, 1, 12, 0)
    client = client_of("secretariat")

    shown = client.get(LIST).content.decode()

    assert "سند دیرمانده" in shown
    assert "پروندهٔ گواهی امضا خوانده نمی‌شود." in shown
    assert f"{LIST}?due=late" in client.get("/admin/").content.decode()
    assert f"{LIST}{order.pk}/steps/now/" in client.get(f"{LIST}{order.pk}/change/").content.decode()


def test_the_admin_tries_again_at_once(client_of):
    order = ordered()
    client = client_of("secretariat")

    assert client.get(f"{LIST}{order.pk}/steps/now/").status_code == 200
    assert client.post(f"{LIST}{order.pk}/steps/now/").status_code == 302
    do_jobs()

    assert Entry.objects.count() == 1


def test_that_waits_for_no_attempt_that_is_planned_for_later(client_of):
    register.issue_later(subject(), SAMPLE, by=None)
    [planned] = waiting_jobs()
    put_off(planned)

    client_of("secretariat").post(f"{LIST}{Order.objects.get().pk}/steps/now/")

    assert taken_next() not in (None, planned.pk)


@pytest.mark.parametrize("role", ["administrator", "member", "officer", "visitor"])
def test_others_neither_see_nor_try(client_of, role):
    order, client = ordered(), client_of(role, make.BodyFactory())

    assert client.get(LIST).status_code in (302, 403)
    assert client.post(f"{LIST}{order.pk}/steps/now/").status_code in (302, 403)
    assert waiting_jobs() == []
