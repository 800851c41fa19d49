"""The admin's pages in a browser without script: rows can be added, and names chosen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.administration import scriptless
from meetings.models import AgendaItem, Assignment, Attendance, Decision
from tests import factories as make
from tests.admin.forms import open_form

pytestmark = pytest.mark.django_db
ADD = "/admin/meetings/meeting/add/"


@pytest.fixture
def meeting():
    return make.MeetingFactory(body=make.BodyFactory(assembly=True), announced=True)


def address_of(meeting, rows="?rows=2") -> str:
    return reverse("admin:meetings_meeting_change", args=[meeting.pk]) + rows


def test_each_part_of_the_page_has_as_many_empty_rows_as_were_asked_for(client_of, meeting):
    values = open_form(client_of("secretariat"), address_of(meeting))

    parts = ("agenda_items", "attendance", "decisions", "materials")
    assert {part: values[f"{part}-TOTAL_FORMS"] for part in parts} == dict.fromkeys(parts, "2")


@pytest.mark.parametrize(
    ("asked", "rows"), [("", 0), ("?rows=x", 0), ("?rows=-1", 0), ("?rows=۳", 0), ("?rows=999", 20)]
)
def test_nonsense_adds_no_row_and_too_many_are_not_made(client_of, meeting, asked, rows):
    values = open_form(client_of("secretariat"), address_of(meeting, asked))

    assert values["agenda_items-TOTAL_FORMS"] == str(rows)


def test_rows_are_filled_in_with_choices_from_whole_lists(client_of, meeting):
    service = make.MembershipFactory(body=meeting.body)
    client = client_of("secretariat")
    page = client.get(address_of(meeting)).text
    values = open_form(client, address_of(meeting)) | {
        "agenda_items-0-title": "بند تازه",
        "agenda_items-0-presenter": service.person.pk,
        "attendance-0-person": service.person.pk,
        "attendance-0-organization": service.organization.pk,
        "attendance-1-is_guest": "on",
        "attendance-1-guest_name": "مهمان نمونه",
        "decisions-0-text": "متن مصوبه",
        "decisions-0-lead": service.organization.pk,
    }

    client.post(address_of(meeting), values)

    assert f'<option value="{service.person.pk}">{service.person}</option>' in page
    assert AgendaItem.objects.get(title="بند تازه").presenter == service.person
    assert set(Attendance.objects.values_list("person", "guest_name")) == {
        (service.person.pk, ""),
        (None, "مهمان نمونه"),
    }
    assert Assignment.objects.get(decision=Decision.objects.get()).organization == service.organization


def test_a_mistake_keeps_rows_lists_and_what_was_typed(client_of, meeting):
    service = make.MembershipFactory(body=meeting.body)
    client = client_of("secretariat")
    values = open_form(client, address_of(meeting)) | {
        "attendance-0-person": service.person.pk,
        "attendance-1-guest_post": "کارشناس نمونه",
        "starts_at": "۲۵",
    }

    page = client.post(address_of(meeting), values).text

    assert "کارشناس نمونه" in page
    assert f'<option value="{service.person.pk}" selected>{service.person}</option>' in page


def test_without_being_asked_the_lists_are_not_read(client_of, meeting):
    person = make.MembershipFactory(body=meeting.body).person

    assert f'<option value="{person.pk}"' not in client_of("secretariat").get(address_of(meeting, "")).text


def test_a_list_that_is_too_long_stays_completed_by_script(client_of, meeting, monkeypatch):
    monkeypatch.setattr(scriptless, "MOST_CHOICES", 1)
    people = [make.MembershipFactory(body=meeting.body).person for _ in range(2)]

    page = client_of("secretariat").get(address_of(meeting)).text

    assert f'<option value="{people[0].pk}"' not in page
    assert "admin-autocomplete" in page


def test_the_page_asks_as_often_for_many_rows_as_for_one(client_of, meeting, django_assert_num_queries):
    make.MembershipFactory.create_batch(3, body=meeting.body)
    client = client_of("secretariat")
    client.get(address_of(meeting, "?rows=1"))
    with CaptureQueriesContext(connection) as for_one:
        client.get(address_of(meeting, "?rows=1"))

    with django_assert_num_queries(len(for_one)):
        client.get(address_of(meeting, "?rows=10"))


def test_the_way_there_is_told_to_browsers_without_script(client_of, meeting):
    page = client_of("secretariat").get(address_of(meeting, "")).text

    hint = page[page.index("<noscript>", page.index('id="content"')) :]
    assert 'href="?rows=3"' in hint[: hint.index("</noscript>")]
