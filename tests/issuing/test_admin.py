"""The register in the admin: read by the secretariat, changed by nobody; a document is withdrawn with a reason."""

import pytest

from council_portal.issuing import register
from council_portal.issuing.models import Entry
from council_portal.issuing.register import withdraw
from council_portal.refusing import Refused
from tests import factories as make
from tests.issuing.samples import entered, issue
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
LIST = "/admin/issuing/entry/"


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")


def test_an_empty_register_is_shown(secretariat):
    assert secretariat.get(LIST).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_many(secretariat, django_assert_max_num_queries):
    entered(20)

    with django_assert_max_num_queries(15):
        page = secretariat.get(LIST).content.decode()

    assert "سند 20" in page


def test_an_entry_is_read_and_offers_no_field(secretariat):
    document = entered(1)[0]

    page = secretariat.get(f"{LIST}{document.pk}/change/").content.decode()

    assert document.printed_code in page
    assert document.entry_hash in page
    assert 'name="title"' not in page
    assert "پس گرفتن سند" in page


@pytest.mark.parametrize("address", ["add/", "{pk}/delete/"])
def test_nothing_is_added_or_deleted_by_hand(secretariat, address):
    document = entered(1)[0]

    assert secretariat.post(LIST + address.format(pk=document.pk), {"post": "yes"}).status_code == 403
    assert Entry.objects.count() == 1


def test_nothing_is_changed_by_hand(secretariat):
    document = entered(1)[0]

    secretariat.post(f"{LIST}{document.pk}/change/", {"title": "عنوان دیگر"})

    document.refresh_from_db()
    assert document.title == "سند 1"


def test_a_document_is_withdrawn_with_a_reason(secretariat):
    document = entered(1)[0]
    address = f"{LIST}{document.pk}/steps/withdraw/"
    assert secretariat.get(address).status_code == 200

    without = secretariat.post(address, {"because": ""})
    done = secretariat.post(address, {"because": "اشتباه در شماره"})

    entry = Entry.objects.get(withdraws=document)
    assert without.context["form"].errors["because"]
    assert (done.status_code, entry.reason, entry.number) == (302, "اشتباه در شماره", 2)
    assert "اشتباه در شماره" in secretariat.get(f"{LIST}{entry.pk}/change/").content.decode()


def test_what_is_withdrawn_offers_no_step(secretariat):
    document = entered(1)[0]
    withdraw(document, by=None, because="اشتباه")

    page = secretariat.get(f"{LIST}{document.pk}/change/").content.decode()

    assert "/steps/withdraw/" not in page
    assert secretariat.get(f"{LIST}{document.pk}/steps/withdraw/").status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 403), ("member", 302), ("officer", 302), ("visitor", 302)]
)
def test_others_do_not_read_the_register(client_of, role, status):
    document, client = entered(1)[0], client_of(role, make.BodyFactory())

    for address in (LIST, f"{LIST}{document.pk}/change/", f"{LIST}{document.pk}/steps/withdraw/"):
        assert client.get(address).status_code in (status, 403)


def test_a_document_is_issued_anew_with_a_reason_and_once(secretariat):
    document = issue()
    address = f"{LIST}{document.pk}/steps/reissue/"
    assert secretariat.get(address).status_code == 200

    without = secretariat.post(address, {"because": ""})
    for _ in range(2):
        secretariat.post(address, {"because": "تمدید مهلت"})
    do_jobs()

    new = Entry.objects.get(supersedes=document)
    assert without.context["form"].errors["because"]
    assert (new.reason, new.subject_id, new.state) == ("تمدید مهلت", document.subject_id, "valid")
    assert Entry.objects.count() == 2


def test_what_another_has_taken_the_place_of_is_not_issued_anew(secretariat):
    first = issue()
    register.reissue_later(first, by=None, because="تمدید")
    do_jobs()

    with pytest.raises(Refused):
        register.reissue_later(first, by=None, because="باز هم")
    assert "steps/reissue" not in secretariat.get(f"{LIST}{first.pk}/change/").content.decode()
