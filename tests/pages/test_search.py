"""The search box in a browser: suggestions by keyboard, and a plain form without script."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]
BOX = "#search-everything"


@pytest.fixture
def window(chromium, portal):
    context = chromium.new_context(base_url=portal, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_what_is_typed_is_suggested_and_chosen_by_keyboard(window):
    window.goto("/about/")
    window.type(BOX, "سیزدهمین اجلاس")
    window.wait_for_selector("[role=option]")

    assert window.get_attribute(BOX, "aria-expanded") == "true"
    window.press(BOX, "ArrowDown")
    chosen = window.get_attribute(BOX, "aria-activedescendant")
    assert window.get_attribute(f"#{chosen}", "aria-selected") == "true"
    with window.expect_navigation():
        window.press(BOX, "Enter")

    assert window.inner_text("h1") == "سیزدهمین اجلاس"


def test_escape_puts_the_suggestions_away_and_enter_searches(window):
    window.goto("/about/")
    window.type(BOX, "سیزدهمین اجلاس")
    window.wait_for_selector("[role=option]")

    window.press(BOX, "Escape")
    assert window.get_attribute(BOX, "aria-expanded") == "false"
    with window.expect_navigation():
        window.press(BOX, "Enter")

    assert window.url.partition("?")[0].endswith("/search/")


def test_without_script_the_box_is_a_form(chromium, portal):
    context = chromium.new_context(base_url=portal, java_script_enabled=False)
    page = context.new_page()
    page.goto("/about/")
    page.fill(BOX, "اجلاس")
    page.press(BOX, "Enter")

    assert page.locator(".result__title").count() > 0
    context.close()
