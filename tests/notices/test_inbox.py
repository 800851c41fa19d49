import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.notices.models import Notice
from council_portal.notices.telling import tell
from tests import factories as make
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


def user_of_client(client):
    from members.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def told(client, **values) -> Notice:
    defaults = {"key": "sample", "title": "دعوت به اجلاس نمونه", "address": "/meetings/"}
    tell([user_of_client(client)], **defaults | values)
    return Notice.objects.get(key=(defaults | values)["key"])


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_everybody_who_is_signed_in_has_an_inbox(client_of, role):
    assert client_of(role, make.BodyFactory()).get(INBOX).status_code == 200


def test_a_visitor_is_asked_to_sign_in(client_of):
    assert client_of("visitor").get(INBOX).status_code == 302


def test_an_empty_inbox_says_what_belongs_there(client_of):
    assert "هنوز چیزی" in client_of("member").get(INBOX).content.decode()


def test_a_notice_stands_in_the_inbox_of_its_recipient_alone(client_of):
    client, other = client_of("member"), client_of("member")
    told(client)

    assert "دعوت به اجلاس نمونه" in client.get(INBOX).content.decode()
    assert "دعوت به اجلاس نمونه" not in other.get(INBOX).content.decode()


def test_nobody_is_told_of_one_occasion_twice():
    member = user_of("member")

    tell([member], key="sample", title="نخست")
    tell([member], key="sample", title="دوم")

    assert [notice.title for notice in Notice.objects.all()] == ["نخست"]


def test_opening_a_notice_marks_it_as_read_and_leads_to_what_it_is_about(client_of):
    client = client_of("member")
    notice = told(client)

    response = client.post(reverse("notices:open", args=[notice.pk]))

    assert response.url == "/meetings/"
    assert not Notice.objects.unread().exists()


def test_another_persons_notice_is_not_found(client_of):
    notice = told(client_of("member"))

    assert client_of("member").post(reverse("notices:open", args=[notice.pk])).status_code == 404
    assert Notice.objects.unread().exists()


def test_everything_can_be_marked_as_read(client_of):
    client = client_of("member")
    told(client), told(client, key="another")

    client.post(reverse("notices:read_all"))

    assert not Notice.objects.unread().exists()


def test_every_page_says_how_much_is_unread(client_of):
    client = client_of("member")
    told(client)

    assert 'class="badge"' in client.get("/about/").content.decode()


def test_the_inbox_asks_the_database_as_often_for_many_as_for_one(client_of, django_assert_num_queries):
    client = client_of("member")
    told(client)
    with CaptureQueriesContext(connection) as for_one:
        client.get(INBOX)
    for n in range(20):
        told(client, key=f"notice-{n}")

    with django_assert_num_queries(len(for_one)):
        client.get(INBOX)


@pytest.mark.parametrize("closed", [True, False])
def test_a_notice_about_something_closed_meanwhile_is_shown_nowhere(client_of, closed):
    client, matter = client_of("member"), make.AnnouncementFactory(published=True)
    notice = told(client, title="عنوان محرمانه", about=matter)
    if closed:
        type(matter).objects.update(visibility="secretariat")

    page = client.get(INBOX).content.decode()

    assert ("عنوان محرمانه" in page, 'class="badge"' in page) == (not closed, not closed)
    assert client.post(reverse("notices:open", args=[notice.pk])).status_code == (404 if closed else 302)
