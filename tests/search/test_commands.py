"""Making the index anew, and measuring it; what the web server does before anybody searches."""

import runpy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from council_portal.access.visibility import Visibility
from council_portal.search.lexicon import lexicon
from council_portal.search.management.commands import reindex_search
from council_portal.search.models import Change, Paragraph, Progress, Term
from meetings.models import Decision
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def decisions(settings):
    settings.SEARCH_INDEXES_SAVES = False
    return [make.DecisionFactory(published=True, visibility=Visibility.PUBLIC, text="خرید کاغذ") for _ in range(3)]


def reindex(**options) -> str:
    out = StringIO()
    call_command("reindex_search", stdout=out, **options)
    return out.getvalue()


def test_the_index_is_made_of_what_is_there(decisions):
    assert not Paragraph.objects.exists()

    said = reindex()

    assert set(indexed()) == {decision.pk for decision in decisions}
    assert "meetings.decision: 3 of 3 records" in said
    assert Term.objects.filter(word="کاغذ").get().paragraphs == 3
    assert not Change.objects.exists()


def indexed() -> list[int]:
    return list(
        Paragraph.objects.titles().filter(source="meetings.decision").order_by("pk").values_list("object_id", flat=True)
    )


def test_broken_off_it_goes_on_where_it_was(decisions, monkeypatch):
    monkeypatch.setattr(reindex_search, "BATCH", 1)
    index = reindex_search.index

    def break_off(source, keys, **options):
        if source.name == "meetings.decision" and keys == [decisions[1].pk]:
            raise KeyboardInterrupt
        return index(source, keys, **options)

    monkeypatch.setattr(reindex_search, "index", break_off)
    with pytest.raises(CommandError, match="goes on from here"):
        reindex()
    first = indexed()
    monkeypatch.setattr(reindex_search, "index", index)
    Paragraph.objects.filter(object_id=decisions[2].pk, ordinal=0).update(heading="نشان")

    assert "Going on where a run was broken off" in reindex()

    assert first == [decisions[2].pk]  # the newest first
    assert set(indexed()) == {decision.pk for decision in decisions}
    assert Paragraph.objects.filter(heading="نشان").exists()
    assert not Progress.objects.exists()


def test_what_is_changed_while_the_index_is_made_is_indexed_before_its_end(decisions, monkeypatch):
    index = reindex_search.index

    def change_afterwards(source, keys, **options):
        number = index(source, keys, **options)
        if source.name == "meetings.decision":
            Decision.objects.filter(pk=decisions[0].pk).update(visibility=Visibility.MEMBERS)
        return number

    Change.objects.all().delete()
    monkeypatch.setattr(reindex_search, "index", change_afterwards)
    reindex()

    closed = Paragraph.objects.titles().filter(source="meetings.decision", readers="members")
    assert [row.object_id for row in closed] == [decisions[0].pk]
    assert not Change.objects.exists()


def test_one_run_at_a_time(decisions):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('reindex_search'))")
            with pytest.raises(CommandError, match="Another run"):
                reindex()
            cursor.execute("SELECT pg_advisory_unlock(hashtext('reindex_search'))")
    finally:
        other.close()

    assert "meetings.decision: 3 of 3 records" in reindex()


def test_what_is_gone_leaves_the_index(decisions):
    reindex()
    Paragraph.objects.filter(object_id=decisions[0].pk).update(object_id=10**9)

    reindex()

    assert set(indexed()) == {decision.pk for decision in decisions}


def test_only_what_is_stale(decisions):
    reindex()
    assert "Nothing is stale" in reindex(stale=True)
    Paragraph.objects.filter(object_id=decisions[0].pk).update(analysis=0)
    decisions[1].visibility = Visibility.MEMBERS
    decisions[1].save()

    reindex(stale=True)

    assert not Paragraph.objects.filter(analysis=0).exists()
    assert set(Paragraph.objects.visible_to(None).values_list("object_id", flat=True)) >= {decisions[0].pk}
    assert not Change.objects.exists()


def test_a_database_in_use_is_measured_only_when_asked(decisions):
    reindex()

    with pytest.raises(CommandError, match="--in-use"):
        call_command("bench_search")


def test_the_query_is_measured_and_leaves_nothing_behind():
    reindex()
    before = Paragraph.objects.count()
    out = StringIO()

    call_command("bench_search", paragraphs=300, questions=1, in_use=True, stdout=out)

    assert "phrase of two very common words" in out.getvalue()
    assert Paragraph.objects.count() == before


def test_what_is_missing_is_indexed_with_what_is_stale(decisions):
    call_command("reindex_search", verbosity=0)
    Paragraph.objects.filter(object_id=decisions[1].pk, source="meetings.decision").delete()

    call_command("reindex_search", stale=True, verbosity=0)

    found = Paragraph.objects.titles().filter(source="meetings.decision").values_list("object_id", flat=True)
    assert set(found) == {decision.pk for decision in decisions}


def test_the_web_server_knows_the_words_of_persian_before_anybody_searches():
    lexicon.cache_clear()
    runpy.run_path(Path(__file__).parents[2] / "gunicorn.conf.py")["when_ready"](None)

    assert lexicon.cache_info().currsize == 1
