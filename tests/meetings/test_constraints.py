"""What must always hold, whoever writes: checked in the database itself, past forms and models."""

from datetime import date, time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from council_portal.persian.partial_date import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "held", "number": None},
        {"number": 0},
        {"status": "cancelled"},
        {"held_on": PartialDate.month(1403, 2), "starts_at": time(9)},
        {"held_on": None, "starts_at": time(9)},
        {"ends_at": time(9)},
        {"starts_at": time(9), "ends_at": time(8)},
    ],
)
def test_meetings(fields):
    refused(lambda: make.MeetingFactory(**fields))


def test_a_body_never_has_one_number_twice():
    meeting = make.MeetingFactory(held=True, number=5)

    refused(lambda: make.MeetingFactory(body=meeting.body, held=True, number=5))
    make.MeetingFactory(held=True, number=5)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "represented"},
        {"status": "present", "substitute_name": "نمونه"},
        {"status": "present", "excuse": "بیماری"},
        {"person": None},
        {"person": None, "guest_name": "مهمان"},
        {"is_guest": True, "status": "absent"},
    ],
)
def test_attendance(fields):
    refused(lambda: make.AttendanceFactory(**fields))


@pytest.mark.parametrize(
    "fields", [{"answer": "attend"}, {"answer": "apologise"}, {"answer": "substitute"}, {"substitute_name": "نمونه"}]
)
def test_invitations(fields):
    refused(lambda: make.InvitationFactory(**fields))


@pytest.mark.parametrize("fields", [{"status": "declined"}, {"status": "held"}])
def test_host_turns(fields):
    refused(lambda: make.HostTurnFactory(**fields))


def test_an_organisation_has_one_turn_ahead():
    turn = make.HostTurnFactory()

    refused(lambda: make.HostTurnFactory(organization=turn.organization, status="accepted"))


def test_agenda_items_have_two_levels_within_one_meeting():
    item = make.AgendaItemFactory()
    part = make.AgendaItemFactory(meeting=item.meeting, parent=item)

    refused(lambda: make.AgendaItemFactory(meeting=item.meeting, parent=part))
    refused(lambda: make.AgendaItemFactory(parent=item))
    refused(lambda: update(item, parent=make.AgendaItemFactory(meeting=item.meeting)))


def test_agenda_positions_are_given_once_and_can_be_swapped():
    first, second = (
        make.AgendaItemFactory(position=n, meeting=meeting) for meeting in [make.MeetingFactory()] for n in (1, 2)
    )
    with transaction.atomic():
        update(first, position=2)
        update(second, position=1)

    def give_one_twice():
        update(first, position=1)
        connection.check_constraints()

    connection.check_constraints()
    refused(give_one_twice)


@pytest.mark.parametrize("fields", [{"number": 3}, {"reference": "a-1"}, {"published_at": date(2024, 1, 1)}])
@pytest.mark.filterwarnings("ignore:DateTimeField")
def test_decisions(fields):
    refused(lambda: make.DecisionFactory(**fields))


def test_a_decision_has_one_lead():
    lead = make.AssignmentFactory()

    refused(lambda: make.AssignmentFactory(decision=lead.decision))
    make.AssignmentFactory(decision=lead.decision, role="support")
    refused(lambda: make.AssignmentFactory(decision=lead.decision, role="support", organization=lead.organization))


def test_the_first_due_date_is_remembered():
    assignment = make.AssignmentFactory(due_on=date(2024, 8, 1))
    update(assignment, due_on=date(2024, 9, 1))

    assignment.refresh_from_db()
    assert (assignment.original_due_on, assignment.due_on) == (date(2024, 8, 1), date(2024, 9, 1))
    refused(lambda: update(assignment, original_due_on=date(2024, 9, 1)))


@pytest.mark.parametrize("fields", [{"percent_done": 101}])
def test_assignments(fields):
    refused(lambda: make.AssignmentFactory(**fields))


@pytest.mark.parametrize("fields", [{"kind": "extension"}, {"new_due_on": date(2024, 1, 1)}, {"kind": "report"}])
def test_follow_ups(fields):
    refused(lambda: make.FollowUpFactory(**fields))


def test_follow_ups_are_added_never_changed():
    follow_up = make.FollowUpFactory(kind="report", review="submitted")

    refused(lambda: update(follow_up, text="دیگر"))
    refused(follow_up.delete)
    update(follow_up, review="accepted")


@pytest.mark.parametrize("fields", [{"text": ""}, {"kind": "picture"}])
def test_materials(fields):
    refused(lambda: make.MaterialFactory(**fields))


@pytest.mark.parametrize("situation", ["approved", "published"])
def test_approved_minutes_are_frozen_with_agenda_and_attendance(situation):
    meeting = make.MeetingFactory(held=True)
    item = make.AgendaItemFactory(meeting=meeting, outcome="noted")
    attendance = make.AttendanceFactory(meeting=meeting)
    minutes = make.MinutesFactory(meeting=meeting, **{situation: True})

    refused(lambda: update(minutes, opening="<p>دیگر</p>"))
    refused(lambda: update(minutes, status="draft"))
    refused(minutes.delete)
    refused(lambda: update(item, discussion="<p>دیگر</p>"))
    refused(item.delete)
    refused(lambda: make.AgendaItemFactory(meeting=meeting))
    refused(lambda: update(attendance, status="absent"))


def test_draft_minutes_can_be_changed():
    minutes = make.MinutesFactory()
    item = make.AgendaItemFactory(meeting=minutes.meeting)

    update(item, discussion="<p>دیگر</p>")
    update(minutes, opening="<p>دیگر</p>", status="circulated")


def test_decisions_are_frozen_with_approved_minutes_and_can_still_be_published():
    decision = make.DecisionFactory(numbered=True)
    make.MinutesFactory(meeting=decision.meeting, approved=True)

    refused(lambda: update(decision, text="متن دیگر"))
    refused(lambda: update(decision, title="عنوان دیگر"))
    refused(lambda: make.DecisionFactory(meeting=decision.meeting))
    update(decision, published_at=timezone.now(), visibility="public")


def test_published_decisions_are_frozen_but_their_follow_up_is_not():
    assignment = make.AssignmentFactory()

    refused(lambda: update(assignment.decision, text="دیگر"))
    refused(lambda: update(assignment.decision, reference="other-1"))
    refused(assignment.decision.delete)
    update(assignment, status="done")


def test_numbers_of_decisions_last_from_the_day_they_are_given():
    decision = make.DecisionFactory(numbered=True)

    refused(lambda: update(decision, number=99))
    refused(decision.delete)
    update(decision, text="دیگر")


def test_corrigenda_stay():
    corrigendum = make.CorrigendumFactory()

    refused(lambda: update(corrigendum, text="دیگر"))
    refused(corrigendum.delete)


@pytest.mark.parametrize("factory", [make.DecisionFactory, make.MaterialFactory])
def test_what_belongs_to_an_item_is_of_the_items_meeting(factory):
    item = make.AgendaItemFactory()
    row = factory(meeting=item.meeting, agenda_item=item)

    refused(lambda: factory(agenda_item=item))
    refused(lambda: update(row, agenda_item=make.AgendaItemFactory()))
    refused(lambda: update(row, meeting=make.MeetingFactory()))
    refused(lambda: update(item, meeting=make.MeetingFactory()))
