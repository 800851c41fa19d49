import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import attending
from meetings.models import Attendance
from tests import factories as make
from tests.meetings.work.pages import OTHERS, WORKERS, page_of

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Part": "row"}


@pytest.fixture
def meeting():
    return make.MeetingFactory(announced=True, body=make.BodyFactory(quorum=2))


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")


def listed(meeting, number=1, **person):
    for _ in range(number):
        make.MembershipFactory(body=meeting.body, **{f"person__{name}": value for name, value in person.items()})
    attending.list_members(meeting)
    return list(meeting.attendance.order_by("pk"))[-number:]


def mark(client, row, **values):
    headers = values.pop("headers", {})
    address = page_of(row.meeting, "attendance_mark", row.pk)
    return client.post(address, {"seen": row.version, **values}, headers=headers)


@pytest.mark.parametrize(("role", "status"), [*WORKERS.items(), *OTHERS.items(), ("visitor", 302)])
@pytest.mark.parametrize("name", ["attendance", "attendance_marks"])
def test_the_door_is_for_those_who_work_on_the_meeting(client_of, meeting, name, role, status):
    assert client_of(role, meeting.body).get(page_of(meeting, name)).status_code == status


@pytest.mark.parametrize("role", [*OTHERS, "visitor"])
def test_nobody_else_marks(client_of, meeting, role):
    (row,) = listed(meeting)
    client = client_of(role, meeting.body)

    mark(client, row, status="present")
    client.post(page_of(meeting, "attendance_settle"))
    client.post(page_of(meeting, "attendance_guests"), {"name": "مهمان"})

    assert meeting.attendance.get(pk=row.pk).status == "unmarked"
    assert meeting.attendance.filter(is_guest=True).count() == 0


def test_the_list_is_made_by_one_button(secretariat, meeting):
    make.MembershipFactory.create_batch(3, body=meeting.body)

    assert "ساختن فهرست ۳ عضو" in secretariat.get(page_of(meeting, "attendance")).text
    for _ in range(2):
        secretariat.post(page_of(meeting, "attendance_list"))

    assert list(meeting.attendance.values_list("status", flat=True)) == ["unmarked"] * 3


def test_everybody_stands_by_the_persian_alphabet(secretariat, meeting):
    for name in ("کریمی", "پارسا", "ابراهیمی"):
        listed(meeting, family_name=name)

    page = secretariat.get(page_of(meeting, "attendance")).text

    assert page.index("ابراهیمی") < page.index("پارسا") < page.index("کریمی")


def test_answers_are_shown_and_fill_in_the_questions(secretariat, meeting):
    excused, represented = listed(meeting, 2)
    answered = {"meeting": meeting, "answered_at": meeting.announced_at}
    make.InvitationFactory(person=excused.person, answer="apologise", reason="مأموریت", **answered)
    make.InvitationFactory(person=represented.person, answer="substitute", substitute_name="جانشین نمونه", **answered)

    page = secretariat.get(page_of(meeting, "attendance")).text

    assert 'name="excuse" value="مأموریت"' in page
    assert 'name="substitute_name" value="جانشین نمونه"' in page


@pytest.mark.parametrize(
    ("values", "mark_of"),
    [
        ({"status": "present"}, ("present", "", "")),
        ({"status": "absent", "excuse": "نامربوط"}, ("absent", "", "")),
        ({"status": "excused", "excuse": "سفر"}, ("excused", "سفر", "")),
        ({"status": "represented", "substitute_name": "علي"}, ("represented", "", "علی")),
    ],
)
def test_one_person_is_marked_without_script(secretariat, meeting, values, mark_of):
    (row,) = listed(meeting)

    response = mark(secretariat, row, **values)

    row.refresh_from_db()
    assert response.url.endswith(f"#person-{row.pk}")
    assert (row.status, row.excuse, row.substitute_name) == mark_of


def test_a_substitute_without_a_name_is_refused_beside_the_field_and_the_post_kept(secretariat, meeting):
    (row,) = listed(meeting)
    values = {"status": "represented", "substitute_name": " ", "substitute_post": "معاون نمونه"}

    page = mark(secretariat, row, **values).text
    answer = mark(secretariat, row, **values, headers=SCRIPT)

    assert answer.status_code == 422
    for text in (page, answer.json()["rows"][str(row.pk)]):
        assert "نام جانشین را بنویسید" in text
        assert 'value="معاون نمونه"' in text


def test_a_script_gets_the_row_and_the_counts(secretariat, meeting):
    row, _other = listed(meeting, 2)

    answer = mark(secretariat, row, status="present", headers=SCRIPT).json()

    assert list(answer["rows"]) == [str(row.pk)]
    assert 'data-version="2"' in answer["rows"][str(row.pk)]
    assert "۱ از ۲ نفر حد نصاب" in answer["counts"]


def test_of_two_clerks_the_second_is_shown_what_the_first_has_marked(client_of, meeting):
    (row,) = listed(meeting)
    ours, theirs = client_of("secretariat"), client_of("officer", meeting.body)
    mark(theirs, row, status="excused", excuse="بیماری")

    answer = mark(ours, row, status="represented", substitute_name="جانشین ما", headers=SCRIPT)
    page = mark(ours, row, status="present").url

    html = answer.json()["rows"][str(row.pk)]
    assert answer.status_code == 409
    assert "بیماری" in html
    assert "جانشین ما" in html
    assert "ذخیره نشد" in ours.get(page).text
    assert Attendance.objects.get(pk=row.pk).status == "excused"


def test_what_others_mark_is_told_once(client_of, meeting):
    row, other = listed(meeting, 2)
    seen = f"{row.pk}.1,{other.pk}.1"
    mark(client_of("officer", meeting.body), row, status="present")
    client = client_of("secretariat")

    news = client.get(page_of(meeting, "attendance_marks"), {"seen": seen}).json()
    nothing = client.get(page_of(meeting, "attendance_marks"), {"seen": f"{row.pk}.2,{other.pk}.1"}).json()

    assert list(news["rows"]) == [str(row.pk)]
    assert nothing["rows"] == {}


def test_guests_whom_others_add_are_told_once(secretariat, meeting):
    listed(meeting)
    awaited = make.InvitationFactory(meeting=meeting, guest=True, guest_name="مهمان خوانده")
    seen = secretariat.get(page_of(meeting, "attendance")).context["guests_key"]
    attending.add_guest(meeting, name=awaited.guest_name)

    def news(guests):
        return secretariat.get(page_of(meeting, "attendance_marks"), {"guests": guests}).json().get("guests")

    assert "مهمان خوانده</strong>" in news(seen)["html"]
    assert news(news(seen)["key"]) is None


@pytest.mark.parametrize("values", [{"status": "perhaps"}, {"seen": "x", "status": "present"}, {}])
def test_a_mark_that_is_none_changes_nothing(secretariat, meeting, values):
    (row,) = listed(meeting)

    assert mark(secretariat, row, **values).status_code == 200
    row.refresh_from_db()
    assert row.status == "unmarked"


def test_the_list_is_settled_and_the_meeting_closed(secretariat, meeting):
    listed(meeting, 2)

    refused = secretariat.post(page_of(meeting, "step", "hold"))
    secretariat.post(page_of(meeting, "attendance_settle"))
    secretariat.post(page_of(meeting, "step", "hold"))

    assert "وضعیت ۲ نفر" in refused.text
    meeting.refresh_from_db()
    assert meeting.status == "held"


def test_guests_come_and_go(secretariat, meeting):
    address = page_of(meeting, "attendance_guests")
    invited = make.InvitationFactory(meeting=meeting)
    named = make.InvitationFactory(meeting=meeting, guest=True, guest_name="مهمان بی‌پرونده", guest_post="استاد")

    assert "این فیلد لازم است" in secretariat.post(address, {"name": "", "post": "استاد"}).text
    secretariat.post(address, {"name": "مهمان نمونه", "post": "استاد"})
    assert "مهمان بی‌پرونده" in secretariat.get(page_of(meeting, "attendance")).text
    secretariat.post(address, {"invitation": invited.pk})
    secretariat.post(address, {"invitation": named.pk})
    guest = meeting.attendance.get(guest_name="مهمان نمونه")
    secretariat.post(page_of(meeting, "attendance_remove", guest.pk))

    assert {str(row) for row in meeting.attendance.all()} == {str(invited.person), "مهمان بی‌پرونده"}
    assert secretariat.get(address).status_code == 302


def test_readers_see_the_counts_once_the_meeting_is_held(client_of, meeting):
    listed(meeting, 2)

    assert 'id="attendance"' not in client_of("visitor").get(meeting.get_absolute_url()).text


def test_an_approved_list_is_only_read(secretariat):
    row = make.AttendanceFactory()
    make.MinutesFactory(meeting=row.meeting, approved=True)

    page = secretariat.get(page_of(row.meeting, "attendance")).text
    refused = mark(secretariat, row, status="absent", headers=SCRIPT)

    assert "تنها خواندنی" in page
    assert 'name="status"' not in page
    assert refused.status_code == 409


def test_a_hundred_and_twenty_people_cost_no_more_queries_than_two(secretariat, meeting):
    listed(meeting, 2)
    with CaptureQueriesContext(connection) as few:
        secretariat.get(page_of(meeting, "attendance"))
    listed(meeting, 118)

    with CaptureQueriesContext(connection) as many:
        page = secretariat.get(page_of(meeting, "attendance"))

    assert page.text.count('class="door__row"') == 120
    assert len(many) == len(few)
