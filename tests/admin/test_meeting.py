"""The secretariat's month in the admin: a meeting is entered, held, minuted and published."""

import pytest
from django.urls import reverse

from meetings.models import Assignment, Meeting
from tests import factories as make
from tests.admin.forms import new_row, open_form

ADD = "admin:meetings_meeting_add"


@pytest.fixture
def assembly(db):
    return make.BodyFactory(assembly=True)


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")


def change(meeting) -> str:
    kind = "meeting" if meeting.body.kind == "assembly" else "session"
    app = {"meeting": "meetings", "session": "committees"}[kind]
    return reverse(f"admin:{app}_{kind}_change", args=[meeting.pk])


def test_a_meeting_with_agenda_attendance_and_two_decisions_is_entered_at_once(assembly, secretariat):
    host, lead, person = make.OrganizationFactory(), make.OrganizationFactory(), make.PersonFactory()
    values = open_form(secretariat, reverse(ADD))
    values |= {"held_on": "۱۴۰۳/۵/۲", "starts_at": "۹:۳۰", "host": host.pk, "title": "اجلاس نمونه"}
    values["agenda_items-0-title"] = "تصويب گزارش"
    new_row(values, "agenda_items", title="بند دوم", visibility="public", kind="regular")
    new_row(values, "attendance", person=person.pk, status="present")
    for number in range(2):
        if number:
            new_row(values, "decisions", visibility="members")
        values |= {f"decisions-{number}-text": f"متن مصوبه {number}", f"decisions-{number}-lead": lead.pk}
        values[f"decisions-{number}-due_on"] = "۱۴۰۳/۸/۱"

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 302, response.context["errors"]
    meeting = Meeting.objects.get()
    assert (meeting.body, meeting.host, str(meeting.held_on)) == (assembly, host, "۲ مرداد ۱۴۰۳")
    assert list(meeting.agenda_items.in_order().values_list("position", "title")) == [
        (1, "تصویب گزارش"),
        (2, "بند دوم"),
    ]
    assert meeting.attendance.get().person == person
    assert meeting.decisions.count() == 2
    assert set(Assignment.objects.values_list("organization", "role")) == {(lead.pk, "lead")}


def test_decisions_and_parts_choose_items_that_are_typed_in_the_same_save(assembly, secretariat):
    values = open_form(secretariat, reverse(ADD))
    values |= {
        "agenda_items-0-title": "بخشی از بند دوم",
        "agenda_items-0-position": "",
        "agenda_items-0-parent": "row-1",
    }
    new_row(values, "agenda_items", title="بند اصلی", visibility="public", kind="regular")
    values |= {"decisions-0-text": "متن مصوبه", "decisions-0-agenda_item": "row-1"}

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 302, response.context["errors"]
    meeting = Meeting.objects.get()
    item = meeting.agenda_items.get(parent=None)
    part = meeting.agenda_items.get(parent=item)
    assert (item.title, item.position, part.position) == ("بند اصلی", 1, 1)
    assert meeting.decisions.get().agenda_item == item


def test_a_part_of_an_item_that_is_saved_may_have_its_number(secretariat):
    meeting = make.MeetingFactory()
    item = make.AgendaItemFactory(meeting=meeting, position=1)
    values = open_form(secretariat, change(meeting))
    new_row(values, "agenda_items", title="بخش", position="۱", parent=item.pk, visibility="public", kind="regular")

    response = secretariat.post(change(meeting), values)

    assert response.status_code == 302, response.context["errors"]
    assert item.parts.get().position == 1


@pytest.mark.parametrize("chosen", ["row-1", "row-0", "row-7", "row-x"])
def test_a_part_of_a_part_or_of_nothing_is_refused_beside_the_field(assembly, secretariat, chosen):
    values = open_form(secretariat, reverse(ADD))
    values |= {"agenda_items-0-title": "بند نخست", "agenda_items-0-parent": chosen}
    new_row(values, "agenda_items", title="بند دوم", parent="row-0", visibility="public", kind="regular")

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 200
    assert not Meeting.objects.exists()
    assert "بند نخست" in response.text


def test_a_choice_of_a_typed_item_survives_a_refusal(assembly, secretariat):
    values = open_form(secretariat, reverse(ADD)) | {"held_on": "۱۴۰۳/۱۳/۲", "agenda_items-0-title": "بند نخست"}
    values |= {"decisions-0-text": "متن مصوبه", "decisions-0-agenda_item": "row-0"}

    response = secretariat.post(reverse(ADD), values)

    assert '<option value="row-0" selected>بند نخست</option>' in response.text


def test_items_that_are_added_are_offered_their_numbers_in_persian_digits(assembly, secretariat):
    values = open_form(secretariat, reverse(ADD))

    assert values["agenda_items-0-position"] == "۱"


def test_the_attendance_of_a_whole_assembly_is_saved_in_one_form(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly)
    make.AttendanceFactory.create_batch(120, meeting=meeting)
    values = open_form(secretariat, change(meeting)) | {"attendance-0-status": "absent"}

    response = secretariat.post(change(meeting), values)

    assert response.status_code == 302
    assert meeting.attendance.filter(status="absent").count() == 1


def test_a_refused_meeting_keeps_all_that_was_typed(assembly, secretariat):
    values = open_form(secretariat, reverse(ADD)) | {"held_on": "۱۴۰۳/۱۳/۲", "title": "متن نگه‌داشتنی"}
    values["agenda_items-0-title"] = "بند نگه‌داشتنی"

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 200
    assert not Meeting.objects.exists()
    for text in ("۱۴۰۳/۱۳/۲", "متن نگه‌داشتنی", "بند نگه‌داشتنی"):
        assert text in response.text


def test_two_items_exchange_their_numbers_in_one_save(secretariat):
    meeting = make.MeetingFactory()
    first, second = (make.AgendaItemFactory(meeting=meeting, position=position) for position in (1, 2))
    values = open_form(secretariat, change(meeting)) | {"agenda_items-0-position": "2", "agenda_items-1-position": "1"}

    response = secretariat.post(change(meeting), values)

    assert response.status_code == 302, response.context["errors"]
    assert list(meeting.agenda_items.in_order()) == [second, first]


def test_two_items_with_one_number_are_refused_beside_the_number(secretariat):
    meeting = make.MeetingFactory()
    for position in (1, 2):
        make.AgendaItemFactory(meeting=meeting, position=position)
    values = open_form(secretariat, change(meeting)) | {"agenda_items-1-position": "1"}

    assert "بند دیگری همین شماره را دارد" in secretariat.post(change(meeting), values).text


def test_the_steps_lead_from_plan_to_published_minutes(assembly, secretariat):
    service = make.MembershipFactory(body=assembly)
    meeting = make.MeetingFactory(body=assembly)
    make.AgendaItemFactory(meeting=meeting, position=1, outcome="decided")
    decision = make.DecisionFactory(meeting=meeting)

    for step in ("announce", "begin-minutes", "hold", "circulate", "approve", "publish"):
        page = change(meeting)
        response = secretariat.post(page, open_form(secretariat, page) | {"_step": step})
        if f"/steps/{step}/" in response.url:
            assert secretariat.get(response.url).status_code == 200
            secretariat.post(response.url, {"comments_due_on": "۱۴۹۹/۱/۱"})

    meeting.refresh_from_db()
    decision.refresh_from_db()
    assert (meeting.status, meeting.number, meeting.minutes.status) == ("held", 1, "published")
    assert meeting.attendance.get().person == service.person
    assert decision.published_at
    assert 'name="_step" value="correct"' in secretariat.get(change(meeting)).text


def test_a_step_that_the_rules_refuse_says_why_and_keeps_what_was_typed(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly)
    make.AgendaItemFactory(meeting=meeting, title="بند بی‌نتیجه")
    values = open_form(secretariat, change(meeting)) | {"title": "موضوع تازه", "_step": "hold"}

    confirm = secretariat.post(change(meeting), values).url
    response = secretariat.post(confirm, follow=True)

    meeting.refresh_from_db()
    assert (meeting.status, meeting.title) == ("planned", "موضوع تازه")
    assert "بند بی‌نتیجه" in response.text


def test_opening_a_step_by_get_changes_nothing(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly)

    secretariat.get(change(meeting).replace("change/", "steps/announce/"))

    meeting.refresh_from_db()
    assert meeting.status == "planned"


def test_a_meeting_is_cancelled_with_its_reason_only(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly)
    step = change(meeting).replace("change/", "steps/cancel/")

    assert secretariat.post(step, {"because": " "}).status_code == 200
    secretariat.post(step, {"because": "تعطیلی رسمی"})

    meeting.refresh_from_db()
    assert (meeting.status, meeting.cancelled_because) == ("cancelled", "تعطیلی رسمی")


def test_the_approved_text_is_only_read_and_corrected_by_a_corrigendum(assembly, secretariat):
    minutes = make.MinutesFactory(meeting=make.MeetingFactory(body=assembly, held=True), approved=True)
    page = secretariat.get(change(minutes.meeting)).text

    assert 'name="minutes-0-opening"' not in page
    assert "frozen-note" in page
    assert 'value="reopen"' not in page
    secretariat.post(
        change(minutes.meeting).replace("change/", "steps/correct/"), {"text": "متن درست", "reason": "اشتباه"}
    )
    assert minutes.corrigenda.get().text == "متن درست"


def test_a_meeting_that_was_held_is_not_deleted(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly, held=True)

    assert secretariat.post(change(meeting).replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_a_decision_entered_after_the_closing_gets_its_number_with_the_approval(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly, held=True)
    minutes = make.MinutesFactory(meeting=meeting)
    decision = make.DecisionFactory(meeting=meeting)

    for step in ("approve-uncirculated", "publish"):
        secretariat.post(change(meeting).replace("change/", f"steps/{step}/"), {"approved_in": ""})

    decision.refresh_from_db()
    minutes.refresh_from_db()
    assert (decision.number, minutes.status) == (1, "published")
    assert decision.published_at


def test_a_published_decision_is_read_while_the_others_of_its_meeting_are_written(assembly, secretariat):
    meeting = make.MeetingFactory(body=assembly, held=True)
    published = make.DecisionFactory(meeting=meeting, text="متن منتشرشده", published=True)
    draft = make.DecisionFactory(meeting=meeting, text="متن پیش‌نویس")
    values = open_form(secretariat, change(meeting))
    rows = {values[f"decisions-{i}-id"]: f"decisions-{i}-text" for i in range(2)}

    assert rows[str(published.pk)] not in values
    values |= {rows[str(draft.pk)]: "متن تازه", rows[str(published.pk)]: "دستکاری"}
    assert secretariat.post(change(meeting), values).status_code == 302

    published.refresh_from_db()
    draft.refresh_from_db()
    assert (published.text, draft.text) == ("متن منتشرشده", "متن تازه")


@pytest.fixture
def approved(assembly):
    """A decision whose minutes are approved and not published yet."""
    meeting = make.MeetingFactory(body=assembly, held=True)
    decision = make.DecisionFactory(meeting=meeting, text="متن مصوب")
    make.MinutesFactory(meeting=meeting, approved=True)
    return decision


def test_the_text_of_a_decision_is_only_read_once_its_minutes_are_approved(approved, secretariat):
    own_page = reverse("admin:meetings_decision_change", args=[approved.pk])
    of_meeting, own = open_form(secretariat, change(approved.meeting)), open_form(secretariat, own_page)

    assert "decisions-0-text" not in of_meeting
    assert "text" not in own
    for page, values in ((change(approved.meeting), of_meeting), (own_page, own)):
        typed = {"decisions-0-text": "دستکاری", "text": "دستکاری", "visibility": "public"}
        assert secretariat.post(page, values | typed).status_code == 302

    approved.refresh_from_db()
    assert (approved.text, approved.visibility) == ("متن مصوب", "public")


def test_no_decision_is_added_to_approved_minutes(approved, secretariat):
    page = reverse("admin:meetings_decision_add")
    values = open_form(secretariat, page) | {"meeting": approved.meeting_id, "text": "مصوبه دیررسیده"}

    response = secretariat.post(page, values)

    assert response.status_code == 200
    assert "آنچه تصویب یا منتشر شده" in response.text
    assert "مصوبه دیررسیده" in response.text


def test_a_published_decision_says_why_its_text_is_only_read(secretariat):
    decision = make.DecisionFactory(published=True)

    page = secretariat.get(reverse("admin:meetings_decision_change", args=[decision.pk])).text

    assert "frozen-note" in page
    assert 'name="text"' not in page
