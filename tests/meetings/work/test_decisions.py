"""The page on which a decision is worked on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from meetings.models import Assignment, Decision, DecisionLink
from tests import factories as make
from tests.admin.forms import fields_of
from tests.meetings.decided import public

pytestmark = pytest.mark.django_db
STATUSES = {
    **{"officer": 200, "secretariat": 200, "visitor": 302},
    **{"former_member": 404, "member": 404, "body_member": 404, "follow_up_officer": 404, "administrator": 404},
}


def page_of(decision: Decision) -> str:
    return reverse("meetings:work_decision", args=[decision.pk])


def adding_to(decision: Decision) -> str:
    return reverse("meetings:work_add_link", args=[decision.pk])


def removal_of(link: DecisionLink, decision: Decision | None = None) -> str:
    return reverse("meetings:work_remove_link", args=[(decision or link.decision).pk, link.pk])


@pytest.fixture
def decision() -> Decision:
    return public(meeting=make.MeetingFactory(held=True), text="اتصال همهٔ دبیرخانه‌ها")


@pytest.fixture
def draft() -> Decision:
    """A decision of a meeting whose minutes are being written, with its lead."""
    minutes = make.MinutesFactory(meeting=make.MeetingFactory(announced=True))
    decision = make.DecisionFactory(meeting=minutes.meeting, text="متن نخست")
    make.AssignmentFactory(decision=decision, due_on=date(2027, 1, 1))
    return decision


@pytest.mark.parametrize(("role", "status"), STATUSES.items())
def test_who_may_work_on_it(client_of, decision, role, status):
    client = client_of(role, decision.meeting.body)
    other = public()
    link = DecisionLink.objects.create(decision=decision, kind="amends", other=public())
    posted = {"kind": "replaces", "other": other.reference}

    assert client.get(page_of(decision)).status_code == status
    if status != 200:
        for address in (page_of(decision), adding_to(decision), removal_of(link)):
            assert client.post(address, posted).status_code == status
        assert list(DecisionLink.objects.all()) == [link]


def test_an_officer_of_another_body_finds_nothing(client_of, decision):
    client = client_of("officer", make.BodyFactory())

    assert client.get(page_of(decision)).status_code == 404
    assert client.post(adding_to(decision), {"kind": "amends", "other": public().reference}).status_code == 404
    assert not DecisionLink.objects.exists()


def test_an_officer_does_not_work_on_what_is_closed_to_them(client_of, decision):
    Decision.objects.filter(pk=decision.pk).update(visibility=Visibility.SECRETARIAT)

    assert client_of("officer", decision.meeting.body).get(page_of(decision)).status_code == 404


def test_linked_to_nothing_it_says_what_belongs_there(client_of, decision):
    assert "به مصوبهٔ دیگری پیوند ندارد" in client_of("secretariat").get(page_of(decision)).text


@pytest.mark.parametrize("cited", ["reference", "label"])
def test_a_link_is_made_by_what_a_decision_is_cited_as(client_of, decision, cited):
    officer = client_of("officer", decision.meeting.body)
    other = public()

    response = officer.post(adding_to(decision), {"kind": "amends", "other": getattr(other, cited)}, follow=True)

    link = DecisionLink.objects.get()
    assert (link.decision, link.kind, link.other) == (decision, "amends", other)
    assert other.get_absolute_url() in response.text
    assert decision.get_absolute_url() in officer.get(other.get_absolute_url()).text


@pytest.mark.parametrize("typed", ["", "نیست-۷", "x" * 61, "\x00"])
def test_what_is_no_decision_is_named_beside_its_field_and_stays(client_of, decision, typed):
    response = client_of("secretariat").post(adding_to(decision), {"kind": "replaces", "other": typed})

    assert list(response.context["link_form"].errors) == ["other"]
    assert '<option value="replaces" selected>' in response.text


def test_a_decision_that_this_person_may_not_read_is_no_decision(client_of, decision):
    hidden = make.DecisionFactory(published=True, visibility=Visibility.SECRETARIAT, title="پنهان")
    officer = client_of("officer", decision.meeting.body)

    response = officer.post(adding_to(decision), {"kind": "amends", "other": hidden.reference})

    assert list(response.context["link_form"].errors) == ["other"]
    assert "پنهان" not in response.text
    assert not DecisionLink.objects.exists()


def test_a_refusal_stands_beside_the_field(client_of, decision):
    response = client_of("secretariat").post(adding_to(decision), {"kind": "amends", "other": decision.reference})

    assert list(response.context["link_form"].errors) == ["other"]


def test_a_link_is_taken_back_and_twice_changes_nothing(client_of, decision):
    link = DecisionLink.objects.create(decision=decision, kind="amends", other=public())
    officer = client_of("officer", decision.meeting.body)

    for _ in range(2):
        assert officer.post(removal_of(link)).status_code == 302
    assert not DecisionLink.objects.exists()


def test_neither_a_link_of_another_decision_nor_one_to_a_hidden_one_is_taken_back(client_of, decision):
    hidden = make.DecisionFactory(published=True, visibility=Visibility.SECRETARIAT)
    own = DecisionLink.objects.create(decision=decision, kind="amends", other=hidden)
    others = DecisionLink.objects.create(decision=public(), kind="amends", other=decision)
    officer = client_of("officer", decision.meeting.body)

    officer.post(removal_of(own))
    officer.post(removal_of(others, decision))

    assert DecisionLink.objects.count() == 2


def test_until_the_minutes_are_approved_text_and_duties_are_changed_here(client_of, draft):
    officer = client_of("officer", draft.meeting.body)
    owing = make.OrganizationFactory(name="سازمان پشتیبان")
    typed = fields_of(officer.get(page_of(draft)), "decision-form")
    typed |= {
        "decision-text": "متن دوم",
        "decision-duties-1-organization": owing.name,
        "decision-duties-1-role": "support",
        "decision-duties-1-due_on": "۱۴۰۵/۱۲/۱",
    }

    response = officer.post(page_of(draft), typed)

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.text == "متن دوم"
    assert Assignment.objects.get(organization=owing).decision == draft


def test_an_organisation_is_added_and_those_that_are_untouched_stay(client_of, draft):
    client, (lead,) = client_of("officer", draft.meeting.body), draft.assignments.all()
    typed = fields_of(client.get(page_of(draft)), "decision-form")

    client.post(page_of(draft), typed | {"decision-duties-1-organization": make.OrganizationFactory().name})

    assert [one.role for one in draft.assignments.order_by("pk")] == ["lead", "support"]
    assert draft.assignments.filter(pk=lead.pk).exists()


def test_more_organisations_are_added_without_script_and_what_was_typed_stays(client_of, draft):
    client = client_of("officer", draft.meeting.body)
    typed = fields_of(client.get(page_of(draft)), "decision-form") | {"decision-text": "متن دوم", "_more": "1"}

    response = client.post(page_of(draft), typed)

    form = response.context["form"]
    assert len(form.duties.forms) == int(typed["decision-duties-TOTAL_FORMS"]) + 2
    assert form["text"].value() == "متن دوم"
    assert Decision.objects.get().text == "متن نخست"
    del typed["_more"]
    again = fields_of(response, "decision-form") | {"decision-duties-4-organization": make.OrganizationFactory().name}
    assert client.post(page_of(draft), again).url == page_of(draft)
    assert (Decision.objects.get().text, draft.assignments.count()) == ("متن دوم", 2)


@pytest.mark.parametrize("total", ["", "many", "-1", "99999999", "²", "0" * 5000])
def test_a_crafted_number_of_rows_breaks_nothing(client_of, draft, total):
    client = client_of("officer", draft.meeting.body)
    typed = fields_of(client.get(page_of(draft)), "decision-form") | {
        "_more": "1",
        "decision-duties-TOTAL_FORMS": total,
    }

    assert client.post(page_of(draft), typed).status_code == 200


def test_a_stale_form_is_refused_and_keeps_what_was_typed(client_of, draft):
    officer = client_of("officer", draft.meeting.body)
    typed = fields_of(officer.get(page_of(draft)), "decision-form") | {"decision-text": "متن من"}
    Decision.objects.filter(pk=draft.pk).update(text="متن دیگری")

    response = officer.post(page_of(draft), typed)

    assert response.status_code == 200
    assert "متن من" in response.text
    draft.refresh_from_db()
    assert draft.text == "متن دیگری"


def test_a_mistake_in_a_duty_is_named_and_nothing_is_saved(client_of, draft):
    officer = client_of("officer", draft.meeting.body)
    typed = fields_of(officer.get(page_of(draft)), "decision-form")
    typed |= {"decision-text": "متن دوم", "decision-duties-1-organization": "سازمانی که نیست"}

    response = officer.post(page_of(draft), typed)

    assert "سازمانی که نیست" in response.text
    draft.refresh_from_db()
    assert draft.text == "متن نخست"


def test_a_due_date_with_a_history_is_not_moved_here_once_it_is_approved(client_of, decision):
    owed = make.AssignmentFactory(decision=decision, due_on=date(2027, 1, 1))
    officer = client_of("officer", decision.meeting.body)

    assert 'id="decision-form"' not in officer.get(page_of(decision)).text
    officer.post(page_of(decision), {"decision-text": "دیگر", "decision-duties-0-due_on": "۱۴۰۹/۱/۱"})

    decision.refresh_from_db()
    owed.refresh_from_db()
    assert decision.text == "اتصال همهٔ دبیرخانه‌ها"
    assert owed.due_on == date(2027, 1, 1)


@pytest.mark.parametrize("which", ["decision", "draft"])
def test_queries_do_not_grow_with_the_links(client_of, request, which):
    decision, client = request.getfixturevalue(which), client_of("secretariat")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(decision))
        return len(captured)

    def tie():
        DecisionLink.objects.create(decision=decision, kind="amends", other=public())
        DecisionLink.objects.create(decision=public(), kind="amends", other=decision)
        make.AssignmentFactory(decision=decision, role="support")

    tie()
    few = queries()
    for _ in range(5):
        tie()

    assert queries() == few
