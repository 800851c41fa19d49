"""«Finish the session»: everything that a meeting needs before it is closed, on one page."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from meetings import minutes
from meetings.models import AgendaItem, Attendance, Decision, Material, Meeting, Minutes
from tests import factories as make
from tests.admin.forms import fields_of
from tests.files.samples import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(set_clock):
    set_clock(1405, 9, 3)
    meeting = make.MeetingFactory(announced=True)
    for _ in range(2):
        make.MembershipFactory(body=meeting.body)
    make.AgendaItemFactory(meeting=meeting, position=1, title="بند نخست")
    make.AgendaItemFactory(meeting=meeting, position=2, title="بند دوم")
    make.OrganizationFactory(name="وزارت نیرو")
    return meeting


def address(meeting) -> str:
    return reverse("meetings:work_finish", args=[meeting.pk])


def opened(client, meeting, **typed) -> dict[str, str]:
    """What the page would send, with what was typed."""
    return fields_of(client.get(address(meeting)), "finish") | typed


def items_of(meeting) -> list[AgendaItem]:
    return list(meeting.agenda_items.order_by("position"))


def all_noted(meeting) -> dict[str, str]:
    return {f"item-{item.pk}-outcome": "noted" for item in items_of(meeting)}


def refreshed(meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def begun(meeting):
    minutes.begin(meeting)
    return meeting


@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 302), ("former_member", 404), ("member", 404), ("body_member", 404), ("officer", 200)]
    + [("follow_up_officer", 404), ("secretariat", 200), ("administrator", 404)],
)
def test_a_meeting_is_finished_by_those_who_work_on_it(client_of, meeting, role, status):
    assert client_of(role, meeting.body).get(address(meeting)).status_code == status


def test_it_begins_with_the_agenda_and_everybody_present_and_but_once(client_of, meeting):
    client = client_of("officer", meeting.body)

    first = client.get(address(meeting)).text
    client.post(address(meeting))
    page = client.get(address(meeting)).text

    assert "آغاز" in first
    assert Minutes.objects.filter(meeting=meeting).count() == 1
    assert set(meeting.attendance.values_list("status", flat=True)) == {"present"}
    assert "بند نخست" in page


@pytest.mark.parametrize(("status", "words"), [("cancelled", "لغو شده"), ("approved", "پایان یافته")])
def test_where_nothing_is_left_to_finish_it_says_so(client_of, status, words):
    if status == "cancelled":
        meeting = make.MeetingFactory(status="cancelled", cancelled_because="نمونه")
    else:
        meeting = make.MinutesFactory(approved=True).meeting
    client = client_of("secretariat")

    assert words in client.get(address(meeting)).text
    assert words in client.post(address(meeting)).text


def test_a_chair_finishes_everything_in_one_press(client_of, begun):
    client = client_of("officer", begun.body)
    first, second = items_of(begun)
    absent, sent = begun.attendance.order_by("pk")[:2]
    typed = {
        f"person-{absent.pk}-status": "excused",
        f"person-{absent.pk}-excuse": "مأموریت",
        f"person-{sent.pk}-status": "represented",
        f"person-{sent.pk}-substitute_name": "جانشین نمونه",
        f"item-{first.pk}-outcome": "decided",
        f"item-{first.pk}-discussion": "<p>گفت‌وگو شد.</p>",
        f"item-{first.pk}-decisions-0-text": "درگاه مشترک راه‌اندازی شود.",
        f"item-{first.pk}-decisions-0-duties-0-organization": "وزارت نیرو",
        f"item-{first.pk}-decisions-0-duties-0-due_on": "۱۴۰۵/۱۲/۱",
        f"item-{second.pk}-outcome": "decided",
        f"item-{second.pk}-decisions-0-text": "فهرست کدها یکی شود.",
        f"item-{second.pk}-decisions-0-duties-0-organization": "وزارت نیرو",
        "texts-opening": "<p>به نام خدا</p>",
        "circulate-comments_due_on": "۱۴۰۵/۹/۱۵",
        "_circulate": "1",
    }

    answer = client.post(address(begun), opened(client, begun, **typed))

    meeting = refreshed(begun)
    decision, other = Decision.objects.order_by("number")
    assert answer.url == reverse("meetings:work_overview", args=[meeting.pk])
    assert (meeting.status, meeting.minutes.status, meeting.minutes.opening) == (
        "held",
        "circulated",
        "<p>به نام خدا</p>",
    )
    assert [(one.number, one.agenda_item) for one in (decision, other)] == [(1, first), (2, second)]
    assert decision.assignments.get().due_on == date(2027, 2, 20)
    marks = {one.pk: (one.status, one.excuse, one.substitute_name) for one in meeting.attendance.all()}
    assert marks[absent.pk] == ("excused", "مأموریت", "")
    assert marks[sent.pk] == ("represented", "", "جانشین نمونه")


def test_saving_what_is_there_changes_nothing(client_of, begun):
    client = client_of("secretariat")
    make.AssignmentFactory(decision=make.DecisionFactory(meeting=begun, agenda_item=items_of(begun)[0]))
    models = (AgendaItem, Attendance, Decision, Minutes)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    client.post(address(begun), opened(client, begun, _save="1"))

    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_what_cannot_be_closed_yet_is_saved_and_told(client_of, begun):
    client = client_of("officer", begun.body)
    first, second = items_of(begun)

    answer = client.post(address(begun), opened(client, begun, **{f"item-{first.pk}-outcome": "noted", "_close": "1"}))

    first.refresh_from_db()
    assert first.outcome == "noted"
    assert refreshed(begun).status == "announced"
    assert second.title in client.get(answer.url).text


def test_closing_twice_changes_nothing(client_of, begun):
    client = client_of("officer", begun.body)
    values = opened(client, begun, **all_noted(begun), _close="1")

    for _ in range(2):
        client.post(address(begun), values)

    assert (refreshed(begun).number, refreshed(begun).body.last_meeting_number) == (1, 1)


def test_a_mistake_saves_nothing_and_what_was_typed_stays(client_of, begun):
    client = client_of("officer", begun.body)
    first, second = items_of(begun)
    person = begun.attendance.first()
    typed = all_noted(begun) | {
        f"item-{second.pk}-discussion": "<p>متنی که نباید گم شود</p>",
        f"item-{first.pk}-decisions-0-text": "مصوبه",
        f"item-{first.pk}-decisions-0-duties-0-organization": "دستگاه ناشناس",
        f"person-{person.pk}-status": "represented",
        "_close": "1",
    }

    page = client.post(address(begun), opened(client, begun, **typed)).text

    assert all(words in page for words in ("متنی که نباید گم شود", "دستگاه ناشناس", "نام جانشین"))
    assert not AgendaItem.objects.exclude(outcome="").exists()
    assert refreshed(begun).status == "announced"


def test_a_day_to_comment_that_has_passed_is_refused_before_anything_is_closed(client_of, begun):
    client = client_of("officer", begun.body)
    typed = all_noted(begun) | {"circulate-comments_due_on": "۱۴۰۵/۱/۱", "_circulate": "1"}

    page = client.post(address(begun), opened(client, begun, **typed)).text

    assert "گذشته است" in page
    assert refreshed(begun).status == "announced"


def test_of_two_who_finish_it_the_second_is_shown_both(client_of, begun):
    first_client, second_client = (client_of("officer", begun.body) for _ in range(2))
    item, person = items_of(begun)[0], begun.attendance.first()
    field, mark = f"item-{item.pk}-discussion", f"person-{person.pk}-status"
    late = opened(second_client, begun, **{field: "<p>متن دوم</p>", mark: "excused"})
    first_client.post(address(begun), opened(first_client, begun, **{field: "<p>متن نخست</p>", mark: "absent"}))

    page = second_client.post(address(begun), late)
    item.refresh_from_db(), person.refresh_from_db()
    assert (item.discussion, person.status) == ("<p>متن نخست</p>", "absent")
    assert all(words in page.text for words in ("متن نخست", "متن دوم", "ثبت شما ذخیره نشد"))

    second_client.post(address(begun), fields_of(page, "finish"))
    item.refresh_from_db(), person.refresh_from_db()
    assert (item.discussion, person.status) == ("<p>متن دوم</p>", "excused")


def test_an_item_that_is_gone_keeps_its_text_on_the_page_once(client_of, begun):
    client = client_of("officer", begun.body)
    item = items_of(begun)[0]
    AgendaItem.objects.filter(pk=item.pk).update(is_added_later=True)
    values = opened(client, begun, **{f"item-{item.pk}-discussion": "<p>نوشته من</p>"})
    AgendaItem.objects.get(pk=item.pk).delete()

    page = client.post(address(begun), values)

    assert "نوشته من" in page.text
    assert client.post(address(begun), fields_of(page, "finish")).status_code == 302


def test_files_are_kept_whatever_else_is_mistaken_and_described_on_the_same_page(client_of, begun):
    client = client_of("officer", begun.body)
    values = opened(client, begun, **{"texts-opened_version": "99"})

    page = client.post(address(begun), values | {"files": SimpleUploadedFile("photo.png", picture())})
    values = fields_of(page, "finish")
    upload = begun.uploads.get()
    values |= {f"upload-{upload.pk}-title": "عکس", f"upload-{upload.pk}-alt_text": "نمای تالار"}
    client.post(address(begun), values)

    assert Material.objects.get().title == "عکس"
    assert not begun.uploads.exists()


def test_a_closed_item_is_a_number_alone_to_an_officer_and_is_not_written_to(client_of, begun):
    item = items_of(begun)[0]
    AgendaItem.objects.filter(pk=item.pk).update(visibility=Visibility.SECRETARIAT)
    client = client_of("officer", begun.body)

    values = opened(client, begun) | {f"item-{item.pk}-outcome": "noted", f"item-{item.pk}-opened_version": "1"}
    client.post(address(begun), values)

    item.refresh_from_db()
    assert item.title not in client.get(address(begun)).text
    assert item.outcome == ""


def test_what_is_of_another_meeting_is_not_reached(client_of, begun):
    other = make.AgendaItemFactory(meeting=make.MeetingFactory(announced=True))
    person = make.AttendanceFactory(meeting=other.meeting)
    client = client_of("officer", begun.body)
    crafted = {f"item-{other.pk}-outcome": "noted", f"item-{other.pk}-opened_version": "1"}
    crafted |= {f"person-{person.pk}-status": "absent", f"person-{person.pk}-seen": "1"}

    client.post(address(begun), opened(client, begun, **crafted))

    other.refresh_from_db(), person.refresh_from_db()
    assert (other.outcome, person.status) == ("", "present")


def test_a_large_body_is_marked_on_the_page_of_its_list(client_of, begun):
    Attendance.objects.bulk_create(
        [Attendance(meeting=begun, person=make.PersonFactory(), status="present") for _ in range(41)]
    )

    page = client_of("officer", begun.body).get(address(begun))

    assert page.context["page"].people == []
    assert reverse("meetings:work_attendance", args=[begun.pk]) in page.text


def test_the_page_asks_a_constant_number_of_queries(client_of, begun):
    client = client_of("officer", begun.body)

    def fill(item):
        decision = make.DecisionFactory(meeting=begun, agenda_item=item)
        make.AssignmentFactory(decision=decision)
        make.AttendanceFactory(meeting=begun, organization=make.OrganizationFactory())

    fill(items_of(begun)[0])
    few = queries(client, begun)
    for position in range(3, 7):
        fill(make.AgendaItemFactory(meeting=begun, position=position))

    assert queries(client, begun) == few


def queries(client, meeting) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(meeting)).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["finish", "part"])
def test_a_new_decision_that_is_sent_twice_is_entered_once(client_of, begun, page):
    item, client = items_of(begun)[0], client_of("officer", begun.body)
    part = reverse("meetings:work_minutes_item", args=[begun.pk, item.pk])
    where, form, prefix = {
        "finish": (address(begun), "finish", f"item-{item.pk}-decisions-0"),
        "part": (part, "minutes-part", "decisions-0"),
    }[page]
    typed = {f"{prefix}-text": "فهرست تهیه شود", f"{prefix}-duties-0-organization": "وزارت نیرو"}
    values = fields_of(client.get(where), form) | typed

    statuses = [client.post(where, values).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert Decision.objects.get().assignments.count() == 1


def test_the_same_words_for_somebody_else_are_another_decision(client_of, begun):
    item, client = items_of(begun)[0], client_of("officer", begun.body)
    text = {f"item-{item.pk}-decisions-0-text": "فهرست تهیه شود"}
    values = opened(client, begun) | text

    client.post(address(begun), values)
    client.post(address(begun), values | {f"item-{item.pk}-decisions-0-duties-0-organization": "وزارت نیرو"})

    assert Decision.objects.count() == 2
