"""Every Atom feed is valid by RFC 4287, empty and full; and the validator sees what is not."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.notices.feeds import AtomFeed
from members import calendar_links
from tests import factories as make
from tests.roles import user_of

from .atom import faults_of

pytestmark = pytest.mark.django_db
WORDS = "متن <b>مصوبه</b> & «خرید» \u200cکاغذ"


@pytest.fixture(autouse=True)
def _saves_are_indexed(settings):
    settings.SEARCH_INDEXES_SAVES = True


def addresses(body) -> list[str]:
    """Of every feed of the portal, found by what answers its address."""
    user = user_of("secretariat")
    calendar_links.renew(user)
    values = {"slug": body.slug, "token": calendar_links.token_of(user, to=calendar_links.SEARCHES)}
    found = []
    for pattern, names in _patterns(get_resolver()):
        if isinstance(pattern.callback, AtomFeed):
            wanted = {name: values[name] for name in pattern.pattern.converters}
            address = reverse(":".join([*names, pattern.name]), kwargs=wanted)
            found.append(f"{address}?q={quote('خرید')}" if "search" in address else address)
    return found


def _patterns(resolver, names=()):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern, (*names, *filter(None, [pattern.namespace])))
        else:
            yield pattern, names


def fill(body) -> None:
    open_to = {"visibility": Visibility.PUBLIC}
    for _ in range(2):
        meeting = make.MeetingFactory(body=body, held=True, announced_at=timezone.now(), title=WORDS)
        make.DecisionFactory(meeting=meeting, published=True, text=WORDS, title=WORDS, **open_to)
        make.MinutesFactory(meeting=meeting, published=True, **open_to)
        make.AnnouncementFactory(published=True, body=body, title=WORDS, text=f"<p>{WORDS}</p>", **open_to)
        make.EditionFactory(published=True, document=make.DocumentFactory(body=body, title=WORDS, **open_to))


@pytest.mark.parametrize("is_full", [False, True])
def test_every_feed_is_valid(is_full):
    body = make.BodyFactory()
    if is_full:
        fill(body)
    feeds = addresses(body)
    assert len(feeds) == 12

    contents = {feed: Client().get(feed).content for feed in feeds}

    faults = {feed: faults_of(content) for feed, content in contents.items()}
    assert {feed: found for feed, found in faults.items() if found} == {}
    assert {feed for feed, content in contents.items() if (b"<entry>" in content) != is_full} == set()


GOOD = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>x</title><id>tag:x,2026:a</id>
<link rel="self" href="http://x/feed"/><link href="http://x/"/><author><name>y</name></author><updated>2026-11-28T10:00:00Z</updated>
<entry><title type="html">x</title><id>tag:x,2026:b</id><link href="http://x/1"/><updated>2026-11-28T10:00:00+03:30</updated></entry></feed>"""


def test_a_good_feed_has_no_faults():
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"<author><name>y</name></author>", b""),
        (b"<title>x</title>", b""),
        (b"<title>x</title>", b"<title>x</title><title>y</title>"),
        (b"<id>tag:x,2026:b</id>", b"<id>b</id>"),
        (b"<id>tag:x,2026:b</id>", b"<id>tag:x,2026:a</id>"),
        (b"T10:00:00Z", b"T10:00:00"),
        (b"2026-11-28T10:00:00Z", b"1405-09-07"),
        (b"2026-11-28T10:00:00Z", b"2026-11-27T10:00:00Z"),
        (b'type="html"', b'type="markdown"'),
        (b'<link href="http://x/1"/>', b""),
        (b'<link href="http://x/1"/>', b'<link href="/1"/>'),
        (b'<link href="http://x/1"/>', b'<link href="http://x/1"/><link href="http://x/2"/>'),
        (b'rel="self"', b'rel="via"'),
        (b"<name>y</name>", b"<name>y</name><email>nobody</email>"),
        (b"<entry>", b"<unknown/><entry>"),
    ],
)
def test_what_is_not_valid_is_seen(good, bad):
    assert good in GOOD
    assert faults_of(GOOD.replace(good, bad, 1))
