import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from council_portal.navigation import SECTIONS, current_section
from council_portal.persian.partial_date import PartialDate
from council_portal.templatetags.look import STATUS_LOOKS, status_look
from meetings import models as meetings

SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', Path(settings.BASE_DIR, "static/img/icons.svg").read_text()))
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (PartialDate.day(1387, 11, 2), "۲ بهمن ۱۳۸۷"),
        (PartialDate.month(1387, 11), "بهمن ۱۳۸۷"),
        (PartialDate.year(1387), "۱۳۸۷"),
    ],
)
def test_date_block_shows_what_is_known(date, shown):
    html = render_to_string("components/date_block.html", {"date": date, "size": ""})

    assert words(html).startswith(shown)


def test_date_block_without_a_date_shows_no_digit():
    html = render_to_string("components/date_block.html", {"date": None, "size": ""})

    assert not re.search(r"\d", words(html))
    assert "date-block--unknown" in html


@pytest.mark.parametrize(
    "choices",
    [
        meetings.Meeting.Status,
        meetings.Minutes.Status,
        meetings.Assignment.Status,
        meetings.HostTurn.Status,
        meetings.Attendance.Status,
        meetings.AgendaItem.Outcome,
    ],
    ids=lambda choices: choices.__qualname__,
)
def test_each_status_has_its_look(choices):
    assert {value for value in choices.values if value not in STATUS_LOOKS} == set()


def test_unknown_status_looks_quiet():
    assert status_look("something else").tone == "quiet"


def test_status_is_a_word_with_an_icon():
    html = render_to_string("components/status.html", {"status": "held", "label": "برگزارشده"})

    assert words(html) == "برگزارشده"
    assert "#done" in html


def test_icons_of_statuses_are_in_the_sprite():
    assert {look.icon for look in STATUS_LOOKS.values()} <= SPRITE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_icons_of_templates_are_in_the_sprite(path):
    named = re.findall(r'components/icon\.html" with name="([\w-]+)"', path.read_text())

    assert set(named) <= SPRITE


@pytest.fixture
def pager(rf):
    def pager(number, query=""):
        page = Paginator(range(100), 20).get_page(number)
        return render_to_string("components/pager.html", {"page": page, "request": rf.get(f"/decisions/?{query}")})

    return pager


def test_pager_keeps_the_filters(pager):
    assert 'href="?status=open&amp;page=3"' in pager(2, "status=open&page=2")


def test_first_page_offers_nothing_before_it(pager):
    assert 'rel="prev"' not in pager(1)


def test_last_page_offers_nothing_after_it(pager):
    assert 'rel="next"' not in pager(5)


def test_pager_speaks_persian_digits(pager):
    assert "۲" in words(pager(2))


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/meetings/", "/meetings/"),
        ("/meetings/13/", "/meetings/"),
        ("/meetings/hosts/", "/meetings/hosts/"),
        ("/committees/ict/sessions/2/", "/committees/"),
    ],
)
def test_navigation_knows_where_the_reader_is(path, section):
    assert current_section(path).url == section


def test_home_is_in_no_section():
    assert current_section("/") is None


def test_sections_are_all_different():
    assert len({section.url for section in SECTIONS}) == len(SECTIONS)
