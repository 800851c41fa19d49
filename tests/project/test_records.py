import pytest
from django.apps import apps
from django.db import transaction

from council_portal.models import Revision
from council_portal.records import Record
from tests import factories as make


def revision() -> int:
    return Revision.objects.values_list("number", flat=True).first() or 0


def content_models():
    return [model for model in apps.get_models() if issubclass(model, Record) and not model._meta.proxy]


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)
def test_every_record_has_history_a_version_and_raises_the_revision(model):
    names = {trigger.name for trigger in model._meta.triggers}

    assert {"count_version", "raise_revision", "insert_insert", "update_update", "delete_delete"} <= names


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)
def test_instants_and_their_persons_come_in_pairs(model):
    names = {field.name for field in model._meta.get_fields()}
    hours = {"starts_at", "ends_at"}

    assert {name[:-3] for name in names if name.endswith("_at")} - {hour[:-3] for hour in hours} == {
        name[:-3]
        for name in names
        if name.endswith("_by") and name != "proposed_by" and not name.startswith("continued")
    } - {"superseded"}


@pytest.mark.django_db
def test_each_change_of_a_row_counts_its_version_even_past_the_model():
    person = make.PersonFactory()
    type(person).objects.filter(pk=person.pk).update(family_name="دیگر")
    type(person).objects.filter(pk=person.pk).update(family_name="دیگر")

    person.refresh_from_db()
    assert person.version == 2


@pytest.mark.django_db
def test_history_keeps_what_was_and_what_was_deleted():
    person = make.PersonFactory(family_name="پیشین")
    type(person).objects.update(family_name="پسین")
    person.delete()

    events = apps.get_model("members", "PersonEvent").objects.order_by("pgh_id")
    assert [(event.pgh_label, event.family_name) for event in events] == [
        ("insert", "پیشین"),
        ("update", "پسین"),
        ("delete", "پسین"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_raises_the_revision_once_and_one_rolled_back_not_at_all():
    before = revision()
    with transaction.atomic():
        make.PersonFactory()
        make.OrganizationFactory()
    after_two_inserts = revision()
    with transaction.atomic():
        make.PersonFactory()
        transaction.set_rollback(True)

    assert after_two_inserts == before + 1
    assert revision() == after_two_inserts


@pytest.mark.django_db(transaction=True)
def test_signing_in_leaves_the_revision_alone_and_new_rights_do_not():
    user = make.UserFactory()
    before = revision()

    type(user).objects.update(last_login="2024-01-01T00:00:00Z")
    assert revision() == before
    type(user).objects.update(is_secretariat=True)
    assert revision() == before + 1
