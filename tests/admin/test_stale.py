"""Saving never loses a text: of two who edit the same row the second is shown both texts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.admin.forms import open_form
from tests.conftest import ACCOUNTS
from tests.roles import user_of


@pytest.fixture
def clients(client_of):
    return client_of("secretariat"), client_of("secretariat")


def test_the_second_of_two_editors_sees_both_texts_and_may_then_save(clients):
    ours, theirs = clients
    person = make.PersonFactory(biography="متن نخست")
    url = reverse("admin:members_person_change", args=[person.pk])
    values = open_form(ours, url) | {"biography": "متن ما"}
    theirs.post(url, open_form(theirs, url) | {"biography": "متن آنان"})

    response = ours.post(url, values)

    person.refresh_from_db()
    assert person.biography == "متن آنان"
    page = response.text
    assert page.count("متن آنان") == 1
    assert page.count("متن ما") == 2, "once beside theirs, once in the form"

    again = ours.post(url, open_form_of(response))
    person.refresh_from_db()
    assert (again.status_code, person.biography) == (302, "متن ما")


def open_form_of(response):
    from tests.admin.forms import fields_of

    return fields_of(response, "person_form")


def test_a_row_of_the_page_that_somebody_changed_is_refused_too(clients):
    ours, theirs = clients
    item = make.AgendaItemFactory(meeting=make.MeetingFactory(), discussion="<p>نخست</p>")
    url = reverse("admin:committees_session_change", args=[item.meeting_id])
    values = open_form(ours, url) | {"agenda_items-0-discussion": "<p>گفت‌وگوی ما</p>"}
    theirs.post(url, open_form(theirs, url) | {"agenda_items-0-discussion": "<p>گفت‌وگوی آنان</p>"})

    page = ours.post(url, values).text

    item.refresh_from_db()
    assert item.discussion == "<p>گفت‌وگوی آنان</p>"
    assert "گفت‌وگوی ما" in page
    assert "<p>گفت‌وگوی آنان</p>" in page


def test_what_is_typed_into_a_row_that_somebody_deleted_is_still_shown(clients):
    ours, theirs = clients
    item = make.AgendaItemFactory(meeting=make.MeetingFactory())
    url = reverse("admin:committees_session_change", args=[item.meeting_id])
    values = open_form(ours, url) | {"agenda_items-0-title": "عنوان ما"}
    theirs.post(url, open_form(theirs, url) | {"agenda_items-0-DELETE": "on"})

    response = ours.post(url, values)

    assert response.status_code == 200
    assert "عنوان ما" in response.text
    assert "agenda_items-0-DELETE" in response.text


def test_a_row_that_somebody_changed_is_not_deleted_unseen(clients):
    ours, theirs = clients
    item = make.AgendaItemFactory(meeting=make.MeetingFactory())
    url = reverse("admin:committees_session_change", args=[item.meeting_id])
    values = open_form(ours, url) | {"agenda_items-0-DELETE": "on"}
    theirs.post(url, open_form(theirs, url) | {"agenda_items-0-title": "عنوان آنان"})

    response = ours.post(url, values)

    assert response.status_code == 200
    assert type(item).objects.filter(title="عنوان آنان").exists()


def test_overlapping_services_come_back_as_a_message(client_of):
    service = make.MembershipFactory()
    client, url = client_of("secretariat"), reverse("admin:members_membership_add")
    values = open_form(client, url) | {"person": service.person_id, "body": service.body_id, "start_on": "۱۳۹۵"}

    response = client.post(url, values)

    assert response.status_code == 200
    assert "این شخص در آن زمان در این رکن عضویت دارد." in response.text
    assert "۱۳۹۵" in response.text


def test_the_history_tells_who_changed_what_in_words(clients):
    client, _other = clients
    person = make.PersonFactory(biography="پیش از این")
    url = reverse("admin:members_person_change", args=[person.pk])
    client.post(url, open_form(client, url) | {"biography": "پس از این"})

    page = client.get(url.replace("change", "history")).text

    for text in ("پیش از این", "پس از این", str(person._meta.get_field("biography").verbose_name)):
        assert text in page


def test_a_page_of_the_history_reads_only_its_own_saves(clients, monkeypatch):
    monkeypatch.setattr("council_portal.administration.records.SAVES_ON_A_PAGE", 2)
    client, _other = clients
    person = make.PersonFactory(biography="متن صفر")
    url = reverse("admin:members_person_change", args=[person.pk])
    for text in ("متن یک", "متن دو", "متن سه"):
        client.post(url, open_form(client, url) | {"biography": text})

    pages = [client.get(url.replace("change", "history"), {"p": number}) for number in (1, 2)]

    assert [len(page.context["page"].object_list) for page in pages] == [2, 2]
    saves = [save for page in pages for save in page.context["page"]]
    changes = {(one.old, one.new) for save in saves for row in save.rows for one in row.changes}
    assert changes == {("متن صفر", "متن یک"), ("متن یک", "متن دو"), ("متن دو", "متن سه")}


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_instant_one_is_refused():
    person = make.PersonFactory(biography="متن نخست")
    user = user_of("secretariat")
    url = reverse("admin:members_person_change", args=[person.pk])
    start = Barrier(2)

    def save(text):
        try:
            client = Client()
            client.force_login(user, backend=ACCOUNTS)
            values = open_form(client, url) | {"biography": text}
            start.wait(timeout=20)
            return client.post(url, values).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(texts := ("متن ما", "متن آنان"), pool.map(save, texts), strict=True))

    person.refresh_from_db()
    assert sorted(answers.values()) == [200, 302]
    assert answers[person.biography] == 302
