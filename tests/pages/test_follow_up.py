"""From a session that a chair finishes on a phone to what is reported, returned, accepted and escalated."""

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection

from council_portal.notices.models import Notice
from council_portal.persian.calendar import TEHRAN, today
from council_portal.persian.text import to_latin_digits
from council_portal.persian.wording import short_date
from meetings import tasks
from meetings.models import Assignment, FollowUp, Meeting
from members.models import User
from tests.jobs import do_jobs
from tests.pages.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PHONE = (390, 844)
OWING = "وزارت نیرو"
DECIDED = ("پیوند سامانه‌ها", "راهنمای رمزنگاری")


class Chair(Window):
    """The chair of a committee, who has a phone at hand."""

    def plan(self, body: str) -> Meeting:
        self.open("/desk/")
        self.press(f"a[href$='/desk/meetings/new/?body={body}']")
        self.type_day("[name=day]", today())
        self.press("main form .btn-primary")
        return Meeting.objects.filter(body__slug=body).latest("pk")

    def type_day(self, selector: str, day: date) -> None:
        """Type a day, and put away the calendar that opens over a small screen."""
        self.page.locator(selector).fill(short_date(day))
        self.page.keyboard.press("Escape")

    def add_to_the_agenda(self, meeting: Meeting, title: str) -> None:
        self.open(f"/desk/meetings/{meeting.pk}/agenda/")
        self.page.locator("#add [name=title]").fill(title)
        self.press("#add .btn-primary")

    def finish(self, meeting: Meeting) -> None:
        """Begin, decide on each of DECIDED and note the rest, and close."""
        self.open(f"/desk/meetings/{meeting.pk}/finish/")
        self.press(".begin .btn-primary")
        for item in meeting.agenda_items.in_order():
            is_decided = item.title in DECIDED
            outcome = "decided" if is_decided else "noted"
            self.page.locator(f"[name=item-{item.pk}-outcome][value={outcome}]").check()
            if is_decided:
                decision = f"item-{item.pk}-decisions-0"
                self.page.locator(f"details:has([name={decision}-text]) > summary").click()
                self.page.locator(f"[name={decision}-text]").fill(f"{item.title} انجام شود.")
                self.page.locator(f"[name={decision}-duties-0-organization]").fill(OWING)
                self.type_day(f"[name={decision}-duties-0-due_on]", today() + timedelta(days=7))
        self.press("button[name=_close]")


class Member(Window):
    def report(self, duty: Assignment, status: str, text: str) -> None:
        self.open("/desk/")
        self.press("section[aria-labelledby=duties] .section-title a")  # the desk has the first alone
        self.press(f"a[href='/desk/duties/{duty.pk}/']")
        self.page.locator(f"[name=new_status][value={status}]").check()
        self.page.locator("[name=text]").fill(text)
        self.press("main form .btn-primary")


class FollowUpOfficer(Window):
    def return_report(self, duty: Assignment, because: str) -> None:
        self.open(f"/desk/follow-up/{duty.pk}/")
        form = f"form[action$='/follow-up/{duty.pk}/return/']"
        self.page.locator(f"details:has({form}) summary").click()
        self.page.locator(f"{form} [name=because]").fill(because)
        self.press(f"{form} .btn-primary")

    def accept_report(self, duty: Assignment) -> None:
        self.open(f"/desk/follow-up/{duty.pk}/")
        self.press(f"form[action$='/follow-up/{duty.pk}/accept/'] .btn-primary")


@contextmanager
def days_later(days: int):
    """The clock at noon so many days from today, also for the server."""
    with time_machine.travel(datetime.combine(today() + timedelta(days=days), time(12), TEHRAN), tick=True):
        yield


def do_the_queues_work() -> None:
    """Let the periodic task look and its jobs be done, on a connection of its own, whose changes the server sees."""

    def work():
        try:
            tasks.escalate_all(timestamp=0)
            do_jobs(tasks.escalate)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()


def number_in(window: Window, selector: str) -> int:
    """The number that stands there in Persian digits, with or without words."""
    return int(re.search(r"\d+", to_latin_digits(window.page.locator(selector).first.inner_text()))[0])


@pytest.fixture
def windows(chromium, own_demo):
    """Everybody who has a part in it, signed in."""
    kinds = {"chair": (Chair, PHONE), "member": (Member, PHONE), "followup": (FollowUpOfficer, (1280, 900))}
    kinds["secretariat"] = (Window, (1280, 900))
    opened = {}
    for account, (kind, size) in kinds.items():
        opened[account] = kind(chromium, own_demo, size=size)
        opened[account].sign_in(account)
    yield opened
    for window in opened.values():
        window.close()


@pytest.fixture
def duties(windows) -> tuple[Assignment, Assignment]:
    """What the member's organisation owes for the two decisions that the chair has posted."""
    chair, secretariat = windows["chair"], windows["secretariat"]
    meeting = chair.plan("ict")
    for title in DECIDED:
        chair.add_to_the_agenda(meeting, title)
    chair.finish(meeting)
    for name in ("circulate", "approve", "publish"):
        secretariat.step(meeting, name)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes.status) == ("held", "published")
    return tuple(Assignment.objects.filter(decision__meeting=meeting).order_by("decision__number"))


def test_what_is_decided_is_reported_returned_accepted_and_escalated(windows, duties):
    member, officer = windows["member"], windows["followup"]
    reported, forgotten = duties

    member.report(reported, "in_progress", "آغاز شد.")
    officer.return_report(reported, "سند پیوست نیست.")
    member.report(reported, "done", "انجام شد و سند آن رسید.")
    officer.accept_report(reported)

    reported.refresh_from_db()
    assert reported.status == "done"
    assert [*FollowUp.objects.filter(assignment=reported).order_by("pk").values_list("review", flat=True)] == [
        "returned",
        "accepted",
    ]

    # A week before, on the day, and two and four weeks after it: each step once.
    for days, steps in ((0, 1), (7, 2), (21, 3), (37, 4), (38, 4)):
        with days_later(days):
            do_the_queues_work()
        assert forgotten.escalations.count() == steps, days
    told = Notice.objects.filter(key__in=[f"escalation-{one.pk}" for one in forgotten.escalations.all()])
    assert {"member", "chair", "followup"} <= set(told.values_list("recipient__username", flat=True))

    with days_later(38):
        agree_on_what_is_overdue(windows, forgotten)


def overdue_to(account: str):
    return Assignment.objects.visible_to(User.objects.get(username=account)).overdue(on=today())


def agree_on_what_is_overdue(windows, duty: Assignment) -> None:
    """The register, the organisation's page and the desk count the same, and the decision tells its whole way."""
    owing, member = duty.organization, windows["member"]
    expected = overdue_to("member").filter(organization=owing).count()
    assert expected >= 1

    member.sign_in("member")
    member.open("/desk/")
    assert number_in(member, ".tile a[href='/desk/duties/?list=overdue'] .tile__count") == expected
    member.open("/desk/duties/?list=overdue")
    assert number_in(member, ".duty-tiles [aria-current] .tile__count") == expected
    assert number_in(member, ".list-head strong") == expected
    member.open(owing.get_absolute_url())
    assert number_in(member, ".tile--attention .tile__count") == expected
    member.open(f"/decisions/?organization={owing.slug}&overdue=on")
    assert number_in(member, ".list-head strong") == expected
    member.open(duty.decision.get_absolute_url())
    assert member.page.locator(".timeline__item--step").count() == duty.escalations.count()

    officer = windows["followup"]
    officer.sign_in("followup")
    officer.open("/desk/")
    tile = ".tile a[href='/desk/follow-up/?list=overdue'] .tile__count"
    assert number_in(officer, tile) == overdue_to("followup").count()
    officer.open(f"/desk/follow-up/?list=overdue&organization={owing.slug}")
    of_the_organisation = number_in(officer, ".list-head strong")
    officer.open(f"/decisions/?organization={owing.slug}&overdue=on")
    assert number_in(officer, ".list-head strong") == of_the_organisation
