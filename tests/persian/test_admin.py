"""The admin's list of Example, through the admin's own pages."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import translation

from council_portal.persian import wording
from council_portal.persian.admin import JalaliDateFilter
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.templatetags.jalali_admin import jalali_hierarchy

pytestmark = pytest.mark.urls("tests.persian.examples.urls")

SENT_AT = datetime(2009, 1, 20, 21, 5, tzinfo=UTC)
ENTRIES = {
    "day": PartialDate.day(1387, 11, 2),
    "month": PartialDate.month(1387, 11),
    "year": PartialDate.year(1387),
    "later": PartialDate.day(1389, 1, 5),
    "unknown": None,
}


@pytest.fixture
def change_list(example_table, client):
    """Return a function that gets the list for a query string."""
    for name, held_on in ENTRIES.items():
        example_table.objects.create(name=name, held_on=held_on)
    example_table.objects.filter(name="day").update(due_on=date(2009, 1, 21), sent_at=SENT_AT)

    return lambda query="": client.get(f"/admin/examples/example/{query}")


def found(response):
    return {example.name for example in response.context_data["cl"].result_list}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", set(ENTRIES)),
        ("?held_on__within=1387", {"day", "month", "year"}),
        ("?held_on__within=1387-11", {"day", "month"}),
        ("?held_on__within=1387-11-02", {"day"}),
        ("?held_on__within=1388", set()),
        ("?held_on__isnull=True", {"unknown"}),
        ("?due_on__within=1387-11", {"day"}),
    ],
)
def test_lists_narrow_by_jalali_year_month_and_day(change_list, query, names):
    assert found(change_list(query)) == names


def test_a_list_without_dates_has_no_way_through_time(example_table, client):
    example_table.objects.create(name="unknown")

    page = client.get("/admin/examples/example/").text

    assert "toplinks" not in page


@pytest.mark.parametrize("rubbish", ["1387-13", "2009", "x", "1387-11-02-03"])
def test_rubbish_in_the_address_is_turned_away(change_list, rubbish):
    response = change_list(f"?held_on__within={rubbish}")

    assert (response.status_code, response.url) == (302, "/admin/examples/example/?e=1")


def choices_of(response, index=0):
    changelist = response.context_data["cl"]
    return [str(choice["display"]) for choice in changelist.filter_specs[index].choices(changelist)]


def test_filter_offers_years_then_months(change_list):
    assert choices_of(change_list()) == ["همه", "۱۳۸۹", "۱۳۸۸", "۱۳۸۷", wording.not_recorded()]
    months = choices_of(change_list("?held_on__within=1387"))
    assert months[3:6] == ["۱۳۸۷", "فروردین ۱۳۸۷", "اردیبهشت ۱۳۸۷"]
    assert len(months) == 5 + 12
    assert isinstance(change_list().context_data["cl"].filter_specs[1], JalaliDateFilter)


@pytest.mark.parametrize(
    ("query", "back", "choices"),
    [
        ("", None, ["1387", "1388", "1389"]),
        ("?held_on__within=1387", "All dates", ["Bahman"]),
        ("?held_on__within=1387-11", "1387", ["2 Bahman"]),
        ("?held_on__within=1387-11-02", "Bahman", ["2 Bahman 1387"]),
    ],
)
def test_hierarchy_leads_from_years_to_days_and_back(change_list, query, back, choices):
    with translation.override("en"):
        shown = jalali_hierarchy(change_list(query).context_data["cl"])

    assert (shown["back"]["title"] if shown["back"] else None) == back
    assert [choice["title"] for choice in shown["choices"]] == choices


def test_list_page_shows_jalali_dates_only(change_list):
    page = change_list("?held_on__within=1387").text

    assert wording.date_and_time(SENT_AT) in page
    assert 'class="date-back"' in page
    assert "2009" not in page


def test_read_only_fields_show_jalali_dates(change_list, example_table):
    ContentType.objects.bulk_create([ContentType(app_label="examples", model="example")], ignore_conflicts=True)
    pk = example_table.objects.filter(name="day").values_list("pk", flat=True)[0]

    page = change_list(f"{pk}/change/").text

    assert wording.date_and_time(SENT_AT) in page
    assert 'value="۱۳۸۷/۱۱/۰۲"' in page
    assert "2009" not in page
