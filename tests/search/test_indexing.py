"""What is in the index after a change, whichever way it was made."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from council_portal.access.visibility import Visibility
from council_portal.files.models import ExtractedText
from council_portal.files.storing import store
from council_portal.persian.partial_date import PartialDate
from council_portal.search import indexing, rows
from council_portal.search.indexing import index_all_noted
from council_portal.search.models import Change, Kind, Paragraph
from council_portal.search.sources import all_sources, watched_models
from meetings import minutes as minuting
from meetings.models import Decision, Meeting, MeetingMove, Minutes
from members.models import Organization
from publications.models import Announcement
from tests import factories as make
from tests.files.samples import upload, word_with
from tests.roles import user_of

pytestmark = pytest.mark.django_db


def found(user=None, **wanted) -> set[str]:
    """The names and texts that stand in the index for a reader."""
    rows = Paragraph.objects.visible_to(user).filter(**wanted).values_list("heading", "text")
    return {part for row in rows for part in row if part}


def test_every_record_that_the_index_is_made_of_notes_its_changes():
    for model in watched_models():
        assert {"note_for_search", "raise_revision"} <= {trigger.name for trigger in model._meta.triggers}, model


def test_what_comes_to_a_record_is_noted_by_that():
    notes = {name for source in all_sources() for name, _path in source.noted_as if "." in name}

    make.MinutesFactory(), make.MeetingMoveFactory(), make.AssignmentFactory()
    make.ArticleNoteFactory(), make.MembershipFactory()
    make.OrganizationFactory().other_names.create(name="نام پیشین")
    make.BodyFactory().other_names.create(name="نام پیشین")
    ExtractedText.objects.create(file=store(upload(word_with("متن"), "a.docx"), by=None), text="متن")

    assert notes <= set(Change.objects.values_list("source", flat=True))


def test_every_kind_has_a_source():
    assert {source.kind for source in all_sources()} == set(Kind)


def test_a_save_indexes_in_its_transaction():
    decision = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC, text="خرید سامانه", title="خرید")
    assert "خرید سامانه" in found(kind=Kind.DECISION)

    decision.visibility = Visibility.MEMBERS
    decision.save()

    assert found(kind=Kind.DECISION) == set()
    assert "خرید سامانه" in found(user_of("member"), kind=Kind.DECISION)


def test_what_is_deleted_is_found_no_more():
    material = make.MaterialFactory(visibility=Visibility.PUBLIC)
    assert found(kind=Kind.MATERIAL)

    material.delete()

    assert not Paragraph.objects.filter(kind=Kind.MATERIAL).exists()


def test_what_a_meeting_closes_is_closed_with_it():
    decision = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)
    make.AgendaItemFactory(meeting=decision.meeting)
    assert found(kind=Kind.DECISION)
    assert found(kind=Kind.AGENDA)

    decision.meeting.visibility = Visibility.BODY
    decision.meeting.save()

    assert found() == found(kind__in=[Kind.BODY, Kind.ORGANIZATION])
    assert found(user_of("body_member", decision.meeting.body), kind=Kind.AGENDA)


def test_a_part_is_closed_with_its_item():
    item = make.AgendaItemFactory()
    make.AgendaItemFactory(meeting=item.meeting, parent=item, title="جزء نمونه")
    assert "جزء نمونه" in found()

    item.visibility = Visibility.SECRETARIAT
    item.save()

    assert "جزء نمونه" not in found() | found(user_of("officer", item.meeting.body))
    assert "جزء نمونه" in found(user_of("secretariat"))


@pytest.mark.parametrize("by_sql", [True, False])
def test_what_bulk_changes_close_is_found_no_more_at_once(by_sql):
    decision, member = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC), user_of("member")
    assert found(kind=Kind.DECISION)

    if by_sql:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE meetings_meeting SET visibility = 'members' WHERE id = %s", [decision.meeting_id])
    else:
        Meeting.objects.update(visibility=Visibility.MEMBERS)

    assert found(kind=Kind.DECISION) == set()
    assert found(member, kind=Kind.DECISION) == set()


def test_the_queue_indexes_what_was_changed_in_bulk():
    decision, member = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC), user_of("member")
    Decision.objects.update(visibility=Visibility.MEMBERS)
    assert found(member, kind=Kind.DECISION) == set()

    index_all_noted()

    assert found(kind=Kind.DECISION) == set()
    assert decision.text in found(member, kind=Kind.DECISION)
    assert not Change.objects.exists()


def test_a_day_that_was_only_a_plan_is_found_no_more_once_that_is_noted_by_sql():
    meeting = make.MeetingFactory(announced=True, visibility=Visibility.PUBLIC)
    move = make.MeetingMoveFactory(
        meeting=meeting, from_on=PartialDate.day(1405, 9, 10), to_on=meeting.held_on, reason="تعمیر تالار"
    )
    asked = "'d1405-09-10'"
    assert Paragraph.objects.visible_to(None).matching(asked).exists()
    assert any("تعمیر تالار" in text for text in found())

    MeetingMove.objects.filter(pk=move.pk).update(was_plan=True)

    assert found(kind=Kind.MEETING) == set()
    index_all_noted()
    assert found(kind=Kind.MEETING)
    assert not Paragraph.objects.visible_to(None).matching(asked).exists()
    assert not any("تعمیر تالار" in text for text in found())
    assert Paragraph.objects.visible_to(user_of("secretariat")).matching(asked).exists()


def test_services_are_told_in_one_order_however_they_lie_in_the_database():
    person = make.PersonFactory(visibility=Visibility.PUBLIC)
    later, earlier = (make.MembershipFactory(person=person, pk=key) for key in (2_000_000, 1_000_000))

    [told] = Paragraph.objects.filter(kind=Kind.PERSON, text__contains=earlier.body.name).values_list("text", flat=True)

    assert [earlier.body.name in line for line in told.splitlines()] == [True, False]
    assert later.body.name in told


@pytest.mark.django_db(transaction=True)
def test_the_last_bulk_update_of_a_rule_is_indexed_once_it_is_committed():
    decision = make.DecisionFactory(numbered=True, visibility=Visibility.PUBLIC, text="پس از انتشار")
    minutes = make.MinutesFactory(meeting=decision.meeting, approved=True, visibility=Visibility.PUBLIC)

    minuting.publish(minutes, by=make.UserFactory())

    assert "پس از انتشار" in found(kind=Kind.DECISION)
    assert "جلسه نمونه با یاد خدا آغاز شد." in found(kind=Kind.MINUTES)


def test_a_new_name_does_not_hide_what_bears_it():
    assignment = make.AssignmentFactory(decision__visibility=Visibility.PUBLIC)
    assert found(kind=Kind.DECISION)

    assignment.organization.name = "دستگاه تازه"
    assignment.organization.save()

    assert found(kind=Kind.DECISION)
    assert "دستگاه تازه" in found(kind=Kind.ORGANIZATION)
    assert Change.objects.filter(source="members_organization").exists()


def test_what_bears_a_new_name_is_found_by_it_at_once():
    assignment = make.AssignmentFactory(organization__name="نام کهنه", decision__visibility=Visibility.PUBLIC)

    assignment.organization.name = "نام تازه"
    assignment.organization.save()

    assert "تازه" in words_of_decision()
    assert "کهنه" not in words_of_decision()


def test_the_queue_brings_a_new_name_to_more_than_a_save_can(monkeypatch):
    assignment = make.AssignmentFactory(organization__name="نام کهنه", decision__visibility=Visibility.PUBLIC)
    make.MeetingFactory(host=assignment.organization)
    index_all_noted()
    before = words_of_decision()
    monkeypatch.setattr(indexing, "AT_A_SAVE", 2)

    assignment.organization.name = "نام تازه"
    assignment.organization.save()

    assert "نام تازه" in found(kind=Kind.ORGANIZATION)
    at_once = words_of_decision()

    index_all_noted()

    assert "کهنه" in before
    assert "کهنه" in at_once
    assert "تازه" in words_of_decision()


def words_of_decision() -> str:
    return Paragraph.objects.filter(kind=Kind.DECISION, ordinal=0).get().tsv


def test_an_organisation_that_is_closed_takes_its_name_out_of_decisions():
    assignment = make.AssignmentFactory(decision__visibility=Visibility.PUBLIC)
    assert organizations_of_decisions() == {assignment.organization_id}

    assignment.organization.visibility = Visibility.MEMBERS
    assignment.organization.save()

    assert organizations_of_decisions() == set()
    assert Paragraph.objects.visible_to(None).filter(kind=Kind.DECISION, ordinal=0).get().statuses == []


def organizations_of_decisions(user=None) -> set[int]:
    rows = Paragraph.objects.visible_to(user).filter(kind=Kind.DECISION)
    return {key for row in rows for key in row.organizations}


def test_a_draft_of_minutes_closes_the_reviews_of_its_meeting_until_it_is_published():
    meeting = make.MeetingFactory(held=True)
    make.FollowUpFactory(
        kind="review", reviewed_in=meeting, text="گفته شد", assignment__decision__visibility=Visibility.PUBLIC
    )
    assert "گفته شد" in found(kind=Kind.FOLLOW_UP)

    make.MinutesFactory(meeting=meeting)

    assert found(kind=Kind.FOLLOW_UP) == set()


@pytest.mark.parametrize("moved", [False, True])
def test_minutes_that_come_past_the_signals_close_those_reviews_at_once(moved):
    meeting = make.MeetingFactory(held=True)
    make.FollowUpFactory(
        kind="review", reviewed_in=meeting, text="گفته شد", assignment__decision__visibility=Visibility.PUBLIC
    )
    draft = make.MinutesFactory.build(meeting=make.MeetingFactory(held=True) if moved else meeting)
    assert "گفته شد" in found(kind=Kind.FOLLOW_UP)

    Minutes.objects.bulk_create([draft])
    if moved:
        assert "گفته شد" in found(kind=Kind.FOLLOW_UP)
        Minutes.objects.update(meeting=meeting)

    assert found(kind=Kind.FOLLOW_UP) == found(user_of("secretariat"), kind=Kind.FOLLOW_UP) == set()
    index_all_noted()
    assert found(kind=Kind.FOLLOW_UP) == set()
    assert "گفته شد" in found(user_of("secretariat"), kind=Kind.FOLLOW_UP)


def test_a_record_that_gets_another_key_by_sql_is_not_found_under_the_old_one():
    announcement = make.AnnouncementFactory(published=True, visibility=Visibility.PUBLIC)
    assert found(kind=Kind.ANNOUNCEMENT)

    Announcement.objects.filter(pk=announcement.pk).update(id=announcement.pk + 1)

    assert found(kind=Kind.ANNOUNCEMENT) == set()


def test_a_corrigendum_is_closed_with_the_meeting_of_its_item_too():
    item = make.AgendaItemFactory()
    corrigendum = make.CorrigendumFactory(
        minutes__published=True, minutes__visibility=Visibility.PUBLIC, agenda_item=item
    )
    assert corrigendum.text in found()

    Meeting.objects.filter(pk=item.meeting_id).update(visibility=Visibility.SECRETARIAT)

    assert corrigendum.text not in found()


def test_the_text_of_a_file_is_found_with_its_material():
    file = store(upload(word_with("متن پیوست نمونه"), "a.docx"), by=None)
    make.MaterialFactory(file=file, text="", visibility=Visibility.PUBLIC)
    assert "متن پیوست نمونه" not in found()

    ExtractedText.objects.create(file=file, text="متن پیوست نمونه")

    assert "متن پیوست نمونه" in found(kind=Kind.MATERIAL)


def test_a_record_is_kept_though_it_cannot_be_indexed(monkeypatch, caplog):
    monkeypatch.setattr(rows.analysis, "tsvector_of", lambda parts: 1 / 0)

    organization = make.OrganizationFactory()

    assert Organization.objects.filter(pk=organization.pk).exists()
    assert "Not indexed" in caplog.text
    assert Change.objects.filter(object_id=organization.pk).exists()


def nonsense():
    raise ValueError


def more_than_postgresql_takes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT repeat('x', 3000)::tsvector")


@pytest.mark.parametrize("fail", [nonsense, more_than_postgresql_takes])
def test_what_cannot_be_indexed_keeps_nothing_else_from_it(monkeypatch, caplog, fail):
    public = {"published": True, "visibility": Visibility.PUBLIC}
    member = user_of("member")
    broken, sound = (make.DecisionFactory(text=text, **public) for text in ("شکسته", "درست"))
    index_all_noted()
    vector = rows.analysis.tsvector_of

    def vector_unless_broken(parts):
        if any("شکسته" in text for text, _weight in parts):
            fail()
        return vector(parts)

    monkeypatch.setattr(rows.analysis, "tsvector_of", vector_unless_broken)
    Decision.objects.update(visibility=Visibility.MEMBERS)

    index_all_noted()

    assert found(kind=Kind.DECISION) == set()
    assert sound.text in found(member, kind=Kind.DECISION)
    assert broken.text not in found(member, kind=Kind.DECISION)
    assert not Change.objects.exists()
    assert "Not indexed" in caplog.text

    monkeypatch.undo()
    call_command("reindex_search", stale=True, verbosity=0)
    assert broken.text in found(member, kind=Kind.DECISION)


def test_the_queue_takes_the_newest_first_and_goes_on_past_what_fails(monkeypatch):
    meetings = [make.MeetingFactory(held=True, visibility=Visibility.PUBLIC) for _ in range(3)]
    index_all_noted()
    for meeting in meetings:
        Meeting.objects.filter(pk=meeting.pk).update(visibility=Visibility.MEMBERS)
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    index_units, seen = indexing.index_units, []

    def index_but_the_second(units, **options):
        seen.append(units["meetings.meeting"])
        if meetings[1].pk in seen[-1]:
            raise OperationalError  # of the server, at this moment
        return index_units(units, **options)

    monkeypatch.setattr(indexing, "index_units", index_but_the_second)

    assert index_all_noted() == 2
    assert seen[0] == {meetings[2].pk}
    assert seen[-1] == {meetings[0].pk}
    assert Change.objects.get().object_id == meetings[1].pk


def test_rows_of_a_source_that_there_is_no_more_go_with_the_next_change():
    meeting = make.MeetingFactory(held=True, visibility=Visibility.PUBLIC)
    Paragraph.objects.filter(kind=Kind.MEETING).update(source="meetings.gone")
    Meeting.objects.update(visibility=Visibility.MEMBERS)

    index_all_noted()

    assert not Paragraph.objects.filter(source="meetings.gone").exists()
    assert Paragraph.objects.filter(kind=Kind.MEETING, object_id=meeting.pk).exists()


def test_what_is_too_much_for_a_save_is_hidden_until_the_queue_has_indexed_it(monkeypatch):
    meeting, member = make.MeetingFactory(held=True), user_of("member")
    for _ in range(3):
        make.DecisionFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    monkeypatch.setattr(indexing, "AT_A_SAVE", 2)

    meeting.visibility = Visibility.MEMBERS
    meeting.save()

    assert found(member, kind=Kind.DECISION) == set()
    index_all_noted()
    assert found(member, kind=Kind.DECISION)
    assert found(kind=Kind.DECISION) == set()


def test_long_texts_are_shared_out():
    text = "\n".join(["واژه " * 50] * 20)

    pieces = list(rows.pieces_of(text))

    assert max(map(len, pieces)) <= rows.LONGEST
    assert " ".join(pieces).split() == text.split()
