"""The picker in a real browser, under the portal's content security policy."""

import pytest
from playwright.sync_api import sync_playwright

from council_portal.persian import calendar, reading, wording

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.persian.examples.urls")]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
DAYS = "jdp-container .jdp-day:not(.not-in-month)"
TEXT_SHOWN = "input => new FormData(input.form).get(input.name)"


@pytest.fixture
def page(live_server, monkeypatch):
    """The admin's form of a new Example; `page.complaints` is what the browser's console says."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(f"{live_server.url}/admin/examples/example/add/")
        yield page
        browser.close()


def test_a_picked_day_is_one_that_the_field_reads(page):
    page.locator("#id_due_on").focus()
    page.locator(DAYS).first.click()

    picked = page.locator("#id_due_on").evaluate(TEXT_SHOWN)
    year, month, _day = calendar.to_jalali(calendar.today())
    assert picked == wording.short_date(calendar.to_gregorian(year, month, 1))
    assert reading.read_date(picked) == (year, month, 1)
    assert page.complaints == []


def test_picker_opens_where_the_typed_date_is_and_leaves_the_text_alone(page):
    # All in one page: to start a browser and to empty the database takes seconds each time.
    days = {"۱۴۰۳/۱۲/۲": 30, "١٤٠٤-١٢-٠٢": 29, "1404/1/1": 31}
    days_of_this_month = calendar.month_length(*calendar.to_jalali(calendar.today())[:2])
    field = page.locator("#id_held_on")
    for typed in [*days, "بهمن ۱۳۸۷", "۱۳۸۷", "پارسال"]:
        field.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.locator("#id_due_on").focus()
        field.focus()

        assert page.locator(DAYS).count() == days.get(typed, days_of_this_month)
        assert field.evaluate(TEXT_SHOWN) == typed
    assert page.complaints == []
