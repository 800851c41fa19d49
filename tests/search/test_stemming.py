"""Stems, the tables beside them, and what a mistyped word is taken for."""

import pytest

from council_portal.search import stemming
from council_portal.search.folding import fold, spell
from council_portal.search.lexicon import read_lines
from council_portal.search.stemming import stems, takes_indefinite
from council_portal.search.typos import corrections_of, distance_of, keys_of


def rows(name):
    return [[spell(fold(word).text) for word in line.split()] for line in read_lines(name)]


@pytest.mark.parametrize("name", ["plurals.txt", "variants.txt", "whole_words.txt"])
def test_no_word_stands_twice_in_a_table(name):
    words = [row[0] for row in rows(name)]

    assert sorted(words) == sorted(set(words))


def test_each_plural_is_found_under_what_its_singulars_are_found_under():
    assert len(rows("plurals.txt")) > 500
    for plural, *singulars in rows("plurals.txt"):
        assert set(stems(plural)) & {stem for singular in singulars for stem in stems(singular)}, plural


def test_each_spelling_and_the_one_that_stands_for_it_are_one_word():
    for variant, standard in rows("variants.txt"):
        assert stems(variant) == stems(standard), variant


def test_words_that_only_look_like_plurals_stay_whole():
    assert len(rows("whole_words.txt")) > 50
    for (word,) in rows("whole_words.txt"):
        assert stems(word) == (stemming.standard(word),), word


def test_stemming_a_stem_changes_nothing():
    words = [row[0] for row in rows("plurals.txt")] + ["کتاب‌ها", "مهمترین", "نمایندگانشان", "شورای", "نظرم"]
    for word in words:
        for stem in stems(spell(word)):
            assert stem in stems(stem), word


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("نمایندگانشان", "نماینده"),
        ("پیشنهادهایمان", "پیشنهاد"),
        ("مهمترینها", "مهم"),
        ("بهترین", "بهتر"),
        ("سیزدهمین", "سیزدهم"),
        ("نمیشود", "نشود"),
        ("میدان", "میدان"),
        ("کارخانجات", "کارخانه"),
        ("رحیمیان", "رحیمیان"),
        ("سازمان", "سازمان"),
        ("همکارانش", "همکار"),
        ("پیروانش", "پیرو"),
        ("کارشناسانمان", "کارشناس"),
        ("میروند", "روند"),
        ("میرفته", "رفته"),
        ("میخانه", "میخانه"),
        ("میدانی", "میدانی"),
        ("نفرات", "نفر"),
        ("مرکبات", "مرکبات"),
    ],
)
def test_a_stem(word, stem):
    assert stems(word) == (stem,)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("موظفند", "موظف"),
        ("مکلفیم", "مکلف"),
        ("مجازید", "مجاز"),
        ("مدیرانند", "مدیر"),
        ("مهمترند", "مهم"),
        ("معنویند", "معنوی"),
        ("توانایند", "توانا"),
        ("آمادهاند", "آماده"),
    ],
)
def test_what_they_are_is_found_by_what_one_is(word, stem):
    assert stems(word) == (stem,)


@pytest.mark.parametrize(
    "words",
    [
        "بلند سوگند پیوند مانند کارمند سودمند روند خداوند دماوند الوند فرزند مستند",
        "کنند دارند برگردند نیستند ندارند پرداختند برگردید نباید برداریم نداریم",  # verbs
        "خورشید تاکید تردید اکسید ترمیم تسلیم ملایم آرشید مهشید حسنوند شازند",
    ],
)
def test_a_word_that_ends_like_a_copula_stays_whole(words):
    for word in words.split():
        assert stems(spell(word)) == (spell(word),), word


@pytest.mark.parametrize(
    ("word", "may_be"),
    [
        *[("گذارش", True), ("گذارشهای", True), ("محلت", True), ("فرصتند", True)],
        *[("گزارش", False), ("گزارشهای", False), ("دولت", False), ("مانند", False), ("مصوبات", False)],
        *[("قزارش", False), ("سیزدهم", False), ("گذارشان", False)],
    ],
)
def test_what_only_a_joined_ending_makes_a_word_may_be_a_mistake(word, may_be):
    assert stemming.may_be_mistaken(word) is may_be


@pytest.mark.parametrize(("word", "takes"), [("گزارش", True), ("رسم", False), ("مصوبه", False), ("کتاب", False)])
def test_a_noun_finds_itself_with_an_indefinite_ending_unless_that_is_another_word(word, takes):
    assert takes_indefinite(word) is takes


@pytest.mark.parametrize("written", ["وزارت", "کمیسیون", "دبیرخانه", "هماهنگی"])
def test_a_word_with_one_slip_shares_a_key_with_itself(written):
    letters = "ابتسک"
    slips = {written[:i] + written[i + 1 :] for i in range(len(written))}
    slips |= {written[:i] + letter + written[i + 1 :] for i in range(len(written)) for letter in letters}
    slips |= {written[:i] + letter + written[i:] for i in range(len(written) + 1) for letter in letters}
    slips |= {written[:i] + written[i + 1] + written[i] + written[i + 2 :] for i in range(len(written) - 1)}

    for slip in slips - {written}:
        assert keys_of(slip) & keys_of(written), slip
        assert corrections_of(slip, [(written, 5)]) == [written], slip


def test_letters_of_one_sound_are_nearer_than_others():
    assert distance_of("وظارت", "وزارت") < distance_of("وبارت", "وزارت") <= 1
    assert corrections_of("وظارت", [("وکالت", 9), ("وزارت", 1)]) == ["وزارت"]


def test_at_most_three_are_suggested_the_frequent_first():
    near = [("گزارا", 1), ("گزاره", 5), ("گزارد", 9), ("گزاری", 3)]

    assert corrections_of("گزارو", near)[:1] == ["گزارد"]
    assert len(corrections_of("گزارو", near)) == 3
    assert corrections_of("کت", [("دفتر", 9)]) == []
