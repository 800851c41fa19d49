"""The feed of a search: what is published or changed comes first, dated by that, and tells of nothing closed."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.records import last_change_of
from council_portal.search.models import Paragraph
from meetings.models import Decision
from tests import factories as make

from .pages import ATOM, PUBLIC, decision, page

pytestmark = pytest.mark.django_db


def entries(client, q="اتوماسیون", **asked) -> list[tuple[str, datetime]]:
    """The paths of the entries in their order, and when each was last changed."""
    feed = ElementTree.fromstring(client.get("/search/feed/", {"q": q, **asked}).content)
    found = []
    for entry in feed.iter(f"{ATOM}entry"):
        path = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
        found.append((path.partition("#")[0], datetime.fromisoformat(entry.find(f"{ATOM}updated").text)))
    return found


def paths(client, **asked) -> list[str]:
    return [path for path, _ in entries(client, **asked)]


@pytest.fixture
def old():
    return decision(meeting__held_on=PartialDate.day(1390, 1, 20))


@pytest.fixture
def recent(old):
    return decision(meeting__held_on=PartialDate.day(1402, 1, 20))


def test_what_is_entered_now_comes_first_though_its_meeting_was_long_ago(client, old, recent):
    before = now()
    material = make.MaterialFactory(meeting=old.meeting, title="مقاله اتوماسیون", **PUBLIC)

    [(path, changed_at), *others] = entries(client)

    assert path == material.get_absolute_url()
    assert before.replace(microsecond=0) <= changed_at <= now()
    assert [path for path, _ in others] == [recent.get_absolute_url(), old.get_absolute_url()]


def test_the_feed_says_the_address_that_the_page_gives(client, old):
    address = re.search(r'type="application/atom\+xml"[^>]*href="(/search/feed/[^"]+)"', page(client, "اتوماسیون"))[1]
    links = ElementTree.fromstring(client.get(address).content).findall(f"{ATOM}link")

    [own] = [link.get("href") for link in links if link.get("rel") == "self"]

    assert own == f"http://testserver{address}"


def test_a_change_and_a_report_move_what_they_are_of(client, old, recent):
    assert paths(client) == [recent.get_absolute_url(), old.get_absolute_url()]

    make.FollowUpFactory(assignment=make.AssignmentFactory(decision=old), text="انجام شد")

    [(first, changed_at), (_, before)] = entries(client)
    assert first == old.get_absolute_url()
    assert changed_at >= before


def test_what_is_opened_is_new_to_those_who_read_it_now(client, old, recent):
    closed = decision(visibility=Visibility.MEMBERS)
    make.MaterialFactory(meeting=old.meeting, title="اتوماسیون", **PUBLIC)
    assert closed.get_absolute_url() not in paths(client)

    closed.visibility = Visibility.PUBLIC
    closed.save()

    assert paths(client)[0] == closed.get_absolute_url()


def test_what_is_closed_moves_nothing_for_who_does_not_read_it(client):
    old, recent = (
        make.MeetingFactory(held=True, held_on=PartialDate.year(year), title="اتوماسیون", **PUBLIC)
        for year in (1390, 1402)
    )
    before = entries(client)

    make.AgendaItemFactory(meeting=old, title="اتوماسیون", visibility=Visibility.SECRETARIAT)
    assert entries(client) == before
    assert [path for path, _ in before] == [recent.get_absolute_url(), old.get_absolute_url()]

    make.AgendaItemFactory(meeting=old, title="اتوماسیون")
    assert paths(client) == [old.get_absolute_url(), recent.get_absolute_url()]


def test_what_says_the_same_as_before_is_not_news(client, old, recent):
    before = entries(client)

    recent.meeting.venue = "تالار"
    recent.meeting.save()
    old.meeting.venue = "تالار"
    old.meeting.save()
    call_command("reindex_search", verbosity=0)

    assert entries(client) == before


def test_built_anew_it_goes_by_the_history_of_each_record(client, old):
    Paragraph.objects.all().delete()

    call_command("reindex_search", verbosity=0)

    changed_at = Decision.objects.annotate(changed_at=last_change_of(Decision)).get(pk=old.pk).changed_at
    assert entries(client) == [(old.get_absolute_url(), changed_at)]


def test_what_has_no_date_is_told_too_and_nothing_is_dated_ahead(client):
    organization = make.OrganizationFactory(name="سازمان اتوماسیون")
    plan = make.MeetingFactory(announced=True, held_on=PartialDate.day(1500, 1, 20), title="اتوماسیون", **PUBLIC)

    found = entries(client)

    assert [path for path, _ in found] == [plan.get_absolute_url(), organization.get_absolute_url()]
    assert all(changed_at <= now() for _, changed_at in found)
    assert paths(client, kind="organization") == [organization.get_absolute_url()]


def test_what_a_question_names_is_told_as_the_page_lists_it(client):
    ministry = make.OrganizationFactory(name="وزارت نیرو", **PUBLIC)
    theirs, hidden = decision("خرید رایانه"), decision("خرید رایانه", visibility=Visibility.MEMBERS)
    decision("خرید رایانه")
    for record in (theirs, hidden):
        make.AssignmentFactory(decision=record, organization=ministry)

    assert paths(client, q="مصوبات وزارت نیرو") == [theirs.get_absolute_url()]
    assert paths(client, q="") == []


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\x00", "\x1b"])
def test_what_may_not_stand_in_xml_is_left_out(client, old, character):
    assert paths(client, q=f"اتو{character}ماسیون") == [old.get_absolute_url()]


def test_the_feed_of_a_search_holds_what_a_visitor_finds(client_of):
    shown, hidden = decision(), decision(visibility=Visibility.MEMBERS)

    feed = ElementTree.fromstring(client_of("secretariat").get("/search/feed/", {"q": "اتوماسیون"}).content)

    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]
    assert [link.endswith(shown.get_absolute_url()) for link in links] == [True]
    assert not any(link.endswith(hidden.get_absolute_url()) for link in links)
    assert "q=" in feed.find(f"{ATOM}id").text


def test_a_feed_keeps_its_id_when_what_it_asks_for_gets_another_address(client):
    def id_of(body: str, organization: str) -> str:
        asked = {"q": "خرید", "body": body, "organization": organization}
        return ElementTree.fromstring(client.get("/search/feed/", asked).content).find(f"{ATOM}id").text

    body, organization = make.BodyFactory(slug="old"), make.OrganizationFactory(slug="old")
    before = id_of("old", "old")
    for record in (body, organization):
        record.slug = "new"
        record.save()

    assert id_of("new", "new") == before
    assert id_of("new", "") != before


def test_a_feed_is_called_after_all_that_is_asked(client):
    feed = ElementTree.fromstring(
        client.get("/search/feed/", {"q": "خرید 87", "kind": "decision", "year": "1404"}).content
    )

    assert feed.find(f"{ATOM}title").text == "جست‌وجو: خرید ۸۷، مصوبات، سال ۱۴۰۴"
