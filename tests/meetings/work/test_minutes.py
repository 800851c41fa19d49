"""The pages on which minutes are written."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from meetings import drafts
from meetings.models import AgendaItem, Assignment, Decision, Meeting, Minutes, MinutesDraft
from tests import factories as make
from tests.admin.forms import fields_of
from tests.conftest import ACCOUNTS

pytestmark = pytest.mark.django_db
WORKERS = {"officer": 200, "secretariat": 200}
OTHERS = {"former_member": 404, "member": 404, "body_member": 404, "follow_up_officer": 404, "administrator": 404}
FORM = "minutes-part"


@pytest.fixture
def item():
    meeting = make.MeetingFactory(announced=True)
    make.MinutesFactory(meeting=meeting)
    return make.AgendaItemFactory(meeting=meeting, title="گزارش شبکه دولت")


def page_of(name: str, *args) -> str:
    return reverse(f"meetings:work_minutes{name}", args=args)


def editor_of(item: AgendaItem) -> str:
    return page_of("_item", item.meeting_id, item.pk)


def opened(client, item, **typed) -> dict[str, str]:
    """What the item's form would send, with what was typed."""
    return fields_of(client.get(editor_of(item)), FORM) | typed


@pytest.mark.parametrize(("role", "status"), [*WORKERS.items(), *OTHERS.items(), ("visitor", 302)])
def test_minutes_are_written_by_officers_and_the_secretariat(client_of, item, role, status):
    client = client_of(role, item.meeting.body)
    pages = [editor_of(item), *(page_of(name, item.meeting_id) for name in ("", "_texts", "_import"))]

    assert {client.get(address).status_code for address in pages} == {status}


@pytest.mark.parametrize("role", ["body_member", "member", "administrator"])
def test_nobody_else_saves_or_keeps_a_text(client_of, item, role):
    client = client_of(role, item.meeting.body)

    for address in (editor_of(item), editor_of(item) + "draft/", page_of("", item.meeting_id)):
        assert client.post(address, {"discussion": "<p>متن</p>"}).status_code == 404
    assert not MinutesDraft.objects.exists()


def test_minutes_begin_with_the_agenda_and_everybody_present(client_of):
    meeting = make.MeetingFactory(announced=True)
    make.AgendaItemFactory(meeting=meeting, title="بند نخست")
    make.MembershipFactory(body=meeting.body)
    client = client_of("secretariat")

    assert "هنوز آغاز نشده" in client.get(page_of("", meeting.pk)).text
    client.post(page_of("_begin", meeting.pk))
    client.post(page_of("_begin", meeting.pk))

    assert Minutes.objects.filter(meeting=meeting).count() == 1
    assert meeting.attendance.count() == 1
    assert "بند نخست" in client.get(page_of("", meeting.pk)).text


def test_a_cancelled_meeting_has_no_minutes_to_begin(client_of):
    meeting = make.MeetingFactory(status="cancelled", cancelled_because="نمونه")
    client = client_of("secretariat")

    client.post(page_of("_begin", meeting.pk))

    assert not Minutes.objects.exists()
    assert "لغو شده" in client.get(page_of("", meeting.pk)).text


def test_minutes_without_an_agenda_say_so(client_of):
    minutes = make.MinutesFactory()

    assert "دستور جلسه بندی ندارد" in client_of("secretariat").get(page_of("", minutes.meeting_id)).text


def test_discussion_outcome_and_decision_are_saved_at_once(client_of, item):
    client = client_of("officer", item.meeting.body)
    make.OrganizationFactory(name="وزارت نیرو")
    make.OrganizationFactory(name="سازمان برنامه‌ریزی")
    typed = {
        "discussion": "<p>گفت‌وگو شد.</p><script>alert(1)</script>",
        "outcome": "decided",
        "decisions-0-text": "نامه‌ها در یک روز ثبت شود.",
        "decisions-0-duties-0-organization": "وزارت نيرو",
        "decisions-0-duties-0-due_on": "۱۴۰۵/۲/۱",
        "decisions-0-duties-1-organization": "سازمان برنامه ریزی",
        "decisions-0-duties-1-due_on": "1405/3/1",
    }

    response = client.post(editor_of(item), opened(client, item, **typed))

    assert response.url.startswith(editor_of(item))
    item.refresh_from_db()
    assert (item.discussion, item.outcome) == ("<p>گفت‌وگو شد.</p>", "decided")
    decision = Decision.objects.get()
    assert (decision.agenda_item, decision.meeting) == (item, item.meeting)
    duties = {(one.organization.name, one.role, one.due_on) for one in decision.assignments.all()}
    assert duties == {("وزارت نیرو", "lead", date(2026, 4, 21)), ("سازمان برنامه‌ریزی", "support", date(2026, 5, 22))}


def test_saving_again_what_is_there_changes_nothing(client_of, item):
    client = client_of("secretariat")
    make.AssignmentFactory(decision=make.DecisionFactory(meeting=item.meeting, agenda_item=item))
    before = list(Assignment.objects.values()), list(AgendaItem.objects.values()), list(Decision.objects.values())

    client.post(editor_of(item), opened(client, item))

    after = list(Assignment.objects.values()), list(AgendaItem.objects.values()), list(Decision.objects.values())
    assert after == before


def test_saving_leads_to_the_next_part_and_at_the_end_to_all(client_of, item):
    client = client_of("secretariat")
    part = make.AgendaItemFactory(meeting=item.meeting, parent=item, position=1)

    first = client.post(editor_of(item), opened(client, item, _next="1"))
    last = client.post(editor_of(part), opened(client, part, _next="1"))

    assert first.url == f"{editor_of(part)}?saved={item.meeting_id}-{item.pk}"
    assert last.url.startswith(page_of("", item.meeting_id) + "?")


def test_what_is_mistaken_is_said_beside_the_field_and_nothing_typed_is_lost(client_of, item):
    client = client_of("secretariat")
    organization = make.OrganizationFactory()
    typed = {
        "discussion": "<p>متن ما</p>",
        "decisions-0-text": "متن مصوبه ما",
        "decisions-0-duties-0-organization": "دستگاهی که نیست",
        "decisions-0-duties-1-organization": organization.name,
        "decisions-0-duties-1-due_on": "۱۴۰۵/۱۳/۱",
    }

    page = client.post(editor_of(item), opened(client, item, **typed)).text

    for text in ("دستگاهی به نام «دستگاهی که نیست» نیست", "۱۴۰۵/۱۳/۱", "متن ما", "متن مصوبه ما"):
        assert text in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"organization": "", "due_on": "۱۴۰۵/۲/۱"}, "کدام دستگاه"),
        ({"organization": "وزارت نیرو", "role": "lead"}, "یک دستگاه"),
        ({"organization": "وزارت نفت", "role": "support"}, "پیش‌تر"),
    ],
)
def test_two_leads_or_one_organisation_twice_are_refused(client_of, item, typed, complaint):
    client = client_of("secretariat")
    for name in ("وزارت نفت", "وزارت نیرو"):
        make.OrganizationFactory(name=name)
    values = opened(client, item, **{"decisions-0-text": "متن", "decisions-0-duties-0-organization": "وزارت نفت"})

    response = client.post(editor_of(item), values | {f"decisions-0-duties-1-{key}": typed[key] for key in typed})

    assert response.status_code == 200
    assert not Decision.objects.exists()


def test_who_carries_it_out_is_changed_and_taken_back(client_of, item):
    client = client_of("secretariat")
    lead = make.AssignmentFactory(decision=make.DecisionFactory(meeting=item.meeting, agenda_item=item))
    other = make.OrganizationFactory(name="وزارت نیرو")
    typed = {"decisions-0-duties-0-organization": "", "decisions-0-duties-1-organization": "وزارت نیرو"}

    client.post(editor_of(item), opened(client, item, **typed, **{"decisions-0-duties-1-role": "lead"}))

    assert [(one.organization, one.role) for one in lead.decision.assignments.all()] == [(other, "lead")]


def test_lead_and_support_change_places_in_one_save(client_of, item):
    client = client_of("secretariat")
    lead = make.AssignmentFactory(decision=make.DecisionFactory(meeting=item.meeting, agenda_item=item))
    support = make.AssignmentFactory(decision=lead.decision, role="support")
    roles = {"decisions-0-duties-0-role": "support", "decisions-0-duties-1-role": "lead"}

    client.post(editor_of(item), opened(client, item, **roles))

    lead.refresh_from_db()
    support.refresh_from_db()
    assert (lead.role, support.role) == ("support", "lead")


def test_a_corrected_day_is_the_first_due_date(client_of, item):
    client = client_of("secretariat")
    assignment = make.AssignmentFactory(decision=make.DecisionFactory(meeting=item.meeting, agenda_item=item))

    client.post(editor_of(item), opened(client, item, **{"decisions-0-duties-0-due_on": "۱۴۰۵/۲/۱"}))

    assert assignment.decision.assignments.get().original_due_on == date(2026, 4, 21)


def test_what_has_follow_ups_is_neither_taken_back_nor_deleted(client_of, item):
    client = client_of("secretariat")
    decision = make.DecisionFactory(meeting=item.meeting, agenda_item=item)
    make.FollowUpFactory(assignment=make.AssignmentFactory(decision=decision))

    cleared = client.post(editor_of(item), opened(client, item, **{"decisions-0-duties-0-organization": ""}))
    deleted = client.post(editor_of(item), opened(client, item, **{"decisions-0-DELETE": "on"}))

    for response in (cleared, deleted):
        assert "پیگیری ثبت شده" in response.text
    assert decision.assignments.count() == 1


def test_a_decision_is_deleted_until_it_has_a_number(client_of, item):
    client = client_of("secretariat")
    make.AssignmentFactory(decision=make.DecisionFactory(meeting=item.meeting, agenda_item=item))
    make.DecisionFactory(meeting=item.meeting, agenda_item=item, numbered=True)

    both = {"decisions-0-DELETE": "on", "decisions-1-DELETE": "on"}
    client.post(editor_of(item), opened(client, item, **both))

    assert Decision.objects.get().number is not None


def test_the_second_of_two_writers_sees_both_texts_and_may_then_save(client_of, item):
    ours, theirs = client_of("secretariat"), client_of("secretariat")
    values = opened(ours, item, discussion="<p>متن ما</p>")
    theirs.post(editor_of(item), opened(theirs, item, discussion="<p>متن آنان</p>"))

    refused = ours.post(editor_of(item), values)

    item.refresh_from_db()
    assert item.discussion == "<p>متن آنان</p>"
    assert "متن ما" in refused.text
    assert "متن آنان" in refused.text
    ours.post(editor_of(item), fields_of(refused, FORM))
    item.refresh_from_db()
    assert item.discussion == "<p>متن ما</p>"


def test_organisations_that_somebody_added_meanwhile_are_not_lost(client_of, item):
    client = client_of("secretariat")
    decision = make.DecisionFactory(meeting=item.meeting, agenda_item=item)
    values = opened(client, item, **{"decisions-0-text": "متن ما"})
    added = make.AssignmentFactory(decision=decision)

    refused = client.post(editor_of(item), values)

    assert added.organization.name in refused.text
    assert Assignment.objects.count() == 1


def test_all_outcomes_are_saved_at_once(client_of, item):
    other = make.AgendaItemFactory(meeting=item.meeting)
    address = page_of("", item.meeting_id)
    outcomes = {f"item-{one.pk}-outcome": "noted" for one in (item, other)}
    versions = {f"item-{one.pk}-opened_version": "1" for one in (item, other)}

    client_of("officer", item.meeting.body).post(address, outcomes | versions)

    assert set(AgendaItem.objects.values_list("outcome", flat=True)) == {"noted"}


def test_an_outcome_that_somebody_gave_meanwhile_is_shown(client_of, item):
    client, address = client_of("secretariat"), page_of("", item.meeting_id)
    AgendaItem.objects.filter(pk=item.pk).update(outcome="postponed")

    page = client.post(address, {f"item-{item.pk}-outcome": "noted", f"item-{item.pk}-opened_version": "1"}).text

    assert "از دست نرفته" in page
    assert AgendaItem.objects.get().outcome == "postponed"


def test_what_lacks_an_outcome_is_named_with_its_link(client_of, item):
    client, address = client_of("secretariat"), page_of("", item.meeting_id)

    assert "بسته نمی‌شود" in client.get(address).text
    AgendaItem.objects.update(outcome="noted")

    page = client.get(address).text
    assert "بسته نمی‌شود" not in page
    assert reverse("meetings:work_step", args=[item.meeting_id, "hold"]) in page


def test_the_framing_texts_are_saved(client_of, item):
    client, address = client_of("secretariat"), page_of("_texts", item.meeting_id)

    client.post(address, fields_of(client.get(address), FORM) | {"closing": "<p>پایان</p>"})

    minutes = Minutes.objects.get()
    assert (minutes.opening, minutes.closing) == ("<p>جلسه نمونه با یاد خدا آغاز شد.</p>", "<p>پایان</p>")


def test_approved_minutes_are_only_read(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن ما</p>")
    Meeting.objects.update(status="held", number=1)
    Minutes.objects.update(status="approved", approved_at=timezone.now())

    page = client.get(page_of("", item.meeting_id)).text
    refused = client.post(editor_of(item), values)

    assert "تصویب شده" in page
    assert f'id="{FORM}"' not in page
    assert client.get(editor_of(item)).url == page_of("", item.meeting_id)
    assert "متن ما" in refused.text
    assert AgendaItem.objects.get().discussion == ""


def test_an_item_closed_to_an_officer_has_its_number_alone(client_of, item):
    AgendaItem.objects.filter(pk=item.pk).update(visibility=Visibility.SECRETARIAT)
    officer = client_of("officer", item.meeting.body)

    assert item.title not in officer.get(page_of("", item.meeting_id)).text
    assert officer.get(editor_of(item)).status_code == 404
    assert officer.post(editor_of(item) + "draft/", {"ping": "1"}).status_code == 404


def test_an_item_of_another_meeting_is_not_found(client_of, item):
    other = make.MinutesFactory().meeting

    assert client_of("secretariat").get(page_of("_item", other.pk, item.pk)).status_code == 404


@pytest.mark.parametrize("path", ["", "items/{item}/", "texts/"])
def test_the_pages_ask_as_often_for_much_as_for_little(client_of, item, django_assert_num_queries, path):
    client = client_of("secretariat")
    address = page_of("", item.meeting_id) + path.format(item=item.pk)

    def fill():
        for row in (item, None):
            decision = make.DecisionFactory(meeting=item.meeting, agenda_item=row)
            make.AssignmentFactory(decision=decision)
            make.AssignmentFactory(decision=decision, role="support")
        make.AgendaItemFactory(meeting=item.meeting)
        make.TextModuleFactory(text="{حاضران} {حد نصاب} {میزبان}")
        drafts.open_part(item.meeting, item, by=make.UserFactory(person=make.PersonFactory()))

    fill()
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    for _number in range(4):
        fill()

    with django_assert_num_queries(len(for_one)):
        client.get(address)


# Text modules


def test_a_text_module_is_put_in_without_a_script(client_of, item):
    client = client_of("secretariat")
    module = make.TextModuleFactory(text="با حضور {حاضران} نفر در {محل}")
    make.AttendanceFactory(meeting=item.meeting)
    make.AttendanceFactory(meeting=item.meeting)

    page = client.post(
        editor_of(item), opened(client, item, discussion="<p>پیش از آن</p>", module=str(module.pk), _insert="1")
    )

    item.refresh_from_db()
    assert item.discussion == ""
    discussion = fields_of(page, FORM)["discussion"]
    assert discussion == "<p>پیش از آن</p><p>با حضور ۲ نفر در ثبت نشده</p>"


def test_a_module_of_another_kind_of_body_is_not_offered(client_of, item):
    module = make.TextModuleFactory(body_kind="board", name="برای هیئت")

    client = client_of("secretariat")
    assert module.name not in client.get(editor_of(item)).text
    page = client.post(editor_of(item), opened(client, item, module=str(module.pk), _insert="1"))
    assert fields_of(page, FORM)["discussion"] == ""


# Drafts and presence


def test_what_is_kept_is_offered_again_and_is_no_edit(client_of, item):
    client = client_of("secretariat")
    client.post(editor_of(item) + "draft/", opened(client, item, discussion="<p>نیمه‌کاره</p>"))

    page = client.get(editor_of(item)).text
    again = client.get(editor_of(item) + "?kept=1")

    assert AgendaItem.objects.get().version == 1
    assert "ذخیره نشده" in page
    assert fields_of(again, FORM)["discussion"] == "<p>نیمه‌کاره</p>"


def test_saving_and_discarding_forget_what_was_kept(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")
    client.post(editor_of(item) + "draft/", values)
    client.post(editor_of(item) + "draft/", {"discard": "1"})
    assert MinutesDraft.objects.get().data is None

    client.post(editor_of(item) + "draft/", values)
    client.post(editor_of(item), values)
    assert not MinutesDraft.objects.exists()


def test_a_draft_is_its_writers_alone(client_of, item):
    client, other = client_of("secretariat"), client_of("secretariat")
    client.post(editor_of(item) + "draft/", opened(client, item, discussion="<p>نیمه‌کاره</p>"))

    assert "نیمه‌کاره" not in other.get(editor_of(item) + "?kept=1").text


def test_a_text_posted_after_the_sign_in_is_over_waits_for_its_writer(client_of, item):
    client = client_of("officer", item.meeting.body)
    user = drafts.User.objects.get(pk=client.session["_auth_user_id"])
    values = opened(client, item, discussion="<p>دیر فرستاده</p>")
    client.logout()

    response = client.post(editor_of(item), values)

    assert response.url == f"/accounts/login/?next={editor_of(item)}"
    assert AgendaItem.objects.get().discussion == ""
    client.force_login(user, backend=ACCOUNTS)
    assert "ذخیره نشده" in client.get(editor_of(item)).text
    assert fields_of(client.get(editor_of(item) + "?kept=1"), FORM)["discussion"] == "<p>دیر فرستاده</p>"


def test_a_draft_sent_after_the_sign_in_is_over_is_kept_and_says_so(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")
    client.logout()

    assert client.post(editor_of(item) + "draft/", values).status_code == 401
    assert MinutesDraft.objects.get().data["discussion"] == ["<p>متن</p>"]


@pytest.mark.parametrize("pass_is", ["forged", "old"])
def test_without_a_valid_pass_a_stranger_keeps_nothing(item, set_clock, pass_is):
    set_clock(1405, 3, 1)
    signed = "forged" if pass_is == "forged" else drafts.pass_for(item.meeting, item, of=make.UserFactory())
    set_clock(1405, 3, 9)

    Client().post(editor_of(item), {"draft_pass": signed, "discussion": "<p>متن</p>"})

    assert not MinutesDraft.objects.exists()


def test_others_see_who_has_it_open_until_it_is_closed(client_of, item, set_clock):
    set_clock(1405, 3, 1, 10, 30)
    ours, theirs = client_of("secretariat"), client_of("officer", item.meeting.body)
    theirs.get(editor_of(item))

    assert "باز کرده است" in ours.get(editor_of(item)).text
    assert "باز کرده است" in ours.get(page_of("", item.meeting_id)).text
    assert ours.post(editor_of(item) + "draft/", {"ping": "1"}).json()["others"]
    set_clock(1405, 3, 1, 10, 33)
    assert not ours.post(editor_of(item) + "draft/", {"ping": "1"}).json()["others"]


def test_a_null_byte_in_a_draft_is_dropped(client_of, item):
    client_of("secretariat").post(editor_of(item) + "draft/", {"discussion": "متن\0"})

    assert MinutesDraft.objects.get().data["discussion"] == ["متن"]


def test_telling_that_a_page_is_open_leaves_what_was_kept_after_the_sign_in_was_over(client_of, item):
    client = client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")
    client.logout()
    client.post(editor_of(item) + "draft/", values)

    client.post(editor_of(item) + "draft/", {"ping": "1", "draft_pass": values["draft_pass"]})

    assert MinutesDraft.objects.get().data["discussion"] == ["<p>متن</p>"]


def test_a_draft_sent_under_anothers_sign_in_is_kept_for_its_writer(client_of, item):
    client, other = client_of("secretariat"), client_of("secretariat")
    values = opened(client, item, discussion="<p>متن</p>")

    assert other.post(editor_of(item) + "draft/", values).status_code == 401
    assert str(MinutesDraft.objects.get().user_id) == client.session["_auth_user_id"]


def test_a_closed_meeting_keeps_an_outcome_for_each_item(client_of, item):
    AgendaItem.objects.update(outcome="noted")
    Meeting.objects.update(status="held", number=1, closed_at=timezone.now())
    client = client_of("secretariat")

    response = client.post(editor_of(item), opened(client, item, outcome=""))

    assert "نشست ختم شده است" in response.text
    assert AgendaItem.objects.get().outcome == "noted"
