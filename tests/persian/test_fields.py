from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.migrations.writer import MigrationWriter

from council_portal.persian import fields
from council_portal.persian.partial_date import PartialDate

DAY, MONTH, YEAR = PartialDate.day(1387, 11, 2), PartialDate.month(1387, 11), PartialDate.year(1387)


def test_text_is_unified_by_save_and_on_the_instance(example_table):
    example = example_table.objects.create(name=" كميته\u200f ", text="ي\r\nك\x00")

    assert example.name == "کمیته"
    example.refresh_from_db()
    assert (example.name, example.text) == ("کمیته", "ی\nک")


def test_text_is_unified_by_bulk_create_update_and_queries(example_table):
    example_table.objects.bulk_create([example_table(name="كميته")])
    example_table.objects.update(text="ي")

    assert example_table.objects.filter(name="كميته", name__startswith="كم", text="ی").count() == 1
    assert example_table.objects.filter(name__in=["كميته"]).exists()


def test_text_of_an_expression_is_left_to_the_database(example_table):
    example = example_table.objects.create(name="الف", text="ب")
    example.name = models.F("text")
    example.save()

    example.refresh_from_db()
    assert example.name == "ب"


@pytest.mark.parametrize("value", [DAY, MONTH, YEAR, None])
def test_partial_date_comes_back_as_it_was_stored(example_table, value):
    pk = example_table.objects.create(held_on=value).pk

    assert example_table.objects.get(pk=pk).held_on == value
    assert example_table.objects.get(held_on=value).pk == pk


def test_partial_date_is_stored_as_the_days_that_it_may_be(example_table):
    example_table.objects.create(held_on=MONTH)

    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(held_on), upper(held_on) FROM examples_example")
        assert cursor.fetchone() == (date(2009, 1, 20), date(2009, 2, 19))


def test_partial_date_takes_dates_and_text(example_table):
    example_table.objects.create(held_on=date(2009, 1, 21))
    example_table.objects.create(held_on="بهمن ۱۳۸۷")

    assert set(example_table.objects.values_list("held_on", flat=True)) == {DAY, MONTH}


def test_partial_dates_sort_by_their_first_day(example_table):
    values = [PartialDate.day(1387, 1, 1), PartialDate.month(1387, 1), YEAR, DAY, PartialDate.year(1388)]
    backwards = values[::-1]
    example_table.objects.bulk_create([example_table(held_on=value) for value in backwards])

    assert list(example_table.objects.order_by("held_on").values_list("held_on", flat=True)) == values
    assert sorted(backwards) == values


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (YEAR, [YEAR, MONTH, DAY]),
        (MONTH, [MONTH, DAY]),
        (PartialDate.month(1387, 1), []),
        ("1387-11-02", [DAY]),
        (PartialDate.year(1388), []),
    ],
)
def test_within_finds_only_what_is_known_to_lie_in_the_span(example_table, span, found):
    example_table.objects.bulk_create([example_table(held_on=value) for value in (YEAR, MONTH, DAY, None)])

    assert (
        list(example_table.objects.filter(held_on__within=span).order_by("pk").values_list("held_on", flat=True))
        == found
    )


def test_contains_and_overlap_find_what_may_have_been(example_table):
    example_table.objects.bulk_create([example_table(held_on=value) for value in (YEAR, MONTH, DAY)])

    assert example_table.objects.filter(held_on__contains=date(2009, 1, 21)).count() == 3
    assert example_table.objects.filter(held_on__contains=date(2009, 1, 22)).count() == 2
    assert example_table.objects.filter(held_on__overlap=PartialDate.month(1387, 10)).count() == 1
    assert example_table.objects.filter(held_on__overlap=(date(2009, 1, 22), date(2009, 1, 25))).count() == 2


def test_within_works_on_dates_and_moments(example_table):
    last_moment_of_bahman = datetime(2009, 2, 18, 20, 29, tzinfo=UTC)  # 23:59 in Tehran
    example_table.objects.create(due_on=date(2009, 2, 18), sent_at=last_moment_of_bahman)
    example_table.objects.create(due_on=date(2009, 2, 19), sent_at=last_moment_of_bahman + timedelta(minutes=1))

    assert example_table.objects.filter(due_on__within=MONTH).count() == 1
    assert example_table.objects.filter(sent_at__within=MONTH).count() == 1
    assert example_table.objects.filter(sent_at__within=PartialDate.month(1387, 12)).count() == 1


@pytest.mark.parametrize(
    "span",
    [
        DateRange(date(2009, 1, 21), date(2009, 1, 23)),
        DateRange(date(2009, 1, 20), date(2009, 2, 18)),
        DateRange(date(2009, 1, 21), None),
        DateRange(empty=True),
        DateRange(date(2300, 1, 1), date(2300, 1, 2)),
    ],
)
def test_database_refuses_a_range_that_is_no_jalali_date(example_table, span):
    with pytest.raises(IntegrityError):
        example_table.objects.create(held_on=span)


def test_unreadable_partial_date_is_a_validation_error(example_table):
    with pytest.raises(ValidationError):
        example_table(held_on="2009-01-21").full_clean()


def test_partial_date_survives_a_fixture(example_table):
    example = example_table(pk=1, name="الف", held_on=MONTH)

    restored = next(serializers.deserialize("json", serializers.serialize("json", [example])))

    assert restored.object.held_on == MONTH


@pytest.mark.parametrize(
    "field",
    [
        fields.CharField(max_length=5),
        fields.TextField(),
        fields.PartialDateField(null=True),
        fields.DateField(),
        fields.TimeField(),
        fields.DateTimeField(auto_now=True),
    ],
)
def test_fields_are_written_into_migrations_as_they_were_declared(field):
    code, imports = MigrationWriter.serialize(field)

    assert code.startswith(f"council_portal.persian.fields.{type(field).__name__}(")
    assert imports == {"import council_portal.persian.fields"}
