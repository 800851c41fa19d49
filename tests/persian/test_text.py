import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from council_portal.persian import text

ZWNJ = "\u200c"
PERSIAN = st.text(alphabet=st.characters() | st.sampled_from(f"يىكکیئۀهةآأ ٔٓٔ{ZWNJ}\u200b\u200f\u202eﻻﷲ \n\t\r\x00"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("كميته", "کمیته"),
        ("شوراى عالى", "شورای عالی"),
        ("آیین", "آیین"),
        ("مسي\u0654ول", "مسئول"),
        ("مسی\u0654ول", "مسئول"),
        ("هیأت", "هیأت"),
        ("ﻣﺼﻮﺑﻪ", "مصوبه"),
        ("ﻻزم", "لازم"),
        ("۱٢3", "۱۲3"),
        (f"می{ZWNJ}شود", f"می{ZWNJ}شود"),
        (f"می{ZWNJ}{ZWNJ}شود", f"می{ZWNJ}شود"),
        ("می\u200bشود", f"می{ZWNJ}شود"),
        (f"خانه{ZWNJ} ما{ZWNJ}", "خانه ما"),
        ("\u202eevil\u202c\u2066x\u2069\u200f", "evilx"),
        ("nu\x00ll\x1b\ufeff", "null"),
        ("\ud800", ""),
        ("  الف\u00a0", "الف"),
        ("الف\r\nب\tپ", "الف ب پ"),
    ],
)
def test_unify(typed, stored):
    assert text.unify(typed) == stored


def test_unify_keeps_lines_and_tabs_of_long_text():
    assert text.unify(" الف\r\nب\u2028پ\tت\x0b", multiline=True) == "الف\nب\nپ\tت"


@given(PERSIAN, st.booleans())
@example("ا\u200fٓ", False)
def test_unify_twice_is_unify_once(value, multiline):
    once = text.unify(value, multiline=multiline)

    assert text.unify(once, multiline=multiline) == once
    assert once == once.strip()
    assert not set(once) & set("يىك\x00\u202e\u200f\r")


@given(st.integers(min_value=0))
def test_digits_there_and_back(number):
    persian = text.to_persian_digits(number)

    assert not set(persian) & set("0123456789")
    assert text.to_latin_digits(persian) == str(number)
    assert text.to_latin_digits("٠١٢٣٤٥٦٧٨٩") == "0123456789"


def test_thousands_are_set_apart():
    assert text.grouped(1234567) == "۱٬۲۳۴٬۵۶۷"
    assert text.grouped(999) == "۹۹۹"


@pytest.mark.parametrize(
    ("number", "words", "after", "before"),
    [
        (1, "یک", "اول", "اولین"),
        (2, "دو", "دوم", "دومین"),
        (3, "سه", "سوم", "سومین"),
        (10, "ده", "دهم", "دهمین"),
        (13, "سیزده", "سیزدهم", "سیزدهمین"),
        (21, "بیست و یک", "بیست و یکم", "بیست و یکمین"),
        (23, "بیست و سه", "بیست و سوم", "بیست و سومین"),
        (30, "سی", f"سی{ZWNJ}ام", f"سی{ZWNJ}امین"),
        (100, "صد", "صدم", "صدمین"),
        (111, "صد و یازده", "صد و یازدهم", "صد و یازدهمین"),
        (999, "نهصد و نود و نه", "نهصد و نود و نهم", "نهصد و نود و نهمین"),
        (1000, "هزار", "هزارم", "هزارمین"),
        (1105, "هزار و صد و پنج", "هزار و صد و پنجم", "هزار و صد و پنجمین"),
        (21003, "بیست و یک هزار و سه", "بیست و یک هزار و سوم", "بیست و یک هزار و سومین"),
    ],
)
def test_numbers_in_words(number, words, after, before):
    assert text.number_in_words(number) == words
    assert text.ordinal(number) == after
    assert text.ordinal_before(number) == before


def test_first_has_two_styles():
    assert text.ordinal(1, first="یکم") == "یکم"
    assert text.number_in_words(0) == "صفر"


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_words_end_at_a_million(number):
    with pytest.raises(ValueError, match="between 0 and 999999"):
        text.number_in_words(number)


def test_words_of_all_numbers_differ():
    assert len({text.ordinal(number) for number in range(1, 12_000)}) == 11_999


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3 پیشنهاد در 7/9/1405", "۳ پیشنهاد در ۷/۹/۱۴۰۵"),
        ("استاندارد ISO 9001:2015، بند 4", "استاندارد ISO 9001:2015، بند ۴"),
        ("نشانی a1@b2.ir است، تلفن 12", "نشانی a1@b2.ir است، تلفن ۱۲"),
        ("12", "۱۲"),
    ],
)
def test_digits_are_those_that_word_showed(typed, shown):
    assert text.shaped_digits(typed) == shown
    assert text.shaped_digits(shown) == shown
