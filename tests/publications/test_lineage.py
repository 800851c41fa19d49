"""An article is known again in the next edition, by its heading or its words, whatever its number is."""

import pytest

from publications.article_history import versions_of
from publications.comparing import changes_between, compare
from publications.lineage import Lineage, partners
from publications.models import Edition
from tests import factories as make

pytestmark = pytest.mark.django_db

QUORUM = "مجمع عمومی با حضور بیش از نیمی از اعضا رسمیت می‌یابد"
HOSTS = "ترتیب میزبانی را هیئت رئیسه تعیین و اعلام می‌کند"
OTHER = "این متن هیچ شباهتی به آن دو جمله پیشین ندارد"


@pytest.fixture
def document():
    return make.DocumentFactory(kind="bylaws")


def edition(document, number, *articles, **fields) -> Edition:
    """An edition of articles that are given as (heading, text) or (heading, text, note)."""
    row = make.EditionFactory(document=document, number=number, **fields)
    for place, (heading, text, *notes) in enumerate(articles, start=1):
        article = make.ArticleFactory(edition=row, number=place, heading=heading, text=f"<p>{text}</p>")
        for note, words in enumerate(notes, start=1):
            make.ArticleNoteFactory(article=article, number=note, text=f"<p>{words}</p>")
    return Edition.objects.with_articles().get(pk=row.pk)


def kinds(old, new) -> list[tuple[str, int]]:
    return [(change.kind, change.article.number) for change in compare(old, new).articles]


def test_the_same_articles_are_as_before(document):
    old, new = (edition(document, n, ("الف", QUORUM, "تبصره"), ("", HOSTS)) for n in (1, 2))

    assert kinds(old, new) == [("same", 1), ("same", 2)]
    assert compare(old, new).changed == []


def test_an_article_that_moved_has_another_number_only(document):
    old = edition(document, 1, ("", QUORUM), ("", HOSTS))
    new = edition(document, 2, ("", OTHER), ("", QUORUM), ("", HOSTS))

    assert kinds(old, new) == [("added", 1), ("renumbered", 2), ("renumbered", 3)]


def test_an_article_is_known_by_its_heading_though_every_word_is_another(document):
    old, new = edition(document, 1, ("میزبانی", HOSTS)), edition(document, 2, ("میزبانی", OTHER))

    assert kinds(old, new) == [("changed", 1)]


def test_an_article_is_known_by_its_words_though_its_heading_is_another(document):
    old, new = edition(document, 1, ("میزبانی", HOSTS)), edition(document, 2, ("نوبت", HOSTS))

    change = compare(old, new).articles[0]
    assert change.kind == "changed"
    assert change.heading == "<del>میزبانی</del> <ins>نوبت</ins>"


def test_one_left_out_stands_where_it_stood_and_one_with_nothing_in_common_is_new(document):
    old = edition(document, 1, ("", QUORUM), ("", HOSTS), ("", "سه"))
    new = edition(document, 2, ("", QUORUM), ("", OTHER), ("", "سه"))

    assert kinds(old, new) == [("same", 1), ("removed", 2), ("added", 2), ("same", 3)]


def test_what_changed_is_marked_word_by_word_and_notes_count(document):
    old = edition(document, 1, ("", QUORUM, "ده روز پیش"))
    new = edition(document, 2, ("", QUORUM, "سه روز پیش"))

    change = compare(old, new).articles[0]
    assert change.kind == "changed"
    assert "<del>ده</del> <ins>سه</ins>" in change.text
    assert "تبصره ۱" in change.text


def test_typed_letters_are_never_markup(document):
    old, new = edition(document, 1, ("<b>", HOSTS)), edition(document, 2, ("<i>", HOSTS))

    assert compare(old, new).articles[0].heading == "<del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins>"


def test_each_article_continues_one_at_most(document):
    old = edition(document, 1, ("", HOSTS))
    new = edition(document, 2, ("", HOSTS), ("", HOSTS))

    assert len(partners(old.articles.all(), new.articles.all())) == 1
    assert kinds(old, new) == [("same", 1), ("added", 2)]


def test_nothing_compared_with_nothing():
    assert changes_between([], []) == []


def test_the_history_of_an_article_goes_through_every_edition(document):
    editions = [
        edition(document, 1, ("", OTHER)),
        edition(document, 2, ("", QUORUM), ("", OTHER)),
        edition(document, 3, ("", OTHER), ("", QUORUM + " یا جانشینان")),
        edition(document, 4, ("", OTHER), ("", QUORUM + " یا جانشینان")),
        edition(document, 5, ("", OTHER)),
    ]
    lineage = Lineage(editions)

    for start in (1, 2, 3):
        article = next(one for one in editions[start].articles.all() if OTHER not in one.text)
        versions = versions_of(article, lineage)
        assert [(one.edition.number, one.change.kind) for one in versions] == [
            (5, "removed"), (4, "same"), (3, "changed"), (2, "added"),
        ]  # fmt: skip
    first = versions_of(editions[0].articles.all()[0], lineage)
    assert len(first) == 5
    assert first[-1].is_first


def test_an_edition_in_a_file_alone_is_passed_over(document):
    one = edition(document, 1, ("", QUORUM))
    three = edition(document, 3, ("", QUORUM))

    line = Lineage([three, edition(document, 2), one]).line_of(three.articles.all()[0])

    assert [article.edition.number for article in line] == [1, 3]
