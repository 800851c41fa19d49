"""Which edition of a document is in force on a day."""

import pytest

from council_portal.persian.calendar import to_gregorian, today
from council_portal.persian.partial_date import PartialDate
from publications.editions import edition_in_force, edition_to_show, mark_standings
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = to_gregorian(1404, 6, 15)


@pytest.fixture
def document():
    return make.DocumentFactory()


def edition(document, number, in_force_from=None, *, published=True, **fields):
    return make.EditionFactory(
        document=document, number=number, in_force_from=in_force_from, published=published, **fields
    )


@pytest.mark.parametrize(
    ("begins", "number"),
    [
        (PartialDate.day(1404, 6, 14), 2),
        (PartialDate.day(1404, 6, 15), 2),
        (PartialDate.day(1404, 6, 16), 1),
        (PartialDate.month(1404, 6), 2),
        (PartialDate.month(1404, 7), 1),
        (PartialDate.year(1404), 2),
        (PartialDate.year(1405), 1),
        (None, 1),
    ],
    ids=str,
)
def test_the_latest_published_edition_that_has_begun(document, begins, number):
    editions = [edition(document, 1, PartialDate.year(1390)), edition(document, 2, begins)]

    assert edition_in_force(editions, on=DAY).number == number


def test_without_any_date_an_edition_counts_from_its_publication_and_the_first_for_all_before(document):
    editions = [edition(document, 1), edition(document, 2)]

    assert edition_in_force(editions, on=DAY).number == 1
    assert edition_in_force(editions, on=today()).number == 2


def test_an_edition_is_replaced_by_the_next_from_its_day_on(document):
    begins = [PartialDate.year(1390), PartialDate.year(1395), PartialDate.month(1400, 7)]
    editions = [edition(document, number, day) for number, day in enumerate(begins, start=1)]

    mark_standings(editions, on=DAY)

    assert [each.replacement for each in editions] == [
        "ویرایش ۲ از ۱۳۹۵ جایگزین این ویرایش شده است.",
        "ویرایش ۳ از مهر ۱۴۰۰ جایگزین این ویرایش شده است.",
        "",
    ]


def test_a_draft_is_never_in_force(document):
    editions = [edition(document, 1), edition(document, 2, published=False)]

    assert edition_in_force(editions, on=today()).number == 1


def test_without_a_first_day_the_day_of_adoption_counts(document):
    editions = [edition(document, 1), edition(document, 2, adopted_on=PartialDate.day(1404, 7, 1))]

    assert edition_in_force(editions, on=DAY).number == 1


def test_before_any_is_in_force_the_first_to_come_is_shown(document):
    editions = [edition(document, 1, PartialDate.year(1405)), edition(document, 2, PartialDate.year(1406))]

    assert edition_in_force(editions, on=DAY) is None
    assert edition_to_show(editions, on=DAY).number == 1


def test_of_drafts_alone_the_latest_is_shown(document):
    editions = [edition(document, 1, published=False), edition(document, 2, published=False)]

    assert edition_to_show(editions, on=DAY).number == 2
    assert edition_to_show([], on=DAY) is None


def test_each_edition_has_its_standing(document):
    editions = [
        edition(document, 1),
        edition(document, 2, PartialDate.year(1404)),
        edition(document, 3, PartialDate.year(1405)),
        edition(document, 4, published=False),
    ]

    mark_standings(editions, on=DAY)

    assert [each.standing for each in editions] == ["replaced", "in_force", "coming", "draft"]
