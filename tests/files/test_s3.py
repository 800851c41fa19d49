"""Files in an S3 store: over HTTP, against a server that speaks like one."""

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command

from council_portal.files.models import Damage, StoredFile
from council_portal.files.storing import keep_bytes, store
from council_portal.files.thumbnails import thumbnail_of
from council_portal.issuing import register
from council_portal.stores import ON_DISK, files_in
from publications.issuing import EDITION
from tests import factories as make

from . import samples


@pytest.fixture
def file(bucket) -> StoredFile:
    return store(samples.upload(samples.PDF, "اساسنامه.pdf"), by=None)


@pytest.fixture
def address(file) -> str:
    return make.EditionFactory(published=True, file=file).file_url


def test_an_upload_lies_under_its_hash(file, bucket):
    kept = [(each.key, each.get()["Body"].read()) for each in bucket.objects.all()]

    assert kept == [(f"{file.sha256[:2]}/{file.sha256}", samples.PDF)]


def test_it_is_handed_out_with_its_type_and_name(client, address):
    response = client.get(address)

    assert b"".join(response.streaming_content) == samples.PDF
    assert response["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''" in response["Content-Disposition"]


def test_a_part_of_it_can_be_had(client, address):
    response = client.get(address, headers={"range": "bytes=-6"})

    assert response.status_code == 206
    assert b"".join(response.streaming_content) == samples.PDF[-6:]


def test_its_head_can_be_asked_and_a_good_copy_is_not_sent_again(client, file, address):
    assert int(client.head(address)["Content-Length"]) == len(samples.PDF)
    assert client.get(address, headers={"if-none-match": f'"{file.sha256}"'}).status_code == 304


def test_small_pictures_are_made_there(bucket):
    picture = store(samples.upload(samples.picture(size=(2000, 1000)), "a.png"), by=None)

    thumbnail = thumbnail_of(picture)

    assert thumbnail.size < picture.size
    assert len([*bucket.objects.all()]) == 2


def test_what_the_portal_makes_is_kept_there_once(bucket):
    made = keep_bytes(samples.PDF, name="صورت‌جلسه.pdf", by=None)

    assert keep_bytes(samples.PDF, name="دوباره.pdf", by=None).content.name == made.content.name
    assert len([*bucket.objects.all()]) == 1


def test_all_of_them_are_checked(file, bucket):
    call_command("check_files")

    bucket.put_object(Key=file.content.name, Body=b"")

    with pytest.raises(CommandError, match="1 of 1"):
        call_command("check_files")


def test_an_issued_file_lies_there_is_handed_out_and_proved(client, bucket):
    edition = make.EditionFactory(published=True, text="<p>متن ویرایش</p>")
    document = register.issue(edition, EDITION, by=None)

    content = b"".join(client.get(document.file_url).streaming_content)
    answer = client.post("/verify/", {"file": samples.upload(content, "edition.pdf")})
    call_command("verify_register", verbosity=0)

    assert answer.context["answer"].verdict == "valid"
    assert answer.context["document"] == document
    bucket.put_object(Key=document.file.content.name, Body=content[:-1] + b" ")
    with pytest.raises(CommandError, match="۱"):
        call_command("verify_register", no_signatures=True)


def test_a_store_that_refuses_says_so(client, bucket, file, address):
    bucket.objects.delete()
    bucket.delete()

    response = client.get(address)
    with pytest.raises(ValidationError) as refusal:
        store(samples.upload(samples.picture(), "a.png"), by=None)
    bucket.create()

    assert response.status_code == 503
    assert refusal.value.code == "store"
    assert not Damage.objects.exists()


# The setting


def test_without_the_setting_files_lie_on_disk():
    assert files_in("") == ON_DISK


def test_the_setting_names_store_bucket_and_key():
    options = files_in("https://key:a%2Fb@store.example:9000/council?region=ir-1")["OPTIONS"]

    assert options == {
        "bucket_name": "council",
        "endpoint_url": "https://store.example:9000",
        "region_name": "ir-1",
        "access_key": "key",
        "secret_key": "a/b",
    }


def test_without_a_key_that_of_the_machine_is_taken():
    assert "access_key" not in files_in("https://store.example/council")["OPTIONS"]


@pytest.mark.parametrize("address", ["council", "s3://council", "https://store.example", "https://store.example/a/b"])
def test_a_setting_of_another_shape_is_refused(address):
    with pytest.raises(ImproperlyConfigured, match="FILES_S3"):
        files_in(address)
