"""A damaged file is noticed, told and put on record once, and made whole; a store that is down is no damage."""

import socket

import pytest
from django.core.management import CommandError, call_command

from council_portal.files.checking import check
from council_portal.files.models import Damage
from council_portal.files.reading import Unavailable, opened
from council_portal.files.tasks import check_all_files
from council_portal.notices.models import Notice
from council_portal.stores import files_in
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

from . import samples
from .places import BOTH, CONTENT, address_of, stored

pytestmark = pytest.mark.django_db


@BOTH
def test_it_is_put_on_record_and_told_to_the_secretariat_once(client, place, what):
    readers = {role: user_of(role) for role in ROLES if role not in ("visitor", "body_member", "officer")}
    file = stored()
    address = address_of(file)
    place.spoil(file, what)

    client.get(address), client.get(address), check_all_files.func(0)

    damage = Damage.objects.get()
    assert (damage.file, damage.what, damage.whole_again_at) == (file, what, None)
    notice = Notice.objects.get()
    assert notice.recipient == readers["secretariat"]
    assert "اساسنامه.pdf" in notice.title
    assert client_as(client, readers["secretariat"]).get(notice.address).status_code == 200


def test_what_was_changed_and_is_lost_later_says_so(client, place):
    file = stored()
    for what in ("changed", "lost"):
        place.spoil(file, what)
        check(file)

        assert Damage.objects.get().what == what


@BOTH
def test_whoever_brings_it_again_makes_it_whole(client, place, what):
    file = stored()
    address = address_of(file)
    place.spoil(file, what)
    client.get(address)

    stored(name="دوباره.pdf")

    assert b"".join(client.get(address).streaming_content) == CONTENT
    assert Damage.objects.get().whole_again_at


@BOTH
def test_what_nobody_has_opened_is_noticed_when_it_is_brought_again(place, what):
    file = stored()
    place.spoil(file, what)

    stored()

    assert Damage.objects.get().whole_again_at
    with opened(file) as content:
        assert content.read() == CONTENT


@BOTH
def test_the_nightly_check_notices_what_nobody_opens_and_that_it_is_whole_again(place, what):
    file, other = stored(), stored(samples.picture(), "a.png")
    place.spoil(file, what)

    check_all_files.func(0)
    noticed = Damage.objects.get()
    place.put_back(file, CONTENT)
    check_all_files.func(0)

    assert (noticed.file, noticed.whole_again_at) == (file, None)
    assert Damage.objects.get().whole_again_at
    assert not other.damages.exists()


def test_a_second_damage_is_another_and_told_again(place):
    user_of("secretariat")
    file = stored()
    for __ in range(2):
        place.spoil(file, "changed")
        check(file)
        stored()

    assert Damage.objects.filter(whole_again_at__isnull=False).count() == Notice.objects.count() == 2


# What says nothing of a file


def test_a_store_that_is_down_is_no_damage(client, bucket, server):
    file = stored()
    address = address_of(file)
    bucket.object_versions.delete()
    bucket.delete()
    try:
        assert client.get(address).status_code == 503
        with pytest.raises(Unavailable):
            check_all_files.func(0)
        with pytest.raises(CommandError, match="does not answer"):
            call_command("check_files")
    finally:
        bucket.create()

    assert not Damage.objects.exists()


def test_a_store_that_nothing_answers_for_is_no_damage(client, settings, db):
    address = address_of(stored())
    settings.STORAGES = settings.STORAGES | {"default": files_in(f"http://key:secret@127.0.0.1:{free_port()}/council")}

    assert client.get(address).status_code == 503
    assert not Damage.objects.exists()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def client_as(client, user):
    client.force_login(user, backend=ACCOUNTS)
    return client
