import threading

import pytest
from django.db import IntegrityError, connection, transaction

from committees.models import Proposal
from council_portal.access.visibility import Visibility
from council_portal.notices.models import Notice
from council_portal.persian.partial_date import PartialDate
from meetings import agenda, holding, planning, proposals
from meetings.models import AgendaItem, ItemProposal, Meeting
from tests import factories as make
from tests.admin.forms import open_form
from tests.roles import user_of

pytestmark = pytest.mark.django_db
NEXT_YEAR = PartialDate.day(1410, 1, 20)


@pytest.fixture
def meeting():
    return make.MeetingFactory(held_on=NEXT_YEAR)


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


def items_of(meeting, number=3) -> list[AgendaItem]:
    return [make.AgendaItemFactory(meeting=meeting, position=n, title=f"بند {n}") for n in range(1, number + 1)]


def order_of(meeting) -> list[str]:
    """The titles in their order, those of parts after a dash."""
    return [("– " if item.parent_id else "") + item.title for item in meeting.agenda_items.in_order()]


def announced(meeting, by) -> Meeting:
    return holding.announce(meeting, by=by)


# Order


def test_an_item_is_added_at_the_end_of_its_level(meeting):
    first, *_others = items_of(meeting)

    agenda.add(AgendaItem(meeting=meeting, title="تازه"))
    agenda.add(AgendaItem(meeting=meeting, parent=first, title="بخش"))

    assert order_of(meeting) == ["بند 1", "– بخش", "بند 2", "بند 3", "تازه"]


@pytest.mark.parametrize(
    ("way", "order"),
    [
        ("up", ["بند 2", "بند 1", "بند 3"]),
        ("down", ["بند 1", "بند 3", "بند 2"]),
        ("in", ["بند 1", "– بند 2", "بند 3"]),
        ("out", ["بند 1", "بند 2", "بند 3"]),
    ],
)
def test_an_item_moves_one_step(meeting, way, order):
    _first, second, _third = items_of(meeting)

    agenda.move(second, way)

    assert order_of(meeting) == order
    assert list(meeting.agenda_items.filter(parent=None).in_order().values_list("position", flat=True)) in (
        [1, 2],
        [1, 2, 3],
    )


@pytest.mark.parametrize(
    ("number", "order"),
    [
        (1, ["بند 3", "بند 1", "بند 2"]),
        (2, ["بند 1", "بند 3", "بند 2"]),
        (3, ["بند 1", "بند 2", "بند 3"]),
        (9, ["بند 1", "بند 2", "بند 3"]),
    ],
)
def test_an_item_is_put_at_a_number(meeting, number, order):
    *_others, third = items_of(meeting)

    agenda.change(third, number=number)

    assert order_of(meeting) == order


def test_a_part_is_put_at_a_number_within_its_item(meeting):
    first, _second = items_of(meeting, 2)
    parts = [make.AgendaItemFactory(meeting=meeting, parent=first, position=n, title=f"بخش {n}") for n in (1, 2)]

    agenda.change(parts[1], number=1)

    assert order_of(meeting) == ["بند 1", "– بخش 2", "– بخش 1", "بند 2"]


def test_a_part_comes_out_behind_its_item(meeting):
    first, *_others = items_of(meeting, 2)
    part = make.AgendaItemFactory(meeting=meeting, parent=first, position=1, title="بخش")

    agenda.move(part, "out")

    assert order_of(meeting) == ["بند 1", "بخش", "بند 2"]


def test_the_whole_order_is_saved_at_once_and_both_levels_may_exchange(meeting):
    first, second, third = items_of(meeting)
    part = make.AgendaItemFactory(meeting=meeting, parent=first, position=1, title="بخش")
    seen = agenda.keys(agenda.arrangement(meeting))

    agenda.arrange(meeting, [(part.pk, None), (third.pk, None), (first.pk, third.pk), (second.pk, third.pk)], seen=seen)

    assert order_of(meeting) == ["بخش", "بند 3", "– بند 1", "– بند 2"]


def test_an_order_by_somebody_who_saw_another_is_refused(meeting):
    first, second, third = items_of(meeting)
    seen = agenda.keys(agenda.arrangement(meeting))
    agenda.move(second, "up")

    with pytest.raises(agenda.OrderChanged):
        agenda.arrange(meeting, [(third.pk, None), (second.pk, None), (first.pk, None)], seen=seen)
    assert order_of(meeting) == ["بند 2", "بند 1", "بند 3"]


def test_ordering_twice_changes_nothing(meeting):
    first, second, third = items_of(meeting)
    seen = agenda.keys(agenda.arrangement(meeting))
    wanted = [(third.pk, None), (second.pk, None), (first.pk, None)]

    agenda.arrange(meeting, wanted, seen=seen)
    version = AgendaItem.objects.get(pk=third.pk).version
    agenda.arrange(meeting, wanted, seen=seen)

    assert AgendaItem.objects.get(pk=third.pk).version == version


def test_an_order_names_each_item_once(meeting):
    seen = [(item.pk, None) for item in items_of(meeting)]

    with pytest.raises(agenda.OrderChanged):
        agenda.arrange(meeting, [*seen, (seen[0][0], seen[0][0])], seen=seen)


@pytest.mark.parametrize("way", ["arrange", "move"])
def test_what_a_closed_item_hid_stays_hidden_outside_of_it(meeting, way):
    closed = make.AgendaItemFactory(meeting=meeting, position=1, visibility=Visibility.SECRETARIAT)
    part = make.AgendaItemFactory(meeting=meeting, parent=closed, position=1, visibility=Visibility.PUBLIC)

    if way == "move":
        agenda.move(part, "out")
    else:
        seen = [(closed.pk, None), (part.pk, closed.pk)]
        agenda.arrange(meeting, [(closed.pk, None), (part.pk, None)], seen=seen)

    part.refresh_from_db()
    assert (part.parent, part.visibility) == (None, Visibility.SECRETARIAT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_order_at_once_one_is_refused():
    meeting = make.MeetingFactory()
    pairs = [(item.pk, None) for item in items_of(meeting)]
    answers, start = [], threading.Barrier(2)

    def order(wanted):
        start.wait(timeout=20)
        try:
            answers.append(agenda.arrange(meeting, wanted, seen=pairs))
        except agenda.OrderChanged:
            answers.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=order, args=[wanted]) for wanted in (pairs[::-1], [pairs[1], pairs[0], pairs[2]])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count("refused") == 1
    assert sorted(meeting.agenda_items.values_list("position", flat=True)) == [1, 2, 3]


# Time


def test_the_parts_count_where_their_item_has_no_time_of_its_own(meeting):
    first, second, _third = items_of(meeting)
    for item, minutes in ((first, None), (second, 20)):
        AgendaItem.objects.filter(pk=item.pk).update(minutes_planned=minutes)
        make.AgendaItemFactory(meeting=meeting, parent=item, position=1, minutes_planned=15)

    assert agenda.planned_minutes(meeting.agenda_items.all()) == 35


# The announcement


def test_an_announced_item_keeps_its_title_and_place_whoever_tries(meeting, by):
    first, second, _third = items_of(meeting)
    announced(meeting, by)
    first.title = "عنوان دیگر"

    with pytest.raises(agenda.AgendaFrozen):
        agenda.change(first)
    with pytest.raises(agenda.AgendaFrozen):
        agenda.move(second, "up")
    for change in ({"title": "دیگر"}, {"position": 9}, {"parent": second}, {"is_added_later": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaItem.objects.filter(pk=first.pk).update(**change)


def test_the_minutes_may_still_be_written(meeting, by):
    first, *_others = items_of(meeting)
    announced(meeting, by)

    AgendaItem.objects.filter(pk=first.pk).update(outcome="noted", discussion="<p>متن</p>")

    assert AgendaItem.objects.get(pk=first.pk).outcome == "noted"


def test_an_announced_item_is_withdrawn_not_removed(meeting, by):
    first, *_others = items_of(meeting)
    announced(meeting, by)

    with pytest.raises(agenda.AgendaFrozen):
        agenda.remove(first, seen=first.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=first.pk).delete()
    agenda.withdraw(first)

    assert AgendaItem.objects.get(pk=first.pk).outcome == "withdrawn"


def test_an_item_after_the_announcement_says_so_by_itself_and_may_go_again(meeting, by):
    items_of(meeting)
    announced(meeting, by)

    later = agenda.add(AgendaItem(meeting=meeting, title="دیررس"))
    assert later.is_added_later
    agenda.remove(later, seen=later.version)

    assert order_of(meeting) == ["بند 1", "بند 2", "بند 3"]


def test_later_items_are_ordered_among_themselves(meeting, by):
    items_of(meeting, 1)
    announced(meeting, by)
    _one, other = (agenda.add(AgendaItem(meeting=meeting, title=title)) for title in ("یک", "دو"))

    agenda.move(other, "up")

    assert order_of(meeting) == ["بند 1", "دو", "یک"]
    with pytest.raises(agenda.AgendaFrozen):
        agenda.move(other, "up")


def test_an_item_that_somebody_changed_is_not_removed_unseen(meeting):
    first, *_others = items_of(meeting)
    AgendaItem.objects.filter(pk=first.pk).update(title="دیگر")

    with pytest.raises(holding.Refused):
        agenda.remove(first, seen=first.version)


def test_of_two_who_remove_an_item_the_second_changes_nothing(meeting):
    first, *_others = items_of(meeting)
    same = AgendaItem.objects.get(pk=first.pk)

    agenda.remove(first, seen=1)
    agenda.remove(same, seen=1)

    assert order_of(meeting) == ["بند 2", "بند 3"]


def test_removing_closes_the_gap(meeting):
    first, *_others = items_of(meeting)

    agenda.remove(first, seen=first.version)

    assert list(meeting.agenda_items.in_order().values_list("position", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_nothing_is_added_once_the_minutes_are_approved():
    minutes = make.MinutesFactory(approved=True)

    with pytest.raises(agenda.AgendaFrozen):
        agenda.add(AgendaItem(meeting=minutes.meeting, title="دیررس"))


# How it opens


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
    following = announced(meeting, by)
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


# Proposals


def proposal_for(meeting, **fields) -> ItemProposal:
    user = make.UserFactory(person=make.MembershipFactory().person)
    proposal = ItemProposal(body=meeting.body, organization=make.OrganizationFactory(), title="پیشنهاد", **fields)
    return proposals.propose(proposal, by=user)


def test_an_accepted_proposal_is_an_item_and_its_proposer_is_told(meeting, by):
    proposal = proposal_for(meeting, presenter=make.PersonFactory())

    item = proposals.SOURCES["organizations"].accept(proposal.pk, meeting, by=by)

    proposal.refresh_from_db()
    assert (item.title, item.proposed_by, item.presenter) == ("پیشنهاد", proposal.organization, proposal.presenter)
    assert (proposal.status, proposal.agenda_item, proposal.answered_by) == ("accepted", item, by)
    assert Notice.objects.filter(recipient=proposal.submitted_by).count() == 1


@pytest.mark.parametrize("source", ["organizations", "committees"])
def test_a_proposal_is_for_a_meeting_to_come(by, source):
    meeting = make.MeetingFactory(held=True)
    if source == "organizations":
        proposal = proposal_for(meeting)
    else:
        proposal = make.ProposalFactory(addressee=meeting.body, submitted=True)

    with pytest.raises(holding.Refused):
        proposals.SOURCES[source].accept(proposal.pk, meeting, by=by)

    assert not meeting.agenda_items.exists()


def test_a_proposal_is_answered_once(meeting, by):
    proposal = proposal_for(meeting)
    proposals.SOURCES["organizations"].accept(proposal.pk, meeting, by=by)

    with pytest.raises(proposals.Answered):
        proposals.SOURCES["organizations"].decline(proposal.pk, meeting, by=by, because="نه")
    assert meeting.agenda_items.count() == 1


def test_a_declined_proposal_tells_the_reason(meeting, by):
    proposal = proposal_for(meeting)

    proposals.SOURCES["organizations"].decline(proposal.pk, meeting, by=by, because="تکراری است")

    proposal.refresh_from_db()
    assert (proposal.status, proposal.declined_because) == ("declined", "تکراری است")
    assert Notice.objects.get(recipient=proposal.submitted_by).text == "تکراری است"


def test_proposing_the_same_twice_changes_nothing_and_the_keepers_are_told_once(meeting, by):
    first = proposal_for(meeting)
    same = ItemProposal(body=meeting.body, organization=first.organization, title=first.title)

    assert proposals.propose(same, by=first.submitted_by) == first
    assert Notice.objects.filter(recipient=by).count() == 1


def test_a_removed_item_lets_what_proposed_it_wait_again(meeting, by):
    proposal = proposal_for(meeting)
    item = proposals.SOURCES["organizations"].accept(proposal.pk, meeting, by=by)

    agenda.remove(item, seen=item.version)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.agenda_item) == ("submitted", None)


def test_a_committees_proposal_is_accepted_for_those_who_may_read_it(meeting, by):
    proposal = make.ProposalFactory(addressee=meeting.body, submitted=True)
    officer = user_of("officer", proposal.committee)

    waiting = proposals.all_waiting(meeting, user=by)
    item = proposals.SOURCES["committees"].accept(proposal.pk, meeting, by=by)

    proposal.refresh_from_db()
    assert [(row.source, row.pk) for row in waiting] == [("committees", proposal.pk)]
    assert (item.presenter_name, item.visibility) == (proposal.committee.name, proposal.visibility)
    assert (proposal.status, proposal.agenda_item) == (Proposal.Status.ON_AGENDA, item)
    assert Notice.objects.filter(recipient=officer).exists()


def test_a_committees_proposal_goes_back_with_the_reason_or_when_its_item_is_removed(meeting, by):
    declined, accepted = (make.ProposalFactory(addressee=meeting.body, submitted=True) for _ in range(2))
    source = proposals.SOURCES["committees"]

    source.decline(declined.pk, meeting, by=by, because="ناقص است")
    item = source.accept(accepted.pk, meeting, by=by)
    agenda.remove(item, seen=item.version)

    declined.refresh_from_db(), accepted.refresh_from_db()
    assert (declined.status, declined.returned_because) == ("returned", "ناقص است")
    assert (accepted.status, accepted.agenda_item) == ("submitted", None)
