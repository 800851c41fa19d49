"""A page that the browser has printed as a PDF, as most are that people bring, is read as it was written."""

import re

import pytest

from council_portal.files.reading_order import text_in_reading_order
from council_portal.files.texts import pages_of_pdf

WRITTEN = """
به موجب ماده ۵ (PDF/A) همه دستگاه‌های اجرایی موظف‌اند نامه‌های وارده را از ۱۴۰۲/۰۵/۱۲ در سامانه ثبت کنند.
اجلاس اصلاح «آیین‌نامه اطلاعات» را با شماره ۱۲۳/ت/۴۵۶ پذیرفت؛ مرجع آن دبیرخانه مرکزی است (سال 1403).
"""


LEANING = "<em>نقل قول</em> وزیر و <i>واژه مؤکد</i> آن"
WHOLE_WIDTH = "متن درباره شترمرغ و نگهداری زرافه‌ها در باغ‌وحش‌های کشور؛ از ۵ بهمن ۱۳۵۷ تا ۱۲ خرداد ۱۳۶۱ (PDF/A) ثبت شد."
IN_A_ROW = '<div style="display: flex; justify-content: space-between">{}</div>'
FEW = IN_A_ROW.format("<span>رئیس هیئت مدیره</span> <span>نماینده وزارت نیرو</span>") + IN_A_ROW.format(
    "<span>خسرو طباطبایی</span> <span>محسن هاشمی</span>"
)


@pytest.mark.browser
@pytest.mark.parametrize(
    "written", [WRITTEN, LEANING, WHOLE_WIDTH, FEW], ids=["lines", "leaning", "one line", "few words"]
)
def test_what_the_browser_prints_is_read_as_it_was_written(chromium, written):
    window = chromium.new_page()
    window.set_content(f"<html dir=rtl lang=fa><p>{written}</p></html>")

    [text] = pages_of_pdf(window.pdf(), read=text_in_reading_order)

    # A half-space takes no room, so it is not in the file.
    words = re.sub("<[^>]*>", " ", written).replace("\u200c", "").split()
    assert text.split() == words
