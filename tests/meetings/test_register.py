"""/decisions/: the register, what stands in it for whom, and what may be asked of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import jalali_year
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import to_persian_digits
from meetings.models import AgendaItem, Assignment, Decision, Meeting
from members.models import Organization
from tests.explain import Plan, analyze
from tests.factories import (
    AgendaItemFactory,
    AssignmentFactory,
    BodyFactory,
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.meetings.decided import public
from tests.roles import user_of

URL = reverse("meetings:decisions")
pytestmark = pytest.mark.django_db


def held_in(year: int, month: int = 5, day: int = 1, **kwargs) -> Meeting:
    return MeetingFactory(held=True, held_on=PartialDate.day(year, month, day), **kwargs)


def titles(response) -> list[str]:
    return [decision.title for decision in response.context["page"]]


def asked(client, **question):
    response = client.get(URL, question)
    assert response.status_code == 200
    return titles(response)


def test_empty_register_says_who_fills_it(client):
    response = client.get(URL)

    assert "هنوز مصوبه‌ای ثبت نشده است" in response.text or "No decisions are on record yet." in response.text


def test_row_says_who_owes_what_by_when_and_how_it_stands(client):
    decision = public(title="اتصال به شبکه", meeting=held_in(1403))
    lead = AssignmentFactory(decision=decision, due_on=date(2024, 8, 1), status=Assignment.Status.IN_PROGRESS)

    text = client.get(URL).text

    assert decision.get_absolute_url() in text
    assert lead.organization.name in text
    assert "۱۴۰۳/۰۵/۱۱" in text
    assert lead.get_status_display() in text


def test_sparse_decision_shows_what_is_known_of_it(client):
    public(meeting=MeetingFactory(held=True, held_on=None), text="متن تنها")

    response = client.get(URL)

    assert "متن تنها" in response.text


def test_newest_first_and_undated_last(client):
    public(title="undated", meeting=MeetingFactory(held=True, held_on=None))
    public(title="old", meeting=held_in(1390))
    public(title="new", meeting=held_in(1403))

    assert asked(client) == ["new", "old", "undated"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("visitor", ["public"]),
        ("former_member", ["public"]),
        ("administrator", ["public"]),
        ("member", ["members", "public"]),
        ("follow_up_officer", ["members", "public"]),
        ("body_member", ["body", "members", "public"]),
        ("officer", ["body", "draft", "members", "public"]),
        ("secretariat", ["body", "closed", "closed item", "draft", "members", "public"]),
    ],
)
def test_what_stands_in_it_for_whom(client_of, role, seen):
    meeting = held_in(1403)
    for title, visibility in [
        ("public", Visibility.PUBLIC),
        ("members", Visibility.MEMBERS),
        ("body", Visibility.BODY),
        ("closed", Visibility.SECRETARIAT),
    ]:
        DecisionFactory(published=True, meeting=meeting, title=title, visibility=visibility)
    DecisionFactory(numbered=True, meeting=meeting, title="draft", visibility=Visibility.PUBLIC)
    public(title="closed item", meeting=meeting, agenda_item=AgendaItemFactory(meeting=meeting, closed=True))

    response = client_of(role, meeting.body).get(URL)

    assert sorted(titles(response)) == seen
    assert response.context["page"].paginator.count == len(seen)


def test_organisation_that_is_not_public_is_neither_shown_nor_offered_nor_found(client):
    hidden = OrganizationFactory(visibility=Visibility.SECRETARIAT, name="دستگاه پنهان")
    decision = public(title="بسته")
    AssignmentFactory(decision=decision, organization=hidden, status=Assignment.Status.STOPPED)

    assert hidden.name not in client.get(URL).text
    assert asked(client, status="stopped") == []
    assert "organization" in client.get(URL, {"organization": hidden.slug}).context["form"].errors


def test_filters_by_body_year_and_words(client):
    ict, training = BodyFactory(slug="ict"), BodyFactory(slug="training")
    public(title="یک", meeting=held_in(1402, body=ict))
    public(title="دو", meeting=held_in(1403, body=ict), text="كتابخانه ملي")
    public(title="سه", meeting=held_in(1403, body=training))

    assert asked(client, body="ict") == ["دو", "یک"]
    assert asked(client, year="۱۴۰۳", body="ict") == ["دو"]
    assert asked(client, year="1402") == ["یک"]
    assert asked(client, q="کتابخانه") == ["دو"]
    assert asked(client, q="كتابخانه") == ["دو"]
    assert asked(client, q="نیست") == []


def test_words_find_a_reference_in_any_digits(client):
    decision = public(title="این", meeting=held_in(1403))
    number = decision.reference.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert asked(client, q=number) == ["این"]


@pytest.mark.parametrize("year", [1403, 1402])
def test_a_year_holds_its_first_day_its_last_and_what_is_known_to_it_alone(client, year):
    first, last = jalali_year(1403)
    for title, day in [("first", PartialDate.from_date(first)), ("last", PartialDate.from_date(last))]:
        public(title=title, meeting=MeetingFactory(held=True, held_on=day))
    public(title="year", meeting=MeetingFactory(held=True, held_on=PartialDate.year(1403)))

    assert set(asked(client, year=year)) == ({"first", "last", "year"} if year == 1403 else set())


def test_what_is_asked_of_an_assignment_holds_for_one_and_the_same(client, set_clock):
    set_clock(1403, 6, 1)
    oil, water = OrganizationFactory(slug="oil"), OrganizationFactory(slug="water")
    decision = public(title="هر دو")
    AssignmentFactory(decision=decision, organization=oil, status="done", due_on=date(2024, 1, 1))
    AssignmentFactory(decision=decision, organization=water, status="in_progress", role="support", due_on=None)
    late = public(title="دیر")
    AssignmentFactory(decision=late, organization=water, status="in_progress", due_on=date(2024, 1, 1))

    assert set(asked(client, organization="water")) == {"هر دو", "دیر"}
    assert asked(client, organization="oil", status="in_progress") == []
    assert asked(client, overdue="on") == ["دیر"]
    assert asked(client, organization="oil", overdue="on") == []
    assert asked(client, organization="oil", status="done") == ["هر دو"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", "no-such-body"),
        ("body", "\x00"),
        ("organization", "' or 1=1"),
        ("status", "lost"),
        ("year", "abc"),
        ("year", "2024"),
        ("year", "1403/5"),
        ("year", "99999999999999999999"),
        ("q", "و" * 101),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_what_was_typed_stays(client, field, value):
    public(title="هست")

    response = client.get(URL, {field: value, "q": value if field == "q" else "هست"})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert titles(response) == []
    kept = value if field == "q" else "هست"
    assert f'value="{kept}"' in response.text


@pytest.mark.parametrize("question", ["?q=%00", "?q=%ff", "?year=", "?overdue=maybe", "?unknown=1", "?body=&body=x&q="])
def test_odd_questions_are_answered(client, question):
    assert client.get(URL + question).status_code == 200


@pytest.mark.parametrize("page", ["0", "2", "-1", "abc", "9" * 30, "\x00"])
def test_a_page_that_there_is_not(client, page):
    public()

    assert client.get(URL, {"page": page}).status_code == 404


def test_25_a_page_and_the_question_goes_along(client):
    meeting = held_in(1403)
    for _ in range(26):
        public(meeting=meeting)

    first, second = client.get(URL, {"year": "1403"}), client.get(URL, {"year": "1403", "page": 2})

    assert (len(first.context["page"]), len(second.context["page"])) == (25, 1)
    assert "year=1403&amp;page=2" in first.text


@pytest.mark.parametrize("role", ["visitor", "member", "secretariat"])
def test_queries_do_not_grow_with_the_rows(client_of, role):
    client = client_of(role)
    AssignmentFactory(decision=public())
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for _ in range(10):
        decision = public()
        AssignmentFactory(decision=decision)
        AssignmentFactory(decision=decision, role=Assignment.Role.SUPPORT)

    with CaptureQueriesContext(connection) as many:
        client.get(URL)

    assert len(many) == len(few)


@pytest.fixture
def years_of_decisions():
    """3,000 published decisions of 600 meetings over twenty years."""
    body = BodyFactory()
    first = date(2005, 1, 1).toordinal()
    meetings = Meeting.objects.bulk_create(
        Meeting(body=body, number=n, status="held", held_on=PartialDate.from_date(date.fromordinal(first + 12 * n)))
        for n in range(1, 601)
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=n, title="موضوع") for meeting in meetings for n in range(1, 4)
    )
    decisions = Decision.objects.bulk_create(
        Decision(
            meeting=meeting,
            agenda_item=items[3 * place],
            number=5 * place + n,
            reference=f"{body.slug}-{5 * place + n}",
            label=f"{body.name}/{5 * place + n}",
            text="متن",
            visibility=Visibility.PUBLIC,
            published_at=timezone.now(),
        )
        for place, meeting in enumerate(meetings)
        for n in range(1, 6)
    )
    owing = OrganizationFactory()
    Assignment.objects.bulk_create(Assignment(decision=decision, organization=owing) for decision in decisions)
    analyze(Meeting, AgendaItem, Decision, Assignment, Organization)


@pytest.mark.parametrize("role", ["visitor", "member", "secretariat"])
def test_first_page_reads_the_index_and_sorts_no_more_than_it_shows(years_of_decisions, role):
    plan = Plan.of(Decision.objects.visible_to(user_of(role)).newest_first()[:25])

    assert "meeting_newest_first" in plan.indexes, plan
    assert not plan.sorts_everything, plan
    assert not plan.scans(Decision), plan


def labels(response, field: str) -> dict[str, str]:
    return dict(response.context["form"].fields[field].widget.choices)


QUESTIONS = [
    {},
    {"body": "ict"},
    {"year": "1403"},
    {"organization": "oil"},
    {"status": "in_progress"},
    {"status": "open", "organization": "water"},
    {"overdue": "on"},
    {"overdue": "on", "body": "ict", "year": "1402"},
    {"q": "کتابخانه", "status": "settled"},
]


@pytest.fixture
def various(set_clock):
    """Decisions of two bodies and three years, one of them unknown, with parts of three organisations."""
    set_clock(1403, 6, 1)
    bodies = [BodyFactory(slug="ict"), BodyFactory(slug="training")]
    owing = [OrganizationFactory(slug=slug) for slug in ("oil", "water", "rail")]
    statuses = [*Assignment.Status.values, "in_progress", "not_begun"]
    for n in range(16):
        meeting = held_in(1402 + n % 2, body=bodies[n % 3 % 2]) if n % 5 else MeetingFactory(held=True, held_on=None)
        decision = public(meeting=meeting, text="کتابخانه ملی" if n % 4 else "سازمان برنامه")
        if n % 7:
            due = date(2024, 1, 1) if n % 2 else date(2025, 1, 1)
            AssignmentFactory(decision=decision, organization=owing[n % 3], status=statuses[n % 8], due_on=due)
            AssignmentFactory(
                decision=decision, organization=owing[(n + 1) % 3], status=statuses[n % 5], due_on=due, role="support"
            )


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_each_count_is_what_choosing_it_leaves(client, various, question):
    response = client.get(URL, question)
    wrong = {}

    for field in ("body", "year", "organization", "status"):
        for value, label in list(labels(response, field).items())[1:]:
            left = client.get(URL, question | {field: value}).context["page"].paginator.count
            if not label.endswith(f"({to_persian_digits(left)})"):
                wrong[field, value] = label, left
    left = client.get(URL, question | {"overdue": "on"}).context["page"].paginator.count

    assert wrong == {}
    assert response.context["form"].fields["overdue"].label.endswith(f"({to_persian_digits(left)})")


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_what_is_not_offered_would_leave_nothing(client, various, question):
    offered = labels(client.get(URL, question), "organization")

    for slug in {"oil", "water", "rail"} - set(offered):
        assert asked(client, **question | {"organization": slug}) == []
    assert set(asked(client, **question)) or len(offered) <= 2


def test_links_say_how_decisions_stand_and_a_second_press_takes_it_back(client, various):
    first = client.get(URL, {"body": "ict", "page": "1"})
    links = {facet.status: (facet.count, address) for facet, address in first.context["facets"]}
    number, address = links["overdue"]

    second = client.get(address)
    taken_back = {facet.status: address for facet, address in second.context["facets"]}["overdue"]

    assert second.context["page"].paginator.count == number > 0
    assert client.get(taken_back).context["page"].paginator.count == first.context["page"].paginator.count


def test_counts_are_of_what_the_reader_may_see(client, client_of):
    body, hidden = BodyFactory(slug="ict"), OrganizationFactory(visibility=Visibility.SECRETARIAT)
    AssignmentFactory(decision=public(meeting=held_in(1403, body=body)), organization=hidden, status="done")
    DecisionFactory(published=True, meeting=held_in(1403, body=body), visibility=Visibility.SECRETARIAT)

    for browser, decisions, done in ((client, "۱", "۰"), (client_of("secretariat"), "۲", "۱")):
        response = browser.get(URL)
        assert labels(response, "body")["ict"].endswith(f"({decisions})")
        assert labels(response, "status")["done"].endswith(f"({done})")


def test_it_is_only_read(client):
    assert client.post(URL).status_code == 405


def test_whoever_serves_for_an_organisation_finds_what_it_owes_though_others_do_not(client_of, client):
    hidden = OrganizationFactory(visibility=Visibility.SECRETARIAT)
    decision = public(title="بر عهده دستگاه پنهان")
    AssignmentFactory(decision=decision, organization=hidden)
    client.force_login(UserFactory(person=MembershipFactory(organization=hidden).person))

    assert asked(client, status="open") == ["بر عهده دستگاه پنهان"]
    assert hidden.name in client.get(decision.get_absolute_url()).text
    assert asked(client_of("member"), status="open") == []
