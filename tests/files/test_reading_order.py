"""What stands on a page of a PDF, read in its order, however the program that wrote it has put it down."""

import pytest

from council_portal.files.reading_order import text_in_reading_order
from council_portal.files.texts import pages_of_pdf
from tests.files.pdf_pages import WIDTH, meaning, page, placed, shown


def read(*content: str) -> str:
    [text] = pages_of_pdf(page(*content), read=text_in_reading_order)
    return text


def seen(text: str) -> str:
    """A page that shows `text`, written as it is seen from left to right."""
    return read(shown(*text))


def spelt(text: str, *, x: float = 100, is_flipped: bool = False) -> str:
    """Content as the printer of Chromium writes it: from left to right, saying of each glyph what it means."""
    places = enumerate(reversed(text))
    return "\n".join(
        meaning(letter, shown(letter, x=x + WIDTH * place, is_flipped=is_flipped)) for place, letter in places
    )


def test_a_word_that_is_spelt_glyph_by_glyph_is_not_read_backwards():
    assert read(spelt("مرجع", is_flipped=True)) == "مرجع"


def test_a_word_whose_letters_were_put_down_from_the_first_to_the_last():
    places = enumerate("دبیرخانه")

    assert read(*(shown(letter, x=200 - WIDTH * place) for place, letter in places)) == "دبیرخانه"


@pytest.mark.parametrize("is_flipped", [False, True])
@pytest.mark.parametrize("ligature", ["لا", "ﻻ", "ال"])
def test_lam_alef_in_one_glyph_is_read_in_its_order(ligature, is_flipped):
    """Whatever the file says of it: its letters, the one character, or, of old programs, the letters turned round."""
    assert read(shown("س", ligature, "ج", "ا", is_flipped=is_flipped)) == "اجلاس"


def test_lam_alef_of_which_the_file_says_what_it_means():
    glyph = meaning("لا", shown("x", x=105))

    assert read(meaning("س", shown("س")), glyph, meaning("ج", shown("ج", x=110))) == "جلاس"


@pytest.mark.parametrize("is_flipped", [False, True])
def test_letters_in_one_glyph_are_read_in_their_order(is_flipped):
    assert read(shown("د", "ن", "ک", "می", is_flipped=is_flipped)) == "میکند"


def test_god_in_one_glyph():
    assert read(shown("ﷲ", "ت", "ی", "آ")) == "آیتالله"


@pytest.mark.parametrize("x", [98, 100, 101])
def test_a_mark_stays_with_its_letter(x):
    glyphs = {"ن": 95, "ه": 100, "ح": 105}

    assert read(*(shown(glyph, x=place) for glyph, place in glyphs.items()), shown("ٔ", x=x)) == "حهٔن"


@pytest.mark.parametrize(
    ("on_the_page", "text"),
    [
        ("1403 لاس (PDF/A) ۵ هدام", "ماده ۵ (PDF/A) سال 1403"),
        ("دوب ISO 19005 درادناتسا", "استاندارد ISO 19005 بود"),
        ("۱۲/۵۰/۲۰۴۱"[::-1] + " خروم", "مورخ ۱۴۰۲/۰۵/۲۱"),
        ("تسا Windows ۱۱ Pro همانرب", "برنامه Windows ۱۱ Pro است"),
        ("لایر ۱۲٬۵۰۰٬۰۰۰", "۱۲٬۵۰۰٬۰۰۰ ریال"),
        ("۴۵۶/ت/۱۲۳ هرامش", "شماره ۱۲۳/ت/۴۵۶"),
        ("سب و تسا info@example.org ام یناشن", "نشانی ما info@example.org است و بس"),
        ("(رفن ۶۱) باصن", "نصاب (۶۱ نفر)"),
        (")رفن ۶۱( باصن", "نصاب (۶۱ نفر)"),
        ("«خوسنم» همانشخب", "بخشنامه «منسوخ»"),
        (".keeps 12 registers", ".keeps 12 registers"),
        ("The office (هناخریبد) keeps 12 registers", "The office (دبیرخانه) keeps 12 registers"),
        ("۹ ۸ ۷ رفن", "نفر ۷ ۸ ۹"),
    ],
)
def test_latin_and_numbers_are_read_from_the_left_within_persian(on_the_page, text):
    assert seen(on_the_page) == text


@pytest.mark.parametrize("x", [123, 130])
def test_a_space_that_the_file_leaves_out_is_where_there_is_room(x):
    """PDFium guesses the wider one too, and puts it elsewhere."""
    assert read(spelt("نیرو"), spelt("وزارت", x=x)) == "وزارت نیرو"


def test_a_narrow_space_of_the_file_is_kept():
    assert read(shown(*"نا"), shown(" ", x=110), shown(*"ام", x=111)) == "ما ان"


def test_lines_and_columns_stay_as_the_file_has_them():
    lines = [shown(*"راهچ", x=300, y=700), shown(*"جنپ", x=300, y=680), shown(*"شش", y=700), shown(*"تفه", y=680)]

    assert read(*lines).split() == ["چهار", "پنج", "شش", "هفت"]


def test_a_line_of_numbers_is_read_as_the_page_is():
    assert read(shown(*"هناخریبد"), shown(*"۹ ۸ ۷", y=680)).split() == ["دبیرخانه", "۷", "۸", "۹"]


@pytest.mark.parametrize("at", ["0 1 -1 0 100 100", "0 -1 1 0 100 600", "-1 0 0 -1 300 300", "1 0 .3 1 100 300"])
def test_a_line_that_goes_another_way_or_leans_is_read_along_itself(at):
    assert read(placed(*"تبث هناخریبد", at=at)) == "دبیرخانه ثبت"
