from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import materials
from meetings.models import Material, Meeting, Minutes
from tests import factories as make
from tests.files.samples import picture, upload
from tests.jobs import do_jobs

from .pages import OTHERS, WORKERS, page_of

pytestmark = pytest.mark.django_db
LIST = "/desk/meetings/"


@pytest.mark.parametrize("name", ["overview", "history"])
@pytest.mark.parametrize(("role", "status"), [*WORKERS.items(), *OTHERS.items(), ("visitor", 302)])
def test_a_meeting_is_worked_on_by_its_officers_and_the_secretariat(client_of, name, role, status):
    meeting = make.MeetingFactory(announced=True)

    assert client_of(role, meeting.body).get(page_of(meeting, name)).status_code == status


@pytest.mark.parametrize(
    ("came_from", "goes_on"),
    [("http://testserver/desk/meetings/7/agenda/?a=1", "/desk/meetings/7/agenda/?a=1"), ("https://elsewhere/", None)],
)
def test_whose_sign_in_ran_out_goes_on_where_the_button_was(client, came_from, goes_on):
    address = page_of(make.MeetingFactory(), "agenda_prepare")

    answer = client.post(address, headers={"Referer": came_from})

    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.url).query)["next"] == [goes_on or address]


@pytest.mark.parametrize(
    ("role", "status"), [*WORKERS.items(), ("body_member", 403), ("member", 403), ("visitor", 302)]
)
def test_the_list_is_for_those_who_work_on_meetings(client_of, role, status):
    meeting = make.MeetingFactory()

    assert client_of(role, meeting.body).get(LIST).status_code == status


def test_an_officer_finds_the_meetings_of_their_own_body_alone(client_of):
    own, other = make.MeetingFactory(announced=True), make.MeetingFactory(announced=True)

    page = client_of("officer", own.body).get(LIST).content.decode()

    assert page_of(own) in page
    assert page_of(other) not in page


def test_what_is_still_to_be_done_comes_first():
    finished = make.MinutesFactory(published=True).meeting
    cancelled = make.MeetingFactory(status="cancelled", cancelled_because="نمونه")
    on_its_way = make.MinutesFactory(meeting__held=True).meeting
    ahead = make.MeetingFactory(announced=True)

    order = list(Meeting.objects.unfinished_first())

    assert set(order[:2]) == {on_its_way, ahead}
    assert set(order[2:]) == {finished, cancelled}


def test_the_list_without_meetings_says_who_plans_them(client_of):
    assert "برنامه‌ریزی نشده" in client_of("secretariat").get(LIST).content.decode()


def test_the_list_asks_as_often_for_many_as_for_one(client_of, django_assert_num_queries):
    client = client_of("secretariat")
    make.MeetingFactory(announced=True)
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for _ in range(10):
        make.MinutesFactory()

    with django_assert_num_queries(len(for_one)):
        client.get(LIST)


def test_an_officer_announces_a_session(client_of):
    meeting = make.MeetingFactory()

    client_of("officer", meeting.body).post(page_of(meeting, "step", "announce"))

    assert Meeting.objects.get().status == Meeting.Status.ANNOUNCED


def test_the_history_names_the_step_and_who_took_it(client_of):
    meeting = make.MeetingFactory()
    client = client_of("officer", meeting.body)
    client.post(page_of(meeting, "step", "announce"))

    page = client.get(page_of(meeting, "history")).content.decode()

    assert "اعلام نشست" in page


def test_the_history_names_a_decision_as_readers_do(client_of):
    meeting = make.MeetingFactory(announced=True)
    item = make.AgendaItemFactory(meeting=meeting, outcome="decided")
    decision = make.DecisionFactory(meeting=meeting, agenda_item=item)
    client = client_of("officer", meeting.body)
    client.post(page_of(meeting, "step", "hold"))

    page = client.get(page_of(meeting, "history")).text

    decision.refresh_from_db()
    assert decision.label in page
    assert decision.reference not in page


def test_the_history_says_once_what_happened_to_many_alike(client_of):
    meeting = make.MeetingFactory(announced=True)
    for n in range(15):
        make.MembershipFactory(body=meeting.body, person__family_name=f"عضو{n}")
    client = client_of("secretariat")
    client.post(page_of(meeting, "attendance_list"))
    client.post(page_of(meeting, "attendance_settle"))

    saves = client.get(page_of(meeting, "history")).context["page"]

    lines = [(line.count, len(line.row.changes)) for save in saves for line in save.lines]
    assert sorted(lines) == [(1, 0), (15, 0), (15, 1)], "the meeting, the list, the marks"
    page = client.get(page_of(meeting, "history")).text
    assert page.count("عضو7") == 2
    assert "۱۵ حضور و غیاب" in page


def test_the_history_says_nothing_of_the_small_pictures_that_the_queue_makes(client_of):
    meeting = make.MeetingFactory(announced=True)
    materials.bring(meeting, [upload(picture(), "گشایش.png")], by=None)
    materials.take_up(Material(kind="picture", title="گشایش", alt_text="تالار"), meeting.uploads.get())
    do_jobs()

    page = client_of("officer", meeting.body).get(page_of(meeting, "history")).text

    assert Material.objects.get().thumbnail is not None
    assert "گشایش" in page
    assert "webp" not in page


def test_a_step_that_asks_takes_its_answers(client_of):
    meeting = make.MeetingFactory(announced=True)
    client = client_of("officer", meeting.body)

    refused = client.post(page_of(meeting, "step", "cancel"), {"because": ""})
    client.post(page_of(meeting, "step", "cancel"), {"because": "سفر میزبان"})

    assert "این فیلد لازم است" in refused.content.decode()
    assert Meeting.objects.get().cancelled_because == "سفر میزبان"


def test_publishing_is_the_secretariats(client_of):
    minutes = make.MinutesFactory(approved=True)
    address = page_of(minutes.meeting, "step", "publish")

    assert client_of("officer", minutes.meeting.body).post(address).status_code == 403
    assert Minutes.objects.get().status == Minutes.Status.APPROVED
    client_of("secretariat").post(address)
    assert Minutes.objects.get().status == Minutes.Status.PUBLISHED


def test_a_step_that_is_refused_says_why_and_changes_nothing(client_of):
    item = make.AgendaItemFactory(meeting=make.MeetingFactory(announced=True), title="بند بی‌نتیجه")

    response = client_of("secretariat").post(page_of(item.meeting, "step", "hold"))

    assert "بند بی‌نتیجه" in response.content.decode()
    assert Meeting.objects.get().status == Meeting.Status.ANNOUNCED


def test_a_step_that_there_is_not_is_not_found(client_of):
    assert client_of("secretariat").post(page_of(make.MeetingFactory(), "step", "no-such")).status_code == 404


def test_a_step_taken_already_leads_back(client_of):
    meeting = make.MeetingFactory(announced=True)

    assert client_of("secretariat").post(page_of(meeting, "step", "announce")).url == page_of(meeting)


def test_the_overview_says_what_is_there_and_what_is_missing(client_of):
    meeting = make.MinutesFactory(meeting=make.MeetingFactory(announced=True)).meeting
    make.AgendaItemFactory(meeting=meeting)
    make.InvitationFactory(meeting=meeting)
    make.AttendanceFactory(meeting=meeting, status="unmarked")

    page = client_of("officer", meeting.body).get(page_of(meeting)).content.decode()

    tiles = page.split('class="tiles"')[1].split("</ul>")[0]
    assert tiles.count("tile--attention") == 3
    for name in ("agenda", "invitations", "attendance", "minutes"):
        assert page_of(meeting, name) in tiles


def test_the_overview_asks_as_often_for_many_as_for_one(client_of, django_assert_num_queries):
    meeting = make.MinutesFactory(meeting=make.MeetingFactory(announced=True)).meeting
    client = client_of("secretariat")
    with CaptureQueriesContext(connection) as for_none:
        client.get(page_of(meeting))
    for position in range(1, 9):
        make.AgendaItemFactory(meeting=meeting, position=position)
        make.AttendanceFactory(meeting=meeting)

    with django_assert_num_queries(len(for_none)):
        client.get(page_of(meeting))
