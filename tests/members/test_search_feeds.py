"""The feed of a search by a secret link: what its account may read, and for nobody else."""

from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from council_portal.access.visibility import Visibility
from members import calendar_links
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import user_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _saves_are_indexed(settings):
    settings.SEARCH_INDEXES_SAVES = True


@pytest.fixture
def decisions():
    of_a_body = make.DecisionFactory(published=True, visibility=Visibility.BODY, text="خرید")
    return {
        "public": make.DecisionFactory(published=True, visibility=Visibility.PUBLIC, text="خرید"),
        "members": make.DecisionFactory(published=True, visibility=Visibility.MEMBERS, text="خرید"),
        "body": of_a_body,
        "draft": make.DecisionFactory(meeting=of_a_body.meeting, visibility=Visibility.BODY, text="خرید"),
        "secretariat": make.DecisionFactory(published=True, visibility=Visibility.SECRETARIAT, text="خرید"),
    }


def feed_path(user, words="خرید") -> str:
    return f"/search/feed/{calendar_links.token_of(user, to=calendar_links.SEARCHES)}/?q={quote(words)}"


def entries(path: str) -> set[str]:
    feed = ElementTree.fromstring(Client().get(path).content)
    return {entry.find(f"{ATOM}id").text.rpartition(".decision:")[2] for entry in feed.iter(f"{ATOM}entry")}


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("former_member", {"public"}),
        ("administrator", {"public"}),
        ("member", {"public", "members"}),
        ("body_member", {"public", "members", "body"}),
        ("officer", {"public", "members", "body", "draft"}),
        ("secretariat", {"public", "members", "body", "draft", "secretariat"}),
    ],
)
def test_the_feed_holds_what_its_account_may_read(decisions, role, found):
    user = user_of(role, decisions["body"].meeting.body)
    calendar_links.renew(user)

    assert entries(feed_path(user)) == {str(decisions[name].pk) for name in found}


def test_it_ends_with_the_link_and_with_the_account():
    user = user_of("member")
    calendar_links.renew(user)
    first = feed_path(user)
    assert Client().get(first)["X-Robots-Tag"] == "noindex"

    calendar_links.renew(user)
    assert Client().get(first).status_code == 404
    assert Client().get(feed_path(user)).status_code == 200

    user.is_active = False
    user.save()
    assert Client().get(feed_path(user)).status_code == 404
    assert Client().get("/search/feed/made-up/?q=x").status_code == 404


def test_the_link_of_the_calendar_opens_no_search_and_the_other_way_round():
    user = user_of("secretariat")
    calendar_links.renew(user)
    to_calendar, to_searches = (
        calendar_links.token_of(user, to=what) for what in (calendar_links.CALENDAR, calendar_links.SEARCHES)
    )

    assert Client().get(f"/search/feed/{to_calendar}/?q=x").status_code == 404
    assert Client().get(f"/calendar/personal/{to_searches}.ics").status_code == 404


def test_the_page_of_a_search_leads_to_the_address_and_the_link_is_made_there():
    user, client, asked = user_of("member"), Client(), "q=" + quote("خرید")
    make.DecisionFactory(published=True, text="خرید")
    client.force_login(user, ACCOUNTS)
    page = f"/search/feed/mine/?{asked}"
    assert f'href="{page}"' in client.get(f"/search/?{asked}").text
    assert "/search/feed/?" in client.get(page).text

    made = client.post("/accounts/profile/calendar/renew/", {"next": page}, follow=True)

    assert made.redirect_chain == [(page, 302)]
    assert feed_path(user) in made.text
    elsewhere = client.post("/accounts/profile/calendar/renew/", {"next": "https://elsewhere.example/"})
    assert elsewhere["Location"] == "/accounts/profile/"


def test_a_visitor_is_led_to_the_feed_of_what_is_public():
    make.DecisionFactory(published=True, visibility=Visibility.PUBLIC, text="خرید")

    assert 'href="/search/feed/?q=' in Client().get("/search/?q=" + quote("خرید")).text
    assert Client().get("/search/feed/mine/?q=x").status_code == 302
