"""The admin's pages in a browser without script: rows can be added, and names typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.administration import widgets
from meetings.models import AgendaItem, Assignment, Attendance, Decision
from tests import factories as make
from tests.admin.forms import fields_of, open_form

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


def test_rows_are_filled_in_by_typing_names(client_of, meeting):
    service = make.MembershipFactory(body=meeting.body)
    client = client_of("secretariat")
    values = open_form(client, address_of(meeting)) | {
        "agenda_items-0-title": "بند تازه",
        "agenda_items-0-presenter-typed": str(service.person),
        "attendance-0-person-typed": service.person.family_name,
        "attendance-0-organization-typed": service.organization.name,
        "attendance-1-is_guest": "on",
        "attendance-1-guest_name": "مهمان نمونه",
        "decisions-0-text": "متن مصوبه",
        "decisions-0-lead-typed": service.organization.name,
        "decisions-0-agenda_item": "row-0",
    }

    client.post(address_of(meeting), values)

    item = AgendaItem.objects.get(title="بند تازه")
    assert item.presenter == service.person
    assert set(Attendance.objects.values_list("person", "organization", "guest_name")) == {
        (service.person.pk, service.organization.pk, ""),
        (None, None, "مهمان نمونه"),
    }
    assert Decision.objects.get().agenda_item == item
    assert Assignment.objects.get(decision=Decision.objects.get()).organization == service.organization


def test_a_decision_can_choose_the_item_of_an_empty_row(client_of, meeting):
    page = client_of("secretariat").get(address_of(meeting)).text

    assert '<option value="row-1">بند تازه در ردیف ۲</option>' in page
    assert "row-1" not in client_of("secretariat").get(address_of(meeting, "")).text


def test_a_mistake_keeps_rows_choices_and_what_was_typed(client_of, meeting):
    service = make.MembershipFactory(body=meeting.body)
    client = client_of("secretariat")
    values = open_form(client, address_of(meeting)) | {
        "attendance-0-person-typed": service.person.family_name,
        "attendance-1-guest_post": "کارشناس نمونه",
        "starts_at": "۲۵",
    }

    page = client.post(address_of(meeting), values).text

    assert "کارشناس نمونه" in page
    assert f'<option value="{service.person.pk}" selected>{service.person}</option>' in page


HOST = ("host-typed", "host-offered", "host")


def save(client, meeting, **typed):
    """Save the meeting's page with what was typed; return the answer and what its form would send again."""
    response = client.post(address_of(meeting), open_form(client, address_of(meeting)) | typed)
    return response, fields_of(response, "meeting_form") if response.status_code == 200 else {}


def test_of_several_that_are_called_so_one_is_chosen_from_a_list_beside_what_was_typed(client_of, meeting):
    first, second = (make.OrganizationFactory(name=name) for name in ("سازمان آب", "سازمان برق"))
    client = client_of("secretariat")

    response, values = save(client, meeting, **{"host-typed": "سازمان"})

    assert "«سازمان» می‌تواند هر یک از این ۲ مورد باشد" in response.text
    assert [values[name] for name in HOST] == ["سازمان", "سازمان", ""]
    assert all(f'<option value="{one.pk}">{one}</option>' in response.text for one in (first, second))

    client.post(address_of(meeting), values | {"host": second.pk})

    meeting.refresh_from_db()
    assert meeting.host == second


def test_what_is_typed_anew_counts_more_than_what_was_chosen_before(client_of, meeting):
    before, wanted = (make.OrganizationFactory(name=name) for name in ("سازمان آب", "سازمان برق"))
    meeting.host = before
    meeting.save()

    save(client_of("secretariat"), meeting, **{"host-typed": "برق"})

    meeting.refresh_from_db()
    assert meeting.host == wanted


def test_whoever_is_called_exactly_so_is_meant(client_of, meeting):
    exact = make.OrganizationFactory(name="وزارت نیرو")
    make.OrganizationFactory(name="وزارت نیروهای نمونه")

    save(client_of("secretariat"), meeting, **{"host-typed": "وزارت نيرو"})

    meeting.refresh_from_db()
    assert meeting.host == exact


@pytest.mark.parametrize("typed", ["هیچ‌کس", "'\"\\%_", "آ" * 5000, "<b>", "99999999999999999999"])
def test_a_name_that_nothing_bears_is_refused_and_kept(client_of, meeting, typed):
    make.OrganizationFactory()

    response, values = save(client_of("secretariat"), meeting, **{"host-typed": typed})

    assert "چیزی به نام" in response.text
    assert values["host-typed"] == typed


def test_a_null_byte_in_a_name_is_dropped(client_of, meeting):
    wanted = make.OrganizationFactory(name="سازمان آب")

    save(client_of("secretariat"), meeting, **{"host-typed": "سازمان\0 آب"})

    meeting.refresh_from_db()
    assert meeting.host == wanted


def test_of_very_many_the_first_are_offered(client_of, meeting, monkeypatch):
    monkeypatch.setattr(widgets, "MOST_OFFERED", 2)
    make.OrganizationFactory.create_batch(4)
    name = make.OrganizationFactory._meta.model.objects.first().name.split()[0]

    response, values = save(client_of("secretariat"), meeting, **{"host-typed": name})

    assert "بیش از ۲ مورد" in response.text
    assert response.text.partition('name="host"')[2].partition("</select>")[0].count("<option") == 3


def test_nobody_finds_by_typing_what_he_may_not_read(client_of):
    """Administrators keep accounts; which meetings there are is not theirs to see."""
    administrator, person = client_of("administrator"), make.PersonFactory(family_name="نمونه‌پور")
    account = make.UserFactory()
    url = reverse("admin:members_user_change", args=[account.pk])

    administrator.post(url, open_form(administrator, url) | {"person-typed": "نمونه‌پور"})

    account.refresh_from_db()
    assert account.person == person


@pytest.mark.parametrize("typed", ["سیزدهمین اجلاس", "اجلاس ۱۳", "13", "نشست سیزدهم", "١٣"])
def test_a_meeting_is_found_by_its_name_and_its_number(client_of, typed):
    body = make.BodyFactory(assembly=True)
    meeting, _other = (make.MeetingFactory(body=body, number=number, held=True) for number in (13, 14))
    document = make.DocumentFactory()
    client = client_of("secretariat")
    url = reverse("admin:publications_edition_add")

    response = client.post(url, open_form(client, url) | {"document": document.pk, "adopted_in-typed": typed})

    assert f'<option value="{meeting.pk}" selected>' in response.text or (document.editions.get().adopted_in == meeting)


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
