"""What is found where several people save at one moment, none of whom sees yet what the others change."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import sleep

import pytest
from django.db import connection, connections, transaction

from council_portal.access.visibility import Visibility
from council_portal.search import indexing, tasks
from council_portal.search.indexing import Busy, index_all_noted, index_noted
from council_portal.search.management.commands import reindex_search
from council_portal.search.models import Change, Kind, Paragraph
from meetings.models import Decision, Material
from tests import factories as make
from tests.roles import user_of

from .test_commands import reindex

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = {"visibility": Visibility.PUBLIC}
SECONDS = 20


@pytest.fixture(autouse=True)
def _without_patience(monkeypatch):
    monkeypatch.setattr(tasks, "PATIENCE", 0)
    monkeypatch.setattr(reindex_search, "PATIENCE", 0)


def found(kind: Kind, user=None) -> set[str]:
    return set(Paragraph.objects.visible_to(user).filter(kind=kind).values_list("text", flat=True)) - {""}


@pytest.fixture
def beside():
    """Does some work on a connection of its own, to its end; it may wait for nobody here."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield lambda work: pool.submit(_on_its_own_connection, work).result(SECONDS)


def _on_its_own_connection(work) -> None:
    try:
        work()
    finally:
        connections.close_all()


@contextmanager
def somebody_saving():
    """While another transaction that has changed something is under way."""
    make.BodyFactory()
    other = connection.copy()
    try:
        with transaction.atomic(), other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE members_body SET name = name || '.'")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def test_a_review_beside_the_draft_minutes_that_close_it(beside):
    meeting, assignment = make.MeetingFactory(held=True), make.AssignmentFactory(decision__visibility="public")

    with transaction.atomic():
        make.MinutesFactory(meeting=meeting)
        beside(lambda: make.FollowUpFactory(assignment=assignment, kind="review", reviewed_in=meeting, text="گفته شد"))

    assert found(Kind.FOLLOW_UP) == set()
    index_all_noted()
    assert found(Kind.FOLLOW_UP) == set()
    assert found(Kind.FOLLOW_UP, user_of("secretariat")) == {"گفته شد"}


def test_a_paper_beside_the_closing_of_its_meeting(beside):
    meeting = make.MeetingFactory(held=True, **PUBLIC)

    def close():
        meeting.visibility = Visibility.SECRETARIAT
        meeting.save()

    with transaction.atomic():
        make.MaterialFactory(meeting=meeting, text="سخن", **PUBLIC)
        beside(close)

    assert found(Kind.MATERIAL) == set()
    index_all_noted()
    assert found(Kind.MATERIAL) == set()
    assert "سخن" in found(Kind.MATERIAL, user_of("secretariat"))


def test_a_paper_that_comes_while_it_is_looked_up_what_rests_on_its_meeting(monkeypatch):
    meeting = make.MeetingFactory(held=True, **PUBLIC)
    look_up, saved, looked_up = indexing.units_of, Event(), Event()

    def add():
        with transaction.atomic():
            make.MaterialFactory(meeting=meeting, text="سخن", **PUBLIC)
            saved.set()
            looked_up.wait(SECONDS)

    def look_up_slowly(changes):
        units = look_up(changes)
        looked_up.set()
        adding.result(SECONDS)
        return units

    with ThreadPoolExecutor(max_workers=1) as pool:
        adding = pool.submit(_on_its_own_connection, add)
        saved.wait(SECONDS)
        monkeypatch.setattr(indexing, "units_of", look_up_slowly)
        meeting.visibility = Visibility.SECRETARIAT
        meeting.save()

    assert found(Kind.MATERIAL) == set()


def test_what_is_saved_beside_others_is_found_once_they_are_done(beside):
    decision = make.DecisionFactory(published=True, text="پیش", **PUBLIC)
    index_all_noted()

    with somebody_saving():
        beside(lambda: Decision.objects.get(pk=decision.pk).save())  # nothing is changed
        assert found(Kind.DECISION) == {"پیش"}
        beside(lambda: make.DecisionFactory(published=True, text="پس", **PUBLIC))
        beside(tasks_of_a_minute)
        assert found(Kind.DECISION) == {"پیش"}

    tasks_of_a_minute()
    assert found(Kind.DECISION) == {"پیش", "پس"}


def tasks_of_a_minute() -> None:
    tasks.index_changes(timestamp=0)


def test_a_save_beside_one_that_is_soon_done_is_found_after_its_commit():
    begun = Event()

    def save_slowly():
        with transaction.atomic():
            make.DecisionFactory()
            begun.set()
            sleep(0.1)

    with ThreadPoolExecutor(max_workers=1) as pool:
        other = pool.submit(_on_its_own_connection, save_slowly)
        begun.wait(SECONDS)
        with transaction.atomic():
            make.DecisionFactory(published=True, text="پس", **PUBLIC)
            assert found(Kind.DECISION) == set()
        assert found(Kind.DECISION) == {"پس"}
        other.result(SECONDS)


def test_many_saves_beside_others_wait_once(beside, monkeypatch):
    slept = []
    monkeypatch.setattr(indexing.time, "sleep", slept.append)

    def save_many():
        with transaction.atomic():
            make.DecisionFactory.create_batch(3, published=True, **PUBLIC)

    with somebody_saving():
        slept.clear()
        beside(save_many)

    assert slept == [*indexing.PAUSES]
    tasks_of_a_minute()
    assert Paragraph.objects.visible_to(None).filter(kind=Kind.DECISION, ordinal=0).count() == 3


def test_who_saves_parts_of_one_thing_waits_for_nobody(beside):
    first, second = make.DecisionFactory(), make.DecisionFactory()
    make.OrganizationFactory.create_batch(2)

    with transaction.atomic():
        make.AssignmentFactory(decision=first)
        beside(lambda: [make.AssignmentFactory(decision=decision, role="support") for decision in (second, first)])
        make.AssignmentFactory(decision=second)


def test_a_save_does_not_wait_for_the_queue(beside):
    material = make.MaterialFactory(text="پیش", **PUBLIC)

    def save():
        material.text = "پس"
        material.save()

    with transaction.atomic():
        assert Change.objects.select_for_update().count()
        beside(save)


def test_the_queue_leaves_what_others_do_not_leave_time_for():
    make.DecisionFactory(published=True, **PUBLIC)

    with somebody_saving():
        noted = Change.objects.count()
        with pytest.raises(Busy):
            index_noted()
        tasks_of_a_minute()
        assert Change.objects.count() == noted

    tasks_of_a_minute()
    assert not Change.objects.exists()


def test_the_index_is_brought_up_to_date_beside_others():
    Material.objects.filter(pk=make.MaterialFactory(**PUBLIC).pk).update(text="دگرگون")
    Paragraph.objects.update(analysis=1)

    with somebody_saving():
        said = reindex(stale=True)

    assert "left to the queue" in said
    assert found(Kind.MATERIAL) == set()
    assert not Paragraph.objects.filter(analysis=1).exists()
    reindex(stale=True)
    assert "دگرگون" in found(Kind.MATERIAL)


def test_notes_are_kept_by_the_making_of_the_index_while_others_save():
    decision = make.DecisionFactory(published=True, **PUBLIC)
    Decision.objects.filter(pk=decision.pk).update(visibility=Visibility.MEMBERS)

    with somebody_saving():
        reindex()
        assert Change.objects.filter(source="meetings_decision", object_id=decision.pk, hides=True).exists()

    reindex()
    assert not Change.objects.exists()
