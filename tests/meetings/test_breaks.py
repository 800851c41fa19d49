"""Where the pages of papers end: nothing that can grow long is kept whole, and nothing small stands alone."""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.quarters import Quarter
from meetings.papers import attendance_paper, follow_up_paper, minutes_paper
from tests import factories as make
from tests.issuing.layout import filled, lines_of

pytestmark = pytest.mark.django_db

A_LINE = "<p>یک سطر از گفت‌وگو.</p>"
WHITE = 1 / 3  # of a page may remain so


def minutes(lines: int, **values):
    """Minutes of a meeting with one item, on which so many short paragraphs were said."""
    meeting = make.MeetingFactory(held=True)
    make.AgendaItemFactory(meeting=meeting, position=1, discussion=A_LINE * lines)
    return make.MinutesFactory(meeting=meeting, circulated=True, opening="", **values)


def decided(minutes, text: str, duties: int = 1):
    decision = make.DecisionFactory(
        meeting=minutes.meeting, agenda_item=minutes.meeting.agenda_items.get(position=1), text=text, published=True
    )
    make.AssignmentFactory(decision=decision)
    make.AssignmentFactory.create_batch(duties - 1, decision=decision, role="support")
    return decision


def paper(minutes):
    return minutes_paper(minutes, user=make.UserFactory(secretariat=True))


@pytest.mark.parametrize(
    ("text", "duties"),
    [("متنی که بیش از یک سوم صفحه را می‌گیرد. " * 60, 1), ("متن کوتاه.", 30), ("متن کوتاه.\n\n" * 14, 3)],
)
def test_a_decision_higher_than_a_third_of_a_page_breaks(text, duties):
    record = minutes(lines=8)
    decided(record, text, duties)

    *before, _ = filled(paper(record))

    assert before
    assert min(before) > 1 - WHITE


def test_decisions_do_not_keep_each_other_nor_the_parts_of_their_item():
    record = minutes(lines=6)
    for _ in range(6):
        decided(record, "متن یک مصوبه کوتاه.")
    item = record.meeting.agenda_items.get(position=1)
    for position in range(1, 12):
        make.AgendaItemFactory(meeting=record.meeting, parent=item, position=position, discussion=A_LINE)

    *before, _ = filled(paper(record))

    assert len(before) >= 2
    assert min(before) > 1 - WHITE


@pytest.mark.parametrize("lines", range(13, 21))
def test_nobody_signs_alone_on_a_page(lines):
    last = lines_of(paper(minutes(lines, closing="<p>پایان نشست.</p>")))[-1]

    said = [words for _, words in last]
    assert "امضا" in said
    assert "پایان نشست." in said


@pytest.mark.parametrize("people", [21, 22, 23])
def test_no_row_of_a_table_stands_alone_on_a_page(people):
    meeting = make.MeetingFactory(held=True)
    make.AttendanceFactory.create_batch(people, meeting=meeting)

    pages = lines_of(attendance_paper(meeting, user=make.UserFactory(secretariat=True)))

    rows = [sum("حاضر" in words for _, words in lines) for lines in pages]
    assert min(rows) >= 2


def test_what_was_told_of_one_assignment_breaks_and_its_name_does_not_stand_alone():
    decision = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)
    duty = make.AssignmentFactory(decision=decision)
    make.FollowUpFactory.create_batch(30, assignment=duty, text="گزارشی در چند واژه.")

    pages = lines_of(follow_up_paper(duty.organization, Quarter.of(today()), user=None))

    told = [sum("گزارشی در چند واژه" in words for _, words in lines) for lines in pages]
    assert len(told) > 1
    assert min(told) >= 2
    assert sum(told) == 30
