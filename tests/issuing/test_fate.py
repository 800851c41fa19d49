"""/verify/ follows what took the place of a document to its end, and calls valid only what is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.issuing.register import withdraw
from tests.issuing.samples import by_force, issue, subject
from tests.issuing.verdicts import by_code, by_file, verdict_of

pytestmark = pytest.mark.django_db


def issued(count: int, record=None) -> list:
    """One record issued so many times, each time in the place of the one before."""
    record = record or subject()
    return [issue(record, occasion=f"occasion-{number}", reason=f"دلیل {number}") for number in range(count)]


@pytest.mark.parametrize("ask", [by_code, by_file])
def test_a_document_superseded_twice_names_the_last(client, ask):
    first, second, third = issued(3)

    answers = [ask(client, one) for one in (first, second)]

    for answer in answers:
        assert verdict_of(answer) == "superseded"
        assert f"جای آن را «{third.title}» (سند شماره ۳" in answer.text
        assert "و همان معتبر است" in answer.text
        assert third.get_absolute_url() in answer.text
        assert "دلیل 2" in answer.text
    assert second.get_absolute_url() not in answers[0].text


@pytest.mark.parametrize("ask", [by_code, by_file])
def test_a_successor_that_was_withdrawn_is_not_said_to_hold(client, ask):
    first, second = issued(2)
    withdraw(second, by=None, because="اشتباه")

    answer = ask(client, first)

    assert verdict_of(answer) == "superseded"
    assert "پس گرفته شده است: آن هم دیگر معتبر نیست" in answer.text
    assert "همان معتبر است" not in answer.text


def test_what_was_issued_again_after_a_withdrawal_holds(client):
    first, second = issued(2)
    withdraw(second, by=None, because="اشتباه")
    third = issue_again(second)

    assert [verdict_of(by_code(client, one)) for one in (first, second, third)] == ["superseded", "withdrawn", "valid"]
    assert all(third.get_absolute_url() in by_code(client, one).text for one in (first, second))


def issue_again(document):
    return issue(type(subject()).objects.get(pk=document.subject_id), occasion="again")


def test_of_a_closed_document_the_last_is_told_by_its_number(client):
    first, _second, third = issued(3, subject(visibility="members", title="عنوان محرمانه"))

    answer = by_code(client, first)

    assert "سند شماره ۳، که عمومی نیست" in answer.text
    assert third.get_absolute_url() in answer.text
    assert "محرمانه" not in answer.text
    assert "دلیل" not in answer.text


def test_a_successor_that_was_changed_by_force_vouches_for_nothing(client):
    first, second, third = issued(3)
    with by_force() as cursor:
        cursor.execute("UPDATE issuing_entry SET title = 'سند ساختگی' WHERE number = 3")

    assert [verdict_of(by_code(client, one)) for one in (first, second, third)] == ["broken"] * 3


def test_how_often_a_document_was_issued_again_costs_no_queries(client, django_assert_num_queries):
    record = subject()
    first = issued(2, record)[0]
    with CaptureQueriesContext(connection) as few:
        by_code(client, first)
    issue(record, occasion="again")
    issue(record, occasion="once more")

    with django_assert_num_queries(len(few)):
        by_code(client, first)
