"""What is reported, reviewed and entered of an assignment: meetings/following.py."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from council_portal.notices.models import Notice
from council_portal.persian.calendar import today
from meetings import following
from meetings.holding import Refused
from meetings.models import Assignment, FollowUp
from members.models import Membership
from tests import factories as make
from tests.roles import user_of

pytestmark = pytest.mark.django_db
Status = Assignment.Status


@pytest.fixture
def assignment(set_clock):
    """Due on 20 Azar 1405, seen on the first."""
    set_clock(1405, 9, 1)
    return make.AssignmentFactory(due_on=date(2026, 12, 11))


@pytest.fixture
def person(assignment):
    """Somebody of the organisation."""
    return make.UserFactory(person=make.MembershipFactory(organization=assignment.organization).person)


@pytest.fixture
def officer(db):
    return user_of("follow_up_officer")


def report(assignment, by, **said):
    said = {"text": "گزارش نمونه", "new_status": Status.IN_PROGRESS, "percent_done": 40} | said
    return following.report(assignment, by=by, **said)


def now(assignment) -> tuple:
    assignment.refresh_from_db()
    return assignment.status, assignment.percent_done


def titles_to(user) -> list[str]:
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def test_a_report_waits_and_changes_nothing_until_it_is_accepted(assignment, person, officer):
    entry = report(assignment, person)

    assert (entry.kind, entry.review, entry.recorded_by) == ("report", "submitted", person)
    assert now(assignment) == (Status.NOT_BEGUN, None)

    following.accept(entry, by=officer)

    assert now(assignment) == (Status.IN_PROGRESS, 40)
    assert FollowUp.objects.get().reviewed_by == officer


def test_the_committee_is_told_of_a_report_and_the_organisation_of_the_answer(assignment, person, officer):
    entry = report(assignment, person)
    following.send_back(entry, by=officer, because="پیوست ندارد")

    (title,) = titles_to(officer)
    assert str(assignment.organization) in title
    notice = Notice.objects.get(recipient=person)
    assert notice.text == "پیوست ندارد"
    assert notice.address == f"/desk/duties/{assignment.pk}/"


def test_without_a_follow_up_committee_the_secretariat_is_told(assignment, person):
    clerk = user_of("secretariat")

    report(assignment, person)

    assert len(titles_to(clerk)) == 1


@pytest.mark.parametrize(
    ("day", "status"), [((9, 20), Status.DONE), ((9, 21), Status.DONE_LATE), ((10, 5), Status.DONE_LATE)]
)
def test_done_or_done_late_is_told_by_the_day_of_the_report(assignment, person, officer, set_clock, day, status):
    set_clock(1405, *day)
    entry = report(assignment, person, new_status=Status.DONE, percent_done=None)
    set_clock(1405, 11, 1)

    following.accept(entry, by=officer)

    assert now(assignment) == (status, 100)


def test_while_a_report_waits_another_cannot_be_sent_but_the_same_is_the_same(assignment, person):
    first = report(assignment, person)

    assert report(assignment, person) == first
    with pytest.raises(following.ReportWaits):
        report(assignment, person, text="گزارشی دیگر")
    assert FollowUp.objects.count() == 1


def test_a_returned_report_needs_a_reason_and_lets_another_be_sent(assignment, person, officer):
    entry = report(assignment, person)
    with pytest.raises(Refused):
        following.send_back(entry, by=officer, because="  ")

    following.send_back(entry, by=officer, because="ناقص است")
    report(assignment, person, text="گزارش کامل‌تر")

    assert list(FollowUp.objects.order_by("pk").values_list("review", flat=True)) == ["returned", "submitted"]
    assert now(assignment) == (Status.NOT_BEGUN, None)


def test_a_report_is_reviewed_once(assignment, person, officer):
    entry = report(assignment, person)
    following.accept(entry, by=officer)
    version = following.accept(entry, by=officer).version

    with pytest.raises(Refused):
        following.send_back(entry, by=officer, because="دیر شد")
    assert FollowUp.objects.get().version == version


@pytest.mark.parametrize("role", ["member", "body_member", "officer", "administrator", "former_member"])
def test_only_the_organisation_reports_and_only_the_committee_answers(assignment, person, role):
    stranger = user_of(role, assignment.decision.meeting.body)
    with pytest.raises(Refused):
        report(assignment, stranger)
    entry = report(assignment, person)

    for attempt in (
        lambda: following.accept(entry, by=stranger),
        lambda: following.send_back(entry, by=stranger, because="نه"),
        lambda: following.extend(assignment, by=stranger, new_due_on=date(2027, 1, 1), because="نه"),
        lambda: following.note(assignment, by=stranger, text="نه"),
        lambda: following.stop(assignment, by=stranger, because="نه"),
        lambda: following.accept(entry, by=person),
    ):
        with pytest.raises(Refused):
            attempt()
    assert now(assignment) == (Status.NOT_BEGUN, None)


def test_nobody_speaks_for_an_organisation_after_their_term(assignment, set_clock):
    from council_portal.persian.partial_date import PartialDate

    service = make.MembershipFactory(organization=assignment.organization, end_on=PartialDate.day(1405, 9, 1))
    account = make.UserFactory(person=service.person)
    assert following.may_report(account, assignment)

    set_clock(1405, 9, 2, 0, 1)

    assert not following.may_report(type(account).objects.get(pk=account.pk), assignment)


def test_nothing_is_reported_of_a_draft_or_of_what_is_settled(assignment, person, officer):
    draft = make.AssignmentFactory(decision__published_at=None, organization=assignment.organization)
    with pytest.raises(Refused):
        report(draft, person)
    following.stop(assignment, by=officer, because="منتفی شد")

    with pytest.raises(following.Settled):
        report(assignment, person)
    assignment.refresh_from_db()
    assert following.why_not_to_report(assignment)


def test_an_extension_keeps_the_first_due_date_and_its_reason(assignment, person, officer):
    later = assignment.due_on + timedelta(days=30)

    for _twice in range(2):
        following.extend(assignment, by=officer, new_due_on=later, because="تأمین اعتبار")

    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.original_due_on) == (later, date(2026, 12, 11))
    assert FollowUp.objects.get().text == "تأمین اعتبار"
    assert len(titles_to(person)) == 1


@pytest.mark.parametrize("days", [0, -1])
def test_an_extension_ends_later(assignment, officer, days):
    with pytest.raises(Refused):
        following.extend(assignment, by=officer, new_due_on=assignment.due_on + timedelta(days=days), because="دلیل")


def test_an_extension_of_what_is_overdue_does_not_end_in_the_past(assignment, officer, set_clock):
    set_clock(1405, 12, 1)

    with pytest.raises(Refused):
        following.extend(assignment, by=officer, new_due_on=today() - timedelta(days=1), because="دلیل")


@pytest.mark.parametrize("rule", ["stop", "refer"])
def test_stopping_and_referring_need_a_reason_and_no_report_that_waits(assignment, person, officer, rule):
    entry = report(assignment, person)
    with pytest.raises(following.ReportWaits):
        getattr(following, rule)(assignment, by=officer, because="دلیل")
    following.send_back(entry, by=officer, because="ناقص")
    with pytest.raises(Refused):
        getattr(following, rule)(assignment, by=officer, because="")

    for _twice in range(2):
        getattr(following, rule)(assignment, by=officer, because="دلیل")

    assert now(assignment)[0] == {"stop": Status.STOPPED, "refer": Status.REFERRED}[rule]
    assert FollowUp.objects.filter(kind="note").count() == 1


def test_a_note_is_entered_once(assignment, officer):
    for _twice in range(2):
        following.note(assignment, by=officer, text="تماس تلفنی گرفته شد")

    assert FollowUp.objects.count() == 1


def test_a_review_in_a_meeting_by_those_who_work_on_it(assignment):
    meeting = make.MeetingFactory(body=assignment.decision.meeting.body)
    secretary = user_of("officer", meeting.body)

    for _twice in range(2):
        following.review(assignment, meeting, by=secretary, text="گزارش شفاهی داده شد", new_status="in_progress")

    entry = FollowUp.objects.get()
    assert (entry.kind, entry.reviewed_in, now(assignment)[0]) == ("review", meeting, Status.IN_PROGRESS)
    with pytest.raises(Refused):
        following.review(assignment, meeting, by=user_of("officer", make.BodyFactory()), text="نفوذ")


def test_the_database_keeps_one_waiting_report_and_a_reason_for_each_return(assignment):
    make.FollowUpFactory(assignment=assignment, kind="report", review="submitted")

    for wrong in ({"review": "submitted"}, {"review": "returned"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.FollowUpFactory(assignment=assignment, kind="report", **wrong)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_review_at_once_the_second_finds_it_reviewed(set_clock):
    assignment = make.AssignmentFactory()
    entry = make.FollowUpFactory(assignment=assignment, kind="report", review="submitted", new_status="in_progress")
    service = make.MembershipFactory(body=make.BodyFactory(follow_up=True), role=Membership.Role.CHAIR)
    officer = make.UserFactory(person=service.person)
    outcomes, together = [], threading.Barrier(2)

    def attempt(rule, **said):
        together.wait()
        try:
            outcomes.append(rule(entry, by=officer, **said).review)
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=attempt, args=[following.accept]),
        threading.Thread(target=attempt, args=[following.send_back], kwargs={"because": "ناقص"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) in (["accepted", "refused"], ["refused", "returned"])
    entry.refresh_from_db()
    assert entry.review in outcomes


def test_what_has_not_begun_has_no_per_cent_done(assignment, person, officer):
    following.accept(report(assignment, person), by=officer)
    following.accept(report(assignment, person, new_status=Status.NOT_BEGUN, percent_done=None), by=officer)
    assert now(assignment) == (Status.NOT_BEGUN, None)

    following.accept(report(assignment, person, text="باز هم"), by=officer)
    following.review(assignment, None, by=officer, text="آغاز نشده", new_status=Status.NOT_BEGUN)
    assert now(assignment) == (Status.NOT_BEGUN, None)
