"""The register of decisions as a file, for those who go on working with it in a spreadsheet.

A row for each organisation that has a part in a decision; a decision that nobody is charged with has one row. Numbers
are numbers. Dates are Jalali text such as 1403/05/02, in Latin digits as in all files: no spreadsheet program knows the
Jalali calendar reliably, and written like this they sort by the day.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.http import FileResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from council_portal.files.serving import disposition
from council_portal.persian.wording import as_partial

from .models import Assignment, Decision
from .models.decisions import DecisionQuerySet

MOST_DECISIONS = 5_000  # about five seconds' work
AT_ONCE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet program takes for the beginning of a formula, also in its full width.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """`value(decision, assignment, on)` is what stands in it; `assignment` is None where nobody is charged."""

    title: str | Promise
    width: int
    value: Callable[[Decision, Assignment | None, date], Value]


def _of_assignment(value: Callable[[Assignment, date], Value]):
    return lambda decision, assignment, on: value(assignment, on) if assignment else None


COLUMNS = (
    Column(gettext_lazy("Decision"), 22, lambda decision, *_: decision.label),
    Column(gettext_lazy("reference"), 16, lambda decision, *_: decision.reference),
    Column(gettext_lazy("Body"), 28, lambda decision, *_: decision.meeting.body.name),
    Column(gettext_lazy("Decided in"), 34, lambda decision, *_: str(decision.meeting)),
    Column(gettext_lazy("Year"), 8, lambda decision, *_: decision.meeting.held_on and decision.meeting.held_on.year),
    Column(gettext_lazy("Date"), 12, lambda decision, *_: jalali(decision.meeting.held_on)),
    Column(gettext_lazy("Agenda item"), 30, lambda decision, *_: decision.agenda_item and decision.agenda_item.title),
    Column(gettext_lazy("title"), 30, lambda decision, *_: decision.title),
    Column(gettext_lazy("text"), 60, lambda decision, *_: decision.text),
    Column(gettext_lazy("published at"), 12, lambda decision, *_: jalali(decision.published_at)),
    Column(gettext_lazy("Organisation"), 30, _of_assignment(lambda one, on: one.organization.name)),
    Column(pgettext_lazy("in an assignment", "Role"), 10, _of_assignment(lambda one, on: one.get_role_display())),
    Column(gettext_lazy("Due"), 12, _of_assignment(lambda one, on: jalali(one.due_on))),
    Column(gettext_lazy("first due on"), 12, _of_assignment(lambda one, on: jalali(one.original_due_on))),
    Column(gettext_lazy("Status"), 14, _of_assignment(lambda one, on: one.get_status_display())),
    Column(gettext_lazy("referred to"), 24, _of_assignment(lambda one, on: one.referred_to)),
    Column(gettext_lazy("per cent done"), 10, _of_assignment(lambda one, on: one.percent_done)),
    Column(gettext_lazy("Days overdue"), 10, _of_assignment(lambda one, on: days_overdue(one, on=on))),
)


def as_file(decisions: DecisionQuerySet, *, kind: str, on: date) -> FileResponse:
    """Decisions, with what stands in a row of the register, as a file of a kind of KINDS, as of the day `on`.

    It is written whole before any of it is sent, so that what goes wrong does not pass for a short register.
    """
    write, media_type = KINDS[kind]
    file = io.BytesIO()
    write(rows(decisions, on=on), file)
    file.seek(0)
    name = f"{_('Decisions')} {jalali(on).replace('/', '-')}.{kind}"
    response = FileResponse(file, content_type=media_type)
    response["Content-Disposition"] = disposition(name, as_attachment=True)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def rows(decisions: DecisionQuerySet, *, on: date) -> Iterator[list[Value]]:
    for decision in decisions.select_related("meeting__body", "agenda_item").iterator(chunk_size=AT_ONCE):
        for assignment in decision.duties or [None]:
            yield [column.value(decision, assignment, on) for column in COLUMNS]


def jalali(day) -> str | None:
    """1403/05/02 of a date, a moment or a PartialDate; 1403/05 or 1403 where no more is known."""
    partial = as_partial(day)
    return partial.isoformat().replace("-", "/") if partial else None


def days_overdue(assignment: Assignment, *, on: date) -> int | None:
    return (on - assignment.due_on).days if assignment.is_overdue(on=on) else None


def write_csv(rows: Iterable[list[Value]], file: IO[bytes]) -> None:
    """UTF-8 with the mark by which spreadsheet programs know it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    # Each text in quotation marks, so that a program which divides rows at another sign finds no formula within one.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([str(column.title) for column in COLUMNS])
    writer.writerows([harmless(value) for value in row] for row in rows)
    text.flush()
    text.detach()


def harmless(value: Value) -> Value:
    """A text that no spreadsheet program takes for a formula: such a one gets an apostrophe, which makes it text."""
    if isinstance(value, str) and (value.startswith(CONTROLS) or value.lstrip().startswith(FORMULA_SIGNS)):
        return f"'{value}"
    return value


def write_xlsx(rows: Iterable[list[Value]], file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Decisions"))
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "B2"
    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    bold = Font(bold=True)
    sheet.append([_cell(sheet, str(column.title), font=bold) for column in COLUMNS])
    number = 1
    for row in rows:
        sheet.append([_as_stored(sheet, value) for value in row])
        number += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{number}"
    book.save(file)


def _as_stored(sheet, value: Value) -> Value | Cell:
    """What a row takes. A text that begins as a formula does gets a cell of its own, in which it is text and stays text
    when somebody edits it; all the others do without, which is quicker.
    """
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if harmless(value) is value:
        return value
    cell = _cell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _cell(sheet, value: str, **style) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    for name, look in style.items():
        setattr(cell, name, look)
    return cell


KINDS = {"xlsx": (write_xlsx, XLSX), "csv": (write_csv, "text/csv; charset=utf-8")}
