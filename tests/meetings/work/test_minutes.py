"""The page of a meeting's minutes: who writes them, how they begin, the outcomes and the framing texts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from meetings import drafts
from meetings.models import AgendaItem, Meeting, Minutes, MinutesDraft
from tests import factories as make
from tests.admin.forms import fields_of

from .pages import FORM, OTHERS, WORKERS, editor_of, opened, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "status"), [*WORKERS.items(), *OTHERS.items(), ("visitor", 302)])
def test_minutes_are_written_by_officers_and_the_secretariat(client_of, item, role, status):
    client = client_of(role, item.meeting.body)
    pages = [editor_of(item), *(page_of(item.meeting, name) for name in ("minutes", "minutes_texts", "minutes_import"))]

    assert {client.get(address).status_code for address in pages} == {status}


@pytest.mark.parametrize("role", ["body_member", "member", "administrator"])
def test_nobody_else_saves_or_keeps_a_text(client_of, item, role):
    client = client_of(role, item.meeting.body)

    for address in (editor_of(item), editor_of(item) + "draft/", page_of(item.meeting, "minutes")):
        assert client.post(address, {"discussion": "<p>متن</p>"}).status_code == 404
    assert not MinutesDraft.objects.exists()


def test_minutes_begin_with_the_agenda_and_everybody_present(client_of):
    meeting = make.MeetingFactory(announced=True)
    make.AgendaItemFactory(meeting=meeting, title="بند نخست")
    make.MembershipFactory(body=meeting.body)
    client = client_of("secretariat")

    assert "هنوز آغاز نشده" in client.get(page_of(meeting, "minutes")).text
    client.post(page_of(meeting, "minutes_begin"))
    client.post(page_of(meeting, "minutes_begin"))

    assert Minutes.objects.filter(meeting=meeting).count() == 1
    assert meeting.attendance.count() == 1
    assert "بند نخست" in client.get(page_of(meeting, "minutes")).text


def test_a_cancelled_meeting_has_no_minutes_to_begin(client_of):
    meeting = make.MeetingFactory(status="cancelled", cancelled_because="نمونه")
    client = client_of("secretariat")

    client.post(page_of(meeting, "minutes_begin"))

    assert not Minutes.objects.exists()
    assert "لغو شده" in client.get(page_of(meeting, "minutes")).text


def test_minutes_without_an_agenda_say_so(client_of):
    minutes = make.MinutesFactory()

    assert "دستور جلسه بندی ندارد" in client_of("secretariat").get(page_of(minutes.meeting, "minutes")).text


def test_all_outcomes_are_saved_at_once(client_of, item):
    other = make.AgendaItemFactory(meeting=item.meeting)
    address = page_of(item.meeting, "minutes")
    outcomes = {f"item-{one.pk}-outcome": "noted" for one in (item, other)}
    versions = {f"item-{one.pk}-opened_version": "1" for one in (item, other)}

    client_of("officer", item.meeting.body).post(address, outcomes | versions)

    assert set(AgendaItem.objects.values_list("outcome", flat=True)) == {"noted"}


def test_an_outcome_that_somebody_gave_meanwhile_is_shown(client_of, item):
    client, address = client_of("secretariat"), page_of(item.meeting, "minutes")
    AgendaItem.objects.filter(pk=item.pk).update(outcome="postponed")

    page = client.post(address, {f"item-{item.pk}-outcome": "noted", f"item-{item.pk}-opened_version": "1"}).text

    assert "از دست نرفته" in page
    assert AgendaItem.objects.get().outcome == "postponed"


def test_what_lacks_an_outcome_is_named_with_its_link(client_of, item):
    client, address = client_of("secretariat"), page_of(item.meeting, "minutes")

    assert "بسته نمی‌شود" in client.get(address).text
    AgendaItem.objects.update(outcome="noted")

    page = client.get(address).text
    assert "بسته نمی‌شود" not in page
    assert reverse("meetings:work_step", args=[item.meeting_id, "hold"]) in page


def test_the_framing_texts_are_saved(client_of, item):
    client, address = client_of("secretariat"), page_of(item.meeting, "minutes_texts")

    client.post(address, fields_of(client.get(address), FORM) | {"closing": "<p>پایان</p>"})

    minutes = Minutes.objects.get()
    assert (minutes.opening, minutes.closing) == ("<p>جلسه نمونه با یاد خدا آغاز شد.</p>", "<p>پایان</p>")


def test_approved_minutes_are_only_read(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن ما</p>")
    Meeting.objects.update(status="held", number=1)
    Minutes.objects.update(status="approved", approved_at=timezone.now())

    page = client.get(page_of(item.meeting, "minutes")).text
    refused = client.post(editor_of(item), values)

    assert "تصویب شده" in page
    assert f'id="{FORM}"' not in page
    assert client.get(editor_of(item)).url == page_of(item.meeting, "minutes")
    assert "متن ما" in refused.text
    assert AgendaItem.objects.get().discussion == ""


def test_an_item_closed_to_an_officer_has_its_number_alone(client_of, item):
    AgendaItem.objects.filter(pk=item.pk).update(visibility=Visibility.SECRETARIAT)
    officer = client_of("officer", item.meeting.body)

    assert item.title not in officer.get(page_of(item.meeting, "minutes")).text
    assert officer.get(editor_of(item)).status_code == 404
    assert officer.post(editor_of(item) + "draft/", {"ping": "1"}).status_code == 404


def test_an_item_of_another_meeting_is_not_found(client_of, item):
    other = make.MinutesFactory().meeting

    assert client_of("secretariat").get(page_of(other, "minutes_item", item.pk)).status_code == 404


@pytest.mark.parametrize("path", ["", "items/{item}/", "texts/"])
def test_the_pages_ask_as_often_for_much_as_for_little(client_of, item, django_assert_num_queries, path):
    client = client_of("secretariat")
    address = page_of(item.meeting, "minutes") + path.format(item=item.pk)

    def fill():
        for row in (item, None):
            decision = make.DecisionFactory(meeting=item.meeting, agenda_item=row)
            make.AssignmentFactory(decision=decision)
            make.AssignmentFactory(decision=decision, role="support")
        make.AgendaItemFactory(meeting=item.meeting)
        make.TextModuleFactory(text="{حاضران} {حد نصاب} {میزبان}")
        drafts.open_part(item.meeting, item, by=make.UserFactory(person=make.PersonFactory()))

    fill()
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    for _number in range(4):
        fill()

    with django_assert_num_queries(len(for_one)):
        client.get(address)
