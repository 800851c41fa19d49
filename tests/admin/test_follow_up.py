"""The follow-up in the admin goes by the rules of the desk."""

from datetime import date

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from meetings.models import Assignment, EscalationStep, FollowUp
from tests import factories as make
from tests.admin.forms import new_row, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")


@pytest.fixture
def assignment(set_clock):
    set_clock(1405, 9, 1)
    return make.AssignmentFactory(due_on=date(2026, 12, 11))


def save(client, assignment, **entry):
    url = reverse("admin:meetings_assignment_change", args=[assignment.pk])
    values = open_form(client, url)
    return client.post(url, new_row(values, "follow_ups", **({"text": "دلیل", "new_status": ""} | entry)))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"kind": "note"}, ("not_begun", date(2026, 12, 11))),
        ({"kind": "note", "new_status": "stopped"}, ("stopped", date(2026, 12, 11))),
        ({"kind": "note", "new_status": "in_progress"}, ("in_progress", date(2026, 12, 11))),
        ({"kind": "note", "new_status": "done"}, ("done", date(2026, 12, 11))),
        ({"kind": "extension", "new_due_on": "1405/10/20"}, ("not_begun", date(2027, 1, 10))),
        ({"kind": "review", "new_status": "in_progress"}, ("in_progress", date(2026, 12, 11))),
    ],
)
def test_an_entry_changes_the_assignment_by_its_rule(secretariat, assignment, entry, expected):
    assert save(secretariat, assignment, **entry).status_code == 302

    row = Assignment.objects.get()
    assert (row.status, row.due_on) == expected
    assert FollowUp.objects.get().recorded_by is not None


@pytest.mark.parametrize(
    "entry",
    [{"kind": "extension", "new_due_on": "1405/09/19"}, {"kind": "note", "new_status": "stopped"}],
)
def test_what_a_rule_refuses_comes_back_with_what_was_typed(secretariat, assignment, entry):
    make.FollowUpFactory(assignment=assignment, kind="report", review="submitted")

    with zeal_ignore():  # the page is made a second time, with the reason
        response = save(secretariat, assignment, **entry, text="متن ماندنی")

    assert response.status_code == 200
    assert "متن ماندنی" in response.text
    assert FollowUp.objects.count() == 1


def test_a_published_due_date_does_not_change_without_an_entry(secretariat, assignment):
    url = reverse("admin:meetings_assignment_change", args=[assignment.pk])

    response = secretariat.post(url, open_form(secretariat, url) | {"due_on": "1406/01/20"})

    assert response.status_code == 200
    assert Assignment.objects.get().due_on == date(2026, 12, 11)


def test_the_days_of_the_steps_are_set_there(secretariat):
    step = EscalationStep.objects.get(name="board")
    url = reverse("admin:meetings_escalationstep_change", args=[step.pk])

    secretariat.post(url, open_form(secretariat, url) | {"days": "۴۵"})

    step.refresh_from_db()
    assert step.days == 45


def test_a_published_part_stays_its_organisations(secretariat, assignment):
    other = make.OrganizationFactory()
    url = reverse("admin:meetings_assignment_change", args=[assignment.pk])

    response = secretariat.post(url, open_form(secretariat, url) | {"organization": other.pk})

    assert response.status_code == 200
    assert Assignment.objects.get().organization == assignment.organization


@pytest.mark.parametrize("is_published", [True, False])
def test_a_part_is_deleted_until_the_decision_is_published(secretariat, assignment, is_published):
    decision = assignment.decision if is_published else make.DecisionFactory()
    part = assignment if is_published else make.AssignmentFactory(decision=decision)
    url = reverse("admin:meetings_decision_change", args=[decision.pk])

    secretariat.post(url, open_form(secretariat, url) | {"assignments-0-DELETE": "on"})

    assert Assignment.objects.filter(pk=part.pk).exists() == is_published
