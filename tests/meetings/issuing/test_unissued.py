"""A published record that was never issued: its page says so to the secretariat, which issues it with one press."""

import pytest
from django.urls import reverse

from council_portal.issuing.models import Entry, Order
from meetings.issuing import EXCERPT, MINUTES, REPORT
from publications.issuing import EDITION
from tests import factories as make
from tests.jobs import do_jobs, waiting_jobs

from .samples import page

pytestmark = pytest.mark.django_db
UNISSUED = "هنوز صادر نشده"


def address(kind, record) -> str:
    return reverse("issuing:issue", args=[kind.name, record.pk])


@pytest.fixture
def decision():
    return make.DecisionFactory(published=True)


@pytest.fixture
def older(decision):
    """What was published before there was a register."""
    edition = make.EditionFactory(published=True, text="<p>متن ویرایش</p>")
    return [
        (MINUTES, make.MinutesFactory(meeting=decision.meeting, published=True)),
        (EXCERPT, decision),
        (EDITION, edition),
    ]


def test_the_page_says_so_and_issues_it_once(client_of, older):
    client = client_of("secretariat")

    for kind, record in older:
        assert address(kind, record) in page(client, record)
        for _ in range(2):
            assert client.post(address(kind, record)).url == record.get_absolute_url()
        assert UNISSUED not in page(client, record)
        assert "در انتظار صدور" in page(client, record)
        do_jobs()
        assert address(kind, record) not in page(client, record)

    assert [(entry.kind, entry.subject_id) for entry in Entry.objects.order_by("number")] == [
        (kind.name, record.pk) for kind, record in older
    ]
    assert {entry.entered_by for entry in Entry.objects.all()} != {None}


@pytest.mark.parametrize("role", ["visitor", "member", "officer", "administrator"])
def test_others_neither_read_nor_do_it(client_of, older, role):
    client = client_of(role, older[1][1].meeting.body)

    for kind, record in older:
        assert UNISSUED not in page(client, record)
        assert client.post(address(kind, record)).status_code == 403

    assert waiting_jobs() == []


def test_it_is_only_posted_to(client_of, decision):
    assert client_of("secretariat").get(address(EXCERPT, decision)).status_code == 405


def test_what_failed_says_why_on_the_page(client_of, decision):
    client = client_of("secretariat")
    client.post(address(EXCERPT, decision))
    Order.objects.update(problem="فایل گواهی امضا خوانده نمی‌شود.")

    assert "فایل گواهی امضا خوانده نمی‌شود." in page(client, decision)


def test_a_draft_and_what_is_on_record_are_not_issued_by_hand(client_of, published):
    client, draft = client_of("secretariat"), make.DecisionFactory()

    assert UNISSUED not in page(client, draft)
    assert client.post(address(EXCERPT, draft)).status_code == 404
    assert client.post(address(MINUTES, published)).status_code == 404
    assert client.post(address(REPORT, published.meeting)).status_code == 404
    assert client.post("/issued/nothing/1/").status_code == 404


def test_an_edition_without_a_text_is_nothing_to_issue(client_of):
    edition = make.EditionFactory(published=True, is_text_on_record=False)
    client = client_of("secretariat")

    assert UNISSUED not in page(client, edition)
    assert client.post(address(EDITION, edition)).status_code == 404


def test_without_a_certificate_it_says_so(client_of, decision, settings):
    settings.SIGNING_CERTIFICATE = ""

    answer = client_of("secretariat").post(address(EXCERPT, decision), follow=True)

    assert "گواهی" in answer.content.decode()
    assert not Order.objects.exists()
