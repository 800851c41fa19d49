"""/desk/plan/ and /desk/meetings/new/: a year looked at and changed before it is stored; one meeting alone."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from meetings.models import HostTurn, Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
PLAN, NEW = "/desk/plan/", "/desk/meetings/new/"
RHYTHM = {"year": "۱۴۰۶", "which": ["-1"], "weekday": "4", "starts_at": "۹", "ends_at": "۱۲"}
STATUSES = {
    "visitor": 302,
    "former_member": 403,
    "member": 403,
    "body_member": 403,
    "officer": 200,
    "follow_up_officer": 200,
    "secretariat": 200,
    "administrator": 403,
}


@pytest.fixture(autouse=True)
def _today(set_clock):
    set_clock(1405, 9, 3)


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


def asked(body, **changes) -> str:
    answers = RHYTHM | changes
    return f"{PLAN}?body={body.slug}&" + "&".join(
        f"{name}={one}" for name, value in answers.items() for one in ([value] if isinstance(value, str) else value)
    )


def posted(response, button="save", **changes) -> dict:
    """What the preview's form sends: its rows as they stand, with `changes` of some."""
    rows = response.context["rows"]
    values = {f"form-{name}_FORMS": len(rows) for name in ("TOTAL", "INITIAL")}
    for form in rows:
        for name, field in form.fields.items():
            value = field.prepare_value(form.get_initial_for_field(field, name))
            shown = form[name].field.widget.format_value(value)
            value = value if name in ("is_kept", "host") else shown
            values[form.add_prefix(name)] = "on" if value is True else "" if value is None else value
    return values | {button: "1"} | changes


@pytest.mark.parametrize("address", [PLAN, NEW])
@pytest.mark.parametrize(("role", "status"), STATUSES.items())
def test_meetings_are_planned_by_the_secretariat_and_the_officers_of_bodies(client_of, address, role, status):
    assert client_of(role, make.BodyFactory()).get(address).status_code == status


@pytest.mark.parametrize("address", [PLAN, NEW])
def test_an_officer_plans_for_their_own_body_alone(client_of, address):
    own, other = make.BodyFactory(), make.BodyFactory()
    client = client_of("officer", own)

    assert client.get(address).context["body"] == own
    assert client.get(f"{address}?body={other.slug}").status_code == 404
    assert client.post(f"{address}?body={other.slug}", {"day": "1406/1/20"}).status_code == 404
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("slug", ["no-such", "%00", "x" * 500])
@pytest.mark.parametrize("address", [PLAN, NEW])
def test_there_is_no_such_body(client_of, address, slug):
    make.BodyFactory()

    assert client_of("secretariat").get(f"{address}?body={slug}").status_code == 404


def test_the_form_begins_with_the_bodys_rhythm(client_of):
    body = make.BodyFactory(meetings_per_month=1)
    make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 8, 4), starts_at=time(10))

    form = client_of("secretariat").get(f"{PLAN}?body={body.slug}").context["form"]

    assert (form.initial["weekday"], form.initial["which"], form.initial["year"]) == (2, [1], "۱۴۰۵")


def test_the_preview_stores_nothing_and_the_year_is_stored_once(client_of):
    body = make.BodyFactory()
    client = client_of("officer", body)

    preview = client.get(asked(body))
    assert len(preview.context["preview"]) == 12
    assert not Meeting.objects.exists()
    values = posted(preview)
    for __ in range(2):
        assert client.post(asked(body), values).url == "/desk/meetings/"

    assert Meeting.objects.count() == 12
    first = Meeting.objects.soonest_first().first()
    assert (first.held_on, first.starts_at, first.ends_at) == (PartialDate.day(1406, 1, 25), time(9), time(12))
    assert "چیزی برای افزودن نیست" in client.get(asked(body)).text


def test_any_of_it_is_changed_before_it_is_stored(client_of):
    body = make.BodyFactory()
    client = client_of("officer", body)
    values = posted(client.get(asked(body)))
    values |= {"form-0-day": "۱۴۰۶/۱/۲۸", "form-0-venue": "تالار", "form-0-starts_at": "۱۰"}
    del values["form-1-is_kept"]

    client.post(asked(body), values)

    meetings = list(Meeting.objects.soonest_first())
    assert len(meetings) == 11
    first = meetings[0]
    assert (first.held_on, first.venue, first.starts_at) == (PartialDate.day(1406, 1, 28), "تالار", time(10))
    assert PartialDate.day(1406, 2, 29) not in [one.held_on for one in meetings]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"form-0-day": "۱۴۰۶/۱/۳۲"}, "۳۱ روز"),
        ({"form-0-day": "2027/4/1"}, "میلادی"),
        ({"form-0-day": "۱۴۰۶/۲/۲۹"}, "سطر دیگری نیز برای همین روز"),
        ({"form-0-ends_at": "۸"}, "پیش از ساعت آغاز"),
        ({"form-0-starts_at": "صبح"}, "ساعت"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_stored(client_of, typed, message):
    body = make.BodyFactory()
    client = client_of("officer", body)
    values = posted(client.get(asked(body))) | {"form-3-venue": "سالن تازه"} | typed

    page = client.post(asked(body), values).text

    assert message in page
    assert "سالن تازه" in page
    assert all(value in page for value in typed.values())
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "broken", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "999", "form-INITIAL_FORMS": "0"}]
)
def test_a_form_that_is_no_form_of_ours_stores_nothing(client_of, broken):
    body = make.BodyFactory()

    assert client_of("officer", body).post(asked(body), broken | {"save": "1"}).status_code == 200
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": "2027"}, "year"),
        ({"which": []}, "which"),
        ({"which": ["9"]}, "which"),
        ({"weekday": "7"}, "weekday"),
        ({"ends_at": "۸"}, "ends_at"),
    ],
)
def test_a_rhythm_that_is_none(client_of, wrong, field):
    body = make.BodyFactory()

    response = client_of("officer", body).get(asked(body, **wrong))

    assert list(response.context["form"].errors) == [field]
    assert "invalid-feedback" in response.text


def test_the_preview_says_what_gave_way_and_who_else_meets(client_of, assembly):
    make.HolidayFactory(day=calendar.to_gregorian(1406, 2, 29), name="تعطیلی قمری نمونه")
    other = make.MeetingFactory(held_on=PartialDate.day(1406, 3, 26), starts_at=time(10))
    person = make.PersonFactory(family_name="هر دو سو")
    make.MembershipFactory(person=person, body=assembly)
    make.MembershipFactory(person=person, body=other.body)

    page = client_of("secretariat").get(asked(assembly)).text

    assert "به جای چهارشنبه ۲۹ اردیبهشت ۱۴۰۶: تعطیلی قمری نمونه" in page
    assert "سه‌شنبه ۲۸ اردیبهشت ۱۴۰۶" in page
    assert "در همان ساعت" in page
    assert "۱ نفر" in page
    assert "هر دو سو" in page


def test_the_dates_are_checked_again_before_anything_is_stored(client_of):
    body = make.BodyFactory()
    client = client_of("secretariat")
    values = posted(client.get(asked(body)), button="check") | {"form-0-day": "۱۴۰۶/۱/۱۳"}

    page = client.post(asked(body), values).text

    assert "روز طبیعت" in page
    assert not Meeting.objects.exists()


def test_hosts_of_the_assembly_are_filled_in_and_get_their_turns(client_of, assembly):
    waiting = make.HostTurnFactory(reason="نوبت پیشین")
    member, other = (make.OrganizationFactory(joined_on=PartialDate.year(1390)) for __ in range(2))
    client = client_of("secretariat")
    preview = client.get(asked(assembly))
    values = posted(preview)

    assert [values[f"form-{n}-host"] for n in range(4)] == [waiting.organization_id, member.pk, other.pk, ""]
    client.post(asked(assembly), values | {"form-1-host": other.pk, "form-2-host": ""})

    assert [turn.organization for turn in HostTurn.objects.ahead()] == [waiting.organization, other]
    hosts = list(Meeting.objects.soonest_first().values_list("host", flat=True))
    assert hosts[:3] == [waiting.organization_id, other.pk, None]


def test_a_year_with_its_hosts_that_is_posted_twice_is_stored_once(client_of, assembly):
    make.OrganizationFactory(joined_on=PartialDate.year(1390))
    client = client_of("secretariat")
    values = posted(client.get(asked(assembly)))
    client.post(asked(assembly), values)

    again = client.post(asked(assembly), values)

    assert again.status_code == 302
    assert (Meeting.objects.count(), HostTurn.objects.count()) == (12, 1)


def test_an_organisation_that_is_not_offered_is_refused_without_its_key(client_of, assembly):
    client = client_of("secretariat")
    former = make.OrganizationFactory()
    make.OrganizationFactory(joined_on=PartialDate.year(1390))
    values = posted(client.get(asked(assembly))) | {"form-1-host": former.pk}

    assert "یکی از دستگاه‌های فهرست را انتخاب کنید" in client.post(asked(assembly), values).text


def test_one_host_for_two_meetings_is_refused_beside_the_field(client_of, assembly):
    host = make.OrganizationFactory(joined_on=PartialDate.year(1390))
    client = client_of("secretariat")
    values = posted(client.get(asked(assembly))) | {"form-1-host": host.pk}

    page = client.post(asked(assembly), values).text

    assert "همین میزبان" in page
    assert not Meeting.objects.exists()


def test_officers_set_no_hosts(client_of, assembly):
    make.OrganizationFactory(joined_on=PartialDate.year(1390))
    client = client_of("officer", assembly)
    preview = client.get(asked(assembly))

    assert "host" not in preview.context["rows"].forms[0].fields
    client.post(asked(assembly), posted(preview))

    assert Meeting.objects.count() == 12
    assert not HostTurn.objects.exists()


def test_queries_do_not_grow_with_what_else_is_planned(client_of, assembly):
    client = client_of("secretariat")

    def fill(month):
        meeting = make.MeetingFactory(held_on=PartialDate.day(1406, month, 26))
        person = make.MembershipFactory(body=assembly).person
        make.MembershipFactory(body=meeting.body, person=person)
        make.OrganizationFactory(joined_on=PartialDate.year(1390))

    fill(3)
    with CaptureQueriesContext(connection) as few:
        client.get(asked(assembly))
    for month in (3, 3, 8, 8):
        fill(month)
    with CaptureQueriesContext(connection) as many:
        client.get(asked(assembly))

    assert len(many) == len(few)


def test_one_meeting_with_the_day_that_the_rhythm_suggests(client_of):
    body = make.BodyFactory(meetings_per_month=1)
    make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 8, 4), starts_at=time(10), ends_at=time(12))
    client = client_of("officer", body)
    form = client.get(NEW).context["form"]

    assert calendar.to_jalali(form.initial["day"]) == (1405, 10, 7)
    values = {"day": "۱۴۰۵/۱۰/۷", "starts_at": "۱۰", "ends_at": "۱۲", "venue": "تالار", "title": "نشست نمونه"}
    response = client.post(NEW, values)

    meeting = Meeting.objects.get(title="نشست نمونه")
    assert response.url == f"/desk/meetings/{meeting.pk}/"
    assert (meeting.body, meeting.held_on, meeting.venue) == (body, PartialDate.day(1405, 10, 7), "تالار")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"day": ""}, "این فیلد لازم است"),
        ({"day": "۱۴۰۵/۸/۴"}, "در آن روز جلسه‌ای دارد"),
        ({"ends_at": "۹"}, "پیش از ساعت آغاز"),
    ],
)
def test_a_mistake_in_one_meeting(client_of, typed, message):
    body = make.MeetingFactory(held_on=PartialDate.day(1405, 8, 4)).body
    values = {"day": "۱۴۰۵/۱۰/۷", "starts_at": "۱۰", "venue": "تالار"} | typed

    page = client_of("officer", body).post(NEW, values).text

    assert message in page
    assert "تالار" in page
    assert Meeting.objects.count() == 1


def test_the_next_host_of_the_assembly_stands_in_the_form(client_of, assembly):
    turn = make.HostTurnFactory()
    client = client_of("secretariat")
    address = f"{NEW}?body={assembly.slug}"

    form = client.get(address).context["form"]
    assert form.initial["host"] == turn.organization_id
    client.post(address, {"day": "۱۴۰۵/۱۰/۷", "host": turn.organization_id})

    assert HostTurn.objects.get().meeting == Meeting.objects.get()


def test_the_history_names_the_planning(client_of):
    body = make.BodyFactory()
    client = client_of("officer", body)

    client.post(NEW, {"day": "۱۴۰۵/۱۰/۷"})

    assert "افزوده" in client.get(f"/desk/meetings/{Meeting.objects.get().pk}/history/").text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2500-01-01", "1405-09-08", "x"])
def test_a_day_in_the_address_that_nobody_could_type_is_left_out(client_of, day):
    form = client_of("officer", make.BodyFactory()).get(f"{NEW}?day={day}").context["form"]

    assert calendar.to_jalali(form.initial["day"])[0] in (1405, 1406)
