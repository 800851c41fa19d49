"""What a typed text asks for."""

import pytest

from council_portal.search.query import parse


def written(*words):
    """A pair for `parse`: whether a word is one of those that occur, and all of them as what an unknown one may be."""
    return {"known": lambda word: word in words, "corrections": lambda word: list(words)}


@pytest.mark.parametrize(
    ("text", "tsquery"),
    [
        ("مصوبات", "'مصوبه'"),
        ("گزارش", "('گزارش' | 'گزارشی')"),
        ("۱۴۰۲/۵/۱۲", "'d1402-05-12'"),
        ("۱۲ مرداد ۱۴۰۲", "'d1402-05-12'"),
        ("1387/11", "'d1387-11':*"),
        ("بهمن ۱۳۸۷", "('d1387-11':* | ('بهمن' & '1387'))"),
        ("123/ت/456", "('123' <1> 'ت' <1> '456')"),
        ("اجلاس سیزدهم", "('اجلاس' | 'اجلاسسیزدهم') & ('سیزدهم' | ('اجلاس' <1> '13'))"),
        ("از دبیرخانه", "'دبیرخانه'"),
        ("«از دبیرخانه تا شورا»", "('دبیرخانه' <2> 'شورا')"),
        ("o'neil", "'o' & 'neil'"),
    ],
)
def test_a_question(text, tsquery):
    assert parse(text).tsquery == tsquery


def test_the_kinds_of_what_is_asked_are_told_apart():
    query = parse("«شورای عالی» 210/د/87 ۱۳۸۷/۱۱/۲ گزارش")

    assert (query.phrases, query.codes, query.dates) == (["شورای عالی"], ["210/د/87"], ["1387-11-02"])
    assert len(query.units) == 4


def test_the_last_word_is_begun_only_while_it_is_typed():
    assert parse("وزارت نیر", prefix=True).lexemes >= {"نیر*", "=نیر*"}
    assert not [lexeme for lexeme in parse("وزارت نیر ", prefix=True).lexemes if lexeme.endswith("*")]
    assert parse("وزارت نی", prefix=True).lexemes >= {"وزارت", "نی*", "=نی*"}
    assert parse("نی", prefix=True).lexemes == {"نی"}
    assert parse("نامه هاي", prefix=True).lexemes == {"نامههای*", "=نامههای*"}
    assert parse("صورت‌ج", prefix=True).tsquery == "('صورتج':* | '=صورتج':* | ('صورت' <1> ('ج':* | '=ج':*)))"
    assert parse("وزار", prefix=True).lexemes == {"وزار*", "=وزار*"}
    assert parse("اسا", prefix=True).lexemes == {"اسا*", "=اسا*", "آسا*", "=آسا*"}
    assert parse("آموزش/4", prefix=True).lexemes == {"آموزش", "4", "4*", "=4*"}


def test_a_word_that_nobody_wrote_is_looked_for_as_what_it_may_be():
    query = parse("وظارت نیرو", **written("وزارت", "نیرو"))

    assert query.corrections == {"وظارت": ["وزارت", "نیرو"]}
    assert "'وزارت'" in query.tsquery


@pytest.mark.parametrize("typed", ["لطیف", "صادق لطیف", "گزارش شیر", "شیرهای صادق"])
def test_a_word_of_the_language_is_not_doubted(typed):
    assert parse(typed, **written("صادق", "لطفی", "تیر", "گزارش")).corrections == {}


@pytest.mark.parametrize(
    ("typed", "meant"), [("گذارش", "گزارش"), ("گذارش‌ها", "گزارشها"), ("گذارشهای", "گزارشهای"), ("فرصتند", "فرستند")]
)
def test_what_only_an_ending_makes_a_word_is_doubted_where_no_text_has_it(typed, meant):
    assert parse(typed, **written("گذار", "فرصت", meant)).corrections == {typed: [meant]}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("گذارش", ["گذارش", "گزارش"]),  # which some text has
        ("گزارشت", ["گزارشی", "گزارشات"]),  # the mistake would be in the ending
        ("گذارش", ["گذار", "گوارش"]),  # no letter that is like another
        ("کتاب‌م", ["کثابم"]),  # an ending that was meant as one
        ("دولت", ["دولتی", "دولا"]),
    ],
)
def test_nor_is_that_taken_for_a_mistake_always(typed, words):
    assert parse(typed, **written(*words)).corrections == {}


def test_a_begun_word_after_a_stop_word_need_not_be_one_with_it():
    assert parse("این گزا", prefix=True).tsquery == parse("هم گزا", prefix=True).tsquery.replace("هم", "این")
    assert len(parse("هم گزا", prefix=True).units) == 1


def test_a_word_that_is_found_is_not_doubted():
    assert parse("صادق نمایندگان", **written("صادق", "نماینده")).corrections == {}
    assert parse("صادق کریمخواه", **written("صادق", "کریمخواه")).corrections == {}
