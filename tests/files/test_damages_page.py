"""The page of the damaged files: the secretariat sees what was found, and brings a file again."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.files.checking import check
from council_portal.files.models import Damage, StoredFile
from council_portal.files.storing import store
from tests import factories as make
from tests.roles import ROLES

from . import samples

pytestmark = pytest.mark.django_db
PAGE, DESK = "/desk/files/", "/desk/"
SIGNED_IN = [role for role in ROLES if role != "visitor"]
ON_THE_DESK = "۱ فایل گم یا عوض شده است"


def damaged(content: bytes = samples.PDF, name: str = "اساسنامه.pdf") -> StoredFile:
    file = store(samples.upload(content, name), by=None)
    file.content.storage.delete(file.content.name)
    file.content.storage.save(file.content.name, ContentFile(b"another"))
    check(file)
    return file


@pytest.mark.parametrize("role", SIGNED_IN)
def test_it_is_the_secretariats_alone(client_of, role):
    damaged()
    client = client_of(role, make.BodyFactory())

    assert client.get(PAGE).status_code == (200 if role == "secretariat" else 403)
    assert (ON_THE_DESK in client.get(DESK).text) == (role == "secretariat")
    assert client.post(PAGE, {"file": samples.upload(samples.PDF, "a.pdf")}).status_code == (
        302 if role == "secretariat" else 403
    )
    assert Damage.objects.open().exists() == (role != "secretariat")


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(PAGE).url.startswith("/accounts/login/")


@pytest.mark.parametrize("role", SIGNED_IN)
def test_a_damage_is_visible_to_the_secretariat_alone(client_of, role):
    from tests.roles import user_of

    damaged()

    assert Damage.objects.visible_to(user_of(role, make.BodyFactory())).exists() == (role == "secretariat")


def test_without_damage_it_says_so_and_asks_for_nothing(client_of):
    client = client_of("secretariat")

    text = client.get(PAGE).text

    assert "تاکنون هیچ فایل آسیب‌دیده‌ای پیدا نشده است" in text
    assert 'type="file"' not in text
    assert PAGE not in client.get(DESK).text


def test_it_names_the_file_what_is_wrong_and_its_hash(client_of):
    file = damaged()

    text = client_of("secretariat").get(PAGE).text

    assert "<bdi>اساسنامه.pdf</bdi>" in text
    assert "عوض شده" in text
    assert file.sha256 in text


def test_it_leads_to_what_the_file_belongs_to(client_of):
    file = damaged()
    material = make.MaterialFactory(title="نقشهٔ راه", text="", file=file)
    edition = make.EditionFactory(published=True, file=file)

    text = client_of("secretariat").get(PAGE).text

    for record in (material, edition):
        assert f'<a href="{record.get_absolute_url()}">{record}</a>' in text


def test_a_file_that_is_brought_again_is_whole(client_of):
    damaged()
    client = client_of("secretariat")

    text = client.post(PAGE, {"file": samples.upload(samples.PDF, "نسخه.pdf")}, follow=True).text

    assert "«اساسنامه.pdf» دوباره درست شد" in text
    assert 'type="file"' not in text
    assert ON_THE_DESK not in client.get(DESK).text


def test_what_is_brought_again_is_whole_under_each_of_its_names(client_of):
    material = damaged()
    other = StoredFile.objects.create(
        **{name: getattr(material, name) for name in ("sha256", "content", "media_type", "size")}, name="دوم.pdf"
    )
    check(other)
    assert Damage.objects.open().count() == 2

    client_of("secretariat").post(PAGE, {"file": samples.upload(samples.PDF, "نسخه.pdf")})

    assert not Damage.objects.open().exists()
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize("content", [samples.picture(), samples.PDF + b" "])
def test_another_file_is_refused_and_not_kept(client_of, content):
    damaged()

    answer = client_of("secretariat").post(PAGE, {"file": samples.upload(content, "اساسنامه.pdf")})

    assert "این هیچ‌یک از فایل‌های آسیب‌دیده نیست" in answer.text
    assert StoredFile.objects.count() == 1
    assert Damage.objects.open().exists()


@pytest.mark.parametrize("file", [{}, {"file": ""}])
def test_nothing_is_no_file(client_of, file):
    damaged()

    assert client_of("secretariat").post(PAGE, file).context["form"].errors


def test_what_is_still_damaged_comes_first(client_of):
    healed, later = damaged(), damaged(samples.picture(), "تصویر.png")
    store(samples.upload(samples.PDF, "a.pdf"), by=None)

    page = client_of("secretariat").get(PAGE).context["page"]

    assert [damage.file for damage in page] == [later, healed]


def test_many_cost_as_many_queries_as_one(client_of):
    client = client_of("secretariat")
    used(damaged())
    client.get(PAGE)
    with CaptureQueriesContext(connection) as for_one:
        client.get(PAGE)
    for n in range(5):
        used(damaged(samples.picture(size=(10 + n, 10)), f"{n}.png"))

    with CaptureQueriesContext(connection) as for_many:
        assert len(client.get(PAGE).context["page"]) == 6

    assert len(for_many) == len(for_one)


def used(file: StoredFile) -> None:
    """Let every kind of record use it."""
    make.MaterialFactory(text="", file=file)
    make.EditionFactory(published=True, file=file, cover=file)
    make.AnnouncementFactory(published=True, file=file)


def test_there_are_so_many_on_a_page(client_of):
    file = damaged()
    whole = {"file": file, "what": "lost", "whole_again_at": file.stored_at}
    Damage.objects.bulk_create(Damage(**whole) for __ in range(30))
    client = client_of("secretariat")

    assert [len(client.get(PAGE, {"page": n}).context["page"]) for n in (1, 2)] == [25, 6]
    assert client.get(PAGE, {"page": 3}).status_code == 404
