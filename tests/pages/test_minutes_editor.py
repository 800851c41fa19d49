"""The editor of the minutes in headless Chromium: drafts, a sign-in that ends, two writers, the cursor."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from meetings.models import AgendaItem, Assignment, Decision, Meeting, Minutes, TextModule
from members.models import Organization, User
from tests import factories as make
from tests.conftest import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]
WRITERS = ("minutes-writer", "other-writer")
EDITOR = ".tiptap"


@pytest.fixture(scope="module")
def items(demo, django_db_blocker):
    """Items of minutes that are being written, one for each test, and the accounts that write them."""
    meeting = make.MeetingFactory(announced=True, body=make.BodyFactory(slug="written-committee"))
    make.MinutesFactory(meeting=meeting)
    rows = [make.AgendaItemFactory(meeting=meeting, position=n, title=f"بند آزمایشی {n}") for n in range(1, 8)]
    writers = [make.UserFactory(username=name, secretariat=True) for name in WRITERS]
    yield iter(rows)
    Assignment.objects.filter(decision__meeting=meeting).delete()
    Decision.objects.filter(meeting=meeting).delete()
    Minutes.objects.filter(meeting=meeting).delete()
    Meeting.objects.filter(pk=meeting.pk).delete()
    User.objects.filter(pk__in=[writer.pk for writer in writers]).update(is_active=False)


@pytest.fixture
def item(items) -> AgendaItem:
    return next(items)


@pytest.fixture(scope="module")
def sessions(items) -> dict[str, str]:
    """The session of each writer, made before the tests begin the transactions that the server cannot see."""
    keys = {}
    for name in WRITERS:
        client = Client()
        client.force_login(User.objects.get(username=name), backend=ACCOUNTS)
        keys[name] = client.cookies["sessionid"].value
    return keys


@pytest.fixture
def sign_in(portal, sessions):
    """Sign a writer in, in another tab as it were: with a session, and with a new token for the forms."""

    def sign_in(context, name: str = WRITERS[0]) -> None:
        cookies = {"sessionid": sessions[name], "csrftoken": get_random_string(32)}
        context.add_cookies([{"name": key, "value": value, "url": portal} for key, value in cookies.items()])

    return sign_in


@pytest.fixture
def browser_of(chromium, sign_in):
    """`browser_of(name)`: a browser in which one of the writers is signed in."""
    contexts = []

    def browser_of(name: str = WRITERS[0], **options):
        context = chromium.new_context(locale="fa-IR", service_workers="block", **options)
        context.set_default_timeout(15000)
        contexts.append(context)
        sign_in(context, name)
        return context

    yield browser_of
    for context in contexts:
        context.close()


def address_of(item) -> str:
    return reverse("meetings:work_minutes_item", args=[item.meeting_id, item.pk])


def opened(context, portal, item):
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(portal + address_of(item), wait_until="load")
    page.locator(EDITOR).wait_for()
    return page


def type_into(page, text: str) -> None:
    page.locator(EDITOR).click()
    page.keyboard.type(text)


def discussion_of(item) -> str:
    return AgendaItem.objects.get(pk=item.pk).discussion


def kept_in_browser(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('minutes:')).length")


def test_an_item_with_its_decision_is_written_with_the_keyboard(browser_of, portal, item):
    page = opened(browser_of(), portal, item)
    module = TextModule.objects.order_by("position").filter(body_kind="").first()
    names = list(Organization.objects.order_by("pk").values_list("name", flat=True)[:3])

    type_into(page, "گفت‌وگو شد. ")
    page.locator("select[name=module]").select_option(str(module.pk))
    page.locator("[data-insert-module]").click()
    page.locator("input[name=outcome][value=decided]").check()
    page.locator("[data-add-decision]").click()
    page.locator("[name=decisions-1-text]").fill("متن مصوبه")
    page.locator("[data-decision]").nth(1).locator("[data-add-duty]").click()
    for row, name in enumerate(names):
        page.locator(f"[name=decisions-1-duties-{row}-organization]").fill(name)
    page.locator("[name=decisions-1-duties-2-due_on]").fill("۱۴۰۵/۱۲/۱")
    page.keyboard.press("Control+s")
    page.locator(".alert-success").wait_for()

    text = discussion_of(item)
    assert "گفت‌وگو شد." in text
    assert "حد نصاب" in text
    assert kept_in_browser(page) == 0
    assert page.complaints == []
    decision = Decision.objects.get(agenda_item=item)
    duties = {(one.organization.name, one.role) for one in decision.assignments.select_related("organization")}
    assert duties == {(names[0], "lead"), (names[1], "support"), (names[2], "support")}


@pytest.mark.parametrize("gone", ["sessionid", None], ids=["the sign-in", "all cookies"])
def test_a_text_survives_a_sign_in_that_ended(browser_of, sign_in, portal, item, gone):
    context = browser_of()
    page = opened(context, portal, item)
    context.clear_cookies(name=gone)

    type_into(page, "پس از پایان ورود")
    page.locator("[data-signed-out]").wait_for(state="visible")
    sign_in(context)
    page.locator("[name=_stay]").click()
    page.locator(".alert-success").wait_for()

    assert discussion_of(item) == "<p>پس از پایان ورود</p>"
    assert kept_in_browser(page) == 0


def test_without_scripts_a_text_waits_behind_the_sign_in(browser_of, sign_in, portal, item):
    context = browser_of(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal + address_of(item))
    page.locator("[name=discussion]").fill("<p>بدون اسکریپت</p>")
    context.clear_cookies(name="sessionid")

    page.locator("[name=_stay]").click()
    page.wait_for_url(re.compile("/accounts/login/"))
    sign_in(context)
    page.goto(portal + address_of(item))
    page.locator("a[href$='?kept=1']").click()
    page.locator("[name=_stay]").click()
    page.locator(".alert-success").wait_for()

    assert discussion_of(item) == "<p>بدون اسکریپت</p>"


def test_what_only_the_browser_has_is_offered_again(browser_of, portal, item):
    page = opened(browser_of(), portal, item)
    page.route("**/draft/", lambda route: route.abort())
    type_into(page, "تنها در مرورگر")
    page.wait_for_timeout(1000)
    assert kept_in_browser(page) == 1
    page.unroute("**/draft/")

    page.reload()
    page.locator("[data-take-up]").click()
    page.wait_for_url(re.compile("kept=1"))
    page.locator(EDITOR, has_text="تنها در مرورگر").wait_for()
    page.locator("[name=_stay]").click()
    page.locator(".alert-success").wait_for()

    assert discussion_of(item) == "<p>تنها در مرورگر</p>"
    assert kept_in_browser(page) == 0


def test_two_writers_are_warned_and_then_see_both_texts(browser_of, portal, item):
    ours, theirs = (opened(browser_of(name), portal, item) for name in WRITERS)
    assert theirs.locator("[data-others]").is_visible()

    type_into(ours, "متن ما")
    ours.locator("[data-others]").wait_for(state="visible")
    type_into(theirs, "متن آنان")
    theirs.locator("[name=_stay]").click()
    theirs.locator(".alert-success").wait_for()
    ours.locator("[name=_stay]").click()
    ours.locator(".stale").wait_for()

    assert {"متن ما", "متن آنان"} <= set(ours.locator(".stale__texts td").all_inner_texts())
    assert discussion_of(item) == "<p>متن آنان</p>"
    ours.locator(EDITOR).wait_for()
    ours.locator("[name=_stay]").click()
    ours.locator(".alert-success").wait_for()
    assert discussion_of(item) == "<p>متن ما</p>"
