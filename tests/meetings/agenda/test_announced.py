"""What may still change of an agenda once it was announced, and how an item goes."""

import pytest
from django.db import IntegrityError, transaction

from meetings import agenda, holding
from meetings.models import AgendaItem
from tests import factories as make

from .items import items_of, order_of

pytestmark = pytest.mark.django_db


def test_an_announced_item_keeps_its_title_and_place_whoever_tries(meeting, by):
    first, second, _third = items_of(meeting)
    holding.announce(meeting, by=by)
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
    holding.announce(meeting, by=by)

    AgendaItem.objects.filter(pk=first.pk).update(outcome="noted", discussion="<p>متن</p>")

    assert AgendaItem.objects.get(pk=first.pk).outcome == "noted"


def test_an_announced_item_is_withdrawn_not_removed(meeting, by):
    first, *_others = items_of(meeting)
    holding.announce(meeting, by=by)

    with pytest.raises(agenda.AgendaFrozen):
        agenda.remove(first, seen=first.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=first.pk).delete()
    agenda.withdraw(first)

    assert AgendaItem.objects.get(pk=first.pk).outcome == "withdrawn"


def test_an_item_after_the_announcement_says_so_by_itself_and_may_go_again(meeting, by):
    items_of(meeting)
    holding.announce(meeting, by=by)

    later = agenda.add(AgendaItem(meeting=meeting, title="دیررس"))
    assert later.is_added_later
    agenda.remove(later, seen=later.version)

    assert order_of(meeting) == ["بند 1", "بند 2", "بند 3"]


def test_later_items_are_ordered_among_themselves(meeting, by):
    items_of(meeting, 1)
    holding.announce(meeting, by=by)
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
