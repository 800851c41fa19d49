"""The list at the door in headless Chromium: by the keyboard, by two clerks at once, and without script."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from meetings import attending
from tests import factories as make
from tests.conftest import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ["احمدی", "باقری", "کریمی", "یزدانی"]


@pytest.fixture
def meeting(transactional_db):
    meeting = make.MeetingFactory(announced=True, body=make.BodyFactory(quorum=2))
    for name in NAMES:
        make.MembershipFactory(body=meeting.body, person__family_name=name, person__given_name="سارا")
    attending.list_members(meeting)
    return meeting


@pytest.fixture
def door(chromium, live_server, meeting):
    """A page of the door for another clerk each time it is called."""
    contexts = []

    def door(**options):
        client = Client()
        client.force_login(make.UserFactory(secretariat=True), backend=ACCOUNTS)
        context = chromium.new_context(locale="fa-IR", service_workers="block", **options)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(20000)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + reverse("meetings:work_attendance", args=[meeting.pk]), wait_until="load")
        return page

    yield door
    for context in contexts:
        context.close()


def marks_of(meeting) -> dict[str, str]:
    return dict(meeting.attendance.values_list("person__family_name", "status"))


def marked(page, name, word):
    page.locator(f'.door__row:has-text("{name}") .door__status:has-text("{word}")').wait_for()


def press(page, letter: str) -> None:
    """A key of a Persian keyboard, which the browser's driver does not know."""
    script = "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    page.evaluate(script, letter)


def test_everybody_is_marked_by_the_keyboard(door, meeting):
    page = door()

    page.keyboard.type("كريمي")  # as an Arabic keyboard writes it
    page.keyboard.press("Enter")
    marked(page, "کریمی", "حاضر")
    page.keyboard.press("ArrowDown")
    press(page, "غ")
    marked(page, "احمدی", "غایب")
    page.keyboard.press("e")
    page.keyboard.type("سفر")
    page.keyboard.press("Enter")
    marked(page, "باقری", "سفر")
    page.locator(".door__find input").focus()
    page.keyboard.type("یزد")
    page.keyboard.press("ArrowDown")
    press(page, "ج")
    page.keyboard.type("مینا نمونه")
    page.keyboard.press("Enter")
    marked(page, "یزدانی", "مینا نمونه")

    assert marks_of(meeting) == {"احمدی": "absent", "باقری": "excused", "کریمی": "present", "یزدانی": "represented"}
    assert "حاصل شد" in page.locator(".door__quorum").inner_text()
    assert page.complaints == []


def test_what_the_answer_says_needs_one_key_and_a_second_enter_marks_nobody(door, meeting):
    person = meeting.attendance.get(person__family_name="باقری").person
    make.InvitationFactory(meeting=meeting, person=person, answer="apologise", reason="سفر", answered_at=now())
    page = door()

    page.keyboard.type("باقری")
    page.keyboard.press("ArrowDown")
    press(page, "م")
    marked(page, "باقری", "سفر")
    page.keyboard.type("احم")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("کر")
    page.locator('.door__row[hidden]:has-text("احمدی") .door__status:has-text("حاضر")').wait_for(state="attached")
    page.keyboard.press("Enter")
    marked(page, "کریمی", "حاضر")

    assert marks_of(meeting) == {"احمدی": "present", "باقری": "excused", "کریمی": "present", "یزدانی": "unmarked"}
    assert page.complaints == []


def test_what_another_clerk_marks_appears_and_is_not_overwritten(door, meeting):
    ours, theirs = door(), door()
    question = ours.locator('.door__row:has-text("باقری") .door__ask[data-asks="excused"]')
    question.locator("summary").click()
    question.locator('input[name="excuse"]').fill("متن ما")

    theirs.locator('.door__row:has-text("باقری") button[value="absent"]').click()
    theirs.locator('.door__row:has-text("احمدی") button[value="present"]').click()

    marked(ours, "احمدی", "حاضر")
    question.locator("form button").click()
    complaint = ours.locator('.door__row:has-text("باقری") .door__complaint')
    complaint.wait_for()
    assert "متن ما" in complaint.inner_text()
    assert marks_of(meeting)["باقری"] == "absent"


def test_a_guest_whom_another_clerk_adds_appears(door, meeting):
    ours, theirs = door(), door()

    theirs.locator(".door__new-guest input.form-control").first.fill("مهمان تازه")
    theirs.locator(".door__new-guest button").click()

    ours.locator('.door__guest:has-text("مهمان تازه")').wait_for()
    assert ours.complaints == []


def test_a_tablet_marks_substitutes_and_adds_guests_by_touch(door, meeting):
    page = door(viewport={"width": 820, "height": 1180}, has_touch=True)
    page.set_viewport_size({"width": 820, "height": 600})  # as much as the keyboard on the glass leaves
    question = page.locator('.door__row:has-text("یزدانی") .door__ask[data-asks="represented"]')

    question.locator("summary").tap()
    page.locator("input[name=substitute_name]:focus").fill("مینا نمونه")
    bottom = question.locator("form").evaluate("form => form.getBoundingClientRect().bottom - window.innerHeight")
    question.locator("input[name=substitute_post]").fill("معاون")
    question.locator("form button").tap()
    marked(page, "یزدانی", "مینا نمونه، معاون")
    page.locator(".door__new-guest input.form-control").first.fill("مهمان تازه")
    page.locator(".door__new-guest button").tap()
    page.locator('.door__guest:has-text("مهمان تازه") button').tap()
    page.locator(".door__guest").wait_for(state="detached")

    assert bottom <= 0
    assert marks_of(meeting)["یزدانی"] == "represented"
    assert page.complaints == []


def test_without_script_each_row_has_its_buttons(door, meeting):
    page = door(java_script_enabled=False)

    page.locator('.door__row:has-text("احمدی") button[value="present"]').click()
    row = page.locator('.door__row:has-text("باقری")')
    row.locator('.door__ask[data-asks="represented"] summary').click()
    row.locator('input[name="substitute_name"]').fill("مینا نمونه")
    row.locator('.door__ask[data-asks="represented"] form button').click()
    page.locator('.door__row:has-text("باقری") .door__status:has-text("مینا")').wait_for()

    assert marks_of(meeting) == {"احمدی": "present", "باقری": "represented", "کریمی": "unmarked", "یزدانی": "unmarked"}


def test_on_a_phone_the_row_of_tabs_shows_the_current_one(door):
    page = door(viewport={"width": 390, "height": 844})

    page.goto(page.url.replace("attendance", "history"), wait_until="load")

    tabs, current = page.locator(".tabs__list"), page.locator(".tabs a[aria-current]").bounding_box()
    assert tabs.evaluate("list => list.scrollWidth > list.clientWidth")
    assert current["x"] >= 0
    assert current["x"] + current["width"] <= 390
    assert page.complaints == []
