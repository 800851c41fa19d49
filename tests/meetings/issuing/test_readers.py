"""Who reads what was issued of a meeting."""

import pytest

from meetings.issuing import EXCERPT, MINUTES
from meetings.models import Decision, Meeting
from members.models import Organization
from tests.roles import ROLES

from .samples import approved_minutes, bytes_of, file_at, issue, issued, page, papers_of, source_of

pytestmark = pytest.mark.django_db
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}
BODY_MEMBERS = {"body_member", "officer", "secretariat"}


@pytest.mark.parametrize(
    ("of", "meeting", "readers"),
    [
        ("public", "public", set(ROLES)),
        ("members", "public", MEMBERS),
        ("public", "body", BODY_MEMBERS),
        ("secretariat", "public", {"secretariat"}),
    ],
)
def test_who_reads_issued_minutes_and_others_learn_only_that_they_were_issued(client_of, of, meeting, readers):
    minutes = approved_minutes(of=of, meeting=meeting)
    issue(minutes)
    document = issued(MINUTES)

    clients = {role: client_of(role, minutes.meeting.body) for role in ROLES}
    answers = {role: client.get(document.get_absolute_url()) for role, client in clients.items()}
    assert {role for role, client in clients.items() if client.get(document.file_url).status_code == 200} == readers
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {role for role, answer in answers.items() if document.title in answer.text} == readers


def test_an_excerpt_is_issued_for_those_who_may_read_its_agenda_item(client_of):
    minutes = approved_minutes(item="body")
    issue(minutes)

    document = issued(EXCERPT)
    assert document.visibility == "body"
    assert client_of("member").get(document.file_url).status_code == 404
    assert client_of("body_member", minutes.meeting.body).get(document.file_url).status_code == 200


@pytest.mark.parametrize(
    "close",
    [
        lambda minutes: Organization.objects.update(visibility="members"),
        lambda minutes: Decision.objects.filter(meeting=minutes.meeting).update(visibility="members"),
        lambda minutes: Meeting.objects.filter(pk=minutes.meeting_id).update(visibility="members"),
    ],
    ids=["organization", "decision", "meeting"],
)
def test_what_is_closed_later_closes_the_minutes_that_show_it(client, client_of, published, close):
    document = issued(MINUTES)
    assert client.get(document.file_url).status_code == 200

    close(published)

    assert client.get(document.file_url).status_code == 404
    assert client_of("member").get(document.file_url).status_code == 200


def test_a_closed_item_is_not_in_the_minutes_that_others_read(client):
    issue(approved_minutes(more=[{"closed": True, "title": "موضوع محرمانه"}]))

    text = source_of(bytes_of(issued(MINUTES)))
    assert "گزارش نمونه" in text
    assert "محرمانه" not in text
    assert client.get(issued(MINUTES).file_url).status_code == 200


@pytest.mark.parametrize(("role", "sees_more"), [("visitor", False), ("member", False), ("body_member", True)])
def test_who_may_see_more_than_was_issued_has_a_paper_of_it(client_of, role, sees_more):
    minutes = approved_minutes(more=[{"title": "موضوع محرمانه", "visibility": "body"}])
    issue(minutes)
    client, address = client_of(role, minutes.meeting.body), papers_of(minutes)[0]

    assert (f"{address}?closed=1" in page(client, minutes.meeting)) is sees_more
    assert file_at(client, address) == bytes_of(issued(MINUTES))
    assert ("موضوع محرمانه" in source_of(file_at(client, f"{address}?closed=1"))) is sees_more
