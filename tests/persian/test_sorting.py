import random

import pytest
from django.db import connection

from council_portal.persian.sorting import PersianKey

# As ICU's `fa` collation orders them (Intl.Collator of Node 20), of names such as the portal holds.
IN_ORDER = [
    "۲ بهمن",
    "۳ دی",
    "آب و فاضلاب",
    "آموزش",
    "ابلاغ",
    "استانداری",
    "بانک",
    "پست",
    "تعاون",
    "ثبت",
    "جهاد",
    "چاپ",
    "حج",
    "خارجه",
    "دادگستری",
    "ذخایر",
    "راه",
    "زندان",
    "ژاله",
    "سازمان",
    "شورا",
    "صنعت",
    "ضرابخانه",
    "طرح",
    "ظفر",
    "علوم",
    "علی",
    "علی رضا",
    "علی\u200cرضایی",
    "غدیر",
    "فرهنگ",
    "قضا",
    "کار",
    "کشور",
    "گاز",
    "گمرک",
    "لوح",
    "مجلس",
    "نفت",
    "نیرو",
    "وزارت",
    "هلال",
    "هیئت",
    "یزد",
    "ABC",
]


def order_of(example_table, names):
    example_table.objects.all().delete()
    shuffled = random.Random(1387).sample(names, len(names))
    # Straight into the table: the column unifies what comes through the model.
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO examples_example (name, text) VALUES (%s, '')", [[name] for name in shuffled])
    return list(example_table.objects.order_by(PersianKey("name"), "pk").values_list("name", flat=True))


def test_names_stand_in_the_order_of_the_alphabet(example_table):
    assert order_of(example_table, IN_ORDER) == IN_ORDER


def test_all_letters_stand_in_the_order_of_the_alphabet(example_table):
    alphabet = list("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")

    assert order_of(example_table, alphabet) == alphabet


@pytest.mark.parametrize(
    "same",
    [
        ("کیک", "كيك", "كىك"),
        ("علی\u200cرضا", "علیرضا", "عَلیرِضا", "علـیرضا"),
        ("تاسیس", "تأسیس"),
        ("«لوح»", "لوح"),
        ("ماده ۲", "ماده 2", "ماده ٢"),
        ("Abc", "aBC"),
    ],
)
def test_spellings_of_a_name_stand_together(same, django_cursor):
    django_cursor.execute("SELECT count(DISTINCT persian_sort_key(name)) FROM unnest(%s::text[]) AS name", [list(same)])

    assert django_cursor.fetchone() == (1,)


def test_order_comes_from_the_index(example_table):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = example_table.objects.order_by(PersianKey("name"))[:10].explain()

    assert "example_by_name" in plan
    assert "Sort" not in plan


def test_functions_need_no_search_path(example_table, django_cursor):
    """pg_restore fills tables and builds indexes under an empty search path."""
    django_cursor.execute("SELECT current_schema()")
    schema = django_cursor.fetchone()[0]
    django_cursor.execute("SELECT pg_get_indexdef('example_by_name'::regclass)")
    index = django_cursor.fetchone()[0]
    django_cursor.execute("SET LOCAL search_path = ''")

    django_cursor.execute(
        f"INSERT INTO {schema}.examples_example (name, text, held_on) VALUES ('الف', '', '[2009-01-20,2009-02-19)')"
    )
    django_cursor.execute(f"DROP INDEX {schema}.example_by_name")
    django_cursor.execute(index.replace("persian_sort_key", f"{schema}.persian_sort_key"))


def test_a_partial_date_is_found_through_the_index(example_table):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plan = example_table.objects.filter(held_on__within="1387-11").order_by("held_on").explain()

    assert "Index Cond" in plan
    assert "Sort" not in plan
