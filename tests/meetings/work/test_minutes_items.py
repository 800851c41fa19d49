"""The page on which an item's minutes are written: discussion, outcome, decisions and who carries them out."""

from datetime import date

import pytest
from django.utils import timezone

from meetings.models import AgendaItem, Assignment, Decision, Meeting
from tests import factories as make
from tests.admin.forms import fields_of

from .pages import FORM, editor_of, opened, page_of

pytestmark = pytest.mark.django_db


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
    assert last.url.startswith(page_of(item.meeting, "minutes") + "?")


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


def test_a_closed_meeting_keeps_an_outcome_for_each_item(client_of, item):
    AgendaItem.objects.update(outcome="noted")
    Meeting.objects.update(status="held", number=1, closed_at=timezone.now())
    client = client_of("secretariat")

    response = client.post(editor_of(item), opened(client, item, outcome=""))

    assert "نشست ختم شده است" in response.text
    assert AgendaItem.objects.get().outcome == "noted"
