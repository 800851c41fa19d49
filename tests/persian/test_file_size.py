import pytest
from django.utils import translation

from council_portal.persian.wording import file_size


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "۰ بایت"),
        (1023, "۱۰۲۳ بایت"),
        (1024, "۱ کیلوبایت"),
        (2621440, "۲٫۵ مگابایت"),
        (5 * 1024**4, "۵۱۲۰ گیگابایت"),
    ],
)
def test_sizes_are_told_in_persian_units(size, words):
    assert file_size(size) == words


def test_sizes_in_english():
    with translation.override("en"):
        assert file_size(2621440) == "2.5 megabytes"
