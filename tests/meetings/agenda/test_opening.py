"""What an agenda opens with: the review of what is owed, and what an earlier meeting put off."""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings import agenda, holding, planning
from meetings.models import AgendaItem
from tests import factories as make
from tests.admin.forms import open_form

from .items import NEXT_YEAR, items_of, order_of

pytestmark = pytest.mark.django_db


def owed(meeting):
    return make.AssignmentFactory(decision__meeting=make.MeetingFactory(body=meeting.body, held=True))


def postponed(meeting, **fields) -> AgendaItem:
    held = make.MeetingFactory(body=meeting.body, held=True)
    return make.AgendaItemFactory(meeting=held, outcome="postponed", title="موکول‌شده", **fields)


def test_an_agenda_opens_with_the_review_where_something_is_owed(meeting):
    items_of(meeting, 1)
    owed(meeting)

    added = agenda.prepare(meeting)
    again = agenda.prepare(meeting)

    assert [item.kind for item in added] == ["review"]
    assert again == []
    assert order_of(meeting) == [str(AgendaItem.Kind.REVIEW.label), "بند 1"]


def test_without_anything_owed_there_is_no_review(meeting):
    owed(make.MeetingFactory())
    duty = owed(meeting)
    type(duty).objects.filter(pk=duty.pk).update(status="done")

    assert agenda.prepare(meeting) == []


def test_what_was_put_off_is_carried_over_once_with_who_presents_it(meeting):
    old = postponed(meeting, presenter=make.PersonFactory(), minutes_planned=25, visibility=Visibility.BODY)
    part = make.AgendaItemFactory(meeting=old.meeting, parent=old, position=1, outcome="postponed", title="بخش")
    make.AgendaItemFactory(meeting=old.meeting, parent=old, position=2, outcome="noted")

    agenda.prepare(meeting)
    agenda.prepare(meeting)

    item, its_part = meeting.agenda_items.in_order()
    assert (item.continues, item.presenter, item.minutes_planned, item.visibility) == (old, old.presenter, 25, "body")
    assert (its_part.continues, its_part.parent, its_part.outcome) == (part, item, "")


def test_a_part_of_a_closed_item_that_is_carried_over_alone_stays_as_closed(meeting):
    closed = postponed(meeting, visibility=Visibility.BODY)
    AgendaItem.objects.filter(pk=closed.pk).update(outcome="noted")
    make.AgendaItemFactory(meeting=closed.meeting, parent=closed, position=1, outcome="postponed", visibility="public")

    (item,) = agenda.prepare(meeting)

    assert (item.parent, item.visibility) == (None, Visibility.BODY)


def test_what_a_later_agenda_continues_is_not_carried_over_unless_that_meeting_was_cancelled(meeting, by):
    old = postponed(meeting)
    other = make.AgendaItemFactory(meeting=make.MeetingFactory(body=meeting.body), continues=old)

    assert agenda.prepare(meeting) == []
    holding.cancel(other.meeting, by=by, because="تعطیلی")

    assert [item.continues for item in agenda.prepare(meeting)] == [old]


def test_only_the_next_of_the_planned_meetings_carries_over(meeting):
    postponed(meeting)
    later = make.MeetingFactory(body=meeting.body, held_on=PartialDate.day(1410, 2, 20))

    assert agenda.prepare(later) == []
    assert len(agenda.prepare(meeting)) == 1


def test_another_bodys_items_stay_there(meeting):
    postponed(make.MeetingFactory())

    assert agenda.prepare(meeting) == []


@pytest.mark.parametrize("situation", [{"held": True}, {"announced": True, "number": 7}])
def test_the_agenda_of_a_meeting_that_was_held_is_not_prepared(situation):
    meeting = make.MeetingFactory(**situation)
    postponed(meeting)

    assert agenda.prepare(meeting) == []


def test_what_is_put_off_comes_to_an_announced_meeting_as_added_later(meeting, by):
    items_of(meeting, 1)
    following = holding.announce(meeting, by=by)
    later = make.MeetingFactory(body=meeting.body, held_on=PartialDate.day(1410, 2, 20))
    make.AssignmentFactory(decision__meeting=postponed(meeting).meeting)

    agenda.prepare_upcoming(meeting.body)
    agenda.prepare_upcoming(meeting.body)

    assert [item.kind for item in agenda.prepare(later)] == ["review"]
    assert order_of(following) == ["بند 1", "موکول‌شده"]
    assert following.agenda_items.get(position=2).is_added_later


def test_closing_a_meeting_prepares_the_next(client_of, meeting):
    now = make.MeetingFactory(body=meeting.body, announced=True)
    make.AgendaItemFactory(meeting=now, outcome="postponed", title="موکول‌شده")

    client_of("secretariat").post(f"/desk/meetings/{now.pk}/steps/hold/")

    assert order_of(meeting) == ["موکول‌شده"]


def test_cancelling_a_meeting_hands_on_what_it_would_have_taken_up(client_of, meeting):
    old = postponed(meeting)
    agenda.prepare(meeting)
    following = make.MeetingFactory(body=meeting.body, held_on=PartialDate.day(1410, 2, 20))

    client_of("secretariat").post(f"/desk/meetings/{meeting.pk}/steps/cancel/", {"because": "تعطیلی"})

    assert [item.continues for item in following.agenda_items.all()] == [old]


def test_a_meeting_that_is_planned_is_prepared_at_once(by):
    body = make.BodyFactory()
    postponed(make.MeetingFactory(body=body, held=True))
    days = [NEXT_YEAR.first, PartialDate.day(1410, 2, 20).first]

    next_one, later = planning.store(body, [planning.NewMeeting(day=day) for day in days], by=by)

    assert order_of(next_one) == ["موکول‌شده"]
    assert order_of(later) == []


def test_a_meeting_entered_in_the_admin_is_prepared_at_once(client_of):
    body = make.BodyFactory(assembly=True)
    postponed(make.MeetingFactory(body=body, held=True))
    client, url = client_of("secretariat"), "/admin/meetings/meeting/add/"

    client.post(url, open_form(client, url) | {"held_on": "۱۴۱۰/۱/۲۰"})

    assert order_of(body.meetings.planned().get()) == ["موکول‌شده"]
