"""The register of decisions as a file: what stands in it for whom, in real types, harmless in a spreadsheet program."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings import decision_views
from meetings.register_export import COLUMNS, harmless
from tests import factories as make
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
KINDS = ["xlsx", "csv"]
REGISTER = reverse("meetings:decisions")


def address(kind: str) -> str:
    return reverse(f"meetings:decisions_{kind}_file")


def rows_of(client, kind: str, **question) -> list[dict]:
    response = client.get(address(kind), question)
    assert response.status_code == 200, response
    content = b"".join(response.streaming_content)
    if kind == "csv":
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        table = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def public(**kwargs):
    return make.DecisionFactory(published=True, visibility=Visibility.PUBLIC, **kwargs)


@pytest.fixture
def late(set_clock):
    """The assignment of a decision of 1403, ten days overdue."""
    set_clock(1403, 6, 1)
    meeting = make.MeetingFactory(held=True, held_on=PartialDate.day(1403, 2, 5))
    decision = public(title="اتصال", meeting=meeting, text="متن، با ویرگول\nو سطر دوم")
    return make.AssignmentFactory(decision=decision, due_on=date(2024, 8, 12), status="in_progress", percent_done=40)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_for_each_organisation_with_jalali_dates(client, late, kind):
    make.AssignmentFactory(decision=late.decision, role="support", due_on=None)

    first, second = rows_of(client, kind)

    assert first["مصوبه"] == late.decision.label
    assert first["متن"] == late.decision.text
    assert (first["تاریخ"], first["مهلت"]) == ("1403/02/05", "1403/05/22")
    assert first["دستگاه"] == late.organization.name
    assert second["شناسه مصوبه"] == late.decision.reference
    assert not second["مهلت"]


def test_numbers_are_numbers(client, late):
    (row,) = rows_of(client, "xlsx")

    assert (row["سال"], row["درصد پیشرفت"], row["روزهای تأخیر"]) == (1403, 40, 10)


def test_the_sheet_is_read_from_right_to_left_and_its_head_stays(client, late):
    content = b"".join(client.get(address("xlsx")).streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active

    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:R2"


def test_files_have_their_names_and_types(client, late):
    table, text = client.get(address("xlsx")), client.get(address("csv"))

    assert table["Content-Type"].endswith("spreadsheetml.sheet")
    assert text["Content-Type"] == "text/csv; charset=utf-8"
    for response in (table, text):
        assert "attachment" in response["Content-Disposition"]
        assert "1403-06-01" in response["Content-Disposition"]


@pytest.mark.parametrize("kind", KINDS)
def test_decision_with_nothing_known_of_it(client, kind):
    decision = public(meeting=make.MeetingFactory(held=True, held_on=None))

    (row,) = rows_of(client, kind)

    assert row["مصوبه"] == decision.label
    assert not any(row[name] for name in ("تاریخ", "سال", "دستگاه", "وضعیت"))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_on_record_makes_a_file_with_its_head(client, kind):
    assert rows_of(client, kind) == []


@pytest.mark.parametrize("text", ["=1+1", "+98", "-2", "@SUM(A1)", "  =1+1", "＝1+1", '=HYPERLINK("http://x","y")'])
def test_what_looks_like_a_formula_stays_a_text(client, text):
    public(title=text)

    (row,) = rows_of(client, "csv")
    content = b"".join(client.get(address("xlsx")).streaming_content)
    sheet = load_workbook(io.BytesIO(content)).active
    cell = next(cell for cell in sheet[2] if cell.column == 8)

    assert row["عنوان"].startswith("'")
    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())
    assert cell.quotePrefix


def test_a_program_that_divides_rows_at_another_sign_finds_no_formula_within_a_text(client):
    public(text="نخست؛ دوم;=1+1")

    lines = client.get(address("csv")).getvalue().decode("utf-8-sig")

    assert '"نخست؛ دوم;=1+1"' in lines


@pytest.mark.parametrize("text", ["\tx", "\rx", "\nx", "=x", "+x", "-x", "@x"])
def test_signs_that_begin_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["متن", "", None, 5, -5, "1403/05/02", "الف-ب", "۱=۱"])
def test_everything_else_is_left_alone(value):
    assert harmless(value) is value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_it_holds_what_the_register_shows_to_this_reader(client_of, role, kind):
    meeting = make.MeetingFactory(held=True)
    hidden = make.OrganizationFactory(visibility=Visibility.SECRETARIAT)
    for visibility in Visibility.values:
        make.DecisionFactory(published=True, meeting=meeting, title=visibility, visibility=visibility)
    draft = make.DecisionFactory(numbered=True, meeting=meeting, title="draft", visibility=Visibility.PUBLIC)
    make.AssignmentFactory(decision=draft, organization=hidden)
    client = client_of(role, meeting.body)

    shown = {decision.title for decision in client.get(REGISTER).context["page"]}
    rows = rows_of(client, kind)

    assert {row["عنوان"] for row in rows} == shown
    assert any(row["دستگاه"] == hidden.name for row in rows) == (role == "secretariat")


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_all_pages_of_what_is_asked(client, kind):
    meeting = make.MeetingFactory(held=True, held_on=PartialDate.day(1403, 2, 5))
    for _ in range(30):
        public(meeting=meeting)
    public(meeting=make.MeetingFactory(held=True, held_on=PartialDate.day(1402, 2, 5)))

    assert len(rows_of(client, kind, year="1403", page="2")) == 30


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_with_a_mistake_leads_back_to_where_it_is_named(client, kind):
    response = client.get(address(kind), {"status": "lost"})

    assert response["Location"] == f"{REGISTER}?status=lost"


def test_too_much_for_one_file_is_refused_with_what_to_do(client, late, monkeypatch):
    monkeypatch.setattr(decision_views, "MOST_DECISIONS", 0)

    response = client.get(address("csv"), {"year": "1403"}, follow=True)

    assert "نخست فهرست را محدود کنید" in response.text
    assert response.redirect_chain == [(f"{REGISTER}?year=1403", 302)]


@pytest.mark.parametrize("kind", KINDS)
def test_queries_do_not_grow_with_the_rows(client, kind):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            rows_of(client, kind)
        return len(captured)

    make.AssignmentFactory(decision=public())
    few = queries()
    for _ in range(10):
        make.AssignmentFactory(decision=public(agenda_item=None))

    assert queries() == few


def test_every_column_has_a_title_of_its_own():
    titles = [str(column.title) for column in COLUMNS]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_only_read(client, kind):
    assert client.post(address(kind)).status_code == 405
