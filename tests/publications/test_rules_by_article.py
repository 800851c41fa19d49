"""A rule of the portal names the article that it follows from, in the edition that is in force."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from members.by_article import Rule, article_behind, articles_behind
from members.models import Body
from publications.models import ArticleRule, Edition
from tests import factories as make
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
TEXT = "مجمع عمومی با حضور بیش از نیمی از اعضا رسمیت می‌یابد"


@pytest.fixture
def document():
    return make.DocumentFactory(kind="bylaws", slug="bylaws")


def article(document, number, place, text=TEXT, **fields):
    row = make.EditionFactory(document=document, number=number, **fields)
    found = make.ArticleFactory(edition=row, number=place, text=f"<p>{text}</p>")
    Edition.objects.filter(pk=row.pk).update(published_at=timezone.now())
    return found


def basis(rule=Rule.QUORUM, body_kind="assembly", user=None):
    return article_behind(rule, body_kind=body_kind, user=user)


def test_what_nobody_has_entered_names_no_article():
    assert articles_behind(*Rule, body_kind="assembly", user=None) == dict.fromkeys(Rule.values)


def test_a_rule_names_its_article_and_links_to_it(document):
    ArticleRule.objects.create(rule=Rule.QUORUM, article=article(document, 1, 5))

    assert (basis().words, basis().url) == ("ماده ۵ اساسنامه", "/publications/bylaws/editions/1/#article-5")


def test_what_is_said_of_one_kind_of_body_counts_before_what_is_said_of_all(document):
    ArticleRule.objects.create(rule=Rule.QUORUM, article=article(document, 1, 5))
    ArticleRule.objects.create(
        rule=Rule.QUORUM, body_kind=Body.Kind.BOARD, article=article(make.DocumentFactory(title="آیین‌نامه"), 1, 2)
    )

    assert (basis().words, basis(body_kind="board").words) == ("ماده ۵ اساسنامه", "ماده ۲ آیین‌نامه")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"place": 7}, "ماده ۷ اساسنامه"),
        ({"place": 7, "in_force_from": PartialDate.year(1500)}, "ماده ۵ اساسنامه"),
        ({"place": 7, "text": "چیزی که هیچ شباهتی ندارد"}, None),
    ],
    ids=["moved", "not yet in force", "left out"],
)
def test_it_follows_its_article_into_the_edition_in_force(document, fields, words):
    ArticleRule.objects.create(rule=Rule.QUORUM, article=article(document, 1, 5))
    article(document, 2, **fields)

    assert getattr(basis(), "words", None) == words


def test_a_meeting_of_the_past_names_the_article_of_its_own_time(client, document):
    ArticleRule.objects.create(rule=Rule.QUORUM, article=article(document, 2, 4, in_force_from=PartialDate.year(1402)))
    article(document, 1, 5, in_force_from=PartialDate.year(1390))
    assembly = make.BodyFactory(assembly=True, quorum=3)
    pages = []
    for year in (1389, 1401, 1402):
        meeting = make.MeetingFactory(body=assembly, held=True, held_on=PartialDate.day(year, 8, 1))
        make.AttendanceFactory(meeting=meeting)
        pages.append(client.get(meeting.get_absolute_url()).text)

    assert ["ماده ۵ اساسنامه" in page for page in pages] == [False, True, False]
    assert ["ماده ۴ اساسنامه" in page for page in pages] == [False, False, True]


def test_a_closed_document_is_named_to_none_but_its_readers(document):
    ArticleRule.objects.create(rule=Rule.QUORUM, article=article(document, 1, 5))
    type(document).objects.update(visibility=Visibility.SECRETARIAT)

    assert basis() is None
    assert basis(user=make.UserFactory(secretariat=True)) is not None


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_on_which_the_rules_speak_name_them(client_of, role, document):
    ArticleRule.objects.bulk_create(
        ArticleRule(rule=rule, article=place)
        for rule, place in zip(Rule.values, [article(document, 1, 5)] * len(Rule), strict=True)
    )
    assembly = make.BodyFactory(assembly=True, quorum=3, meetings_per_month=1)
    committee = make.BodyFactory(quorum=3, meetings_per_month=2)
    meeting = make.MeetingFactory(body=assembly, held=True)
    make.AttendanceFactory(meeting=meeting)
    client = client_of(role, committee)
    pages = ["/about/", "/committees/", committee.get_absolute_url(), meeting.get_absolute_url(), "/meetings/hosts/"]

    assert [page for page in pages if "ماده ۵ اساسنامه" not in client.get(page).text] == []


def test_the_desks_pages_name_them_too(client_of, document):
    found = article(document, 1, 5)
    for rule in Rule:
        ArticleRule.objects.create(rule=rule, article=found)
    assembly, ahead = make.BodyFactory(assembly=True, quorum=3), PartialDate.from_date(today() + timedelta(days=30))
    meeting = make.MeetingFactory(body=assembly, announced=True, held_on=ahead)
    make.MinutesFactory(meeting=meeting)
    make.AttendanceFactory(meeting=meeting)
    client = client_of("secretariat")
    pages = [f"/desk/meetings/{meeting.pk}/{page}/" for page in ("attendance", "minutes", "invitations")] + [
        "/desk/follow-up/"
    ]

    assert [page for page in pages if "ماده ۵ اساسنامه" not in client.get(page).text] == []


def test_queries_do_not_grow_with_the_rules(document):
    ArticleRule.objects.create(rule=Rule.QUORUM, article=article(document, 1, 5))
    article(document, 2, 6)
    before = queries_of(Rule.QUORUM)

    ArticleRule.objects.create(rule=Rule.TERMS, article=article(make.DocumentFactory(), 1, 1))
    ArticleRule.objects.create(rule=Rule.CADENCE, article=article(document, 3, 1))

    assert queries_of(*Rule) == before


def queries_of(*rules) -> int:
    with CaptureQueriesContext(connection) as queries:
        articles_behind(*rules, body_kind="assembly", user=None)
    return len(queries)
