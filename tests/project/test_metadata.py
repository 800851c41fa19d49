"""What machines that read the pages are told: sitemap, robots.txt, canonical addresses and schema.org's data."""

import json
import re
from datetime import time, timedelta
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_date

from council_portal.access.visibility import Visibility
from council_portal.crawling import SITEMAPS
from council_portal.files.storing import store
from council_portal.metadata import canonical_url, json_ld
from council_portal.persian.calendar import local_date
from council_portal.persian.partial_date import PartialDate
from tests import factories as make
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DAY = PartialDate.day(1405, 9, 11)


def locations(client, url: str) -> list[str]:
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return [found.text for found in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]


def all_locations(client) -> set[str]:
    return {page for section in locations(client, "/sitemap.xml") for page in locations(client, section)}


def full(**values) -> None:
    """One record of each kind that has a page of its own."""
    meeting = make.MeetingFactory(held=True, **values)
    make.DecisionFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    make.MaterialFactory(meeting=meeting, **values)
    make.PersonFactory(**values)
    make.OrganizationFactory(**values)
    make.ProposalFactory(submitted=True, **values)
    make.AnnouncementFactory(published=True, **values)
    make.EditionFactory(published=True, document=make.DocumentFactory(**values))


def test_the_sitemap_leads_to_pages_that_a_visitor_can_read(client):
    full(visibility=Visibility.PUBLIC)

    found = all_locations(client)

    assert len({page.split("/")[3] for page in found}) >= 9
    assert {client.get(page).status_code for page in found} == {200}


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.SECRETARIAT])
def test_the_sitemap_names_nothing_closed_whoever_asks(client, client_of, visibility):
    before = all_locations(client)
    full(visibility=visibility)
    make.MeetingFactory(visibility=Visibility.PUBLIC)
    make.AnnouncementFactory(visibility=Visibility.PUBLIC)
    make.DecisionFactory(meeting=make.MeetingFactory(), visibility=Visibility.PUBLIC)

    added = all_locations(client) - before

    assert all("/committees/" in page for page in added)  # bodies are known to everybody
    assert not any("planned" in page for page in added)
    assert all_locations(client_of("secretariat")) == all_locations(client)


def test_a_long_sitemap_has_pages(client, monkeypatch):
    monkeypatch.setattr("council_portal.metadata.RecordSitemap.limit", 2)
    make.OrganizationFactory.create_batch(3)

    sections = [url for url in locations(client, "/sitemap.xml") if "organizations" in url]

    assert len(sections) == 2
    assert len({page for section in sections for page in locations(client, section)}) == 3
    assert client.get("/sitemap-organizations.xml?p=9").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_a_section_without_pages_is_no_section(client):
    assert "http://testserver/sitemap-organizations.xml" not in locations(client, "/sitemap.xml")
    assert client.get("/sitemap-organizations.xml").status_code == 404

    make.OrganizationFactory()

    assert "http://testserver/sitemap-organizations.xml" in locations(client, "/sitemap.xml")
    assert len(locations(client, "/sitemap-organizations.xml")) == 1


@pytest.mark.parametrize("section", SITEMAPS)
def test_a_section_asks_as_often_for_many_as_for_one(client, section):
    full(visibility=Visibility.PUBLIC)
    with CaptureQueriesContext(connection) as for_one:
        client.get(f"/sitemap-{section}.xml")
    for _ in range(4):
        full(visibility=Visibility.PUBLIC)

    with CaptureQueriesContext(connection) as for_many:
        client.get(f"/sitemap-{section}.xml")

    assert len(for_many) == len(for_one)


def last_changes(client, url: str) -> dict[str, str]:
    """The last change of each page, "" where none is told."""
    pages = ElementTree.fromstring(client.get(url).content)
    return {page.find(f"{SITEMAP}loc").text: page.findtext(f"{SITEMAP}lastmod", "") for page in pages}


def test_each_record_says_when_it_last_changed(client):
    full(visibility=Visibility.PUBLIC)
    organization = make.OrganizationFactory()

    sections = last_changes(client, "/sitemap.xml")
    told = {section: list(last_changes(client, section).values()) for section in sections if "pages" not in section}

    dates = [date for of_section in told.values() for date in of_section]
    assert len(dates) >= 8
    assert all(parse_date(date) for date in dates)
    assert all(bool(sections[section]) == bool(of_section) for section, of_section in told.items())
    url = f"http://testserver{organization.get_absolute_url()}"
    assert last_changes(client, "/sitemap-organizations.xml")[url] == str(local_date(timezone.now()))


def test_minutes_and_editions_renew_the_pages_that_show_them(client):
    meeting = make.MeetingFactory(held=True, visibility=Visibility.PUBLIC)
    minutes = make.MinutesFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    edition = make.EditionFactory(published=True, document=make.DocumentFactory(visibility=Visibility.PUBLIC))
    later = timezone.now() + timedelta(days=400)

    for record, section in ((minutes, "meetings"), (edition, "publications")):
        [row] = SITEMAPS[section].items()
        assert SITEMAPS[section].lastmod(row) >= record.published_at
        assert SITEMAPS[section].get_latest_lastmod() == SITEMAPS[section].lastmod(row) < later


def test_an_edition_stands_once_in_the_sitemap_and_names_one_address(client):
    document = make.DocumentFactory(visibility=Visibility.PUBLIC)
    first = make.EditionFactory(document=document, published=True, number=1)
    second = make.EditionFactory(document=document, published=True, number=2)
    own, old = f"http://testserver{document.get_absolute_url()}", f"http://testserver{first.get_absolute_url()}"

    found = {page for page in all_locations(client) if "/publications/" in page and document.slug in page}

    assert found == {own, old}
    for page, canonical in ((own, own), (second.get_absolute_url(), own), (old, old)):
        text = client.get(page).text
        assert f'<link rel="canonical" href="{canonical}">' in text
        assert open_graph(text)["url"] == data_of(client, page)["url"] == canonical


def test_robots_are_kept_from_the_work_and_shown_the_sitemap(client):
    response = client.get("/robots.txt")

    lines = response.text.splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert lines[0] == "User-agent: *"
    for path in ("/desk/", "/admin/", "/search/", "/calendar/personal/"):
        assert f"Disallow: {path}" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    kept_out = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert not [
        page for page in all_locations(client) if page.removeprefix("http://testserver").startswith(tuple(kept_out))
    ]


# One address for each page


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/members/", "/members/"),
        ("/members/?q=x&page=1", "/members/"),
        ("/members/?page=2", "/members/?page=2"),
        ("/members/?page=%DB%B2", "/members/?page=2"),
        ("/members/?page=2%22%3E", "/members/"),
        ("/members/?q=x&page=2", "/members/"),
        ("/decisions/?year=1405&utm_source=x", "/decisions/"),
        ("/calendar/1405/9/?body=assembly", "/calendar/1405/9/"),
    ],
)
def test_a_page_has_one_address_however_it_is_narrowed(rf, asked, canonical):
    assert canonical_url(rf.get(asked)) == f"http://testserver{canonical}"


def test_its_head_names_it(client):
    assert '<link rel="canonical" href="http://testserver/decisions/">' in client.get("/decisions/?year=1405").text


# What a page is about


class Data(HTMLParser):
    """The data of a page, as a browser finds it: the text of the element, to its end."""

    def __init__(self, text: str):
        super().__init__()
        self.found, self._is_in = [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._is_in = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data):
        if self._is_in:
            self.found.append(data)
            self._is_in = False


def data_of(client, url: str) -> dict:
    [text] = Data(client.get(url).text).found
    return json.loads(text)


def test_an_announced_meeting_is_an_event(client):
    host = make.OrganizationFactory(name="وزارت نمونه")
    meeting = make.MeetingFactory(
        announced=True, held_on=DAY, starts_at=time(9, 30), ends_at=time(12), venue="تهران", host=host, title="موضوع"
    )

    data = data_of(client, meeting.get_absolute_url())

    assert (data["@context"], data["@type"]) == ("https://schema.org", "Event")
    assert (data["startDate"], data["endDate"]) == ("2026-12-02T09:30+03:30", "2026-12-02T12:00+03:30")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert (data["location"]["name"], data["contributor"]["name"]) == ("تهران", "وزارت نمونه")
    assert data["name"].endswith(": موضوع")


def test_who_met_and_decided_is_named_with_its_own_page(client):
    committee, assembly = make.BodyFactory(), make.BodyFactory(assembly=True)

    for body, page in ((committee, committee.get_absolute_url()), (assembly, "/")):
        meeting = make.MeetingFactory(held=True, body=body)
        decision = make.DecisionFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
        who = {"@type": "Organization", "name": str(body), "url": f"http://testserver{page}"}
        assert data_of(client, meeting.get_absolute_url())["organizer"] == who
        assert data_of(client, decision.get_absolute_url())["legislationPassedBy"] == who


@pytest.mark.parametrize("held_on", [None, PartialDate.month(1405, 9), PartialDate.year(1405)])
def test_no_day_is_invented(client, held_on):
    meeting = make.MeetingFactory(held=True, held_on=held_on)

    assert "startDate" not in data_of(client, meeting.get_absolute_url())


def test_a_cancelled_meeting_and_one_that_moved_say_so(client):
    cancelled = make.MeetingFactory(announced=True, held_on=DAY)
    type(cancelled).objects.filter(pk=cancelled.pk).update(status="cancelled", cancelled_because="تعطیلی")

    assert data_of(client, cancelled.get_absolute_url())["eventStatus"].endswith("/EventCancelled")


@pytest.mark.parametrize(
    ("change", "status", "earlier"),
    [
        ({"held_on": DAY}, "EventRescheduled", ["2026-11-22T09:30+03:30"]),
        ({"starts_at": time(10)}, "EventRescheduled", ["2026-11-22T09:30+03:30"]),
        ({"held_on": None, "starts_at": None}, "EventPostponed", ["2026-11-22T09:30+03:30"]),
        ({"venue": "تالار دیگر"}, "EventScheduled", None),
        ({"held_on": DAY, "status": "held", "number": 5}, "EventScheduled", None),
    ],
    ids=["day", "hour", "unknown day", "venue", "held"],
)
def test_a_meeting_that_moved_names_when_it_was_to_be(client, change, status, earlier):
    meeting = make.MeetingFactory(
        announced=True, held_on=PartialDate.day(1405, 9, 1), starts_at=time(9, 30), venue="تالار"
    )
    for field, value in change.items():
        setattr(meeting, field, value)
    meeting.save()

    data = data_of(client, meeting.get_absolute_url())

    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data.get("previousStartDate") == earlier


@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_of_a_plan_that_moved_no_earlier_day_is_named(client_of, role):
    meeting = make.MeetingFactory(held_on=PartialDate.day(1405, 9, 1))
    type(meeting).objects.filter(pk=meeting.pk).update(held_on=DAY, status="announced")

    assert "previousStartDate" not in data_of(client_of(role), meeting.get_absolute_url())


def test_a_host_that_is_not_for_everybody_is_not_named(client):
    hidden = make.OrganizationFactory(name="دستگاه پنهان", visibility=Visibility.MEMBERS)
    meeting = make.MeetingFactory(held=True, host=hidden)
    child = make.OrganizationFactory(parent=hidden)

    assert "پنهان" not in json.dumps(data_of(client, meeting.get_absolute_url()), ensure_ascii=False)
    assert "parentOrganization" not in data_of(client, child.get_absolute_url())


def test_decisions_and_publications_are_legislation_and_reports_documents(client):
    decision = make.DecisionFactory(
        published=True, visibility=Visibility.PUBLIC, meeting__held_on=DAY, meeting__held=True
    )
    bylaws = make.EditionFactory(published=True, document__kind="bylaws", in_force_from=DAY)
    report = make.EditionFactory(published=True)

    law, book, paper = (data_of(client, record.get_absolute_url()) for record in (decision, bylaws, report))

    assert (law["@type"], law["legislationIdentifier"]) == ("Legislation", decision.label)
    assert law["legislationDate"] == "2026-12-02"
    assert (book["@type"], book["version"], book["legislationDateVersion"]) == (
        "Legislation",
        bylaws.number,
        "2026-12-02",
    )
    assert (paper["@type"], paper["datePublished"][:2]) == ("DigitalDocument", "20")


@pytest.mark.parametrize(("kind", "what"), [("speech", "DigitalDocument"), ("picture", "ImageObject")])
def test_a_material_is_a_document_or_a_picture_of_its_meeting(client, kind, what):
    speaker = make.PersonFactory(family_name="پنهانی", visibility=Visibility.MEMBERS)
    file = store(upload(picture(), "a.png"), by=None)
    of = {"file": file, "speaker": speaker, "meeting__held_on": DAY, "visibility": Visibility.PUBLIC}
    material = make.MaterialFactory(kind=kind, title="سخن", alt_text="شرح", **of)

    data = data_of(client, material.get_absolute_url())

    assert (data["@type"], data["name"], data["dateCreated"]) == (what, "سخن", "2026-12-02")
    assert data["encodingFormat"] == "image/png"
    assert client.get(data["contentUrl"]).status_code == 200
    assert data["isPartOf"]["url"].endswith(material.meeting.get_absolute_url())
    assert "author" not in data


def test_the_council_and_its_bodies_are_organisations(client):
    make.BodyFactory(assembly=True)
    committee = make.BodyFactory(purpose="هدف نمونه")

    assert data_of(client, "/about/")["@type"] == data_of(client, "/")["@type"] == "Organization"
    assert data_of(client, committee.get_absolute_url())["parentOrganization"]["url"] == "http://testserver/"


def test_text_never_ends_the_element():
    text = "</script><script>alert(1)</script>&<!--"

    element = json_ld({"name": text})

    inner = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', element).group(1)
    assert not set("<>&") & set(inner)
    assert json.loads(inner)["name"] == text


def open_graph(html: str) -> dict[str, str]:
    found = re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html)
    assert len(found) == len(dict(found))
    return {name: unescape(value) for name, value in found}


def test_whoever_shows_a_link_to_a_page_is_told_what_it_is(client):
    title = 'خرید "کاغذ" & <b>'
    decision = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC, title=title)

    told, home = open_graph(client.get(decision.get_absolute_url() + "?x=1").text), open_graph(client.get("/").text)

    assert (told["type"], home["type"]) == ("article", "website")
    assert title in told["title"]
    assert told["url"] == f"http://testserver{decision.get_absolute_url()}"
    assert told["site_name"] == home["site_name"] == "اجلاس مدیران دبیرخانه‌های قوای سه‌گانه"
    assert told["description"]
    assert told["image"].startswith("http://testserver/")
    assert told["locale"] == "fa_IR"


@pytest.mark.parametrize("url", ["/", "/about/", "/meetings/", "/members/", "/calendar/", "/calendar/list/", "/feeds/"])
def test_every_page_says_in_its_head_what_it_is(url):
    text = Client().get(url).text

    assert re.search(r"<title>\s*\S.* · ", text) or url == "/"
    assert re.search(r'<meta name="description" content="[^"]{20,}">', text)


def test_the_further_pages_of_a_list_are_told_apart_by_their_titles(client):
    make.AnnouncementFactory.create_batch(26, published=True, visibility=Visibility.PUBLIC)

    first, second = (
        re.search("<title>(.*)</title>", client.get(f"/publications/announcements/{page}").text)[1]
        for page in ("", "?page=2")
    )

    assert "صفحهٔ ۲" in second
    assert second.replace(" · صفحهٔ ۲", "") == first
