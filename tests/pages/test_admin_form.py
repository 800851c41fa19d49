"""A meeting's form of the admin in headless Chromium: the editor and the date picker work under the strict policy."""

import re

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def secretariat(chromium, portal, session_of):
    """A browser of the secretariat; signed in before the tests begin the transactions that the server cannot see."""
    context = chromium.new_context(locale="fa-IR", service_workers="block")
    context.add_cookies([{"name": "sessionid", "value": session_of("secretariat"), "url": portal}])
    yield context
    context.close()


@pytest.fixture
def page(secretariat, portal):
    page = secretariat.new_page()
    page.set_default_timeout(10000)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(portal + reverse("admin:meetings_meeting_add"), wait_until="load")
    yield page
    page.close()


def test_what_is_written_in_the_editor_reaches_the_form(page):
    editor = page.locator("#agenda_items-0 .tiptap")
    editor.click()
    editor.type("متن مذاکره")

    assert "متن مذاکره" in page.locator('textarea[name="agenda_items-0-discussion"]').input_value()
    assert page.complaints == []


def test_an_item_that_is_added_has_its_editor_and_the_next_number(page):
    page.locator("#agenda_items-group .add-row a").click()
    page.locator("#agenda_items-1 .tiptap").wait_for()

    assert page.locator('input[name="agenda_items-1-position"]').input_value() == "۲"
    assert page.complaints == []


def test_an_item_that_is_typed_can_be_chosen_at_once_and_follows_its_row(page):
    page.locator('input[name="agenda_items-0-title"]').fill("بند نخست")
    page.locator("#agenda_items-group .add-row a").click()
    page.locator('input[name="agenda_items-1-title"]').fill("بند دوم")
    choice = page.locator('select[name="decisions-0-agenda_item"]')
    choice.select_option(label="بند دوم")

    page.locator("#agenda_items-0 .inline-deletelink").click()

    assert choice.input_value() == "row-0"
    assert page.locator('select[name="decisions-0-agenda_item"] option:checked').inner_text() == "بند دوم"
    assert page.complaints == []


def test_the_date_picker_opens_and_is_jalali(page):
    page.locator('input[name="held_on"]').click()
    picker = page.locator("jdp-container")
    picker.wait_for()

    assert "شنبه" in picker.inner_text() or "ش" in picker.inner_text()
    assert page.complaints == []


def test_the_editor_speaks_persian(page):
    editor = page.locator("#agenda_items-0 .tiptap")
    editor.click()
    editor.type("متن مذاکره")
    editor.press("Control+A")
    names = page.locator("#agenda_items-0 .prose-menubar button[title]").evaluate_all(
        "buttons => buttons.flatMap((button) => [button.title, button.ariaLabel])"
    )
    menu = page.locator("#agenda_items-0 .prose-menubar__option").all_text_contents()
    page.locator("#agenda_items-0 .prose-menubar button[data-name=link]").click()
    dialog = page.locator("dialog").inner_text()

    assert [text for text in [*names, *menu, dialog] if text is None or re.search("[A-Za-z]", text)] == []
    assert page.complaints == []


def test_whoever_types_a_date_leaves_the_picker_by_the_tab_key(page):
    page.locator('input[name="held_on"]').click()
    picker = page.locator("jdp-container")
    picker.wait_for()
    page.wait_for_timeout(400)  # the picker's own transition, during which it stays

    page.keyboard.type("1405/9/17")
    page.keyboard.press("Tab")

    assert not picker.is_visible()
    assert page.locator('input[name="starts_at"]').evaluate("input => input === document.activeElement")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_cell_of_a_table_of_rows_is_in_sight(page, portal, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(portal + reverse("admin:members_person_changelist"), wait_until="load")
    page.locator("#result_list tbody th a").first.click()

    group = page.locator("#memberships-group")
    assert group.evaluate("element => element.scrollWidth - element.clientWidth") == 0
    assert page.locator("input[name=memberships-0-end_on]").bounding_box()["width"] > 90


def test_every_cell_of_the_attendance_is_in_sight_at_a_desk(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#attendance-group summary").click()
    page.locator("#attendance-group .add-row a").click()

    assert page.locator("#attendance-group").evaluate("group => group.scrollWidth - group.clientWidth") == 0
