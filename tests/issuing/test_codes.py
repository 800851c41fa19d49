import pytest
from hypothesis import given
from hypothesis import strategies as st

from council_portal.issuing.codes import ALPHABET, LENGTH, codes_in, grouped, is_code, new_code, read_code

CODE = "34679ACDEFGHJKM"
A_CODE = st.builds(lambda _: new_code(), st.none())


def test_a_code_has_no_symbol_that_looks_like_another():
    assert set(ALPHABET).isdisjoint("0OQ1IL2Z5S8BU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 23


def test_a_guess_is_hopeless():
    assert len(ALPHABET) ** (LENGTH - 1) > 2**64
    assert len({new_code() for _ in range(1000)}) == 1000


@given(A_CODE)
def test_a_code_is_read_however_it_is_typed(code):
    typed = [
        grouped(code),
        grouped(code).lower(),
        " ".join(code),
        code.replace("3", "۳").replace("4", "٤").replace("6", "۶"),
        f"\u2068{grouped(code)}\u2069",
        grouped(code).replace("-", "\u2011"),
        grouped(code).replace("-", "\u200c"),
        f"https://portal.example/verify/{grouped(code)}/",
        f"  {code}\n",
        f"کد: {grouped(code)}",
    ]

    assert {read_code(text) for text in typed} == {code}


@given(A_CODE, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_slip_is_noticed(code, place, symbol):
    changed = code[:place] + symbol + code[place + 1 :]

    assert is_code(changed) == (changed == code)


@given(A_CODE, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_symbols_that_changed_places_are_noticed(code, one, other):
    symbols = list(code)
    symbols[one], symbols[other] = symbols[other], symbols[one]
    changed = "".join(symbols)

    assert is_code(changed) == (changed == code)


@pytest.mark.parametrize("typed", ["", "ABC", "سند", "0" * 16, "A" * 400, "\0", "<script>", "۱۲۳۴-۵۶۷۸-۹۰۱۲-۳۴۵۶"])
def test_what_is_no_code_is_known_as_none(typed):
    assert not is_code(read_code(typed))


def test_a_file_tells_its_code():
    code = new_code()

    assert codes_in(f"x /ContactInfo (https://portal.example/verify/{grouped(code)}/) y".encode()) == [code]
    in_octal = grouped(code).replace("-", r"\055").encode()
    assert codes_in(rb"x (https\072\057\057a\057verify\057" + in_octal + b")") == [code]
    assert codes_in(b"/verify/AAAA-AAAA-AAAA-AAAA/") == []
    assert codes_in(b"nothing") == []
