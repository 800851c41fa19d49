"""What /verify/ says of an issued edition: whether it is in force, and if not, which one is."""

import pytest

from council_portal.issuing import register
from council_portal.persian.partial_date import PartialDate
from publications.issuing import EDITION
from publications.models import Document, Edition
from tests import factories as make
from tests.issuing.verdicts import by_code, by_file, by_hash, verdict_of

pytestmark = pytest.mark.django_db
AHEAD = PartialDate.day(1410, 1, 1)


@pytest.fixture
def bylaws():
    return make.DocumentFactory(kind="bylaws", slug="bylaws", title="اساسنامه")


def edition(document, number: int, **values) -> Edition:
    return make.EditionFactory(document=document, number=number, published=True, text="<p>متن</p>", **values)


def issued(document, number: int, **values):
    return register.issue(edition(document, number, **values), EDITION, by=None)


@pytest.mark.parametrize("ask", [by_code, by_file, by_hash])
def test_a_replaced_edition_names_the_one_in_force_and_its_document(client, bylaws, ask):
    old, _middle, new = (issued(bylaws, number) for number in (1, 2, 3))

    answer = ask(client, old)

    assert verdict_of(answer) == "superseded"
    assert "جای آن را «اساسنامه، ویرایش ۳» (سند شماره ۳" in answer.text
    assert "همان معتبر است" in answer.text
    assert 'href="/publications/bylaws/editions/3/"' in answer.text
    assert f'href="{new.get_absolute_url()}"' in answer.text
    assert verdict_of(ask(client, new)) == "valid"


@pytest.mark.parametrize("ask", [by_code, by_file, by_hash])
def test_an_edition_that_is_not_in_force_yet_says_from_when(client, bylaws, ask):
    now, later = issued(bylaws, 1), issued(bylaws, 2, in_force_from=AHEAD)

    answer = ask(client, later)

    assert verdict_of(answer) == "coming"
    assert "اصل، اما هنوز اجرایی نشده" in answer.text
    assert "۱ فروردین ۱۴۱۰" in answer.text
    assert verdict_of(ask(client, now)) == "valid"


def test_what_holds_changes_with_the_day(client, bylaws, set_clock):
    set_clock(1409, 12, 1)
    first, second = issued(bylaws, 1), issued(bylaws, 2, in_force_from=AHEAD)
    assert [verdict_of(by_code(client, one)) for one in (first, second)] == ["valid", "coming"]

    set_clock(1410, 1, 1)

    assert [verdict_of(by_code(client, one)) for one in (first, second)] == ["superseded", "valid"]


def test_an_edition_that_a_later_one_has_overtaken_never_will_be_in_force(client, bylaws):
    overtaken = issued(bylaws, 1, in_force_from=AHEAD)
    issued(bylaws, 2)

    answer = by_code(client, overtaken)

    assert verdict_of(answer) == "superseded"
    assert "۱۴۱۰" not in answer.text


def test_a_draft_of_the_next_edition_changes_nothing(client, bylaws):
    document = issued(bylaws, 1)
    make.EditionFactory(document=bylaws, number=2, text="<p>متن محرمانه</p>")

    assert verdict_of(by_code(client, document)) == "valid"


def test_an_edition_in_force_that_was_never_issued_is_named_with_its_page_alone(client, bylaws):
    old = issued(bylaws, 1)
    edition(bylaws, 2)

    answer = by_code(client, old)

    assert verdict_of(answer) == "superseded"
    assert "جای آن را «اساسنامه، ویرایش ۲» گرفته است." in answer.text
    assert 'href="/publications/bylaws/editions/2/"' in answer.text


def test_of_an_edition_that_was_issued_again_and_then_replaced_the_end_is_told(client, bylaws):
    old = issued(bylaws, 1)
    again = register.issue(bylaws.editions.get(), EDITION, by=None, occasion="again")
    new = issued(bylaws, 2)

    for document in (old, again):
        answer = by_code(client, document)
        assert verdict_of(answer) == "superseded"
        assert new.get_absolute_url() in answer.text
    assert again.get_absolute_url() not in by_code(client, old).text


def test_a_document_of_the_edition_in_force_that_was_withdrawn_is_said_to_be(client, bylaws):
    old, new = issued(bylaws, 1), issued(bylaws, 2)
    register.withdraw(new, by=None, because="اشتباه")

    answer = by_code(client, old)

    assert verdict_of(answer) == "superseded"
    assert "آن هم دیگر معتبر نیست" in answer.text
    assert "همان معتبر است" not in answer.text


def test_a_withdrawn_edition_leads_to_what_replaces_it(client, bylaws):
    old, new = issued(bylaws, 1), issued(bylaws, 2)
    register.withdraw(old, by=None, because="اشتباه")

    answer = by_code(client, old)

    assert verdict_of(answer) == "withdrawn"
    assert new.get_absolute_url() in answer.text


@pytest.mark.parametrize("role", ["visitor", "member"])
def test_of_a_closed_document_neither_the_next_edition_nor_a_day_is_told(client_of, bylaws, role):
    old, coming = issued(bylaws, 1), issued(bylaws, 3, in_force_from=AHEAD)
    new = issued(bylaws, 2)
    Document.objects.update(visibility="secretariat")

    client = client_of(role)
    answers = [by_code(client, old), by_code(client, coming)]

    assert [verdict_of(answer) for answer in answers] == ["superseded", "coming"]
    for answer in answers:
        assert "اساسنامه" not in answer.text
        assert "۱۴۱۰" not in answer.text
        assert new.get_absolute_url() not in answer.text
