"""The course of a meeting on its page: what was announced, moved, held, cancelled, and how its minutes went."""

import pytest

from council_portal.access.visibility import Visibility
from meetings import holding
from meetings import minutes as rules
from tests import factories as make
from tests.roles import user_of

pytestmark = pytest.mark.django_db


def course(client, meeting) -> list[str]:
    """The titles on the page, in their order."""
    page = client.get(meeting.get_absolute_url()).text
    if 'id="course"' not in page:
        return []
    part = page[page.index('id="course"') :]
    steps = part[: part.index("</ol>")].split('class="course__step"')[1:]
    titles = ("اعلام‌شده", "تغییر زمان", "برگزارشده", "لغوشده", "نظرخواهی", "تصویب", "انتشار", "اصلاحیه")
    return [title for step in steps for title in titles if title in step]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("visitor", ["اعلام‌شده", "برگزارشده"]),
        ("member", ["اعلام‌شده", "برگزارشده"]),
        ("body_member", ["اعلام‌شده", "برگزارشده", "نظرخواهی"]),
        ("officer", ["اعلام‌شده", "برگزارشده", "نظرخواهی"]),
    ],
)
def test_of_circulated_minutes_the_body_alone_is_told(client_of, role, expected):
    by, meeting = user_of("secretariat"), make.MeetingFactory()
    holding.hold(holding.announce(meeting, by=by), by=by)
    rules.circulate(rules.begin(meeting), by=by)
    meeting.refresh_from_db()

    assert course(client_of(role, meeting.body), meeting) == expected


def test_published_minutes_show_each_of_their_steps(client):
    by, minutes = user_of("secretariat"), make.MinutesFactory(visibility=Visibility.PUBLIC)
    rules.publish(rules.approve(rules.circulate(minutes, by=by), by=by), by=by)
    rules.correct(minutes, by=by, text="درست", reason="خطا")

    assert course(client, minutes.meeting) == ["برگزارشده", "نظرخواهی", "تصویب", "انتشار", "اصلاحیه"]


def test_a_meeting_that_moved_and_was_cancelled_says_so(client):
    by, meeting = user_of("secretariat"), make.MeetingFactory()
    meeting = holding.announce(meeting, by=by)
    meeting.held_on = make.PartialDate.parse("۱۴۰۳/۳/۱")
    meeting.save()
    holding.cancel(meeting, by=by, because="تعطیلی رسمی")

    assert course(client, meeting) == ["اعلام‌شده", "تغییر زمان", "لغوشده"]


def test_a_plan_has_no_course(client_of):
    assert course(client_of("secretariat"), make.MeetingFactory()) == []
