"""What is kept of minutes before they are saved, and who has them open."""

import pytest
from django.test import Client

from meetings import drafts
from meetings.models import AgendaItem, MinutesDraft
from tests import factories as make
from tests.admin.forms import fields_of
from tests.conftest import ACCOUNTS

from .pages import FORM, editor_of, opened, page_of

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_offered_again_and_is_no_edit(client_of, item):
    client = client_of("secretariat")
    client.post(editor_of(item) + "draft/", opened(client, item, discussion="<p>نیمه‌کاره</p>"))

    page = client.get(editor_of(item)).text
    again = client.get(editor_of(item) + "?kept=1")

    assert AgendaItem.objects.get().version == 1
    assert "ذخیره نشده" in page
    assert fields_of(again, FORM)["discussion"] == "<p>نیمه‌کاره</p>"


def test_saving_and_discarding_forget_what_was_kept(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")
    client.post(editor_of(item) + "draft/", values)
    client.post(editor_of(item) + "draft/", {"discard": "1"})
    assert MinutesDraft.objects.get().data is None

    client.post(editor_of(item) + "draft/", values)
    client.post(editor_of(item), values)
    assert not MinutesDraft.objects.exists()


def test_a_draft_is_its_writers_alone(client_of, item):
    client, other = client_of("secretariat"), client_of("secretariat")
    client.post(editor_of(item) + "draft/", opened(client, item, discussion="<p>نیمه‌کاره</p>"))

    assert "نیمه‌کاره" not in other.get(editor_of(item) + "?kept=1").text


def test_a_text_posted_after_the_sign_in_is_over_waits_for_its_writer(client_of, item):
    client = client_of("officer", item.meeting.body)
    user = drafts.User.objects.get(pk=client.session["_auth_user_id"])
    values = opened(client, item, discussion="<p>دیر فرستاده</p>")
    client.logout()

    response = client.post(editor_of(item), values)

    assert response.url == f"/accounts/login/?next={editor_of(item)}"
    assert AgendaItem.objects.get().discussion == ""
    client.force_login(user, backend=ACCOUNTS)
    assert "ذخیره نشده" in client.get(editor_of(item)).text
    assert fields_of(client.get(editor_of(item) + "?kept=1"), FORM)["discussion"] == "<p>دیر فرستاده</p>"


def test_a_draft_sent_after_the_sign_in_is_over_is_kept_and_says_so(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")
    client.logout()

    assert client.post(editor_of(item) + "draft/", values).status_code == 401
    assert MinutesDraft.objects.get().data["discussion"] == ["<p>متن</p>"]


@pytest.mark.parametrize("pass_is", ["forged", "old"])
def test_without_a_valid_pass_a_stranger_keeps_nothing(item, set_clock, pass_is):
    set_clock(1405, 3, 1)
    signed = "forged" if pass_is == "forged" else drafts.pass_for(item.meeting, item, of=make.UserFactory())
    set_clock(1405, 3, 9)

    Client().post(editor_of(item), {"draft_pass": signed, "discussion": "<p>متن</p>"})

    assert not MinutesDraft.objects.exists()


def test_others_see_who_has_it_open_until_it_is_closed(client_of, item, set_clock):
    set_clock(1405, 3, 1, 10, 30)
    ours, theirs = client_of("secretariat"), client_of("officer", item.meeting.body)
    theirs.get(editor_of(item))

    assert "باز کرده است" in ours.get(editor_of(item)).text
    assert "باز کرده است" in ours.get(page_of(item.meeting, "minutes")).text
    assert ours.post(editor_of(item) + "draft/", {"ping": "1"}).json()["others"]
    set_clock(1405, 3, 1, 10, 33)
    assert not ours.post(editor_of(item) + "draft/", {"ping": "1"}).json()["others"]


def test_a_null_byte_in_a_draft_is_dropped(client_of, item):
    client_of("secretariat").post(editor_of(item) + "draft/", {"discussion": "متن\0"})

    assert MinutesDraft.objects.get().data["discussion"] == ["متن"]


def test_telling_that_a_page_is_open_leaves_what_was_kept_after_the_sign_in_was_over(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")
    client.logout()
    client.post(editor_of(item) + "draft/", values)

    client.post(editor_of(item) + "draft/", {"ping": "1", "draft_pass": values["draft_pass"]})

    assert MinutesDraft.objects.get().data["discussion"] == ["<p>متن</p>"]


def test_a_draft_sent_under_anothers_sign_in_is_kept_for_its_writer(client_of, item):
    client, other = client_of("secretariat"), client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")

    assert other.post(editor_of(item) + "draft/", values).status_code == 401
    assert str(MinutesDraft.objects.get().user_id) == client.session["_auth_user_id"]
