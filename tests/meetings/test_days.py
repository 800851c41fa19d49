"""What is told of a day before a meeting is put on it, when one is planned and when one is moved."""

from datetime import time

import pytest
from django.urls import reverse

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from meetings.models import Meeting
from meetings.rhythm import Rhythm, usual_rhythm
from tests import factories as make

pytestmark = pytest.mark.django_db
NEW = "/desk/meetings/new/"


@pytest.fixture(autouse=True)
def _today(set_clock):
    set_clock(1405, 9, 3)


@pytest.fixture
def body():
    body = make.BodyFactory(meetings_per_month=2)
    for day in ((1405, 7, 6), (1405, 7, 20), (1405, 8, 4), (1405, 8, 18)):
        make.MeetingFactory(body=body, held_on=PartialDate.day(*day), starts_at=time(10), ends_at=time(12))
    return body


def other_meeting(body, year, month, day, hour=10) -> Meeting:
    """A meeting of another body, on which somebody of `body` sits as well."""
    other = make.MeetingFactory(held_on=PartialDate.day(year, month, day), starts_at=time(hour), announced=True)
    person = make.MembershipFactory(body=body).person
    make.MembershipFactory(body=other.body, person=person)
    return other


def test_days_are_suggested_two_a_month_each_with_what_is_known_of_it(client_of, body):
    make.HolidayFactory(day=calendar.to_gregorian(1405, 10, 7), name="میلاد نمونه")
    other = other_meeting(body, 1405, 10, 21)

    page = client_of("officer", body).get(NEW)

    suggested = page.context["suggested"]
    days = [calendar.to_jalali(planned.day) for planned, _note in suggested]
    assert days[:3] == [(1405, 9, 16), (1405, 10, 6), (1405, 10, 21)]
    assert suggested[1][0].because == "میلاد نمونه"
    assert [clash.meeting for clash in suggested[2][1].clashes] == [other]
    assert "میلاد نمونه" in page.text
    assert "یک نفر" in page.text or "۱ نفر" in page.text


def test_a_suggested_day_is_chosen_by_its_link(client_of, body):
    client = client_of("officer", body)
    day = calendar.to_gregorian(1405, 11, 5)

    form = client.get(NEW, {"body": body.slug, "day": day.isoformat()}).context["form"]

    assert form.initial["day"] == day
    assert client.get(f"{NEW}?body={body.slug}&day=x").status_code == 200


@pytest.mark.parametrize(
    ("day", "words"), [("۱۴۰۵/۱۰/۴", "آخر هفته"), ("۱۴۰۵/۱۱/۲۲", "تعطیل"), ("۱۴۰۵/۱۰/۱۴", "در همان ساعت")]
)
def test_looking_at_a_day_tells_of_it_and_stores_nothing(client_of, body, day, words):
    other_meeting(body, 1405, 10, 14)
    before = Meeting.objects.count()

    page = client_of("officer", body).post(NEW, {"day": day, "starts_at": "۱۰", "venue": "تالار", "look": "1"}).text

    assert words in page
    assert "تالار" in page
    assert Meeting.objects.count() == before


def test_whoever_plans_it_all_the_same_is_told(client_of, body):
    other = other_meeting(body, 1405, 10, 14)
    client = client_of("officer", body)

    answer = client.post(NEW, {"day": "۱۴۰۵/۱۰/۱۴", "starts_at": "۱۰"})

    assert str(other) in client.get(answer.url).text
    assert Meeting.objects.filter(body=body, held_on=PartialDate.day(1405, 10, 14)).exists()


def test_moving_shows_the_day_and_tells_of_it_too(client_of, body):
    meeting = make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 10, 7), starts_at=time(9), announced=True)
    other = other_meeting(body, 1405, 10, 14)
    client, move = client_of("officer", body), f"/desk/meetings/{meeting.pk}/steps/move/"
    values = {"day": "۱۴۰۵/۱۰/۱۴", "starts_at": "۱۰", "because": "نمونه"}

    opened = client.get(move).context["note"]
    looked = client.post(move, values | {"look": "1"})
    meeting.refresh_from_db()
    unmoved = meeting.held_on
    moved = client.post(move, values)

    assert (opened.day, opened.own) == (calendar.to_gregorian(1405, 10, 7), None)
    assert looked.context["note"].clashes[0].meeting == other
    assert unmoved == PartialDate.day(1405, 10, 7)
    assert str(other) in client.get(moved.url).text


def test_a_day_on_which_the_body_meets_already_is_told(client_of, body):
    meeting = make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 10, 7), announced=True)
    make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 10, 14))

    page = client_of("officer", body).post(
        f"/desk/meetings/{meeting.pk}/steps/move/", {"day": "۱۴۰۵/۱۰/۱۴", "because": "نمونه", "look": "1"}
    )

    assert "این رکن در آن روز جلسه دارد" in page.text


def test_a_meeting_that_one_may_not_know_of_is_not_told(client_of, body):
    other = other_meeting(body, 1405, 10, 21)
    Meeting.objects.filter(pk=other.pk).update(visibility="secretariat", title="نشست بسته")

    assert "نشست بسته" not in client_of("officer", body).get(NEW).text


@pytest.mark.parametrize(
    ("held", "per_month", "which"),
    [([], 2, (2, 4)), ([], 1, (2,)), ([6], 2, (1, 3)), ([27], 2, (2, 4)), ([6, 20], 1, (1,)), ([6], 9, (1, 2, 3, 4))],
)
def test_as_many_days_a_month_as_are_expected(held, per_month, which):
    body = make.BodyFactory(meetings_per_month=per_month)
    for day in held:
        make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 7, day))

    rhythm = usual_rhythm(body)

    assert isinstance(rhythm, Rhythm)
    assert rhythm.which == which


def test_of_a_month_that_is_known_alone_nothing_is_said(client_of):
    meeting = make.MeetingFactory(held_on=PartialDate.month(1405, 10), announced=True)

    page = client_of("officer", meeting.body).get(f"/desk/meetings/{meeting.pk}/steps/move/")

    assert page.context["note"] is None


def test_the_admins_step_looks_at_the_day_and_stores_nothing(client_of, body):
    other = other_meeting(body, 1405, 10, 14)
    meeting = make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 10, 7))
    address = reverse("admin:committees_session_step", args=[meeting.pk, "move"])
    client = client_of("secretariat")
    values = {"day": "۱۴۰۵/۱۰/۱۴", "starts_at": "۱۰", "venue": "تالار"}

    looked = client.post(address, values | {"look": "1"})
    day_looked_at = Meeting.objects.get(pk=meeting.pk).held_on
    page = client.post(address, values, follow=True).text

    assert [clash.meeting for clash in looked.context["note"].clashes] == [other]
    assert "در همان ساعت" in looked.text
    assert "تالار" in looked.text
    assert day_looked_at == PartialDate.day(1405, 10, 7)
    assert Meeting.objects.get(pk=meeting.pk).held_on == PartialDate.day(1405, 10, 14)
    assert "هم‌زمان" in page or "در همان ساعت" in page


def test_the_admins_step_tells_of_a_holiday_where_the_meeting_stands(client_of, body):
    make.HolidayFactory(day=calendar.to_gregorian(1405, 10, 7), name="میلاد نمونه")
    meeting = make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 10, 7))

    page = client_of("secretariat").get(reverse("admin:committees_session_step", args=[meeting.pk, "move"])).text

    assert "میلاد نمونه" in page
