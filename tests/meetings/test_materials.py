"""The rules of a meeting's materials."""

import pytest
from django.db import IntegrityError, transaction

from council_portal.files.models import ExtractedText
from meetings import materials
from meetings.holding import Refused
from meetings.models import Material, Upload
from tests import factories as make
from tests.files.samples import HTML, PDF, picture, upload, word_with
from tests.jobs import do_jobs, waiting_jobs
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


def brought(meeting, by, content=None, name="گشایش_نشست.png") -> Upload:
    assert materials.bring(meeting, [upload(content or picture(), name)], by=by) == []
    return Upload.objects.latest("pk")


def described(upload, **values) -> Material:
    defaults = {"kind": upload.kind, "title": upload.title, "alt_text": "نمای تالار"}
    return materials.take_up(Material(**defaults | values), upload)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(picture(), "a.png", "picture"), (PDF, "a.pdf", "scan"), (word_with("متن"), "a.docx", "article")],
)
def test_what_a_file_is_to_a_meeting_is_guessed_by_its_content(by, content, name, kind):
    assert brought(make.MeetingFactory(), by, content, name).kind == kind


def test_a_file_waits_under_the_words_of_its_name(by):
    assert brought(make.MeetingFactory(), by).title == "گشایش نشست"
    assert brought(make.MeetingFactory(), by, name="گزارش_2_1405.png").title == "گزارش ۲ ۱۴۰۵"


def test_the_same_file_brought_twice_waits_once(by):
    meeting = make.MeetingFactory()

    brought(meeting, by), brought(meeting, by)

    assert Upload.objects.count() == 1


def test_a_page_dressed_as_a_picture_is_not_taken(by):
    problems = materials.bring(make.MeetingFactory(), [upload(HTML, "a.png")], by=by)

    assert problems[0].startswith("a.png: ")
    assert not Upload.objects.exists()


def test_a_described_file_is_a_material_and_waits_no_longer(by):
    meeting = make.MeetingFactory()

    first, second = described(brought(meeting, by)), described(brought(meeting, by, picture(colour="blue")))

    assert not Upload.objects.exists()
    assert [first.position, second.position] == [1, 2]


def test_small_pictures_are_made_by_the_queue(by):
    material = described(brought(make.MeetingFactory(), by))
    assert material.thumbnail is None

    do_jobs()

    material.refresh_from_db()
    assert material.thumbnail.media_type == "image/webp"


def test_texts_are_read_by_the_queue(by):
    described(brought(make.MeetingFactory(), by, word_with("متن مقاله"), "a.docx"))

    do_jobs()

    assert ExtractedText.objects.get().text == "متن مقاله"


def test_another_file_takes_its_own_small_picture(by):
    material = described(brought(make.MeetingFactory(), by))
    do_jobs()

    Material.objects.filter(pk=material.pk).update(file=brought(material.meeting, by, picture(colour="blue")).file)

    material.refresh_from_db()
    assert material.thumbnail is None


def test_a_job_done_twice_changes_nothing(by):
    material = described(brought(make.MeetingFactory(), by))
    do_jobs(), do_jobs()

    material.refresh_from_db()
    assert material.version == 2
    assert waiting_jobs()


def test_a_material_is_withdrawn_once_with_a_reason(by):
    material = make.MaterialFactory()
    with pytest.raises(Refused):
        materials.withdraw(material, by=by, because=" ")

    materials.withdraw(material, by=by, because="به درخواست سخنران")
    materials.withdraw(material, by=by, because="دوباره")

    material.refresh_from_db()
    assert (material.withdrawn_because, material.withdrawn_by) == ("به درخواست سخنران", by)


def test_one_signed_paper_counts():
    paper = make.MaterialFactory(kind="scan", is_authoritative=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.MaterialFactory(meeting=paper.meeting, kind="scan", is_authoritative=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.MaterialFactory(kind="speech", is_authoritative=True)


@pytest.mark.parametrize(
    ("minutes", "readers"),
    [
        (None, {"officer", "secretariat"}),
        ({}, {"officer", "secretariat"}),
        ({"circulated": True}, {"body_member", "officer", "secretariat"}),
        ({"approved": True}, {"body_member", "officer", "secretariat"}),
        (
            {"published": True, "visibility": "members"},
            {"member", "body_member", "officer", "follow_up_officer", "secretariat"},
        ),
        ({"published": True, "visibility": "public"}, {*ROLES}),
    ],
)
def test_the_signed_paper_is_read_by_those_who_may_read_the_minutes(minutes, readers):
    paper = make.MaterialFactory(kind="scan", is_authoritative=True, visibility="public")
    if minutes is not None:
        make.MinutesFactory(meeting=paper.meeting, **minutes)

    def may_read(role):
        return Material.objects.visible_to(user_of(role, paper.meeting.body)).exists()

    assert {role for role in ROLES if may_read(role)} == readers
