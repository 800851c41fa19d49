"""The secretariat's month in the admin: a meeting is entered, held, minuted and published."""

import pytest
from django.urls import reverse

from meetings.models import Assignment, Meeting
from tests import factories as make
from tests.admin.forms import new_row, open_form

ADD = "admin:meetings_meeting_add"


@pytest.fixture
def assembly(db):
    return make.BodyFactory(assembly=True)


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")


def change(meeting) -> str:
    kind = "meeting" if meeting.body.kind == "assembly" else "session"
    app = {"meeting": "meetings", "session": "committees"}[kind]
    return reverse(f"admin:{app}_{kind}_change", args=[meeting.pk])


def test_a_meeting_with_agenda_attendance_and_two_decisions_is_entered_at_once(assembly, secretariat):
    host, lead, person = make.OrganizationFactory(), make.OrganizationFactory(), make.PersonFactory()
    values = open_form(secretariat, reverse(ADD))
    values |= {"held_on": "۱۴۰۳/۵/۲", "starts_at": "۹:۳۰", "host": host.pk, "title": "اجلاس نمونه"}
    values["agenda_items-0-title"] = "تصويب گزارش"
    new_row(values, "agenda_items", title="بند دوم", visibility="public", kind="regular")
    new_row(values, "attendance", person=person.pk, status="present")
    for number in range(2):
        if number:
            new_row(values, "decisions", visibility="members")
        values |= {f"decisions-{number}-text": f"متن مصوبه {number}", f"decisions-{number}-lead": lead.pk}
        values[f"decisions-{number}-due_on"] = "۱۴۰۳/۸/۱"

    response = secretariat.post(reverse(ADD), values)

    assert response.status_code == 302, response.context["errors"]
    meeting = Meeting.objects.get()
    assert (meeting.body, meeting.host, str(meeting.held_on)) == (assembly, host, "۲ مرداد ۱۴۰۳")
    assert list(meeting.agenda_items.in_order().values_list("position", "title")) == [
        (1, "تصویب گزارش"),
        (2, "بند دوم"),
    ]
    assert meeting.attendance.get().person == person
    assert meeting.decisions.count() == 2
    assert set(Assignment.objects.values_list("organization", "role")) == {(lead.pk, "lead")}
