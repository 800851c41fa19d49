"""/decisions/<reference>/: one decision with everything that is bound up with it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from meetings.models import Assignment, DecisionLink
from tests.conftest import ACCOUNTS
from tests.factories import (
    AgendaItemFactory,
    AssignmentFactory,
    BodyFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MembershipFactory,
    OrganizationFactory,
    ProposalFactory,
    UserFactory,
)

from .decided import closed, page, public

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("visitor", {"public"}),
        ("former_member", {"public"}),
        ("administrator", {"public"}),
        ("member", {"public", "members"}),
        ("follow_up_officer", {"public", "members"}),
        ("body_member", {"public", "members", "body"}),
        ("officer", {"public", "members", "body", "draft"}),
        ("secretariat", {"public", "members", "body", "secretariat", "draft", "closed item"}),
    ],
)
def test_who_may_read_it(client_of, role, seen):
    meeting = MeetingFactory(held=True)
    client = client_of(role, meeting.body)
    decisions = {
        visibility: DecisionFactory(published=True, meeting=meeting, visibility=visibility)
        for visibility in Visibility.values
    }
    decisions["draft"] = DecisionFactory(numbered=True, meeting=meeting, visibility=Visibility.PUBLIC)
    decisions["closed item"] = public(meeting=meeting, agenda_item=AgendaItemFactory(meeting=meeting, closed=True))

    statuses = {name: client.get(decision.get_absolute_url()).status_code for name, decision in decisions.items()}

    assert statuses == {name: 200 if name in seen else 404 for name in decisions}


def test_who_carries_it_out_reads_what_is_for_its_body_alone(client):
    decision = DecisionFactory(published=True, visibility=Visibility.BODY)
    organization = AssignmentFactory(decision=decision).organization
    client.force_login(UserFactory(person=MembershipFactory(organization=organization).person))

    for address in (decision.get_absolute_url(), f"{decision.get_absolute_url()}excerpt/"):
        assert decision.text in client.get(address).text
    assert decision.text in client.get("/decisions/").text
    assert client.get(f"/desk/duties/{decision.assignments.get().pk}/").status_code == 200


@pytest.mark.parametrize(
    "still_closed",
    [
        {"visibility": Visibility.SECRETARIAT, "published": True},
        {"visibility": Visibility.BODY, "numbered": True},
        {"visibility": Visibility.BODY, "published": True, "meeting__visibility": Visibility.BODY},
        {"visibility": Visibility.BODY, "published": True, "item": {"closed": True}},
    ],
    ids=["by the secretariat", "draft", "meeting", "item"],
)
def test_who_carries_it_out_reads_nothing_that_is_closed_otherwise(client, still_closed):
    item = still_closed.pop("item", None)
    decision = DecisionFactory(**still_closed)
    if item:
        decision = DecisionFactory(
            meeting=decision.meeting, agenda_item=AgendaItemFactory(meeting=decision.meeting, **item), **still_closed
        )
    organization = AssignmentFactory(decision=decision).organization
    client.force_login(UserFactory(person=MembershipFactory(organization=organization).person))

    assert client.get(decision.get_absolute_url()).status_code == 404
    assert client.get(f"/desk/duties/{decision.assignments.get().pk}/").status_code == 404
    assert decision.text not in client.get("/decisions/").text


@pytest.mark.parametrize("reference", ["none-1", "x" * 300, "%00", "%D9%85", "a.b", "..%2f", "' or 1=1"])
def test_missing_and_malformed_references(client, reference):
    assert client.get(f"/decisions/{reference}/").status_code == 404


def test_sparse_decision_says_what_is_not_recorded(client):
    decision = public(meeting=MeetingFactory(held=True, held_on=None))

    text = page(client, decision).text

    assert decision.text in text
    assert str(decision.meeting) in text
    assert text.count("not-recorded") == 2  # its day and its agenda item


def test_it_leads_to_its_place_in_the_meeting(client):
    meeting = MeetingFactory(held=True)
    item = AgendaItemFactory(meeting=meeting, title="اتصال به شبکه")
    decision = public(meeting=meeting, agenda_item=item)

    text = page(client, decision).text

    assert f'href="{meeting.get_absolute_url()}#item-{item.pk}">اتصال به شبکه' in text


def test_who_carries_it_out_with_both_due_dates(client, set_clock):
    set_clock(1403, 7, 1)
    decision = public()
    assignment = AssignmentFactory(decision=decision, due_on=date(2024, 8, 1), percent_done=40)
    Assignment.objects.filter(pk=assignment.pk).update(due_on=date(2024, 9, 1))
    AssignmentFactory(decision=decision, role="support", due_on=None)

    response = page(client, decision)

    assert [duty.role for duty in response.context["assignments"]] == ["lead", "support"]
    assert "۱۴۰۳/۰۶/۱۱" in response.text
    assert "۱۴۰۳/۰۵/۱۱" in response.text
    assert 'value="40"' in response.text
    assert [duty.is_late for duty in response.context["assignments"]] == [True, False]


def test_organisation_that_is_not_public_is_left_out_with_its_history(client):
    decision = public()
    hidden = OrganizationFactory(visibility=Visibility.MEMBERS, name="دستگاه پنهان")
    FollowUpFactory(assignment=AssignmentFactory(decision=decision, organization=hidden), text="گزارش پنهان")

    text = page(client, decision).text

    assert "پنهان" not in text


def test_links_in_both_directions_to_what_may_be_read(client):
    decision = public()
    replaced, amending, hidden = public(), public(), closed()
    DecisionLink.objects.create(decision=decision, kind="replaces", other=replaced)
    DecisionLink.objects.create(decision=amending, kind="amends", other=decision)
    DecisionLink.objects.create(decision=hidden, kind="amends", other=decision)
    DecisionLink.objects.create(decision=decision, kind="carries_out", other=hidden)

    response = page(client, decision)

    assert [(str(word), others) for word, others in response.context["links"]] == [
        (str(DecisionLink.Kind.REPLACES.label), [replaced]),
        (str(response.context["links"][1][0]), [amending]),
    ]
    assert hidden.get_absolute_url() not in response.text


def test_proposal_it_came_from_is_named_to_members(client, client_of):
    decision = public()
    item = AgendaItemFactory(meeting=decision.meeting)
    proposal = ProposalFactory(submitted=True, title="پیشنهاد اتصال", agenda_item=item, decision=decision)

    assert proposal.title not in page(client, decision).text
    assert proposal.title in page(client_of("member"), decision).text


def test_neighbours_are_of_the_same_body_and_readable(client):
    meeting = MeetingFactory(held=True)
    first, hidden, here = public(meeting=meeting), closed(meeting=meeting), public(meeting=meeting)
    public()
    after = public(meeting=MeetingFactory(held=True, body=meeting.body))

    context = page(client, here).context

    assert (context["previous"], context["next"]) == (first, after)
    assert hidden.get_absolute_url() not in page(client, here).text
    assert page(client, first).context["previous"] is None


def test_draft_says_that_it_is_one(client_of):
    body = BodyFactory()
    decision = DecisionFactory(numbered=True, meeting=MeetingFactory(held=True, body=body))

    assert "callout--attention" in page(client_of("officer", body), decision).text


def test_queries_do_not_grow_with_what_is_bound_up_with_it(client_of):
    client = client_of("member")
    meeting = MeetingFactory(held=True)
    decision = public(meeting=meeting, agenda_item=AgendaItemFactory(meeting=meeting))
    FollowUpFactory(assignment=AssignmentFactory(decision=decision))
    DecisionLink.objects.create(decision=decision, kind="amends", other=public())
    DecisionLink.objects.create(decision=public(), kind="amends", other=decision)
    few = queries_of(client, decision)
    for _ in range(5):
        assignment = AssignmentFactory(decision=decision, role="support")
        FollowUpFactory(assignment=assignment, kind="review", reviewed_in=MeetingFactory(held=True))
        DecisionLink.objects.create(decision=decision, kind="amends", other=public())
        DecisionLink.objects.create(decision=public(), kind="amends", other=decision)
        ProposalFactory(submitted=True, agenda_item=AgendaItemFactory(), decision=decision)
        AgendaItemFactory(meeting=MeetingFactory(held=True), continues=decision.agenda_item)

    # One more, for the bodies of the meetings that reviewed it.
    assert queries_of(client, decision) <= few + 1


def queries_of(client, decision) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, decision)
    return len(queries)


@pytest.mark.parametrize("status", ["in_progress", "done"])
@pytest.mark.parametrize("role", ["visitor", "member", "officer", "follow_up_officer", "secretariat"])
def test_who_goes_on_with_a_part_is_led_to_its_page_of_the_desk(client_of, role, status):
    decision = public()
    owed, client = AssignmentFactory(decision=decision, status=status), client_of(role, decision.meeting.body)

    text = page(client, decision).text

    assert (reverse("meetings:followed_duty", args=[owed.pk]) in text) == (role in ("follow_up_officer", "secretariat"))
    assert reverse("meetings:duty", args=[owed.pk]) not in text


@pytest.mark.parametrize(("status", "is_led"), [("in_progress", True), ("done", False)])
def test_the_organisations_people_are_led_to_where_they_report(client, status, is_led):
    organization = OrganizationFactory()
    owed = AssignmentFactory(decision=public(), organization=organization, status=status)
    speaker = UserFactory(person=MembershipFactory(organization=organization).person)
    client.force_login(speaker, backend=ACCOUNTS)

    address = reverse("meetings:duty", args=[owed.pk])

    assert (address in page(client, owed.decision).text) == is_led
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", ["visitor", "member", "body_member", "follow_up_officer", "officer", "secretariat"])
def test_who_works_on_it_is_led_there(client_of, role):
    decision = public()

    text = page(client_of(role, decision.meeting.body), decision).text

    assert (f"/desk/decisions/{decision.pk}/" in text) == (role in ("officer", "secretariat"))
