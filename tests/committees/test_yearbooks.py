"""The yearbook of a body: what stands in it, for whom, and of which years there is one."""

import datetime

import pytest
from django.utils.timezone import now

from committees.yearbooks import yearbook
from council_portal.access.visibility import Visibility
from council_portal.issuing.papers import html_of, pdf_of
from council_portal.persian.partial_date import PartialDate
from tests import factories as make
from tests.issuing.pdf_files import contents_of, opened, outline_of, words_of

pytestmark = pytest.mark.django_db

EVERYBODY = {"visitor", "former_member", "member", "body_member", "officer", "secretariat", "administrator"}
YEAR = 1403  # of the factories' meetings


@pytest.fixture
def session():
    """A committee's session of the year, with an item, a decision, one who came; and a member of the committee."""
    session = make.MeetingFactory(held=True, venue="تالار نمونه")
    item = make.AgendaItemFactory(meeting=session, title="بند نمونه")
    decision = make.DecisionFactory(meeting=session, agenda_item=item, published=True, title="مصوبه نمونه")
    make.AssignmentFactory(decision=decision, organization__name="وزارت نمونه")
    make.AttendanceFactory(meeting=session)
    return session


def secretariat():
    return make.UserFactory(secretariat=True)


def said(session, user=None, year: int = YEAR) -> str:
    return words_of(html_of(yearbook(session.body, year, user=user or secretariat())))


def address(body, year: int = YEAR) -> str:
    return f"/committees/{body.slug}/yearbook/{year}.pdf"


# Who may have it, and of which years there is one


@pytest.mark.parametrize(
    ("visibility", "let_in"),
    [
        (Visibility.PUBLIC, EVERYBODY),
        (Visibility.MEMBERS, {"member", "body_member", "officer", "secretariat"}),
        (Visibility.BODY, {"body_member", "officer", "secretariat"}),
        (Visibility.SECRETARIAT, {"secretariat"}),
    ],
)
def test_whoever_may_know_of_a_meeting_has_the_yearbook_of_its_year(client_of, visibility, let_in):
    body = make.MeetingFactory(held=True, visibility=visibility).body

    assert {role for role in EVERYBODY if client_of(role, body).get(address(body)).status_code == 200} == let_in


@pytest.mark.parametrize("year", [0, YEAR - 1, YEAR + 1, 99999])
def test_of_a_year_without_meetings_there_is_none(client_of, session, year):
    assert client_of("secretariat").get(address(session.body, year)).status_code == 404


def test_a_meeting_that_is_ahead_makes_no_yearbook(client_of):
    body = make.MeetingFactory(announced=True).body

    assert client_of("secretariat").get(address(body)).status_code == 404


def test_the_assembly_and_the_board_have_theirs(client):
    for body in (make.BodyFactory(assembly=True), make.BodyFactory(kind="board")):
        make.MeetingFactory(body=body, held=True)

        assert client.get(address(body)).status_code == 200


def test_the_pages_of_the_body_lead_to_it(client, session):
    for page in (session.body.get_absolute_url(), f"{session.body.get_absolute_url()}sessions/"):
        assert f'href="{address(session.body)}"' in client.get(page).text


def test_the_archive_leads_to_the_assemblys(client):
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True)

    assert f'href="{address(meeting.body)}"' in client.get("/meetings/").text


# What stands in it


def test_it_holds_meetings_members_agendas_and_decisions_with_how_they_stand(session):
    service = make.MembershipFactory(body=session.body, start_on=PartialDate.year(1402))
    text = said(session)

    for words in ("سالنامه ۱۴۰۳", str(session.body), "تالار نمونه", "بند نمونه", "مصوبه نمونه", "وزارت نمونه"):
        assert words in text
    assert str(service.person) in text
    assert "از ۱۴۰۲" in text
    assert "معوق" in text


def test_it_counts_who_attended_and_names_nobody(session):
    text = html_of(yearbook(session.body, YEAR, user=None))

    assert '<td class="is-count">۱</td>' in text
    assert session.attendance.get().person.family_name not in text


def test_it_is_of_its_year_alone(session):
    other = PartialDate.from_date(datetime.date(2025, 5, 1))
    make.DecisionFactory(
        meeting=make.MeetingFactory(body=session.body, held=True, held_on=other), published=True, title="سال دیگر"
    )
    make.MembershipFactory(
        body=session.body,
        person__family_name="پیشین‌نژاد",
        start_on=PartialDate.year(1390),
        end_on=PartialDate.year(1395),
    )
    make.ProposalFactory(committee=session.body, submitted=True, title="پیشنهاد امسال")

    assert "سال دیگر" not in said(session)
    assert "پیشین‌نژاد" not in said(session)
    assert "پیشنهاد امسال" not in said(session)
    assert "سال دیگر" in said(session, year=1404)


def test_what_was_put_to_others_in_the_year_is_told(session):
    submitted_at = datetime.datetime(2024, 6, 1, tzinfo=datetime.UTC)
    make.ProposalFactory(committee=session.body, submitted=True, submitted_at=submitted_at, title="پیشنهاد نمونه")

    assert "پیشنهاد نمونه" in said(session)


def test_reports_of_its_meetings_are_named_once_they_are_published(session):
    values = {"kind": "report", "meeting": session}
    make.EditionFactory(document=make.DocumentFactory(title="گزارش منتشرشده", **values), published_at=now())
    make.DocumentFactory(title="گزارش نانوشته", **values)
    member = make.UserFactory(person=make.MembershipFactory(body=session.body).person)

    assert "گزارش منتشرشده" in said(session, member)
    assert "گزارش نانوشته" not in said(session, member)


def test_what_is_closed_to_the_reader_and_drafts_are_not_in_it(session):
    closed = make.AgendaItemFactory(meeting=session, position=2, title="موضوع محرمانه", closed=True)
    make.DecisionFactory(meeting=session, agenda_item=closed, published=True, title="مصوبه محرمانه")
    make.DecisionFactory(meeting=session, title="پیش‌نویس مصوبه")
    make.MeetingFactory(body=session.body, held=True, visibility=Visibility.SECRETARIAT, title="نشست محرمانه")
    member = make.UserFactory(person=make.MembershipFactory(body=session.body).person)

    assert "محرمانه" not in said(session, member)
    assert "بند غیرعلنی" in said(session, member)
    assert "پیش‌نویس مصوبه" not in said(session)


# The file


def test_the_file_has_bookmarks_and_is_the_same_each_time(session):
    content = pdf_of(yearbook(session.body, YEAR, user=None))

    with opened(content) as document:
        assert document.Root.MarkInfo.Marked
    assert outline_of(content) == contents_of(html_of(yearbook(session.body, YEAR, user=None)))
    assert outline_of(content)[:2] == ["سال در یک نگاه", "جلسه‌ها"]
    assert content == pdf_of(yearbook(session.body, YEAR, user=None))


def test_it_asks_as_much_of_the_database_however_much_there_is(session, django_assert_max_num_queries):
    for _ in range(5):
        other = make.MeetingFactory(body=session.body, held=True)
        item = make.AgendaItemFactory(meeting=other)
        make.AssignmentFactory(decision=make.DecisionFactory(meeting=other, agenda_item=item, published=True))
        make.MembershipFactory(body=session.body)
    user = secretariat()

    with django_assert_max_num_queries(16):
        said(session, user)
