"""/decisions/<reference>/: one decision with everything that is bound up with it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.files.kinds import PDF
from council_portal.files.storing import keep
from council_portal.persian.partial_date import PartialDate
from meetings.models import Assignment, DecisionLink, FollowUp
from tests.conftest import ACCOUNTS
from tests.factories import (
    AgendaItemFactory,
    AssignmentFactory,
    BodyFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    OrganizationFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def public(**kwargs):
    return DecisionFactory(published=True, visibility=Visibility.PUBLIC, **kwargs)


def closed(**kwargs):
    return DecisionFactory(published=True, visibility=Visibility.SECRETARIAT, **kwargs)


def moment(day: int) -> datetime:
    return datetime(2024, 5, day, 10, tzinfo=ZoneInfo("Asia/Tehran"))


def page(client, decision):
    response = client.get(decision.get_absolute_url())
    assert response.status_code == 200
    return response


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


def test_follow_up_is_told_oldest_first(client):
    assignment = AssignmentFactory(decision=public())
    FollowUpFactory(assignment=assignment, text="سوم", recorded_at=moment(20))
    FollowUpFactory(assignment=assignment, text="اول", recorded_at=moment(2))
    FollowUpFactory(
        assignment=assignment,
        text="دوم",
        recorded_at=moment(9),
        kind=FollowUp.Kind.EXTENSION,
        new_due_on=date(2024, 10, 1),
    )

    response = page(client, assignment.decision)

    assert [entry.text for entry in response.context["history"]] == ["اول", "دوم", "سوم"]
    assert "۱۰ مهر ۱۴۰۳" in response.text


def test_meeting_that_reviewed_it_is_named_only_to_those_who_may_know(client, client_of):
    review = MeetingFactory(held=True, visibility=Visibility.SECRETARIAT, number=77)
    assignment = AssignmentFactory(decision=public())
    FollowUpFactory(assignment=assignment, kind=FollowUp.Kind.REVIEW, reviewed_in=review)

    assert review.get_absolute_url() not in page(client, assignment.decision).text
    assert review.get_absolute_url() in page(client_of("secretariat"), assignment.decision).text


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


def test_file_of_a_follow_up_is_for_those_who_read_the_decision(client, client_of, stored_file):
    shown, hidden = public(), closed()
    addresses = []
    for decision in (shown, hidden):
        entry = FollowUpFactory(assignment=AssignmentFactory(decision=decision), file=stored_file)
        addresses.append(reverse("meetings:follow_up_file", args=[decision.reference, entry.pk, stored_file.name]))

    response = client.get(addresses[0])

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"sample report"
    assert client.get(addresses[1]).status_code == 404
    assert client.get(addresses[0].replace(shown.reference, hidden.reference)).status_code == 404
    assert client_of("secretariat").get(addresses[1]).status_code == 200


@pytest.mark.parametrize(
    ("role", "status", "seen"),
    [
        ("visitor", "published", True),
        ("member", "approved", False),
        ("member", "draft", False),
        ("body_member", "circulated", True),
        ("officer", "draft", True),
        ("secretariat", "draft", True),
    ],
)
def test_discussion_it_came_from_stands_on_it_for_those_who_read_the_minutes(client_of, role, status, seen):
    meeting = MeetingFactory(held=True)
    item = AgendaItemFactory(meeting=meeting, discussion="<p>گفتند که باید</p>", outcome="decided")
    decision = public(meeting=meeting, agenda_item=item)
    MinutesFactory(meeting=meeting, visibility=Visibility.PUBLIC, **({status: True} if status != "draft" else {}))

    assert ("گفتند که باید" in page(client_of(role, meeting.body), decision).text) == seen


def test_where_it_was_spoken_of_later(client):
    item = AgendaItemFactory(meeting=MeetingFactory(held=True, held_on=PartialDate.day(1403, 1, 5)))
    decision = public(meeting=item.meeting, agenda_item=item)
    review = MeetingFactory(held=True, held_on=PartialDate.day(1403, 3, 5))
    review_item = AgendaItemFactory(meeting=review, kind="review", title="بررسی مصوبات باز")
    for _ in range(2):
        assignment = AssignmentFactory(decision=decision, role="support")
        FollowUpFactory(assignment=assignment, kind="review", reviewed_in=review)
    again = AgendaItemFactory(
        meeting=MeetingFactory(held=True, held_on=PartialDate.day(1403, 2, 5)), continues=item, title="دنبالهٔ کار"
    )
    once_more = AgendaItemFactory(
        meeting=MeetingFactory(held=True, held_on=PartialDate.day(1403, 4, 5)), continues=again
    )
    closed = AgendaItemFactory(meeting=MeetingFactory(held=True), continues=item, closed=True, title="بند بسته")

    response = page(client, decision)

    assert [mention.url for mention in response.context["mentions"]] == [
        f"{one.meeting.get_absolute_url()}#item-{one.pk}" for one in (again, review_item, once_more)
    ]
    assert closed.title not in response.text
    assert "دنبالهٔ کار" in response.text


def test_review_in_a_meeting_that_is_closed_to_the_reader_is_not_told(client):
    assignment = AssignmentFactory(decision=public())
    hidden = MeetingFactory(held=True, visibility=Visibility.SECRETARIAT)
    FollowUpFactory(assignment=assignment, kind="review", reviewed_in=hidden)

    assert page(client, assignment.decision).context["mentions"] == []


def excerpt_of(client, decision):
    return client.get(reverse("meetings:decision_excerpt", args=[decision.reference]))


def test_excerpt_is_one_decision_as_a_document(client, set_clock):
    set_clock(1403, 7, 1)
    meeting = MeetingFactory(held=True, held_on=PartialDate.day(1403, 2, 5))
    decision = public(meeting=meeting, agenda_item=AgendaItemFactory(meeting=meeting, title="اتصال به شبکه"))
    hidden = OrganizationFactory(visibility=Visibility.SECRETARIAT, name="دستگاه پنهان")
    lead = AssignmentFactory(decision=decision, due_on=date(2024, 8, 1))
    AssignmentFactory(decision=decision, organization=hidden, role="support")
    amending = public()
    DecisionLink.objects.create(decision=amending, kind="amends", other=decision)

    text = excerpt_of(client, decision).text

    for part in (decision.label, decision.text, "اتصال به شبکه", "۱۴۰۳/۰۲/۰۵", lead.organization.name, "۱۴۰۳/۰۵/۱۱"):
        assert part in text
    assert amending.label in text
    assert f"{settings.PORTAL_URL}{decision.get_absolute_url()}" in text
    assert "۱ مهر ۱۴۰۳" in text
    assert "پنهان" not in text


def test_excerpt_of_a_sparse_decision(client):
    decision = public(meeting=MeetingFactory(held=True, held_on=None))

    assert decision.text in excerpt_of(client, decision).text


def test_excerpt_is_persian_in_whichever_language_it_is_printed(client):
    decision = public()
    client.post("/language/", {"language": "en"})

    assert "مستخرجه" in excerpt_of(client, decision).text


@pytest.mark.parametrize("role", ["visitor", "member", "officer", "secretariat"])
def test_excerpt_is_for_those_who_read_the_decision_and_of_published_ones(client_of, role):
    meeting = MeetingFactory(held=True)
    shown, hidden = public(meeting=meeting), closed(meeting=meeting)
    draft = DecisionFactory(numbered=True, meeting=meeting, visibility=Visibility.PUBLIC)
    client = client_of(role, meeting.body)

    assert excerpt_of(client, shown).status_code == 200
    assert excerpt_of(client, hidden).status_code == (200 if role == "secretariat" else 404)
    assert excerpt_of(client, draft).status_code == 404
    assert ("/excerpt/" in page(client, shown).text) is True


def test_referred_says_to_whom(client):
    decision = public()
    referred = AssignmentFactory(decision=decision, status="referred")
    for name in ("وزارت کشور", "وزارت نیرو"):
        FollowUpFactory(assignment=referred, new_status="referred", referred_to=name, kind="note")
    unknown = AssignmentFactory(decision=decision, role="support", status="referred")
    taken_back = AssignmentFactory(decision=decision, role="support", status="in_progress")
    FollowUpFactory(assignment=taken_back, new_status="referred", referred_to="وزارت راه", kind="note")

    assignments = page(client, decision).context["assignments"]

    assert [(one, one.referred_to) for one in assignments] == [
        (referred, "وزارت نیرو"),
        (unknown, None),
        (taken_back, None),
    ]


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


@pytest.fixture
def stored_file(db):
    return keep(ContentFile(b"sample report"), PDF, name="گزارش.pdf", by=None)


def test_what_was_said_in_a_meeting_is_told_once_its_minutes_are_published(client_of):
    said = FollowUpFactory(
        assignment=AssignmentFactory(decision=public()),
        kind="review",
        text="هنوز پیش‌نویس است",
        reviewed_in=MeetingFactory(held=True),
    )
    address = said.assignment.decision.get_absolute_url()
    minutes = MinutesFactory(meeting=said.reviewed_in, visibility="public")

    before = {role: said.text in client_of(role).get(address).text for role in ("visitor", "member", "secretariat")}
    minutes.status, minutes.published_at, minutes.approved_at = "published", timezone.now(), timezone.now()
    minutes.save()

    assert before == {"visitor": False, "member": False, "secretariat": True}
    assert said.text in client_of("visitor").get(address).text
