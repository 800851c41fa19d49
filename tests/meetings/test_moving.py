from datetime import time

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings import moving
from meetings.holding import Refused
from meetings.models import HostTurn, Meeting, MeetingMove
from tests import factories as make
from tests.admin.forms import open_form
from tests.roles import user_of

pytestmark = pytest.mark.django_db
OLD, NEW = PartialDate.day(1403, 5, 10), PartialDate.day(1403, 6, 14)
BECAUSE = "سفر میزبان"
CALENDAR = "/calendar/1403/5/"


def announced(**kwargs) -> Meeting:
    return make.MeetingFactory(announced=True, **{"held_on": OLD, "starts_at": time(9), "venue": "تالار"} | kwargs)


def move(meeting, **kwargs) -> Meeting:
    by = kwargs.pop("by", None) or make.UserFactory(secretariat=True)
    where = {"day": NEW.first, "starts_at": time(10), "venue": "تالار", "because": BECAUSE}
    return moving.move(meeting, by=by, **where | kwargs)


def test_an_announced_meeting_leaves_a_trace_at_its_old_place():
    by = make.UserFactory(secretariat=True)

    meeting = move(announced(), by=by)

    trace = MeetingMove.objects.get()
    assert (trace.from_on, trace.from_start, trace.to_on, trace.to_start) == (OLD, time(9), NEW, time(10))
    assert (trace.reason, trace.moved_by, trace.meeting) == (BECAUSE, by, meeting)
    assert Meeting.objects.get().held_on == NEW


@pytest.mark.parametrize("because", ["", BECAUSE])
def test_a_plan_moves_with_a_trace_and_needs_no_reason(because):
    meeting = make.MeetingFactory(held_on=OLD)

    move(meeting, because=because)

    trace = MeetingMove.objects.get()
    assert Meeting.objects.get().held_on == NEW
    assert (trace.from_on, trace.to_on, trace.reason, trace.was_plan) == (OLD, NEW, because, True)


@pytest.mark.parametrize(
    ("change", "traces"),
    [
        ({"held_on": NEW}, 1),
        ({"held_on": None, "starts_at": None}, 1),
        ({"held_on": NEW, "status": "announced"}, 1),
        ({"starts_at": time(11)}, 0),
        ({"venue": "سالن دیگر"}, 0),
        ({"status": "announced"}, 0),
    ],
    ids=["day", "day unknown", "day, and announced", "hour", "place", "announced"],
)
def test_of_a_plan_the_day_alone_leaves_a_trace(change, traces):
    meeting = make.MeetingFactory(held_on=OLD, starts_at=time(9), venue="تالار")

    Meeting.objects.filter(pk=meeting.pk).update(**change)

    assert MeetingMove.objects.count() == traces


@pytest.mark.parametrize("status", ["planned", "announced"])
@pytest.mark.parametrize(
    ("role", "is_told"),
    [("visitor", False), ("member", False), ("body_member", False), ("officer", True), ("secretariat", True)],
)
def test_where_a_plan_stood_is_told_to_those_who_plan_also_after_it_was_announced(client_of, role, is_told, status):
    meeting = move(make.MeetingFactory(held_on=OLD))
    Meeting.objects.filter(pk=meeting.pk).update(status=status, announced_at=timezone.now())
    client = client_of(role, meeting.body)

    page, month = client.get(meeting.get_absolute_url()).text, client.get(CALENDAR).text

    assert MeetingMove.objects.visible_to(user_of(role, meeting.body)).exists() is is_told
    assert ("month__moved" in month) is is_told
    assert (BECAUSE in page) is is_told
    assert ("پیش از اعلام" in page) is is_told


@pytest.mark.parametrize(("role", "is_told"), [("visitor", False), ("body_member", False), ("officer", True)])
def test_a_plan_that_was_cancelled_stays_at_its_place_for_those_who_plan(client_of, role, is_told):
    meeting = make.MeetingFactory(held_on=OLD, status="cancelled", cancelled_because=BECAUSE)

    page = client_of(role, meeting.body).get(CALENDAR).text

    assert ("month__cancelled" in page) is is_told


def test_an_announced_meeting_needs_a_reason():
    with pytest.raises(Refused):
        move(announced(), because=" ")
    assert Meeting.objects.get().held_on == OLD


@pytest.mark.parametrize("state", [{"held": True}, {"status": "cancelled", "cancelled_because": "تعطیلی"}])
def test_what_is_over_is_not_moved(state):
    with pytest.raises(Refused):
        move(make.MeetingFactory(**state))


def test_to_where_it_stands_nothing_changes():
    meeting = announced()

    moved = move(meeting, day=OLD.first, starts_at=time(9), because="")

    assert moved.version == meeting.version
    assert not MeetingMove.objects.exists()


def test_the_end_comes_after_the_beginning():
    with pytest.raises(Refused):
        move(announced(), ends_at=time(10))


@pytest.mark.parametrize(
    ("change", "traces"),
    [
        ({"held_on": NEW}, 1),
        ({"starts_at": time(11)}, 1),
        ({"venue": "سالن دیگر"}, 1),
        ({"held_on": None, "starts_at": None}, 1),
        ({"ends_at": time(12)}, 0),
        ({"title": "نمونه"}, 0),
        ({"status": "held", "number": 1, "held_on": NEW}, 0),
    ],
    ids=["day", "hour", "place", "day unknown", "end first given", "title", "date corrected on closing"],
)
def test_the_trace_does_not_depend_on_the_way(change, traces):
    meeting = announced()

    Meeting.objects.filter(pk=meeting.pk).update(**change)

    assert MeetingMove.objects.count() == traces


def test_a_day_within_the_month_that_was_announced_is_no_move():
    meeting = announced(held_on=PartialDate.month(1403, 5), starts_at=None)

    Meeting.objects.filter(pk=meeting.pk).update(held_on=OLD)

    assert not MeetingMove.objects.exists()


def test_the_admin_moves_an_announced_meeting_by_the_step_alone(client_of):
    meeting = announced(body=make.BodyFactory(assembly=True))
    client = client_of("secretariat")
    address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    values = open_form(client, address)

    client.post(address, values | {"held_on": "۱۴۰۳/۶/۱۴", "venue": "جای دیگر"})
    assert not MeetingMove.objects.exists()
    step = reverse("admin:meetings_meeting_step", args=[meeting.pk, "move"])
    client.post(step, {"day": "۱۴۰۳/۶/۱۴", "starts_at": "۹:۰۰", "venue": "تالار", "because": BECAUSE})

    assert {"held_on", "starts_at", "venue"} & {*values} == set()
    assert "«جابه‌جایی به روز، ساعت یا محل دیگر»" in client.get(address).text
    trace = MeetingMove.objects.get()
    assert (trace.from_on, trace.to_on, trace.reason) == (OLD, NEW, BECAUSE)


@pytest.mark.parametrize(
    ("situation", "open_fields"),
    [
        ({"status": "planned"}, {"starts_at", "venue"}),
        (
            {"status": "planned", "held_on": PartialDate.month(1403, 5), "starts_at": None},
            {"held_on", "starts_at", "venue"},
        ),
        ({"status": "announced", "starts_at": None}, {"starts_at"}),
        ({"status": "announced", "held_on": PartialDate.month(1403, 5), "starts_at": None}, {"held_on", "starts_at"}),
        ({"status": "announced", "venue": ""}, {"venue"}),
        ({"status": "announced", "number": 7}, {"held_on", "starts_at", "venue"}),
        ({"status": "held", "number": 7}, {"held_on", "starts_at", "venue"}),
    ],
)
def test_what_was_left_open_is_filled_in_and_what_is_over_corrected_in_the_admin(client_of, situation, open_fields):
    meeting = announced(body=make.BodyFactory(assembly=True), **situation)

    values = open_form(client_of("secretariat"), reverse("admin:meetings_meeting_change", args=[meeting.pk]))

    assert {"held_on", "starts_at", "venue"} & {*values} == open_fields


def test_whoever_acts_by_a_request_is_noted():
    meeting, user = announced(), make.UserFactory()

    with pghistory.context(user=user.pk):
        Meeting.objects.filter(pk=meeting.pk).update(held_on=NEW)

    assert MeetingMove.objects.get().moved_by == user


def test_the_turn_of_its_host_follows():
    meeting = announced(body=make.BodyFactory(assembly=True))
    make.HostTurnFactory(meeting=meeting, expected_on=OLD)

    move(meeting)

    assert HostTurn.objects.get().expected_on == NEW


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("role", ["visitor", "member", "body_member", "officer", "secretariat"])
def test_the_trace_is_for_those_who_may_know_of_the_meeting(role, visibility):
    meeting = move(announced(visibility=visibility))
    user = user_of(role, meeting.body)

    assert MeetingMove.objects.visible_to(user).exists() == Meeting.objects.visible_to(user).exists()


def test_the_calendar_says_on_the_old_day_where_it_went(client):
    move(announced())

    page = client.get(CALENDAR).text

    assert "به ۱۴ شهریور جابه‌جا شد" in page
    assert page.count("month__moved") == 1


def test_the_list_of_three_months_says_it_too(client):
    move(announced())

    assert "به ۱۴ شهریور جابه‌جا شد" in client.get("/calendar/list/1403/5/").text


def test_a_closed_meeting_leaves_nothing_in_the_calendar_of_others(client):
    move(announced(visibility=Visibility.BODY))

    assert "month__moved" not in client.get(CALENDAR).text


def test_moved_there_and_back_it_stands_where_it_stands(client):
    meeting = move(announced())
    move(meeting, day=OLD.first)

    assert "month__moved" not in client.get(CALENDAR).text
    assert client.get("/calendar/1403/6/").text.count("month__moved") == 1


def test_its_page_and_its_history_tell(client_of):
    meeting = move(announced())

    page = client_of("visitor").get(meeting.get_absolute_url()).text
    history = client_of("secretariat").get(reverse("meetings:work_history", args=[meeting.pk])).text

    assert BECAUSE in page
    assert "چهارشنبه ۱۰ مرداد ۱۴۰۳" in page
    assert BECAUSE in history


def address_of(meeting) -> str:
    return reverse("meetings:work_step", args=[meeting.pk, "move"])


def test_an_officer_moves_it_on_the_pages_of_the_work(client_of):
    meeting = announced()
    client = client_of("officer", meeting.body)
    form = client.get(address_of(meeting)).text

    client.post(address_of(meeting), {"day": "۱۴۰۳/۶/۱۴", "starts_at": "۱۰", "because": BECAUSE})

    assert 'value="۱۴۰۳/۰۵/۱۰"' in form
    assert (Meeting.objects.get().held_on, MeetingMove.objects.get().reason) == (NEW, BECAUSE)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"day": ""}, "این فیلد لازم است"),
        ({"day": "2026/1/1"}, "میلادی"),
        ({"starts_at": "۱۰", "ends_at": "۹"}, "پیش از ساعت آغاز"),
        ({"because": ""}, "این فیلد لازم است"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client_of, typed, message):
    meeting = announced()
    values = {"day": "۱۴۰۳/۶/۱۴", "venue": "سالن تازه", "because": BECAUSE} | typed

    page = client_of("officer", meeting.body).post(address_of(meeting), values).text

    assert message in page
    assert "سالن تازه" in page
    assert Meeting.objects.get().held_on == OLD
