"""Persian text: one form for each letter, digits in three sets, numbers in words."""

import re
import unicodedata

ZWNJ = "\u200c"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
LATIN_DIGITS = "0123456789"
THOUSANDS_SEPARATOR = "٬"

_TO_PERSIAN = str.maketrans(LATIN_DIGITS + ARABIC_DIGITS, PERSIAN_DIGITS * 2)
_TO_LATIN = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, LATIN_DIGITS * 2)

# Look-alikes that other keyboards and old programs write for a Persian letter or digit.
_LETTERS = str.maketrans("يىكڪہەھ" + ARABIC_DIGITS, "ییککههه" + PERSIAN_DIGITS)
# Presentation forms are shapes of letters, as old programs and PDFs store them; the rial sign is a sign of its own.
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, surrogates, the byte order mark and soft hyphen; direction marks, embeddings, overrides and isolates; what
# is no character and may not stand in XML.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufffe\uffff]"
)
_JOINER_RUN = re.compile(f"[{ZWNJ}\u200b]+")
_JOINER_AT_WORD_EDGE = re.compile(rf"(?<!\S){ZWNJ}|{ZWNJ}(?!\S)")
_LATIN_WORDS_OR_DIGITS = re.compile("[A-Za-z][^\u0600-\u06ff]*|[0-9]+")
_YEH_WITH_HAMZA = re.compile("[يىی]\u0654")


def unify(text: str, *, multiline: bool = False) -> str:
    """Return `text` as the portal stores it; unifying twice changes nothing.

    Letters have their Persian code points (ي ى ك → ی ی ک) in composed form (NFC), digits in Persian
    text are not Arabic ones, and presentation forms are ordinary letters. Controls of direction, null bytes
    and other control characters go; so do a ZWNJ that is doubled or stands at a word's edge, and space around
    the whole. Line ends and tabs stay when `multiline`, and are spaces otherwise.
    """
    text = unify_letters(_LINE_END.sub("\n", text))
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    text = _JOINER_RUN.sub(ZWNJ, text)
    return _JOINER_AT_WORD_EDGE.sub("", text).strip()


def unify_letters(text: str) -> str:
    """Return `text` with one code point for each letter and without controls, its spaces as they are."""
    text = _PRESENTATION_FORM.sub(lambda form: unicodedata.normalize("NFKC", form[0]), _UNWANTED.sub("", text))
    return _YEH_WITH_HAMZA.sub("ئ", unicodedata.normalize("NFC", text)).translate(_LETTERS)


def to_persian_digits(value) -> str:
    """Return `value` as text with Persian digits: 1387 → ۱۳۸۷."""
    return str(value).translate(_TO_PERSIAN)


def shaped_digits(text: str) -> str:
    """Return `text` with the digits that a reader of it saw in Word: Persian ones, but after a Latin word.

    Word keeps Latin digits in a Persian text, and shows them in the script of the letters before them.
    """
    return _LATIN_WORDS_OR_DIGITS.sub(lambda run: run[0] if run[0][0].isalpha() else to_persian_digits(run[0]), text)


def to_latin_digits(value) -> str:
    """Return `value` as text with Latin digits, whichever of the three sets it has: ۱۳۸۷ → 1387."""
    return str(value).translate(_TO_LATIN)


def grouped(number: int) -> str:
    """Return `number` with Persian digits, its thousands apart: 12000 → ۱۲٬۰۰۰."""
    return to_persian_digits(f"{number:,}".replace(",", THOUSANDS_SEPARATOR).replace("-", "−"))


_ONES = ["", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه"]
_TEENS = ["ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"]
_TENS = ["", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
_HUNDREDS = ["", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]


def number_in_words(number: int) -> str:
    """Return 0 to 999,999 in words: 21 → بیست و یک, 1021 → هزار و بیست و یک. Raises ValueError outside."""
    if not 0 <= number < 1_000_000:
        raise ValueError(f"{number} is not between 0 and 999999")
    if number == 0:
        return "صفر"
    thousands, rest = divmod(number, 1000)
    many = [] if thousands == 1 else _below_a_thousand(thousands)
    words = [" ".join([" و ".join(many), "هزار"]).strip()] if thousands else []
    return " و ".join(words + _below_a_thousand(rest))


def _below_a_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if 10 <= rest < 20:
        parts = [_HUNDREDS[hundreds], _TEENS[rest - 10]]
    else:
        parts = [_HUNDREDS[hundreds], _TENS[rest // 10], _ONES[rest % 10]]
    return [part for part in parts if part]


def ordinal(number: int, *, first: str = "اول") -> str:
    """Return the ordinal that follows its noun: 13 → سیزدهم, as in «نشست سیزدهم».

    `first` is the word for 1 alone: «اول» in common use, «یکم» in legal text («ماده یکم»).
    Compounds always have «یکم»: بیست و یکم.
    """
    if number == 1:
        return first
    return _with_ordinal_ending(number_in_words(number))


def ordinal_before(number: int) -> str:
    """Return the ordinal that precedes its noun: 13 → سیزدهمین, as in «سیزدهمین اجلاس»; 1 → اولین."""
    return ordinal(number) + "ین"


def _with_ordinal_ending(words: str) -> str:
    if words.endswith("سه"):
        return words[:-2] + "سوم"
    if words.endswith("سی"):
        return words + "\u200cام"
    return words + "م"
