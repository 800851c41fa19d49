"""The review of open decisions: typed into the minutes, entered into the follow-up, told on the meeting's page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.persian.calendar import today
from meetings import minutes
from meetings.models import AgendaItem, Assignment, FollowUp
from meetings.work import review_forms
from tests import factories as make
from tests.admin.forms import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make.BodyFactory()


@pytest.fixture
def meeting(body):
    meeting = make.MeetingFactory(body=body)
    make.AgendaItemFactory(meeting=meeting, position=1, kind=AgendaItem.Kind.REVIEW, title="بررسی مصوبات باز")
    minutes.begin(meeting)
    return meeting


@pytest.fixture
def assignment(body):
    return owed(body)


def owed(body, **fields):
    decision = make.DecisionFactory(published=True, meeting=make.MeetingFactory(held=True, body=body))
    return make.AssignmentFactory(decision=decision, due_on=date(2024, 6, 1), **fields)


def page_of(meeting) -> str:
    return reverse("meetings:work_minutes_item", args=[meeting.pk, meeting.agenda_items.get().pk])


def save(client, meeting, assignment, text="گزارش شفاهی", new_status="", page=None):
    page = page or page_of(meeting)
    form = "finish" if page.endswith("/finish/") else "minutes-part"
    values = fields_of(client.get(page), form)
    values |= {f"review-{assignment.pk}-text": text, f"review-{assignment.pk}-new_status": new_status}
    return client.post(page, values | {"_stay": "1"}), values


@pytest.mark.parametrize("page", ["part", "finish"])
def test_what_is_said_is_entered_once_with_its_status(client_of, body, meeting, assignment, page):
    secretary = client_of("officer", body)
    address = page_of(meeting) if page == "part" else reverse("meetings:work_finish", args=[meeting.pk])

    response, values = save(secretary, meeting, assignment, new_status="in_progress", page=address)
    secretary.post(address, values)

    assert response.status_code == 302
    entry = FollowUp.objects.get()
    assert (entry.kind, entry.text, entry.reviewed_in) == ("review", "گزارش شفاهی", meeting)
    assert Assignment.objects.get().status == "in_progress"


def test_what_is_done_after_its_day_is_done_late(client_of, body, meeting, assignment):
    Assignment.objects.update(due_on=date(2024, 4, 1))

    save(client_of("officer", body), meeting, assignment, new_status="done")

    row = Assignment.objects.get()
    assert (row.status, row.percent_done) == ("done_late", 100)


def test_what_was_not_spoken_of_is_left_alone(client_of, body, meeting, assignment):
    other = owed(body)

    save(client_of("officer", body), meeting, assignment)

    assert list(FollowUp.objects.values_list("assignment", flat=True)) == [assignment.pk]
    assert other.status == "not_begun"


def test_only_what_is_open_of_this_bodys_earlier_decisions_is_listed(client_of, body, meeting, assignment):
    owed(make.BodyFactory())
    owed(body, status="done")
    make.AssignmentFactory(decision=make.DecisionFactory(meeting=meeting))

    forms = client_of("officer", body).get(page_of(meeting)).context["reviews"].forms

    assert [form.assignment for form in forms] == [assignment]


def test_an_officer_cannot_review_what_is_another_bodys_by_its_key(client_of, body, meeting, assignment):
    other = owed(make.BodyFactory())

    save(client_of("officer", body), meeting, other, new_status="done")

    assert not FollowUp.objects.exists()
    assert Assignment.objects.get(pk=other.pk).status == "not_begun"


@pytest.mark.parametrize(("text", "status"), [("", "done"), ("متن ماندنی", "done"), ("متن ماندنی", "wrong")])
def test_a_mistake_comes_back_with_what_was_typed(client_of, body, meeting, assignment, text, status):
    make.FollowUpFactory(assignment=assignment, kind="report", review="submitted")

    response, _values = save(client_of("officer", body), meeting, assignment, text=text, new_status=status)

    assert response.status_code == 200
    assert text in response.text
    assert "errorlist" in response.text
    assert FollowUp.objects.count() == 1


def test_what_was_settled_meanwhile_is_said_and_the_text_kept(client_of, body, meeting, assignment):
    secretary = client_of("officer", body)
    make.FollowUpFactory(assignment=assignment, kind="review", reviewed_in=meeting, text="پیش‌تر")
    Assignment.objects.update(status="stopped")

    response, _values = save(secretary, meeting, assignment, text="متن ماندنی")

    assert "متن ماندنی" in response.text
    assert FollowUp.objects.count() == 1


def test_the_meetings_page_tells_what_was_reviewed_to_those_who_read_its_minutes(client, client_of, body, meeting):
    assignment, closed = owed(body), owed(body)
    type(closed.decision).objects.filter(pk=closed.decision_id).update(visibility="secretariat")
    type(assignment.decision).objects.filter(pk=assignment.decision_id).update(visibility="public")
    for row in (assignment, closed):
        make.FollowUpFactory(assignment=row, kind="review", reviewed_in=meeting, text=f"سخن {row.pk}")
    secretary = client_of("officer", body)

    shown = secretary.get(meeting.get_absolute_url()).text

    assert f"سخن {assignment.pk}" in shown
    assert f"سخن {closed.pk}" not in shown


def test_many_are_folded_what_is_overdue_first_and_a_mistake_is_in_sight(client_of, body, meeting, assignment):
    late = [owed(body) for _more in range(review_forms.FEW)]
    Assignment.objects.filter(pk=assignment.pk).update(due_on=today() + timedelta(days=3))
    officer = client_of("officer", body)

    groups = officer.get(page_of(meeting)).context["reviews"].groups
    mistaken = {f"review-{late[0].pk}-text": "", f"review-{late[0].pk}-new_status": "done"}
    page = officer.get(page_of(meeting))
    refused = officer.post(page_of(meeting), fields_of(page, "minutes-part") | mistaken)

    assert [len(group.forms) for group in groups] == [review_forms.FEW, 1]
    assert [group.is_open for group in groups] == [False, False]
    assert [group.is_open for group in refused.context["reviews"].groups] == [True, False]


def test_an_empty_list_says_so(client_of, body, meeting):
    assert "باز نیست" in client_of("officer", body).get(page_of(meeting)).text


def test_many_open_decisions_cost_no_more_queries(client_of, body, meeting, assignment):
    secretary = client_of("officer", body)
    make.FollowUpFactory(assignment=assignment, kind="review", reviewed_in=meeting)
    addresses = [page_of(meeting), meeting.get_absolute_url()]

    def queries():
        with CaptureQueriesContext(connection) as queries:
            for address in addresses:
                assert secretary.get(address).status_code == 200
        return len(queries)

    few = queries()
    for _more in range(5):
        make.FollowUpFactory(assignment=owed(body), kind="review", reviewed_in=meeting)

    assert queries() <= few


def test_the_same_words_with_another_status_are_another_entry(client_of, body, meeting, assignment):
    secretary = client_of("officer", body)
    save(secretary, meeting, assignment, new_status="in_progress")

    save(secretary, meeting, assignment, new_status="done")
    save(secretary, meeting, assignment, new_status="done")

    assert Assignment.objects.get().status == "done"
    assert list(FollowUp.objects.order_by("pk").values_list("new_status", flat=True)) == ["in_progress", "done"]
