"""The order of the items of an agenda, by whom and when it may change, and the time that they take."""

import threading

import pytest
from django.db import connection

from council_portal.access.visibility import Visibility
from meetings import agenda
from meetings.models import AgendaItem
from tests import factories as make

from .items import items_of, order_of

pytestmark = pytest.mark.django_db


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
