"""The papers of a meeting keep the standards that they say they keep, when they are issued and signed too."""

import pytest

from council_portal.issuing import register
from council_portal.issuing.papers import Variant, pdf_of
from meetings import papers
from meetings.issuing import MINUTES, REPORT
from meetings.models import Invitation
from meetings.reports import meeting_report
from tests import factories as make
from tests.issuing.standards import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True, venue="تالار نمونه")
    item = make.AgendaItemFactory(meeting=meeting, title="گزارش نمونه", discussion="<p>بحث</p><ul><li>یک</li></ul>")
    make.AgendaItemFactory(meeting=meeting, position=1, parent=item, title="بخش نمونه")
    make.AssignmentFactory(decision=make.DecisionFactory(meeting=meeting, agenda_item=item, published=True))
    make.AttendanceFactory(meeting=meeting)
    make.MaterialFactory(meeting=meeting, title="سخنرانی نمونه", text="متن سخنرانی")
    make.MinutesFactory(meeting=meeting, published=True)
    return meeting


def letters(meeting):
    make.InvitationFactory(meeting=meeting)
    return papers.letters_paper(Invitation.objects.select_related("meeting__body", "person__user"))


MADE = {
    "letters": letters,
    "agenda": papers.agenda_paper,
    "attendance sheet": papers.sign_in_paper,
    "name cards": papers.name_cards_paper,
    "minutes": lambda meeting: papers.minutes_paper(meeting.minutes),
    "excerpt": lambda meeting: papers.excerpt_paper(meeting.decisions.get()),
    "report": meeting_report,
}


@pytest.mark.parametrize("name", MADE)
def test_a_paper_keeps_its_standard(meeting, name):
    paper = MADE[name](meeting)

    assert faults_of(pdf_of(paper), paper.variant) == []


@pytest.mark.parametrize(
    ("kind", "subject", "variant"),
    [
        (MINUTES, lambda meeting: meeting.minutes, Variant.ARCHIVAL),
        (REPORT, lambda meeting: meeting, Variant.ACCESSIBLE),
    ],
    ids=["minutes", "report"],
)
def test_an_issued_paper_keeps_it_with_its_stamp_and_signature(meeting, kind, subject, variant):
    document = register.issue(subject(meeting), kind, by=None)

    with document.file.content.open("rb") as content:
        assert faults_of(content.read(), variant) == []
