from urllib.parse import quote

import pytest
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.files.texts import pages_of_pdf
from council_portal.issuing.papers import html_of, pdf_of
from council_portal.persian.partial_date import PartialDate
from publications.papers import edition_paper
from tests import factories as make
from tests.issuing.pdf_files import contents_of, opened, outline_of, words_of
from tests.roles import ROLES

pytestmark = pytest.mark.django_db


def bylaws(articles: int = 2, notes: int = 0, is_published: bool = True, **edition):
    """An edition with so many articles, each with so many notes."""
    visibility = edition.pop("visibility", Visibility.PUBLIC)
    document = make.DocumentFactory(kind="bylaws", slug="bylaws", title="اساسنامه نمونه", visibility=visibility)
    edition = make.EditionFactory(document=document, number=2, **edition)
    for number in range(1, articles + 1):
        article = make.ArticleFactory(edition=edition, number=number, heading="هدف")
        for note in range(1, notes + 1):
            make.ArticleNoteFactory(article=article, number=note)
    if is_published:
        edition.published_at = timezone.now()
        edition.save()
    return edition


def text_of(edition, user=None) -> str:
    return words_of(html_of(edition_paper(edition, user=user)))


def test_an_edition_has_its_articles_with_their_notes():
    text = text_of(bylaws(notes=2))

    assert "ماده ۱ – هدف متن ماده نمونه تبصره ۱: متن تبصره نمونه تبصره ۲: متن تبصره نمونه ماده ۲ – هدف" in text


def test_the_cover_says_which_edition_it_is_and_since_when_it_holds():
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), number=20)
    text = text_of(bylaws(adopted_in=meeting, in_force_from=PartialDate.day(1405, 2, 2)))

    assert "اساسنامه نمونه ویرایش ۲ مصوب در: بیستمین اجلاس لازم‌الاجرا از: ۲ اردیبهشت ۱۴۰۵" in text


def test_an_edition_that_was_replaced_says_so_on_each_page(client_of):
    """By which and since when on its cover."""
    old = bylaws(articles=6)
    begins = {"in_force_from": PartialDate.day(1403, 7, 1), "published": True}
    make.EditionFactory(document=old.document, number=3, text="<p>نو</p>", **begins)

    pages = pages_of_pdf(client_of("visitor").get("/publications/bylaws/editions/2.pdf").content)

    assert len(pages) > 1
    assert all("جایگزین" in page for page in pages)
    assert "ویرایش ۲ – جایگزین‌شده ویرایش ۳ از ۱ مهر ۱۴۰۳ جایگزین این ویرایش شده است." in text_of(old)


def test_an_edition_is_not_replaced_by_one_that_is_still_to_come():
    edition = bylaws()
    later = {"in_force_from": PartialDate.year(1490), "published": True}
    make.EditionFactory(document=edition.document, number=3, **later)
    make.EditionFactory(document=edition.document, number=4, published=False)

    assert "جایگزین" not in text_of(edition)


def test_a_report_is_no_edition_of_something():
    document = make.DocumentFactory(kind="report", title="گزارش نمونه")

    assert "ویرایش ۱" not in text_of(make.EditionFactory(document=document, number=1, text="<p>متن</p>"))


def test_a_meeting_that_those_it_is_for_may_not_read_is_not_named():
    meeting = make.MeetingFactory(held=True, visibility=Visibility.SECRETARIAT)

    assert "مصوب در" not in text_of(bylaws(adopted_in=meeting))


@pytest.mark.parametrize(("articles", "has_contents"), [(5, False), (6, True)])
def test_many_articles_have_a_table_of_contents(articles, has_contents):
    assert ("فهرست مواد" in text_of(bylaws(articles=articles))) is has_contents


@pytest.mark.parametrize("is_published", [True, False])
def test_an_edition_that_is_not_published_is_a_draft(is_published):
    assert edition_paper(bylaws(is_published=is_published)).is_draft is not is_published


def test_its_pdf_has_title_language_and_a_bookmark_for_each_article():
    content = pdf_of(edition_paper(bylaws()))

    with opened(content) as document:
        assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("fa", "اساسنامه نمونه، ویرایش ۲")
    assert outline_of(content) == ["ماده ۱ – هدف", "ماده ۲ – هدف"]


def test_its_table_of_contents_names_what_its_bookmarks_name():
    paper = edition_paper(bylaws(articles=6))

    assert contents_of(html_of(paper)) == outline_of(pdf_of(paper))


def test_a_text_without_articles_has_its_own_headings_as_bookmarks():
    document = make.DocumentFactory(kind="report", title="گزارش نمونه")
    edition = make.EditionFactory(document=document, number=1, text="<h2>کارهای سال</h2><p>متن</p>")

    assert outline_of(pdf_of(edition_paper(edition))) == ["کارهای سال"]


# Its address

BOTH = ["/publications/bylaws/bylaws.pdf", "/publications/bylaws/editions/2.pdf"]


@pytest.mark.parametrize("address", BOTH)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_a_document_of_the_members_may_print_it(client_of, role, address):
    bylaws(visibility=Visibility.MEMBERS)

    status = client_of(role, make.BodyFactory()).get(address).status_code

    assert status == (404 if role in ("visitor", "former_member", "administrator") else 200)


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_is_for_the_secretariat(client_of, role):
    bylaws(is_published=False)

    status = client_of(role, make.BodyFactory()).get(BOTH[1]).status_code

    assert status == (200 if role == "secretariat" else 404)


def test_the_unnumbered_address_gives_the_edition_that_counts(client_of):
    make.EditionFactory(document=bylaws().document, number=3, published=True, text="<p>نو</p>")
    client = client_of("visitor")

    assert quote("ویرایش ۳") in client.get(BOTH[0])["Content-Disposition"]
    assert client.get("/publications/bylaws/elsewhere.pdf").url == "/publications/bylaws/editions/3.pdf"


def test_an_edition_without_a_text_on_record_has_no_pdf(client_of):
    client = client_of("visitor")
    bylaws(articles=0, is_text_on_record=False)

    assert {client.get(address).status_code for address in BOTH} == {404}
    assert BOTH[1] not in client.get("/publications/bylaws/").content.decode()


def test_the_page_leads_to_its_pdf(client_of):
    bylaws()

    assert f'href="{BOTH[1]}"' in client_of("visitor").get("/publications/bylaws/").content.decode()
