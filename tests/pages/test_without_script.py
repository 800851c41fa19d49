"""A meeting is entered in the admin by a browser whose scripts are off: agenda, attendance, two decisions."""

import pytest
from django.urls import reverse

from meetings.models import Meeting
from members.models import Organization, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def signed_in(chromium, own_demo):
    """The cookies of the secretariat, in a browser without script, on a demo in which a meeting can stay."""
    context = chromium.new_context(locale="fa-IR", java_script_enabled=False)
    page = context.new_page()
    page.goto(own_demo + reverse("account_login"))
    page.fill("input[name=login]", "secretariat")
    page.fill("input[name=password]", "namayeshi-1387")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(own_demo + "/")
    yield context.storage_state()
    context.close()


@pytest.fixture
def open_page(chromium, own_demo, signed_in):
    """Open a page of the admin by its name and what is asked of it, in a window of a size."""
    contexts = []

    def open_page(name, question="", *, window=DESK):
        context = chromium.new_context(
            locale="fa-IR", viewport=window, java_script_enabled=False, storage_state=signed_in
        )
        contexts.append(context)
        context.set_default_timeout(15000)
        page = context.new_page()
        page.goto(own_demo + reverse(name) + question)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_a_meeting_with_all_its_parts_is_entered(open_page, window):
    people = list(Person.objects.order_by("pk")[:2])
    ministry = Organization.objects.get(name="وزارت نیرو")
    title = f"نشست بی‌اسکریپت {window['width']}"
    page = open_page("admin:meetings_meeting_add", window=window)

    page.click("a[href='?rows=3']")
    page.fill("[name=title]", title)
    page.fill("[name=host-typed]", "وزارت نیرو")
    page.fill("[name=held_on]", "1405/9/25")
    page.fill("[name=starts_at]", "9:30")
    for row in range(2):
        page.fill(f"[name=agenda_items-{row}-title]", f"بند {row}")
        page.fill(f"[name=agenda_items-{row}-discussion]", "سخن نخست\n\nسخن دوم")
        page.fill(f"[name=decisions-{row}-text]", f"مصوبه {row}")
        page.select_option(f"[name=decisions-{row}-agenda_item]", f"row-{row}")
    page.fill("[name=decisions-0-lead-typed]", "وزارت نیرو")
    page.fill("[name=decisions-1-lead-typed]", "نیرو")
    page.click("#attendance-group summary")
    for row, person in enumerate(people):
        page.fill(f"[name=attendance-{row}-person-typed]", str(person))
    page.click("[name=_continue]")

    assert "«نیرو» می‌تواند هر یک از این" in page.inner_text("#decisions-group")
    assert page.input_value("[name=decisions-1-lead-typed]") == "نیرو"
    page.select_option("[name=decisions-1-lead]", label="وزارت نیرو")
    page.click("[name=_save]")

    meeting = Meeting.objects.get(title=title)
    assert meeting.host == ministry
    assert {item.discussion for item in meeting.agenda_items.filter(title__startswith="بند ")} == {
        "<p>سخن نخست</p><p>سخن دوم</p>"
    }
    assert set(meeting.attendance.values_list("person", flat=True)) == {person.pk for person in people}
    decisions = meeting.decisions.order_by("text")
    assert [decision.agenda_item.title for decision in decisions] == ["بند 0", "بند 1"]
    assert {decision.assignments.get().organization for decision in decisions} == {ministry}


def test_what_is_added_beside_a_choice_says_where_to_go_on(open_page):
    page = open_page("admin:members_organization_add", "?_to_field=id&_popup=1")

    page.fill("[name=name]", "سازمان بی‌اسکریپت")
    page.fill("[name=slug]", "without-script")
    page.select_option("[name=branch]", index=1)
    page.select_option("[name=kind]", index=1)
    page.click("[name=_save]")

    assert "به صفحه‌ای که از آن آمده‌اید بازگردید" in page.inner_text("body")
    assert Organization.objects.filter(slug="without-script").exists()
