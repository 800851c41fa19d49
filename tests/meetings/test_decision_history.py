"""What became of a decision, as its page tells it: reports and reviews, and where else it was spoken of."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.files.kinds import PDF
from council_portal.files.storing import keep
from council_portal.persian.partial_date import PartialDate
from meetings.models import FollowUp
from tests.factories import (
    AgendaItemFactory,
    AssignmentFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
)

from .decided import closed, page, public

pytestmark = pytest.mark.django_db


def moment(day: int) -> datetime:
    return datetime(2024, 5, day, 10, tzinfo=ZoneInfo("Asia/Tehran"))


def test_follow_up_is_told_oldest_first(client):
    assignment = AssignmentFactory(decision=public())
    FollowUpFactory(assignment=assignment, text="سوم", recorded_at=moment(20))
    FollowUpFactory(assignment=assignment, text="اول", recorded_at=moment(2))
    FollowUpFactory(
        assignment=assignment,
        text="دوم",
        recorded_at=moment(9),
        kind=FollowUp.Kind.EXTENSION,
        new_due_on=date(2024, 10, 1),
    )

    response = page(client, assignment.decision)

    assert [entry.text for entry in response.context["history"]] == ["اول", "دوم", "سوم"]
    assert "۱۰ مهر ۱۴۰۳" in response.text


def test_meeting_that_reviewed_it_is_named_only_to_those_who_may_know(client, client_of):
    review = MeetingFactory(held=True, visibility=Visibility.SECRETARIAT, number=77)
    assignment = AssignmentFactory(decision=public())
    FollowUpFactory(assignment=assignment, kind=FollowUp.Kind.REVIEW, reviewed_in=review)

    assert review.get_absolute_url() not in page(client, assignment.decision).text
    assert review.get_absolute_url() in page(client_of("secretariat"), assignment.decision).text


def test_file_of_a_follow_up_is_for_those_who_read_the_decision(client, client_of, stored_file):
    shown, hidden = public(), closed()
    addresses = []
    for decision in (shown, hidden):
        entry = FollowUpFactory(assignment=AssignmentFactory(decision=decision), file=stored_file)
        addresses.append(reverse("meetings:follow_up_file", args=[decision.reference, entry.pk, stored_file.name]))

    response = client.get(addresses[0])

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"sample report"
    assert client.get(addresses[1]).status_code == 404
    assert client.get(addresses[0].replace(shown.reference, hidden.reference)).status_code == 404
    assert client_of("secretariat").get(addresses[1]).status_code == 200


@pytest.mark.parametrize(
    ("role", "status", "seen"),
    [
        ("visitor", "published", True),
        ("member", "approved", False),
        ("member", "draft", False),
        ("body_member", "circulated", True),
        ("officer", "draft", True),
        ("secretariat", "draft", True),
    ],
)
def test_discussion_it_came_from_stands_on_it_for_those_who_read_the_minutes(client_of, role, status, seen):
    meeting = MeetingFactory(held=True)
    item = AgendaItemFactory(meeting=meeting, discussion="<p>گفتند که باید</p>", outcome="decided")
    decision = public(meeting=meeting, agenda_item=item)
    MinutesFactory(meeting=meeting, visibility=Visibility.PUBLIC, **({status: True} if status != "draft" else {}))

    assert ("گفتند که باید" in page(client_of(role, meeting.body), decision).text) == seen


def test_where_it_was_spoken_of_later(client):
    item = AgendaItemFactory(meeting=MeetingFactory(held=True, held_on=PartialDate.day(1403, 1, 5)))
    decision = public(meeting=item.meeting, agenda_item=item)
    review = MeetingFactory(held=True, held_on=PartialDate.day(1403, 3, 5))
    review_item = AgendaItemFactory(meeting=review, kind="review", title="بررسی مصوبات باز")
    for _ in range(2):
        assignment = AssignmentFactory(decision=decision, role="support")
        FollowUpFactory(assignment=assignment, kind="review", reviewed_in=review)
    again = AgendaItemFactory(
        meeting=MeetingFactory(held=True, held_on=PartialDate.day(1403, 2, 5)), continues=item, title="دنبالهٔ کار"
    )
    once_more = AgendaItemFactory(
        meeting=MeetingFactory(held=True, held_on=PartialDate.day(1403, 4, 5)), continues=again
    )
    closed = AgendaItemFactory(meeting=MeetingFactory(held=True), continues=item, closed=True, title="بند بسته")

    response = page(client, decision)

    assert [mention.url for mention in response.context["mentions"]] == [
        f"{one.meeting.get_absolute_url()}#item-{one.pk}" for one in (again, review_item, once_more)
    ]
    assert closed.title not in response.text
    assert "دنبالهٔ کار" in response.text


def test_review_in_a_meeting_that_is_closed_to_the_reader_is_not_told(client):
    assignment = AssignmentFactory(decision=public())
    hidden = MeetingFactory(held=True, visibility=Visibility.SECRETARIAT)
    FollowUpFactory(assignment=assignment, kind="review", reviewed_in=hidden)

    assert page(client, assignment.decision).context["mentions"] == []


def test_referred_says_to_whom(client):
    decision = public()
    referred = AssignmentFactory(decision=decision, status="referred")
    for name in ("وزارت کشور", "وزارت نیرو"):
        FollowUpFactory(assignment=referred, new_status="referred", referred_to=name, kind="note")
    unknown = AssignmentFactory(decision=decision, role="support", status="referred")
    taken_back = AssignmentFactory(decision=decision, role="support", status="in_progress")
    FollowUpFactory(assignment=taken_back, new_status="referred", referred_to="وزارت راه", kind="note")

    assignments = page(client, decision).context["assignments"]

    assert [(one, one.referred_to) for one in assignments] == [
        (referred, "وزارت نیرو"),
        (unknown, None),
        (taken_back, None),
    ]


@pytest.fixture
def stored_file(db):
    return keep(ContentFile(b"sample report"), PDF, name="گزارش.pdf", by=None)


def test_what_was_said_in_a_meeting_is_told_once_its_minutes_are_published(client_of):
    said = FollowUpFactory(
        assignment=AssignmentFactory(decision=public()),
        kind="review",
        text="هنوز پیش‌نویس است",
        reviewed_in=MeetingFactory(held=True),
    )
    address = said.assignment.decision.get_absolute_url()
    minutes = MinutesFactory(meeting=said.reviewed_in, visibility="public")

    before = {role: said.text in client_of(role).get(address).text for role in ("visitor", "member", "secretariat")}
    minutes.status, minutes.published_at, minutes.approved_at = "published", timezone.now(), timezone.now()
    minutes.save()

    assert before == {"visitor": False, "member": False, "secretariat": True}
    assert said.text in client_of("visitor").get(address).text
