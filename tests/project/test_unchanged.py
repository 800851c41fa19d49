"""A page that did not change is not made again, and nobody is ever shown somebody else's."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client

from council_portal.notices.telling import tell
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from members.models import User
from tests import factories as make
from tests.settings import MIDDLEWARE, UNCHANGED_PAGES

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/about/"


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.MIDDLEWARE = [UNCHANGED_PAGES, *MIDDLEWARE]
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def user():
    return make.UserFactory(person=make.MembershipFactory().person)


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in at the sign-in page, which is where sessions are listed."""
    client = Client()
    response = client.post("/accounts/login/", {"login": user.username, "password": make.PASSWORD})
    assert response.status_code == 302
    client.get(PAGE)  # where the word of welcome is said
    return client


def again(client: Client, response, address=PAGE):
    """Ask as a browser does that has the page of `response`."""
    return client.get(address, headers={"If-None-Match": response["ETag"]})


def test_a_visitors_second_look_is_answered_without_rendering(client, django_assert_num_queries):
    first = client.get(PAGE)

    with django_assert_num_queries(1):
        second = again(client, first)

    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])


def test_a_tag_that_a_compressing_proxy_made_weak_still_counts(client):
    first = client.get(PAGE)

    assert client.get(PAGE, headers={"If-None-Match": f"W/{first['ETag']}"}).status_code == 304


def test_asking_for_the_head_alone_tells_of_the_same_page(client):
    head, page = client.head(PAGE), client.get(PAGE)

    assert head["ETag"] == page["ETag"]
    assert page.content
    assert client.head(PAGE, headers={"If-None-Match": page["ETag"]}).status_code == 304


def test_the_next_visitor_gets_the_page_that_was_kept(client, django_assert_num_queries):
    first = client.get(PAGE)

    with django_assert_num_queries(1):
        second = Client().get(PAGE)

    assert (second.status_code, second.content) == (200, first.content)
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Content-Language"] == "fa"


def test_a_reader_who_is_signed_in_is_answered_without_rendering(user, django_assert_num_queries):
    client = signed_in(user)
    first = client.get(PAGE)

    with django_assert_num_queries(1):
        assert again(client, first).status_code == 304
    with django_assert_num_queries(1):
        assert client.get(PAGE).content == first.content


def test_the_home_page_is_kept_for_somebody_whom_an_invitation_awaits(user):
    body = user.person.memberships.get().body
    meeting = make.MeetingFactory(body=body, announced=True, held_on=PartialDate.from_date(today()))
    make.InvitationFactory(person=user.person, meeting=meeting)
    client = signed_in(user)

    page = client.get("/")

    assert f"/meetings/invitations/{meeting.pk}/?answer=attend" in page.content.decode()
    assert again(client, page, "/").status_code == 304


def test_any_change_of_content_makes_all_pages_anew(client, user):
    reader = signed_in(user)
    visitors, readers = client.get(PAGE), reader.get(PAGE)

    make.PersonFactory()

    assert again(client, visitors).status_code == 200
    assert again(reader, readers).status_code == 200


def test_a_new_day_makes_all_pages_anew(client, time_machine):
    time_machine.move_to("2026-11-22T20:29:59Z", tick=False)
    first = client.get(PAGE)
    assert again(client, first).status_code == 304

    time_machine.move_to("2026-11-22T20:30:00Z", tick=False)
    assert again(client, first).status_code == 200


@pytest.mark.parametrize("other", ["/about/?page=1", "/"])
def test_each_address_has_a_tag_of_its_own(client, other):
    assert again(client, client.get(PAGE), address=other).status_code == 200


def test_each_language_has_a_tag_of_its_own(client, settings):
    persian = client.get(PAGE)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = again(client, persian)

    assert english.status_code == 200
    assert english["ETag"] != persian["ETag"]


def test_nobody_is_shown_the_page_of_somebody_else(client, user):
    other = make.UserFactory(username="another-reader")
    mine, theirs = signed_in(user), signed_in(other)

    pages = [mine.get(PAGE), theirs.get(PAGE), client.get(PAGE)]

    assert len({page["ETag"] for page in pages}) == 3
    assert all(page["Cache-Control"] == "private, no-cache" and "Cookie" in page["Vary"] for page in pages)
    for reader in (theirs, client):
        response = again(reader, pages[0])
        assert response.status_code == 200
        assert str(user.person) not in response.text


def test_two_sessions_of_one_person_do_not_share_a_page(user):
    assert signed_in(user).get(PAGE)["ETag"] != signed_in(user).get(PAGE)["ETag"]


@pytest.mark.parametrize(
    "ending",
    [
        lambda user: Session.objects.all().delete(),
        lambda user: Session.objects.update(expire_date="2020-01-01T00:00:00Z"),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: (user.set_password("another-sample-password"), user.save()),
    ],
    ids=["signed out elsewhere", "session too old", "account closed", "password changed"],
)
def test_a_session_that_ended_gets_nothing_more_of_its_pages(user, ending):
    client = signed_in(user)
    first = client.get(PAGE)

    ending(user)
    response = again(client, first)

    assert response.status_code == 200
    assert str(user.person) not in response.text


def test_rights_that_ended_end_with_the_next_look(user):
    client = signed_in(user)
    first = client.get(PAGE)

    user.person.memberships.get().delete()

    assert again(client, first).status_code == 200


@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/", "/no-such-page/"])
def test_forms_and_errors_are_not_kept(client, address):
    for _ in range(2):
        assert not client.get(address).has_header("ETag")
    assert not caches["pages"]._cache


def test_what_is_said_once_is_not_kept(client):
    first = client.get(PAGE)
    client.cookies["messages"] = "something-waits"

    assert again(client, first).status_code == 200


def test_other_methods_pass(client):
    first = client.get(PAGE)

    response = client.post("/language/", {"language": "en"}, headers={"If-None-Match": first["ETag"]})

    assert response.status_code in (204, 302)


def test_a_new_notice_makes_the_pages_of_its_recipient_anew(user):
    client = signed_in(user)
    first = client.get(PAGE)

    tell([user], key="sample", title="دعوت به اجلاس نمونه")

    assert again(client, first).status_code == 200
    assert client.get(PAGE)["ETag"] != first["ETag"]
