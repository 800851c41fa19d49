"""The Atom feeds: valid by RFC 4287, in Persian, and of nothing but what a visitor may read."""

from datetime import date, time, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.holding import announce, cancel
from meetings.moving import move
from tests import factories as make
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "موضوع محرمانه"
FEEDS = ["/feeds/meetings/", "/feeds/minutes/", "/feeds/decisions/", "/feeds/announcements/", "/feeds/publications/"]


def feed_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def published(body=None, **values):
    """A public meeting with minutes and a decision, and an announcement, all told to everybody."""
    meeting = make.MeetingFactory(
        body=body or make.BodyFactory(), held=True, announced_at=timezone.now(), title=values.pop("title", "")
    )
    open_to = {"visibility": Visibility.PUBLIC} | values
    make.DecisionFactory(meeting=meeting, published=True, text="متن <b>مصوبه</b>", **open_to)
    make.MinutesFactory(meeting=meeting, published=True, **open_to)
    make.AnnouncementFactory(published=True, body=meeting.body, **open_to)
    make.EditionFactory(published=True, document=make.DocumentFactory(body=meeting.body, **open_to))
    return meeting


@pytest.mark.parametrize("url", [*FEEDS, "/search/feed/?q=x"])
def test_an_empty_feed_does_not_change(client, set_clock, url):
    set_clock(1405, 1, 1)
    before = client.get(url).content
    set_clock(1405, 1, 2)

    assert client.get(url).content == before


@pytest.mark.parametrize("url", FEEDS)
@pytest.mark.parametrize("count", [0, 2])
def test_a_feed_has_what_rfc_4287_asks_for(client, url, count):
    for _ in range(count):
        published()

    feed = feed_of(client, url)

    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == count
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"http://testserver{url}"
    for part in (feed, *entries):
        assert part.find(f"{ATOM}id").text.startswith("tag:")
        assert part.find(f"{ATOM}title").text
        assert parse_datetime(part.find(f"{ATOM}updated").text).tzinfo
        assert part.find(f"{ATOM}link").get("href").startswith("http://testserver/")
    assert len({part.find(f"{ATOM}id").text for part in (feed, *entries)}) == count + 1


@pytest.mark.parametrize("url", FEEDS)
@pytest.mark.parametrize("role", ROLES)
def test_whoever_asks_a_feed_holds_what_a_visitor_may_read(client_of, url, role):
    body = make.BodyFactory()
    for visibility in (Visibility.MEMBERS, Visibility.BODY, Visibility.SECRETARIAT):
        make.MeetingFactory(body=body, announced=True, visibility=visibility, title=SECRET)
        if visibility != Visibility.BODY:
            make.EditionFactory(published=True, document__visibility=visibility, document__title=SECRET)
        make.AnnouncementFactory(published=True, visibility=visibility, title=SECRET, body=body)
        meeting = make.MeetingFactory(body=body, held=True)
        make.DecisionFactory(meeting=meeting, published=True, visibility=visibility, text=SECRET)
        make.MinutesFactory(meeting=meeting, published=True, visibility=visibility)
    closed = make.AgendaItemFactory(meeting=make.MeetingFactory(body=body, held=True), closed=True)
    make.DecisionFactory(
        meeting=closed.meeting, agenda_item=closed, published=True, visibility=Visibility.PUBLIC, text=SECRET
    )
    make.MeetingFactory(body=body, title=SECRET)
    make.MinutesFactory(meeting__body=body, circulated=True, visibility=Visibility.PUBLIC)
    make.DecisionFactory(meeting__body=body, visibility=Visibility.PUBLIC, text=SECRET)
    make.AnnouncementFactory(visibility=Visibility.PUBLIC, title=SECRET)
    make.EditionFactory(document__visibility=Visibility.PUBLIC, document__title=SECRET)

    feed = feed_of(client_of(role, body), url)

    assert not feed.findall(f"{ATOM}entry")


@pytest.mark.parametrize("name", [url.split("/")[2] for url in FEEDS])
def test_a_feed_of_one_body_has_what_is_its_own(client, name):
    own, other = make.BodyFactory(), make.BodyFactory()
    published(own), published(other)

    feed = feed_of(client, f"/feeds/{own.slug}/{name}/")

    assert len(feed.findall(f"{ATOM}entry")) == 1
    assert str(own) in feed.find(f"{ATOM}title").text
    assert client.get(f"/feeds/no-such-body/{name}/").status_code == 404


@pytest.mark.parametrize("name", [url.split("/")[2] for url in FEEDS])
def test_a_feed_keeps_its_id_when_its_body_gets_another_address(client, name):
    body = make.BodyFactory(slug="old")
    published(body)

    def ids(slug: str) -> list[str]:
        return [element.text for element in feed_of(client, f"/feeds/{slug}/{name}/").iter(f"{ATOM}id")]

    before = ids("old")
    type(body).objects.filter(pk=body.pk).update(slug="new")

    assert ids("new") == before


def test_the_text_of_a_decision_is_text_and_no_markup(client):
    published()

    feed = feed_of(client, "/feeds/decisions/")

    assert "متن &lt;b&gt;مصوبه" in feed.find(f"{ATOM}entry/{ATOM}summary").text


def test_a_feed_is_persian_whatever_the_reader_has_chosen(client):
    client.cookies["django_language"] = "en"

    assert feed_of(client, "/feeds/minutes/").find(f"{ATOM}title").text == "صورت‌جلسه"


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_asks_as_often_for_many_as_for_one(client, url, django_assert_num_queries):
    published()
    with CaptureQueriesContext(connection) as for_one:
        client.get(url)
    for _ in range(5):
        published()

    with django_assert_num_queries(len(for_one)):
        client.get(url)


def test_the_page_of_feeds_names_all_of_them_and_every_page_the_first(client):
    body = make.BodyFactory()

    page, about = client.get("/feeds/").text, client.get("/about/").text

    for url in [*FEEDS, f"/feeds/{body.slug}/minutes/"]:
        assert f'href="{url}"' in page
    assert about.count('type="application/atom+xml"') == len(FEEDS)


def test_a_meeting_that_moves_or_is_cancelled_is_news_again(client, time_machine):
    time_machine.move_to("2026-11-28T08:00:00Z")
    moved = make.MeetingFactory(announced=True, announced_at=timezone.now() - timedelta(days=9), title="جابه‌جا")
    gone = make.MeetingFactory(announced=True, announced_at=timezone.now() - timedelta(days=8), title="لغو")
    make.MeetingFactory(announced=True, announced_at=timezone.now() - timedelta(days=1), title="میانه")
    make.MeetingMoveFactory(meeting=moved, moved_at=timezone.now())
    cancel(gone, by=make.UserFactory(), because="تعطیلی")

    feed = feed_of(client, "/feeds/meetings/")

    summaries = [entry.find(f"{ATOM}summary").text for entry in feed.findall(f"{ATOM}entry")]
    assert ["میانه" in text for text in summaries] == [False, False, True]
    assert feed.find(f"{ATOM}updated").text == feed.find(f"{ATOM}entry/{ATOM}updated").text
    first_told = [entry.find(f"{ATOM}published").text[:10] for entry in feed.findall(f"{ATOM}entry")]
    assert sorted(first_told) == ["2026-11-19", "2026-11-20", "2026-11-27"]
    assert [entry.find(f"{ATOM}title").text.count("لغوشده") for entry in feed.findall(f"{ATOM}entry")].count(1) == 1


def test_a_meeting_that_moved_says_from_when_to_when_and_why(client):
    meeting = make.MeetingFactory(
        announced=True, announced_at=timezone.now(), held_on=PartialDate.day(1405, 9, 17), starts_at=time(9)
    )
    move(meeting, by=make.UserFactory(), day=date(2026, 12, 23), starts_at=time(9), because="سفر میزبان")

    [entry] = feed_of(client, "/feeds/meetings/").findall(f"{ATOM}entry")

    assert "تغییر تاریخ به چهارشنبه ۲ دی ۱۴۰۵" in entry.find(f"{ATOM}title").text
    summary = entry.find(f"{ATOM}summary").text
    for told in ("۲ دی ۱۴۰۵", "تاریخ پیشین: سه‌شنبه ۱۷ آذر ۱۴۰۵", "دلیل تغییر: سفر میزبان"):
        assert told in summary


def test_a_meeting_without_a_number_is_told_from_others_by_its_day(client):
    body = make.BodyFactory(name="کمیته نمونه")
    make.MeetingFactory(body=body, announced=True, held_on=PartialDate.day(1405, 9, 17))
    make.MeetingFactory(body=body, announced=True, held_on=None)
    make.MeetingFactory(body=body, held=True, number=7, announced_at=timezone.now())

    titles = {title.text for title in feed_of(client, "/feeds/meetings/").iter(f"{ATOM}title")}

    assert "جلسه کمیته نمونه (هنوز بدون شماره)، ۱۷ آذر ۱۴۰۵: اعلام‌شده" in titles
    assert "جلسه کمیته نمونه (هنوز بدون شماره): اعلام‌شده" in titles
    assert "جلسه ۷ کمیته نمونه: برگزارشده" in titles


def test_what_a_plan_moved_before_is_told_to_nobody(client):
    meeting = make.MeetingFactory(held_on=PartialDate.day(1405, 9, 17))
    move(meeting, by=make.UserFactory(), day=date(2026, 12, 23), because="سفر میزبان")
    announce(meeting, by=make.UserFactory())

    assert "پیشین" not in client.get("/feeds/meetings/").text
    assert "سفر میزبان" not in client.get("/feeds/meetings/").text


def test_a_body_s_page_leads_to_its_own_feeds(client):
    body = make.BodyFactory()

    page = client.get(body.get_absolute_url()).text

    for name in [url.split("/")[2] for url in FEEDS]:
        assert f'href="/feeds/{body.slug}/{name}/"' in page
    assert f'href="/calendar/{body.slug}.ics"' in page


def test_a_feed_that_has_not_changed_is_the_same_to_the_byte_and_never_long(client):
    body = make.BodyFactory()
    for number in range(30):
        make.MeetingFactory(body=body, held=True, announced_at=timezone.now() - timedelta(days=number))

    first, second = client.get("/feeds/meetings/"), client.get("/feeds/meetings/")

    assert first.content == second.content
    assert first.text.count("<entry>") == 25
