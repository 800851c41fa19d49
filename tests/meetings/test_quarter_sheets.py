"""The quarterly follow-up sheet: what was owed in a quarter, as it stood at its end."""

from datetime import date

import pytest
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.issuing.papers import html_of
from council_portal.persian.quarters import Quarter
from meetings import papers, quarter_sheets
from tests import factories as make

pytestmark = pytest.mark.django_db
SPRING, SUMMER, AUTUMN = (Quarter(1403, number) for number in (1, 2, 3))


@pytest.fixture
def organization():
    return make.OrganizationFactory(name="وزارت نمونه")


def owed(organization, moment, **values):
    decision = make.DecisionFactory(
        published=True, published_at=moment, visibility=values.pop("visibility", Visibility.PUBLIC)
    )
    return make.AssignmentFactory(decision=decision, organization=organization, **values)


def rows(organization, quarter, user=None):
    return quarter_sheets.rows_of(organization, quarter, user=user, on=quarter.last)


def test_what_is_owed_is_there_from_the_quarter_of_its_decision(organization, set_clock):
    owed(organization, set_clock(1403, 5, 1))

    assert [len(rows(organization, quarter)) for quarter in (SPRING, SUMMER, AUTUMN)] == [0, 1, 1]


def test_it_stands_as_it_stood_at_the_end_of_the_quarter(organization, set_clock):
    duty = owed(organization, set_clock(1403, 2, 1), due_on=date(2024, 8, 1), status="done")
    make.FollowUpFactory(assignment=duty, new_status="in_progress", recorded_at=set_clock(1403, 3, 1))
    make.FollowUpFactory(assignment=duty, new_status="done", recorded_at=set_clock(1403, 5, 1))

    found = [rows(organization, quarter) for quarter in (SPRING, SUMMER, AUTUMN)]

    assert [[row.status for row in one] for one in found] == [["in_progress"], ["done"], []]
    assert [[len(row.entries) for row in one] for one in found] == [[1], [1], []]


def test_a_report_counts_from_its_acceptance(organization, set_clock):
    duty = owed(organization, set_clock(1403, 2, 1), status="done", due_on=None)
    accepted = {"kind": "report", "review": "accepted", "reviewed_at": set_clock(1403, 7, 2)}
    make.FollowUpFactory(assignment=duty, new_status="done", recorded_at=set_clock(1403, 6, 20), **accepted)

    assert [row.status for row in rows(organization, SUMMER)] == ["not_begun"]
    assert [row.status for row in rows(organization, AUTUMN)] == ["done"]


def test_a_due_date_is_the_one_of_that_time_and_what_passed_it_is_overdue(organization, set_clock):
    duty = owed(organization, set_clock(1403, 2, 1), due_on=date(2024, 6, 1))
    extended = {"kind": "extension", "new_due_on": date(2024, 11, 1)}
    make.FollowUpFactory(assignment=duty, recorded_at=set_clock(1403, 5, 1), **extended)
    duty.refresh_from_db()
    duty.due_on = date(2024, 11, 1)
    duty.save()

    spring, summer = rows(organization, SPRING)[0], rows(organization, SUMMER)[0]

    assert (spring.due_on, spring.is_late) == (date(2024, 6, 1), True)
    assert (summer.due_on, summer.is_late) == (date(2024, 11, 1), False)


def test_what_is_closed_to_the_reader_is_left_out(organization, set_clock):
    owed(organization, set_clock(1403, 2, 1), visibility=Visibility.SECRETARIAT)

    assert rows(organization, SPRING) == []
    assert len(rows(organization, SPRING, user=make.UserFactory(secretariat=True))) == 1


def test_the_figures_count_the_rows(organization, set_clock):
    owed(organization, set_clock(1403, 2, 1), due_on=date(2024, 6, 1))

    figures = {label: count for count, label in quarter_sheets.figures_of(rows(organization, SPRING), SPRING)}

    assert figures["تعهد در این فصل"] == figures["معوق"] == figures["با سررسید در این فصل"] == 1


def test_the_sheet_says_what_when_and_as_of_which_day(organization, set_clock):
    duty = owed(organization, set_clock(1403, 2, 1))
    set_clock(1404, 1, 10)

    html = html_of(papers.follow_up_paper(organization, SPRING, user=None))

    for words in ("وزارت نمونه", "بهار ۱۴۰۳", duty.decision.label, "۳۱ خرداد ۱۴۰۳", "گزارشی نرسیده است"):
        assert words in html


def address(organization, year, quarter):
    return reverse("meetings:follow_up_sheet_file", args=[organization.slug, year, quarter])


@pytest.mark.parametrize(
    ("year", "quarter", "status"), [(1403, 1, 200), (1403, 2, 200), (1403, 3, 404), (1403, 5, 404), (1386, 1, 404)]
)
def test_there_is_a_sheet_of_each_quarter_up_to_the_present_one(client, organization, set_clock, year, quarter, status):
    set_clock(1403, 5, 1)

    assert client.get(address(organization, year, quarter)).status_code == status


def test_an_organisation_that_may_not_be_seen_has_no_sheet(client):
    hidden = make.OrganizationFactory(visibility=Visibility.SECRETARIAT)

    assert client.get(address(hidden, 1403, 1)).status_code == 404


def test_the_organisations_page_leads_to_the_latest_sheets(client, organization, set_clock):
    owed(organization, set_clock(1403, 5, 1))

    page = client.get(organization.get_absolute_url()).text

    assert f'href="{address(organization, 1403, 2)}"' in page
    assert f'href="{address(organization, 1402, 3)}"' in page
