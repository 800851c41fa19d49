"""The search box in a browser: suggestions by keyboard, and a plain form without script."""

import pytest

from council_portal.persian.text import to_persian_digits

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


def test_how_many_there_are_is_said_and_the_ends_of_the_line_are_of_what_is_typed(window):
    window.goto("/about/")
    window.type(BOX, "اجلاس سیزد")
    window.wait_for_selector("[role=option]")
    number = window.locator("[role=option]").count()

    assert window.inner_text(".search-box [role=status]") == f"{to_persian_digits(number)} پیشنهاد"
    window.press(BOX, "ArrowUp")
    last = window.get_attribute(BOX, "aria-activedescendant")
    assert last == window.locator("[role=option]").last.get_attribute("id")
    window.press(BOX, "Home")
    assert window.get_attribute(BOX, "aria-activedescendant") is None
    assert window.locator("[aria-selected=true]").count() == 0
    window.press(BOX, "Escape")
    assert window.inner_text(".search-box [role=status]") == ""
    window.press(BOX, "ArrowDown")
    window.wait_for_selector("[role=option]")
    window.type(BOX, "ژژژ")
    window.get_by_text("پیشنهادی نیست").wait_for(state="attached")
    assert window.get_attribute(BOX, "aria-expanded") == "false"


def test_whoever_types_on_searches_for_what_stands_there_not_for_what_was_chosen_before(window):
    window.goto("/about/")
    window.type(BOX, "نیرو")
    window.wait_for_selector("[role=option]")
    window.press(BOX, "ArrowDown")
    window.route("**/search/suggest/**", lambda route: route.fulfill(status=503))

    window.type(BOX, " کاغذ")
    window.press(BOX, "ArrowDown")
    assert window.get_attribute(BOX, "aria-activedescendant") is None
    window.wait_for_selector("[role=listbox]", state="hidden")
    with window.expect_navigation():
        window.press(BOX, "Enter")

    assert "/search/?q=" in window.url


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
