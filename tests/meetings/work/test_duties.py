"""/desk/duties/ and /desk/follow-up/: what organisations owe, and those who follow it up."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import following, tasks
from meetings.models import Assignment, FollowUp
from members.models import Membership
from tests import factories as make
from tests.files.samples import picture
from tests.jobs import do_jobs
from tests.roles import user_of

pytestmark = pytest.mark.django_db
DUTIES, FOLLOW_UP = "/desk/duties/", "/desk/follow-up/"
REPORT = {"new_status": "in_progress", "percent_done": "۴۰", "text": "گزارش نمونه"}


@pytest.fixture
def assignment(set_clock):
    set_clock(1405, 9, 1)
    return make.AssignmentFactory(due_on=date(2026, 12, 11), decision__title="اتصال به شبکه")


@pytest.fixture
def reporter(client, assignment):
    """A browser of somebody of the organisation."""
    client.force_login(user_at(assignment.organization))
    return client


@pytest.fixture
def officer(client_of):
    return client_of("follow_up_officer")


def user_at(organization):
    return make.UserFactory(person=make.MembershipFactory(organization=organization).person)


def waiting(assignment, **fields):
    said = {"kind": "report", "review": "submitted", "new_status": "in_progress", "text": "گزارش نمونه"} | fields
    return make.FollowUpFactory(assignment=assignment, recorded_by=user_at(assignment.organization), **said)


def page(assignment, name="") -> str:
    if not name:
        return reverse("meetings:followed_duty", args=[assignment.pk])
    return reverse("meetings:followed_duty_step", args=[assignment.pk, name])


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("role", "duties", "own", "follow_up", "one"),
    [
        ("visitor", 302, 302, 302, 302),
        ("former_member", 403, 404, 403, 403),
        ("administrator", 403, 404, 403, 403),
        ("member", 200, 404, 403, 403),
        ("body_member", 200, 404, 403, 403),
        ("officer", 200, 404, 403, 403),
        ("follow_up_officer", 200, 404, 200, 200),
        ("secretariat", 403, 200, 200, 200),
    ],
)
def test_who_opens_which_page(client_of, assignment, role, duties, own, follow_up, one):
    client = client_of(role, assignment.decision.meeting.body)
    addresses = [DUTIES, f"{DUTIES}{assignment.pk}/", FOLLOW_UP, page(assignment)]

    assert [client.get(address).status_code for address in addresses] == [duties, own, follow_up, one]


@pytest.mark.parametrize("role", ["visitor", "former_member", "administrator", "member", "body_member", "officer"])
def test_nobody_else_changes_anything(client_of, assignment, role):
    client, report = client_of(role, assignment.decision.meeting.body), waiting(assignment)
    before = Assignment.objects.values().get()

    client.post(f"{DUTIES}{assignment.pk}/", REPORT)
    for name in ("accept", "return", "extend", "note", "stop", "refer"):
        client.post(page(assignment, name), {"report": report.pk, "because": "نفوذ", "text": "نفوذ"})

    assert Assignment.objects.values().get() == before
    assert FollowUp.objects.get().review == "submitted"


def test_what_is_closed_to_its_organisation_is_not_on_its_desk(reporter, assignment):
    type(assignment.decision).objects.update(visibility="secretariat")

    assert "اتصال به شبکه" not in reporter.get(DUTIES).text
    assert reporter.get(f"{DUTIES}{assignment.pk}/").status_code == 404


def test_of_what_is_closed_to_its_organisation_the_follow_up_says_so(client_of, assignment):
    user_at(assignment.organization)
    hint = "گزیده آن با نامه"
    secretariat = client_of("secretariat")
    assert hint not in secretariat.get(page(assignment)).text

    type(assignment.decision).objects.update(visibility="secretariat")

    assert hint in secretariat.get(page(assignment)).text


def test_empty_lists_say_what_belongs_there(client_of):
    assert "چیزی بر عهده" in client_of("member").get(DUTIES).text
    assert "گزارشی در انتظار" in client_of("follow_up_officer").get(FOLLOW_UP).text


def test_the_organisation_sees_what_it_owes_with_its_state(client, assignment, set_clock):
    make.AssignmentFactory(decision__title="مصوبه دیگران")
    set_clock(1405, 10, 1)
    client.force_login(user_at(assignment.organization))

    text = client.get(DUTIES).text

    assert "اتصال به شبکه" in text
    assert "status--attention" in text
    assert "مصوبه دیگران" not in text


def test_a_report_is_sent_with_its_file_and_then_no_second(reporter, assignment):
    address = f"{DUTIES}{assignment.pk}/"
    file = SimpleUploadedFile("گزارش.png", picture())

    response = reporter.post(address, REPORT | {"file": file})

    assert response.status_code == 302
    entry = FollowUp.objects.select_related("file").get()
    assert (entry.percent_done, entry.new_status, entry.review) == (40, "in_progress", "submitted")
    assert entry.file.name == "گزارش.png"
    page = reporter.get(address)
    assert page.context["form"] is None
    assert "گزارش نمونه" in page.text
    reporter.post(address, REPORT | {"text": "گزارش دوم"})
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"percent_done": "۱۴۰"}, "percent_done"),
        ({"percent_done": "نیمی"}, "percent_done"),
        ({"new_status": "stopped"}, "new_status"),
        ({"new_status": "not_begun"}, "percent_done"),
    ],
)
def test_a_report_with_a_mistake_comes_back_with_what_was_typed(reporter, assignment, wrong, field):
    response = reporter.post(f"{DUTIES}{assignment.pk}/", REPORT | {"text": "متن ماندنی"} | wrong)

    assert field in response.context["form"].errors
    assert ("متن ماندنی" in response.text) == ("text" not in wrong)
    assert not FollowUp.objects.exists()


def test_the_whole_way_of_a_report(reporter, officer, assignment):
    address = f"{DUTIES}{assignment.pk}/"
    reporter.post(address, REPORT | {"new_status": "done"})
    first = FollowUp.objects.get()
    assert "گزارش نمونه" in officer.get(page(assignment)).text

    officer.post(page(assignment, "return"), {"report": first.pk, "because": "پیوست ندارد"})
    assert "پیوست ندارد" in reporter.get(address).text
    assert [row.pk for row in reporter.get(f"{DUTIES}?list=returned").context["page"]] == [assignment.pk]
    reporter.post(address, REPORT | {"new_status": "done", "text": "با پیوست"})
    second = FollowUp.objects.latest("pk")
    officer.post(page(assignment, "accept"), {"report": second.pk})
    officer.post(page(assignment, "accept"), {"report": second.pk})

    assert Assignment.objects.get().status == "done"
    history = reporter.get(assignment.decision.get_absolute_url()).context["history"]
    assert [entry.review for entry in history] == ["returned", "accepted"]


@pytest.mark.parametrize("name", ["return", "extend", "note", "stop", "refer"])
def test_each_step_without_its_reason_comes_back_beside_its_field(officer, assignment, name):
    report = waiting(assignment) if name == "return" else None

    response = officer.post(page(assignment, name), {"report": report.pk} if report else {})

    assert response.status_code == 200
    assert "invalid-feedback" in response.text
    assert Assignment.objects.get().status == "not_begun"


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("extend", {"new_due_on": "۱۴۰۵/۱۰/۲۰", "because": "تأمین اعتبار"}, {"due_on": date(2027, 1, 10)}),
        ("note", {"text": "تماس گرفته شد"}, {"status": "not_begun"}),
        ("stop", {"because": "منتفی شد"}, {"status": "stopped"}),
        ("refer", {"because": "در صلاحیت دیگری است", "to": "سازمان نمونه"}, {"status": "referred"}),
    ],
)
def test_what_the_committee_enters(officer, assignment, name, values, expected):
    for _twice in range(2):
        officer.post(page(assignment, name), values)

    row = Assignment.objects.get()
    assert {field: getattr(row, field) for field in expected} == expected
    assert FollowUp.objects.count() == 1
    assert "سازمان نمونه" not in values.values() or "سازمان نمونه" in officer.get(page(assignment)).text


def test_what_the_rules_refuse_is_said_with_what_was_typed(officer, assignment):
    values = {"new_due_on": "۱۴۰۵/۰۹/۱۹", "because": "متن ماندنی"}

    response = officer.post(page(assignment, "extend"), values)

    assert "متن ماندنی" in response.text
    assert "دیرتر" in response.text
    assert not FollowUp.objects.exists()


def test_a_report_of_another_assignment_is_none_of_this(officer, assignment):
    other = waiting(make.AssignmentFactory())

    officer.post(page(assignment, "accept"), {"report": other.pk})

    assert FollowUp.objects.get().review == "submitted"


def test_an_unknown_step_is_missing(officer, assignment):
    assert officer.post(page(assignment, "delete")).status_code == 404
    assert officer.get(page(assignment, "accept")).status_code == 405


def test_each_list_has_its_rows_and_their_count(client_of, assignment, set_clock):
    reported = make.AssignmentFactory(due_on=None)
    waiting(reported)
    far = make.AssignmentFactory(due_on=assignment.due_on + timedelta(days=300))
    set_clock(1405, 10, 25)
    tasks.escalate_all(timestamp=0)
    do_jobs()
    set_clock(1405, 11, 15)
    officer = client_of("follow_up_officer")

    lists = {
        name: officer.get(f"{FOLLOW_UP}?list={name}") for name in ("waiting", "overdue", "silent", "board", "open")
    }

    found = {name: {row.pk for row in response.context["page"]} for name, response in lists.items()}
    assert found == {
        "waiting": {reported.pk},
        "overdue": {assignment.pk},
        "silent": {assignment.pk, far.pk, reported.pk},
        "board": {assignment.pk},
        "open": {assignment.pk, reported.pk, far.pk},
    }
    counts = {one.name: count for one, count in lists["open"].context["tiles"]}
    assert counts == {name: len(rows) for name, rows in found.items()}


def test_the_lists_are_narrowed(officer, assignment):
    other = make.AssignmentFactory()
    address = f"{FOLLOW_UP}?list=open"

    by_body = officer.get(f"{address}&body={assignment.decision.meeting.body.slug}").context["page"]
    by_organization = officer.get(f"{address}&organization={other.organization.slug}").context["page"]
    by_stage = officer.get(f"{address}&stage=board").context["page"]

    assert ([*by_body], [*by_organization], [*by_stage]) == ([assignment], [other], [])
    assert officer.get(f"{address}&body=none").status_code == 200
    assert officer.get(f"{FOLLOW_UP}?list=none&page=7").status_code == 404


def test_the_boards_officers_see_what_came_to_them(client, assignment, set_clock):
    chair = make.MembershipFactory(body=make.BodyFactory(board=True), role=Membership.Role.CHAIR)
    account = make.UserFactory(person=chair.person)
    client.force_login(account)
    assert client.get(FOLLOW_UP).context["page"].paginator.count == 0
    set_clock(1405, 10, 25)
    tasks.escalate_all(timestamp=0)
    do_jobs()
    client.force_login(account)

    response = client.get(FOLLOW_UP)

    assert [row.pk for row in response.context["page"]] == [assignment.pk]
    assert [one.name for one, _count in response.context["tiles"]] == ["board"]
    assert client.get(page(assignment)).status_code == 403


def test_the_secretariat_enters_a_report_that_came_by_letter(client_of, assignment):
    clerk = client_of("secretariat")

    clerk.post(f"{DUTIES}{assignment.pk}/", REPORT)

    assert FollowUp.objects.get().review == "submitted"
    assert f"{DUTIES}{assignment.pk}/" in clerk.get(page(assignment)).text


def test_why_a_report_was_returned_stands_above_the_next_one_until_it_is_sent(reporter, officer, assignment):
    report = waiting(assignment)
    officer.post(page(assignment, "return"), {"report": report.pk, "because": "سند ندارد"})
    address = f"{DUTIES}{assignment.pk}/"
    assert reporter.get(address).context["returned"] == report

    reporter.post(address, REPORT)

    assert reporter.get(address).context["returned"] is None


def test_the_lists_cost_the_same_however_long_they_are(client, officer, assignment):
    person = user_at(assignment.organization)
    client.force_login(person)
    waiting(assignment)
    few = queries_of(client, DUTIES), queries_of(officer, FOLLOW_UP)
    for _more in range(6):
        waiting(make.AssignmentFactory(organization=assignment.organization))

    assert (queries_of(client, DUTIES), queries_of(officer, FOLLOW_UP)) == few


def test_the_pages_of_one_duty_cost_the_same_however_much_happened(reporter, officer, assignment):
    waiting(assignment)
    following.note(assignment, by=user_of("secretariat"), text="یادداشت")
    addresses = [(reporter, f"{DUTIES}{assignment.pk}/"), (officer, page(assignment))]
    few = [queries_of(client, address) for client, address in addresses]
    for _more in range(6):
        waiting(assignment, review="accepted", reviewed_at="2026-11-20T08:00Z")
        following.note(assignment, by=user_of("secretariat"), text="یادداشت")

    assert [queries_of(client, address) for client, address in addresses] == few


def test_the_timeline_tells_steps_returns_and_extensions(client_of, officer, assignment, set_clock):
    set_clock(1405, 9, 14)
    tasks.escalate_all(timestamp=0)
    do_jobs()
    report = waiting(assignment)
    officer.post(page(assignment, "return"), {"report": report.pk, "because": "ناقص است"})
    officer.post(page(assignment, "extend"), {"new_due_on": "۱۴۰۵/۱۰/۲۰", "because": "تأمین اعتبار"})
    type(assignment.decision).objects.update(visibility="public")

    text, outside = (client_of(role).get(assignment.decision.get_absolute_url()).text for role in ("member", "visitor"))

    assert "دستگاه، پیش از سررسید" in text
    assert "از ۲۰ آذر ۱۴۰۵ به ۲۰ دی ۱۴۰۵" in text
    assert "ناقص است" in text
    assert "ناقص است" not in outside


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"percent_done": "101"}, "این عدد نباید از ۱۰۰ بیشتر باشد."),
        ({"percent_done": "-1"}, "این عدد نباید از ۰ کمتر باشد."),
        ({"percent_done": "نیمی"}, "یک عدد بدون اعشار بنویسید."),
        ({"text": "م" * 5001}, "حداکثر ۵۰۰۰ کاراکتر باشد (طولش ۵۰۰۱ است)"),
    ],
)
def test_what_is_refused_is_said_in_persian_digits(reporter, assignment, typed, complaint):
    assert complaint in reporter.post(reverse("meetings:duty", args=[assignment.pk]), REPORT | typed).text
