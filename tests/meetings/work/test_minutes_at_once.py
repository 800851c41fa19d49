"""Two who save one item of the minutes at the same moment, each over a connection of their own."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from meetings.models import AgendaItem
from tests import factories as make
from tests.admin.forms import fields_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_save_one_item_at_once_one_is_shown_both_texts(client_of):
    item = make.AgendaItemFactory(meeting=make.MeetingFactory(announced=True))
    make.MinutesFactory(meeting=item.meeting)
    address = reverse("meetings:work_minutes_item", args=[item.meeting_id, item.pk])
    texts = ["متن نخستین نویسنده", "متن دومین نویسنده"]
    clients = [client_of("secretariat"), client_of("officer", item.meeting.body)]
    forms = [fields_of(client.get(address), "minutes-part") for client in clients]
    posted = [form | {"discussion": f"<p>{text}</p>"} for form, text in zip(forms, texts, strict=True)]
    answers, start = {}, threading.Barrier(2)

    def save(client, values, text):
        try:
            start.wait(timeout=20)
            answers[text] = client.post(address, values)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=one) for one in zip(clients, posted, texts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = AgendaItem.objects.get().discussion
    [kept] = [text for text in texts if text in stored]
    [other] = [text for text in texts if text not in stored]
    assert answers[kept].status_code == 302
    assert answers[other].status_code == 200
    assert all(text in answers[other].text for text in texts)
