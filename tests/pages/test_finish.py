"""«Finish the session» in headless Chromium, in a window of a phone's size."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Assignment, Attendance, Decision, Meeting, Minutes
from members.models import User
from tests import factories as make
from tests.conftest import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]
WRITER = "finishing-clerk"
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def meeting(demo, django_db_blocker):
    """A committee's session of which the minutes are begun."""
    meeting = make.MeetingFactory(announced=True, body=make.BodyFactory(slug="finishing-committee"))
    make.MinutesFactory(meeting=meeting)
    make.AgendaItemFactory(meeting=meeting, position=1, title="بند آزمایشی")
    make.AttendanceFactory(meeting=meeting)
    make.UserFactory(username=WRITER, secretariat=True)
    yield meeting
    Assignment.objects.filter(decision__meeting=meeting).delete()
    Decision.objects.filter(meeting=meeting).delete()
    Attendance.objects.filter(meeting=meeting).delete()
    Minutes.objects.filter(meeting=meeting).delete()
    Meeting.objects.filter(pk=meeting.pk).delete()
    User.objects.filter(username=WRITER).update(is_active=False)


@pytest.fixture(scope="module")
def session(meeting) -> str:
    client = Client()
    client.force_login(User.objects.get(username=WRITER), backend=ACCOUNTS)
    return client.cookies["sessionid"].value


def test_two_decisions_are_posted_on_a_phone_and_somebody_is_marked(chromium, portal, session, meeting):
    context = chromium.new_context(locale="fa-IR", service_workers="block", viewport=PHONE)
    context.set_default_timeout(15000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal}])
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    page.goto(portal + reverse("meetings:work_finish", args=[meeting.pk]))
    page.locator(".tiptap").first.wait_for()
    page.locator("details:has(.finish-people) > summary").click()
    person = page.locator(".finish-person").first
    excuse = person.locator("[data-for=excused]")
    assert excuse.is_hidden()
    person.locator("select").select_option("excused")
    excuse.locator("input").fill("مأموریت")
    page.locator("[name$=outcome][value=decided]").check()
    page.locator(".finish-decisions > summary").click()
    decisions = page.locator(".finish-decisions")
    decisions.locator("textarea").first.fill("مصوبه نخست")
    decisions.locator("[data-decision]").first.locator("[name$=organization]").first.fill("وزارت نیرو")
    decisions.locator("[data-add-decision]").click()
    decisions.locator("[data-decision] textarea").nth(1).fill("مصوبه دوم")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.locator("button[name=_save]").click()
    page.wait_for_load_state("load")

    assert (width, complaints) == (PHONE["width"], [])
    assert set(Decision.objects.filter(meeting=meeting).values_list("text", flat=True)) == {"مصوبه نخست", "مصوبه دوم"}
    assert Assignment.objects.get(decision__meeting=meeting).organization.name == "وزارت نیرو"
    assert set(meeting.attendance.values_list("status", "excuse")) == {("excused", "مأموریت")}
    context.close()
