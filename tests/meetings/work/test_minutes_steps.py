"""The minutes' steps as they are taken on the work pages: circulate, approve, correct."""

from datetime import timedelta

import pytest
from django.urls import reverse

from council_portal.persian.calendar import today
from council_portal.persian.wording import short_date
from meetings import minutes as rules
from meetings.holding import Refused
from meetings.models import Corrigendum, Meeting, Minutes
from tests import factories as make
from tests.roles import user_of

pytestmark = pytest.mark.django_db


def step(minutes, name: str) -> str:
    return reverse("meetings:work_step", args=[minutes.meeting_id, name])


def test_circulating_proposes_a_week_and_refuses_a_day_that_has_passed(client_of):
    minutes = make.MinutesFactory()
    client = client_of("officer", minutes.meeting.body)
    assert f'value="{short_date(today() + timedelta(days=7))}"' in client.get(step(minutes, "circulate")).text

    refused = client.post(step(minutes, "circulate"), {"comments_due_on": "۱۴۰۰/۱/۱"})
    client.post(step(minutes, "circulate"), {"comments_due_on": short_date(today())})

    assert "این روز گذشته است" in refused.text
    assert Minutes.objects.get().comments_due_on == today()


def test_minutes_are_circulated_once_the_meeting_is_closed():
    minutes = make.MinutesFactory(meeting=make.MeetingFactory(announced=True))

    with pytest.raises(Refused):
        rules.circulate(minutes, by=user_of("secretariat"))


def test_approval_asks_for_a_later_meeting_of_the_body(client_of):
    body = make.BodyFactory()
    earlier, own, later = (make.MeetingFactory(body=body, held=True) for _ in range(3))
    ahead, of_others = make.MeetingFactory(body=body, announced=True), make.MeetingFactory(held=True)
    minutes = make.MinutesFactory(meeting=own, circulated=True)
    client = client_of("officer", body)

    page = client.get(step(minutes, "approve")).text
    refused = client.post(step(minutes, "approve"), {"approved_in": earlier.pk})
    client.post(step(minutes, "approve"), {"approved_in": later.pk})

    offered = [meeting for meeting in Meeting.objects.all() if f'<option value="{meeting.pk}"' in page]
    assert offered == [later]
    assert "از سوی هیئت رئیسه" in page
    assert refused.status_code == 200
    assert Minutes.objects.get().approved_in == later
    for meeting in (earlier, own, ahead, of_others):
        with pytest.raises(Refused):
            rules.approve(make.MinutesFactory(meeting=make.MeetingFactory(held=True)), by=None, approved_in=meeting)


def test_approval_by_the_board_names_no_meeting(client_of):
    minutes = make.MinutesFactory(circulated=True)

    client_of("officer", minutes.meeting.body).post(step(minutes, "approve"), {"approved_in": ""})

    minutes.refresh_from_db()
    assert (minutes.status, minutes.approved_in) == ("approved", None)


def test_a_draft_is_approved_by_the_secretariat_alone(client_of):
    minutes = make.MinutesFactory()
    name = "approve-uncirculated"

    assert client_of("officer", minutes.meeting.body).post(step(minutes, name), {"approved_in": ""}).status_code == 403
    client_of("secretariat").post(step(minutes, name), {"approved_in": ""})

    assert Minutes.objects.get().status == "approved"


def test_a_corrigendum_names_its_item(client_of):
    minutes = make.MinutesFactory(meeting=make.MeetingFactory(held=True))
    item = make.AgendaItemFactory(meeting=minutes.meeting, outcome="noted")
    other = make.AgendaItemFactory()
    rules.publish(rules.approve(minutes, by=user_of("secretariat")), by=user_of("secretariat"))
    client, values = client_of("secretariat"), {"text": "متن درست", "reason": "خطای نگارش"}

    client.post(step(minutes, "correct"), values | {"agenda_item": other.pk})
    client.post(step(minutes, "correct"), values | {"agenda_item": item.pk})

    corrigendum = Corrigendum.objects.get()
    assert (corrigendum.agenda_item, corrigendum.number) == (item, 1)
