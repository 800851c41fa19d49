import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from meetings import materials
from meetings.models import Material, Upload
from tests import factories as make
from tests.files.samples import HTML, PDF, picture, upload

pytestmark = pytest.mark.django_db
PAGES = ["materials", "uploads", "material_new"]
ROLES = {
    "visitor": 302,
    "former_member": 404,
    "member": 404,
    "body_member": 404,
    "follow_up_officer": 404,
    "administrator": 404,
    "officer": 200,
    "secretariat": 200,
}


def page_of(meeting, name="materials", *args) -> str:
    return reverse(f"meetings:work_{name}", args=[meeting.pk, *args])


def brought(meeting, colour="red") -> Upload:
    materials.bring(meeting, [upload(picture(colour=colour), "نمای_تالار.png")], by=None)
    return Upload.objects.latest("pk")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_materials_are_kept_by_those_who_work_on_the_meeting(client_of, name, role, status):
    meeting = make.MeetingFactory(announced=True)

    assert client_of(role, meeting.body).get(page_of(meeting, name)).status_code == status


@pytest.mark.parametrize(("role", "status"), [*ROLES.items()])
def test_nobody_else_changes_or_withdraws_a_material(client_of, role, status):
    material = make.MaterialFactory()
    client = client_of(role, material.meeting.body)

    assert client.get(page_of(material.meeting, "material", material.pk)).status_code == status
    assert client.get(page_of(material.meeting, "material_withdraw", material.pk)).status_code == status


def test_a_material_of_another_meeting_is_not_found(client_of):
    material, meeting = make.MaterialFactory(), make.MeetingFactory()

    assert client_of("secretariat").get(page_of(meeting, "material", material.pk)).status_code == 404


def test_many_files_come_at_once_and_what_is_refused_is_named(client_of):
    meeting = make.MeetingFactory()
    files = [upload(picture(), "یک.png"), upload(HTML, "دو.png"), upload(picture(colour="blue"), "سه.png")]

    response = client_of("officer", meeting.body).post(page_of(meeting, "bring"), {"files": files}, follow=True)

    assert [one.title for one in Upload.objects.all()] == ["یک", "سه"]
    assert "دو.png:" in response.content.decode()


def test_a_script_is_answered_in_json(client_of):
    meeting = make.MeetingFactory()

    response = client_of("secretariat").post(
        page_of(meeting, "bring"), {"files": [upload(HTML, "دو.png")]}, headers={"accept": "application/json"}
    )

    assert "دو.png" in response.json()["problems"][0]


def test_no_file_is_said(client_of):
    response = client_of("secretariat").post(page_of(make.MeetingFactory(), "bring"), follow=True)

    assert "دست‌کم یک فایل" in response.content.decode()


def test_a_picture_without_a_description_is_asked_for_it_and_nothing_typed_is_lost(client_of):
    meeting = make.MeetingFactory()
    first, second = brought(meeting), brought(meeting, "blue")
    data = {
        f"upload-{first.pk}-kind": "picture",
        f"upload-{first.pk}-title": "گشایش",
        f"upload-{first.pk}-alt_text": "اعضا در تالار",
        f"upload-{first.pk}-visibility": "public",
        f"upload-{second.pk}-kind": "picture",
        f"upload-{second.pk}-title": "عنوان تازه",
        f"upload-{second.pk}-visibility": "public",
    }
    client = client_of("secretariat")

    page = client.post(page_of(meeting, "uploads"), data).content.decode()

    assert "تصویر را برای خوانندگانی" in page
    assert "عنوان تازه" in page
    assert not Material.objects.exists()

    client.post(page_of(meeting, "uploads"), data | {f"upload-{second.pk}-is_dropped": "on"})

    assert [one.title for one in Material.objects.all()] == ["گشایش"]
    assert not Upload.objects.exists()


def test_only_a_picture_is_asked_for_a_description_of_the_picture(client_of):
    meeting, client = make.MeetingFactory(), client_of("secretariat")
    materials.bring(meeting, [upload(PDF, "صورت‌جلسه.pdf")], by=None)
    paper = Upload.objects.get()
    name = f"upload-{paper.pk}"
    data = {f"{name}-kind": "scan", f"{name}-title": "نسخه امضاشده", f"{name}-visibility": "public"}

    assert "alt_text" not in client.get(page_of(meeting, "uploads")).text
    assert client.post(page_of(meeting, "uploads"), data | {f"{name}-kind": "picture"}).status_code == 200
    client.post(page_of(meeting, "uploads"), data)

    page = client.get(page_of(meeting, "material", Material.objects.get().pk)).text
    assert "alt_text" not in page
    assert 'value="picture"' not in page


def test_a_speech_is_entered_by_its_text(client_of):
    meeting = make.MeetingFactory()
    data = {"kind": "speech", "title": "سخنرانی", "text": "متن", "visibility": "members", "position": "1"}

    client_of("officer", meeting.body).post(page_of(meeting, "material_new"), data)

    assert Material.objects.get().text == "متن"


def test_a_stale_change_is_refused_with_both_texts(client_of):
    material = make.MaterialFactory(text="متن نخست")
    data = {"kind": "speech", "title": material.title, "visibility": "members", "position": "1", "opened_version": "1"}
    Material.objects.update(text="متن دیگری")

    page = client_of("secretariat").post(page_of(material.meeting, "material", material.pk), data | {"text": "متن من"})

    assert "متن دیگری" in page.content.decode()
    assert "متن من" in page.content.decode()
    assert Material.objects.get().text == "متن دیگری"


def test_withdrawing_asks_for_the_reason(client_of):
    material = make.MaterialFactory()
    address, client = page_of(material.meeting, "material_withdraw", material.pk), client_of("secretariat")

    assert "این فیلد لازم است" in client.post(address, {"because": ""}).content.decode()
    client.post(address, {"because": "به درخواست سخنران"})

    assert Material.objects.get().withdrawn_because == "به درخواست سخنران"


@pytest.mark.parametrize("name", ["materials", "uploads"])
def test_many_files_ask_as_few_questions_as_one(client_of, django_assert_num_queries, name):
    meeting = make.MeetingFactory()
    client = client_of("secretariat")
    make.MaterialFactory(meeting=meeting), brought(meeting)
    with CaptureQueriesContext(connection) as for_one:
        client.get(page_of(meeting, name))
    for colour in ("blue", "green", "white"):
        make.MaterialFactory(meeting=meeting), brought(meeting, colour)

    with django_assert_num_queries(len(for_one)):
        client.get(page_of(meeting, name))


def test_everybody_gets_the_archive_of_what_they_may_see(client_of):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True))
    make.MaterialFactory(meeting=meeting, title="باز", visibility=Visibility.PUBLIC)
    make.MaterialFactory(meeting=meeting, title="اعضا", visibility=Visibility.MEMBERS)
    make.MaterialFactory(meeting=meeting, title="دبیرخانه", visibility=Visibility.SECRETARIAT)
    address = f"/meetings/{meeting.number}/materials.zip"

    def titles(role) -> list[str]:
        content = b"".join(client_of(role, meeting.body).get(address).streaming_content)
        return [name.split()[-1] for name in zipfile.ZipFile(io.BytesIO(content)).namelist()]

    assert titles("visitor") == ["باز.txt"]
    assert titles("member") == ["باز.txt", "اعضا.txt"]
    assert titles("secretariat") == ["باز.txt", "اعضا.txt", "دبیرخانه.txt"]


def test_an_archive_of_nothing_is_not_found(client_of):
    material = make.MaterialFactory(visibility=Visibility.SECRETARIAT)
    address = f"/committees/{material.meeting.body.slug}/sessions/{material.meeting.number}/materials.zip"

    assert client_of("visitor").get(address).status_code == 404
    assert b"".join(client_of("secretariat").get(address).streaming_content).startswith(b"PK")


def test_the_signed_paper_stands_beside_the_minutes(client_of):
    minutes = make.MinutesFactory(published=True, visibility=Visibility.PUBLIC)
    paper = make.MaterialFactory(
        meeting=minutes.meeting, kind="scan", is_authoritative=True, title="نسخه امضاشده", visibility=Visibility.PUBLIC
    )

    page = client_of("visitor").get(minutes.meeting.get_absolute_url()).content.decode()

    assert 'id="signed-paper"' in page
    assert paper.get_absolute_url() in page


def test_an_officer_sees_and_changes_no_closed_paper_of_the_body(client_of):
    closed = make.MaterialFactory(title="سند بسته", visibility=Visibility.SECRETARIAT)
    item = make.AgendaItemFactory(meeting=closed.meeting, title="بند بسته", visibility=Visibility.SECRETARIAT)
    officer = client_of("officer", closed.meeting.body)

    assert "سند بسته" not in officer.get(page_of(closed.meeting)).content.decode()
    assert officer.get(page_of(closed.meeting, "material", closed.pk)).status_code == 404
    assert officer.post(page_of(closed.meeting, "material_withdraw", closed.pk), {"because": "x"}).status_code == 404
    assert item.title not in officer.get(page_of(closed.meeting, "material_new")).content.decode()


def test_what_was_brought_meanwhile_goes_on_waiting(client_of):
    meeting = make.MeetingFactory()
    first, second = brought(meeting), brought(meeting, "blue")
    answers = {"kind": "picture", "title": "گشایش", "alt_text": "تالار", "visibility": "public"}
    data = {f"upload-{first.pk}-{name}": value for name, value in answers.items()}
    client = client_of("secretariat")

    client.post(page_of(meeting, "uploads"), data)
    client.post(page_of(meeting, "uploads"), data)

    assert [one.title for one in Material.objects.all()] == ["گشایش"]
    assert Upload.objects.get() == second
