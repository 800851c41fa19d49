"""Folding, analysis, questions and marks: what holds for any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council_portal.search.analysis import LAST_POSITION, analyse, surfaces_of, tsvector_of
from council_portal.search.folding import ZWNJ, fold, spell
from council_portal.search.highlighting import highlight, passage
from council_portal.search.lexicon import lexicon
from council_portal.search.query import parse
from council_portal.search.words import words_of

PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئءأؤةيىك" + ZWNJ + " \u064f\u0651\u0640\u200f۱۲۳456/،.«»\"'\\()-ﻼﷲABc\0"
texts = st.one_of(st.text(), st.text(alphabet=PERSIAN, max_size=80))


@given(texts)
def test_folding_twice_changes_nothing_more(text):
    once = fold(text).text

    assert fold(once).text == once


@given(texts)
def test_a_folded_letter_knows_where_it_was(text):
    folded = fold(text)

    for word in words_of(folded.text):
        part = text[folded.start(word.start) : folded.end(word.end)]
        assert folded.text[word.start : word.end] in fold(part).text


@given(st.text(alphabet="ابپتجدرسشکلمنوهی" + ZWNJ + " \u064f\u0651\u0640\u200f۱۲ﻼ", max_size=60))
def test_a_token_is_the_surface_of_its_place(text):
    for token in analyse(text):
        written = fold(text[token.start : token.end]).text
        if token.lexeme.startswith("="):
            assert spell(written.replace(" ", "")).replace("آ", "ا") == token.lexeme[1:].replace("آ", "ا")
        assert 0 <= token.start < token.end <= len(text)


@given(texts, st.booleans())
def test_no_text_breaks_anything(text, prefix):
    query = parse(text, prefix=prefix, known=lambda word: False, corrections=lambda word: [word + "ا"])

    tsvector_of([(text, "A"), (text, "D")])
    surfaces_of(text)
    assert highlight(text, query).replace("<mark>", "").replace("</mark>", "") == highlight(text, parse(""))
    passage(text, query, length=20)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "کتاب\0ها",
        "«",
        "«کتاب",
        '"کتاب «دفتر" ها»',
        "'",
        "\\",
        "o'neil \\' :* & | !",
        "کتاب" * 2_500,
        "کتاب " * 2_000,
        "«" * 9_999,
        "\ud800 کتاب",
    ],
    ids=range(12),
)
def test_postgresql_reads_every_question_and_text(text, prefix):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector, nullif(%s, '')::tsquery",
            [tsvector_of([(text, "B")]), parse(text, prefix=prefix).tsquery],
        )


@pytest.mark.django_db
def test_a_book_in_one_row_is_clipped_to_what_postgresql_holds():
    from django.db import connection

    words = " ".join(f"واژه{number}ی{number}" for number in range(60_000))
    literal = tsvector_of([(words, "D"), ("کتاب " * 400, "D"), ("x" * 3_000, "D")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [literal])

    assert f":{LAST_POSITION}" in literal


def test_nothing_to_look_for_is_an_empty_query():
    assert [parse(text).tsquery for text in ["", " ", "و از در", "«»", "؟!"]] == [""] * 5


def test_every_word_of_the_lexicon_is_spelled_as_texts_are():
    assert [word for word in lexicon() if spell(fold(word).text) != word] == []


def test_marks_stand_around_whole_words_of_the_original():
    text = 'كتاب‌هاي <مرجع> و "نامه‌نگاری" در ۱۲ مرداد ۱۴۰۲'

    assert highlight(text, parse("کتاب نامه")) == (
        "<mark>كتاب‌هاي</mark> &lt;مرجع&gt; و &quot;<mark>نامه‌نگاری</mark>&quot; در ۱۲ مرداد ۱۴۰۲"
    )
    assert "<mark>۱۲ مرداد ۱۴۰۲</mark>" in highlight(text, parse("1402/5/12"))


def test_a_passage_is_cut_between_words_around_what_was_found():
    text = "آغاز " * 100 + "مصوبات شورا " + "پایان " * 100

    cut = passage(text, parse("مصوبه"), length=60)

    assert "<mark>مصوبات</mark>" in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) < 120
