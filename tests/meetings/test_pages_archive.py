"""/meetings/, /meetings/hosts/ and /meetings/materials/…"""

import pytest
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.files.storing import store
from council_portal.persian.partial_date import PartialDate
from meetings.models import Material, Meeting
from tests import factories as make
from tests.files import samples
from tests.roles import ROLES

pytestmark = pytest.mark.django_db

ARCHIVE, HOSTS = "/meetings/", "/meetings/hosts/"
MEMBERS = set(ROLES) - {"visitor", "former_member", "administrator"}


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


def held(assembly, number, year=1400, **values) -> Meeting:
    day = PartialDate.day(year, 3, number) if year else None
    return make.MeetingFactory(
        **{"body": assembly, "held": True, "number": number, "held_on": day, "host": make.OrganizationFactory()}
        | values
    )


def listed(response) -> list[int]:
    return [meeting.number for meeting in response.context["page"]]


def test_the_archive_is_newest_first_by_year_and_the_undated_last(client, assembly):
    for number, year in ((1, None), (2, 1400), (3, 1400), (4, 1401)):
        held(assembly, number, year)

    response = client.get(ARCHIVE)

    assert listed(response) == [4, 3, 2, 1]
    assert [year for year, _ in response.context["years"]] == [1401, 1400, None]


@pytest.mark.parametrize("address", [ARCHIVE, HOSTS])
def test_an_empty_list_says_what_belongs_there(client, address):
    assert 'class="empty"' in client.get(address).content.decode()


@pytest.mark.parametrize("role", ["visitor", "secretariat"])
@pytest.mark.parametrize("address", [ARCHIVE, HOSTS])
def test_a_list_asks_as_often_for_many_rows_as_for_one(
    client_of, assembly, role, address, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(role)
    _rows(assembly, 1)
    client.get(address)
    with django_assert_max_num_queries(20) as queries:
        client.get(address)
    for number in range(2, 6):
        _rows(assembly, number)

    with django_assert_num_queries(len(queries)):
        assert client.get(address).status_code == 200


def _rows(assembly, number):
    meeting = held(assembly, number)
    make.DecisionFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    make.MinutesFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    make.HostTurnFactory(meeting=make.MeetingFactory(body=assembly, announced=True), reason="نوبت")
    make.HostTurnFactory(status="declined", reason="جابه‌جایی ساختمان")


def test_the_archive_is_narrowed(client, assembly):
    first, second, third = held(assembly, 1, 1399), held(assembly, 2, 1400), held(assembly, 3, None)
    make.MinutesFactory(meeting=second, published=True, visibility=Visibility.PUBLIC)
    make.MinutesFactory(meeting=third, published=True, visibility=Visibility.SECRETARIAT)

    assert listed(client.get(ARCHIVE, {"year": "1399"})) == [1]
    assert listed(client.get(ARCHIVE, {"year": "unknown"})) == [3]
    assert listed(client.get(ARCHIVE, {"host": first.host.slug})) == [1]
    assert listed(client.get(ARCHIVE, {"minutes": "yes"})) == [2]
    assert listed(client.get(ARCHIVE, {"minutes": "no"})) == [1, 3]
    assert listed(client.get(ARCHIVE, {"status": "announced"})) == []


@pytest.mark.parametrize(
    "question",
    ["year=abc", "year=1399'--", "year=%00", "host=../../x", "status=planned", "minutes=maybe", "year=99999999999"],
)
def test_a_malformed_question_is_answered_beside_its_field(client, assembly, question):
    held(assembly, 1)

    response = client.get(f"{ARCHIVE}?{question}")

    assert response.status_code == 200
    assert "invalid-feedback" in response.content.decode()


@pytest.mark.parametrize("address", [ARCHIVE, HOSTS])
@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 30, "1e3", "%00"])
def test_a_page_that_there_is_not_is_not_found(client, assembly, address, page):
    held(assembly, 1)

    assert client.get(f"{address}?page={page}").status_code == 404


def test_long_lists_are_paged(client, assembly):
    for number in range(1, 28):
        held(assembly, number, None)

    assert listed(client.get(ARCHIVE, {"page": 2})) == [2, 1]
    assert listed(client.get(HOSTS, {"page": 2})) == [26, 27]


@pytest.mark.parametrize("role", ROLES)
def test_plans_are_listed_for_those_who_make_them(client_of, assembly, role):
    make.MeetingFactory(body=assembly)

    response = client_of(role, assembly).get(ARCHIVE)

    assert response.context["page"].paginator.count == (role in {"officer", "secretariat"})


def test_hosts_stand_in_order_with_how_often(client, assembly):
    host = make.OrganizationFactory()
    held(assembly, 1, None, host=host)
    held(assembly, 2, None, host=None)
    held(assembly, 3, None, host=host)

    page = client.get(HOSTS).context["page"]

    assert [(meeting.number, meeting.host, meeting.times) for meeting in page if meeting.host] == [
        (1, host, 1),
        (3, host, 2),
    ]
    assert len(page) == 3


def test_turns_ahead_and_declined_say_why(client, assembly):
    second = make.HostTurnFactory(position=2, reason="به ترتیب الفبا")
    first = make.HostTurnFactory(
        position=1, meeting=make.MeetingFactory(body=assembly), reason="داوطلب", status="accepted"
    )
    make.HostTurnFactory(status="declined", reason="جابه‌جایی ساختمان")

    response = client.get(HOSTS)
    html = response.content.decode()

    assert response.context["ahead"] == [first, second]
    for reason in ("به ترتیب الفبا", "داوطلب", "جابه‌جایی ساختمان"):
        assert reason in html
    assert first.meeting.get_absolute_url() not in html


def test_a_hidden_organisation_stands_in_no_list(client, assembly):
    hidden = make.OrganizationFactory(visibility=Visibility.SECRETARIAT, name="دستگاه پنهان")
    held(assembly, 1, host=hidden)
    make.HostTurnFactory(organization=hidden)

    assert "دستگاه پنهان" not in client.get(HOSTS).content.decode()
    assert "دستگاه پنهان" not in client.get(ARCHIVE).content.decode()


def material(assembly, content=samples.PDF, name="سخنرانی.pdf", **values) -> Material:
    return make.MaterialFactory(
        meeting=make.MeetingFactory(body=assembly, held=True),
        file=store(samples.upload(content, name), by=None),
        **{"visibility": Visibility.PUBLIC} | values,
    )


def file_of(material) -> str:
    return reverse("meetings:material_file", args=[material.pk, material.file.name])


def thumbnail_of(material) -> str:
    return reverse("meetings:material_thumbnail", args=[material.pk])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", set(ROLES)),
        ("members", MEMBERS),
        ("body", {"body_member", "officer", "secretariat"}),
        ("secretariat", {"secretariat"}),
    ],
)
def test_who_may_open_a_material_and_its_file(client_of, assembly, role, visibility, readers):
    row, client = material(assembly, visibility=visibility), client_of(role, assembly)

    statuses = {
        client.get(address).status_code for address in (row.get_absolute_url(), file_of(row), thumbnail_of(row))
    }

    assert statuses == ({200} if role in readers else {404})


def test_the_material_of_a_closed_item_is_closed(client, assembly):
    row = material(assembly)
    item = make.AgendaItemFactory(meeting=row.meeting, closed=True)
    Material.objects.filter(pk=row.pk).update(agenda_item=item)

    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(file_of(row)).status_code == 404


def test_a_material_shows_text_and_file(client, assembly):
    row = material(assembly, text="متن سخنرانی\nسطر دوم", speaker=make.PersonFactory(family_name="سخنران"))

    html = client.get(row.get_absolute_url()).content.decode()

    for part in ("سطر دوم", "سخنران", "?download"):
        assert part in html


def test_a_withdrawn_material_says_so_and_hands_out_nothing(client, assembly):
    row = material(assembly, text="متن پیشین", withdrawn_at=timezone.now(), withdrawn_because="درخواست سخنران")

    response = client.get(row.get_absolute_url())

    assert response.status_code == 410
    assert "درخواست سخنران" in response.content.decode()
    assert "متن پیشین" not in response.content.decode()
    assert client.get(file_of(row)).status_code == client.get(thumbnail_of(row)).status_code == 404


def test_a_file_is_shown_or_saved_as_asked(client, assembly):
    row = material(assembly)

    assert client.get(file_of(row))["Content-Disposition"].startswith("inline")
    assert client.get(file_of(row) + "?download")["Content-Disposition"].startswith("attachment")
    assert client.get(file_of(row))["Content-Type"] == "application/pdf"


def test_another_name_leads_to_the_file(client, assembly):
    row = material(assembly)

    response = client.get(reverse("meetings:material_file", args=[row.pk, "دیگر.pdf"]))

    assert (response.status_code, response["Location"]) == (302, file_of(row))


@pytest.mark.parametrize(
    "address",
    [ARCHIVE, HOSTS, "/meetings/1/", "/meetings/planned/1/", "/meetings/materials/1/", "/meetings/materials/1/a.pdf"],
)
def test_the_pages_are_only_read(client, address):
    assert client.post(address).status_code == 405
