"""The secretariat's month in one browser: from the next host to published minutes, on a demo of its own."""

import pytest
from django.db.models import Count

from council_portal.notices.models import Notice
from council_portal.persian.calendar import today
from council_portal.persian.wording import short_date
from meetings.models import Meeting
from tests.pages.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
MEMBERS, PRESENT = 120, 100
DECIDED, TEXT = "درگاه مشترک دبیرخانه‌ها", "وزارت نیرو درگاه مشترک دبیرخانه‌ها را راه‌اندازی کند."


class Secretariat(Window):
    """What is clicked and typed, in the order of the month."""

    def plan(self) -> Meeting:
        self.open("/desk/meetings/new/?body=assembly")
        self.page.locator("[name=day]").fill(short_date(today()))
        self.page.keyboard.press("Escape")
        self.page.locator("[name=host]").select_option("")
        self.press("main form .btn-primary")
        return Meeting.objects.of_assembly().latest("pk")

    def give_it_to_the_suggested_host(self) -> None:
        self.open("/desk/hosts/")
        self.press(".turn-buttons .btn-primary")

    def add_to_the_agenda(self, title: str) -> None:
        self.page.locator("#add [name=title]").fill(title)
        self.press("#add .btn-primary")

    def mark_present(self, how_many: int) -> None:
        """With the keyboard alone: each mark leads on to the next row."""
        self.page.locator(".door__find input").press("ArrowDown")
        for number in range(1, how_many + 1):
            self.page.keyboard.press("p")
            self.page.locator(".door__row--marked").nth(number - 1).wait_for()

    def write(self, decision: str = "") -> None:
        """An item's discussion and outcome, and one decision with who carries it out; then on to the next part."""
        self.page.locator(".tiptap").first.click()
        self.page.keyboard.type("گفت‌وگو شد.")
        outcome = "decided" if decision else "noted"
        self.page.locator(f"[name=outcome][value={outcome}]").check()
        if decision:
            row = self.page.locator("[data-decision]").first
            row.locator("textarea").fill(decision)
            row.locator("[name$=organization]").first.fill("وزارت نیرو")
        self.press("button[name=_next]")


def test_a_month_is_taken_from_the_next_host_to_published_minutes(chromium, own_demo):
    clerk = Secretariat(chromium, own_demo)
    clerk.sign_in("secretariat")

    meeting = clerk.plan()
    clerk.give_it_to_the_suggested_host()
    work = f"/desk/meetings/{meeting.pk}/"

    clerk.open(f"{work}agenda/")
    clerk.add_to_the_agenda(DECIDED)
    clerk.open(f"{work}invitations/")
    clerk.press(".invite .btn-primary")
    clerk.open(f"{work}attendance/")
    clerk.press(".door__settle .btn-primary")
    clerk.mark_present(PRESENT)
    clerk.open(f"{work}attendance/")
    clerk.press(".door__settle .btn")

    clerk.open(f"{work}minutes/")
    clerk.press(".begin .btn-primary")
    for item in meeting.agenda_items.in_order():
        clerk.open(f"{work}minutes/items/{item.pk}/")
        clerk.write(TEXT if item.title == DECIDED else "")
    for name in ("hold", "circulate", "approve", "publish"):
        clerk.step(meeting, name)

    meeting.refresh_from_db()
    assert meeting.host is not None
    assert meeting.invitations.filter(sent_at__isnull=False).count() == MEMBERS
    attendance = dict(meeting.attendance.order_by().values_list("status").annotate(Count("pk")))
    assert attendance["present"] == PRESENT
    assert sum(attendance.values()) == MEMBERS
    assert meeting.minutes.status == "published"
    decision = meeting.decisions.get()
    assert (decision.text, decision.assignments.get().organization.name) == (TEXT, "وزارت نیرو")
    assert Notice.objects.filter(recipient__username="member", key=f"minutes-published-{meeting.minutes.pk}").exists()

    clerk.open(meeting.get_absolute_url())
    assert TEXT in clerk.page.locator("#minutes").inner_text()
    clerk.close()
