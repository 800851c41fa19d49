"""The order of an agenda in headless Chromium: by dragging and by its buttons."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.conftest import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(transactional_db):
    meeting = make.MeetingFactory()
    for n, title in enumerate(("یک", "دو", "سه"), start=1):
        make.AgendaItemFactory(meeting=meeting, position=n, title=title)
    return meeting


@pytest.fixture
def page(chromium, live_server, meeting):
    client = Client()
    client.force_login(make.UserFactory(secretariat=True), backend=ACCOUNTS)
    context = chromium.new_context(locale="fa-IR", service_workers="block")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20000)
    page.goto(live_server.url + reverse("meetings:work_agenda", args=[meeting.pk]), wait_until="load")
    yield page
    context.close()


def titles(meeting) -> list[str]:
    return list(meeting.agenda_items.in_order().values_list("title", flat=True))


def test_an_item_is_dragged_to_its_place(page, meeting):
    items = page.locator(".agenda__item")

    with page.expect_response(lambda response: response.url.endswith("/agenda/order/")):
        items.nth(2).drag_to(items.nth(0), source_position={"x": 500, "y": 20}, target_position={"x": 500, "y": 5})

    assert titles(meeting) == ["سه", "یک", "دو"]


def test_a_button_moves_an_item_and_keeps_the_focus(page, meeting):
    with page.expect_response(lambda response: response.url.endswith("/move/")):
        page.locator('.agenda__item:has-text("یک") button[value="down"]').press("Enter")
    page.locator('.agenda__item:nth-child(2):has-text("یک") button[value="down"]:focus').wait_for()

    assert titles(meeting) == ["دو", "یک", "سه"]


def test_an_order_that_did_not_reach_the_portal_is_put_back_and_said(page, meeting):
    page.route("**/agenda/order/", lambda route: route.abort())
    items = page.locator(".agenda__item")

    items.nth(2).drag_to(items.nth(0), source_position={"x": 500, "y": 20}, target_position={"x": 500, "y": 5})

    assert "ذخیره نشد" in page.locator('.agenda [role="alert"]').inner_text()
    assert "یک" in items.nth(0).inner_text()
    assert titles(meeting) == ["یک", "دو", "سه"]
