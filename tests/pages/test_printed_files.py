"""A page that the browser has printed as a PDF, as most are that people bring, is read as it was written."""

import re

import pytest

from council_portal.files.reading_order import text_in_reading_order
from council_portal.files.texts import pages_of_pdf

WRITTEN = """
به موجب ماده ۵ (PDF/A) همه دستگاه‌های اجرایی موظف‌اند نامه‌های وارده را از ۱۴۰۲/۰۵/۱۲ در سامانه ثبت کنند.
اجلاس اصلاح «آیین‌نامه اطلاعات» را با شماره ۱۲۳/ت/۴۵۶ پذیرفت؛ مرجع آن دبیرخانه مرکزی است (سال 1403).
"""


@pytest.mark.browser
def test_what_the_browser_prints_is_read_as_it_was_written(chromium):
    window = chromium.new_page()
    window.set_content(f"<html dir=rtl lang=fa><p>{WRITTEN}</p></html>")

    [text] = pages_of_pdf(window.pdf(), read=text_in_reading_order)

    # A half-space takes no room, so it is not in the file.
    assert re.sub(r"\s+", " ", text).strip() == " ".join(WRITTEN.split()).replace("\u200c", "")
